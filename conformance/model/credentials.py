"""The JSON that hands credentials on."""

from datetime import UTC, datetime


def credentials(case):
    times = {name: datetime.fromtimestamp(case.get(name, 0), UTC) for name in ("expiration", "last_updated")}
    times = {name: time.strftime("%Y-%m-%dT%H:%M:%SZ") for name, time in times.items()}
    found = {"AccessKeyId": case["access_key_id"], "SecretAccessKey": case["secret_access_key"]}
    found["Expiration"] = times["expiration"]
    if case["form"].startswith("credential_process"):
        found |= {"SessionToken": case["session_token"], "Version": 1}
    else:
        found["Token"] = case["session_token"]
    if case["form"] == "imds":
        found |= {"Code": "Success", "Type": "AWS-HMAC", "LastUpdated": times["last_updated"]}
    if case["form"] in ("credential_process", "container") and "account_id" in case:
        found["AccountId"] = case["account_id"]
    if case["form"] == "container" and "role_arn" in case:
        found["RoleArn"] = case["role_arn"]
    return {"json": found}
