"""AWS credentials from an X.509 certificate (IAM Roles Anywhere)."""
