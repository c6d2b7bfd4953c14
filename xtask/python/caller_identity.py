"""Prints the caller's ARN, asked by boto3 at the STS whose URL is given."""

import sys

import boto3

print(boto3.client("sts", endpoint_url=sys.argv[1]).get_caller_identity()["Arn"])
