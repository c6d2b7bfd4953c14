"""Prints the ARN of the profile `rolesanywhere`, asked by boto3 at the STS that is given."""

import sys

import boto3

session = boto3.Session(profile_name="rolesanywhere")
print(session.client("sts", endpoint_url=sys.argv[1]).get_caller_identity()["Arn"])
