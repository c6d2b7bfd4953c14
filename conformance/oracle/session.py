"""ARNs, endpoints, CreateSession out and in, and the JSON that hands credentials on."""

import ipaddress
import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlsplit

import sigv4
from data import read
from refused import Refused

PARTITION = r"aws(?:-[a-z0-9-]+)?"
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ALIAS = r"(?=.{1,256}\Z)[A-Za-z][A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)*"
ROLE = re.compile(rf"arn:({PARTITION}):iam:()(?::)([0-9]{{12}}):role/(?:[!-~]*/)?([\w+=,.@-]{{1,64}})\Z", re.A)
# Partition: suffix, dual-stack suffix, beginnings of its regions' names (user guide, endpoints).
PARTITIONS = {
    "aws": ("amazonaws.com", "api.aws", "us- eu- ap- sa- ca- me- af- il- mx-"),
    "aws-cn": ("amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-"),
    "aws-us-gov": ("amazonaws.com", "api.aws", "us-gov-"),
    "aws-iso": ("c2s.ic.gov", "api.aws.ic.gov", "us-iso-"),
    "aws-iso-b": ("sc2s.sgov.gov", "api.aws.scloud", "us-isob-"),
    "aws-iso-e": ("cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-"),
    "aws-iso-f": ("csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-"),
    "aws-eusc": ("amazonaws.eu", "api.amazonwebservices.eu", "eusc-"),
}


def arn_of(kind, text):
    if kind == "role":
        found = ROLE.match(text)
    else:
        word = kind.replace("_", "-")
        resource = rf"(?:{word}/[A-Za-z0-9-]+|alias/{word}/{ALIAS})\Z"
        found = re.match(rf"arn:({PARTITION}):rolesanywhere:({LABEL}):([0-9]{{12}}):{resource}", text)
    if not found or len(text) > 1011:
        raise Refused("arn_malformed")
    return found


def arn(case):
    found = arn_of(case["kind"], case["arn"])
    rest = {"role_name": found[4]} if case["kind"] == "role" else {"region": found[2]}
    return {"partition": found[1], "account_id": found[3], **rest}


def endpoint(case):
    return {"url": base_url(case, case.get("partition"), case.get("region")).rstrip("/") + "/sessions"}


def check_region(region):
    if not re.fullmatch(LABEL, region) or region.startswith("fips-") or region.endswith("-fips"):
        raise Refused("region_malformed")


def base_url(case, partition, region):
    if "endpoint" in case:
        url = sigv4.checked_url(case["endpoint"], "endpoint_malformed")
        parts = urlsplit(url)
        if "?" in url or {".", ".."} & set(parts.path.split("/")):
            raise Refused("endpoint_malformed")
        if parts.scheme == "http" and not case.get("allow_http") and not is_loopback(parts.hostname):
            raise Refused("endpoint_insecure")
        return url
    if partition not in PARTITIONS:
        raise Refused("partition_unknown")
    check_region(region)
    fitting = [
        (len(prefix), name)
        for name, (_, _, prefixes) in PARTITIONS.items()
        for prefix in prefixes.split()
        if region.startswith(prefix)
    ]
    if fitting and max(fitting)[1] != partition:
        raise Refused("region_mismatch")
    suffix = PARTITIONS[partition][bool(case.get("use_dualstack_endpoint"))]
    fips = "-fips" if case.get("use_fips_endpoint") else ""
    return f"https://rolesanywhere{fips}.{region}.{suffix}/"


def is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def create_session(case, expected):
    anchor = arn_of("trust_anchor", case["trust_anchor_arn"])
    profile, role = arn_of("profile", case["profile_arn"]), arn_of("role", case["role_arn"])
    region = case.get("region", anchor[2])
    if profile[2] != anchor[2] or {profile[1], role[1]} != {anchor[1]}:
        raise Refused("region_mismatch")
    if "endpoint" in case:
        if case.get("use_fips_endpoint") or case.get("use_dualstack_endpoint"):
            raise Refused("options_conflict")
        check_region(region)
    elif region != anchor[2]:
        raise Refused("region_mismatch")
    names = ("profile_arn", "role_arn", "trust_anchor_arn")
    query = "&".join(f"{camel(name)}={quote(case[name], safe='-._~')}" for name in names)
    url = base_url(case, anchor[1], region).rstrip("/") + "/sessions?" + query
    text = body_of(case)
    answer = {"url": url, "body": text}
    if "private_key" in case:
        headers = [("content-type", "application/json")]
        stages = sigv4.signed(case, expected, "POST", urlsplit(url), headers, text.encode(), region,
                              "rolesanywhere")
        answer.update(stages)
    return answer


def body_of(case):
    if not 900 <= case.get("duration_seconds", 900) <= 43200:
        raise Refused("duration_out_of_range")
    if not re.fullmatch(r"[\w+=,.@-]{2,64}", case.get("role_session_name", "ok"), re.A):
        raise Refused("role_session_name_malformed")
    members = ("duration_seconds", "role_session_name", "instance_properties")
    body = {camel(name): case[name] for name in members if case.get(name)}
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


THROTTLING = """ThrottlingException Throttling ThrottledException RequestThrottledException
RequestThrottled TooManyRequestsException RequestLimitExceeded SlowDown""".split()
CODES = {
    "AccessDeniedException": "access_denied",
    "AccessDenied": "access_denied",
    "ValidationException": "validation_rejected",
    "ResourceNotFoundException": "resource_not_found",
    **dict.fromkeys(THROTTLING, "throttled"),
}


def session_response(case):
    headers = {}
    for name, value in case["headers"]:
        headers.setdefault(name.lower(), value)
    body = read(case["body"])
    if not 200 <= case["status"] < 300:
        raise refusal(case["status"], headers, body, case.get("now"))
    try:
        found = json.loads(body.decode())["credentialSet"][0]["credentials"]
        names = ("accessKeyId", "secretAccessKey", "sessionToken", "expiration")
        values = [found[name] for name in names]
        if not all(re.fullmatch("[!-~]+", value) for value in values):
            raise ValueError
        expiration = datetime.fromisoformat(values.pop())
        if expiration.tzinfo is None or not 1970 <= expiration.year <= 9999:
            raise ValueError
    except (ValueError, KeyError, IndexError, TypeError):
        raise Refused("response_malformed") from None
    answer = dict(zip(("access_key_id", "secret_access_key", "session_token"), values))
    account_id = arn_of("role", case["role_arn"])[3]
    return {**answer, "expiration": int(expiration.timestamp()), "account_id": account_id}


def refusal(status, headers, body, now):
    try:
        said = json.loads(body)
        said = said if isinstance(said, dict) else {}
    except ValueError:
        said = {}
    name = headers.get("x-amzn-errortype") or said.get("code") or said.get("__type") or ""
    name = name.rpartition("#")[2].partition(":")[0].strip()
    code = CODES.get(name, "service_refused")
    if status == 429:
        code = "throttled"
    elif code != "throttled" and (status == 408 or status >= 500):
        code = "service_unavailable"
    retryable = status in (408, 429, 500, 502, 503, 504) or code == "throttled"
    try:
        skew = abs(parsedate_to_datetime(headers["date"]).timestamp() - now)
    except (KeyError, ValueError, TypeError):
        skew = 0
    if skew > 240 and code in ("access_denied", "service_refused"):
        code, retryable = "clock_skewed", True
    after = headers.get("retry-after", "").strip()
    facts = {"retryable": retryable, "service_code": name or None,
             "retry_after": int(after) if after.isdigit() else None,
             "request_id": headers.get("x-amzn-requestid")}
    return Refused(code, **facts)


def credentials(case):
    def time(seconds):
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    form = case["form"]
    is_process = form.startswith("credential_process")
    token = "SessionToken" if is_process else "Token"
    found = {"AccessKeyId": case["access_key_id"], "SecretAccessKey": case["secret_access_key"],
             token: case["session_token"], "Expiration": time(case["expiration"])}
    if is_process:
        found["Version"] = 1
    if form == "imds":
        found |= {"Code": "Success", "Type": "AWS-HMAC", "LastUpdated": time(case["last_updated"])}
    elif "account_id" in case and not form.endswith("without_account_id"):
        found["AccountId"] = case["account_id"]
    if form == "container" and "role_arn" in case:
        found["RoleArn"] = case["role_arn"]
    return {"json": found}
