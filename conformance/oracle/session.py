"""ARNs, endpoints, CreateSession."""

import json
import re
from urllib.parse import quote, urlsplit

import sigv4
from data import Refused

ARN = r"arn:(aws(?:-[a-z0-9-]+)?):"
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
LOOPBACK = re.compile(r"(127(\.[0-9]+){3}|::1|(.+\.)?localhost)\Z")
ALIAS = r"(?=.{1,256}\Z)[A-Za-z][A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)*"
# Partition, suffix, dual-stack suffix, beginnings of its regions' names (user guide, endpoints).
PARTITIONS = """
aws        amazonaws.com    api.aws                          us- eu- ap- sa- ca- me- af- il- mx-
aws-cn     amazonaws.com.cn api.amazonwebservices.com.cn     cn-
aws-us-gov amazonaws.com    api.aws                          us-gov-
aws-iso    c2s.ic.gov       api.aws.ic.gov                   us-iso-
aws-iso-b  sc2s.sgov.gov    api.aws.scloud                   us-isob-
aws-iso-e  cloud.adc-e.uk   api.cloud-aws.adc-e.uk           eu-isoe-
aws-iso-f  csp.hci.ic.gov   api.aws.hci.ic.gov               us-isof-
aws-eusc   amazonaws.eu     api.amazonwebservices.eu         eusc-
"""
PARTITIONS = {name: row for name, *row in map(str.split, PARTITIONS.strip().splitlines())}


def arn_of(kind, text):
    word = kind.replace("_", "-")
    form = rf"{ARN}rolesanywhere:({LABEL}):([0-9]{{12}}):(?:{word}/[A-Za-z0-9-]+|alias/{word}/{ALIAS})\Z"
    if kind == "role":
        form = rf"{ARN}iam:():([0-9]{{12}}):role/(?:[!-~]*/)?([\w+=,.@-]{{1,64}})\Z"
    found = re.match(form, text, re.A)
    if not found or len(text) > 1011:
        raise Refused("arn_malformed")
    return found


def arn(case):
    found = arn_of(case["kind"], case["arn"])
    rest = {"role_name": found[4]} if case["kind"] == "role" else {"region": found[2]}
    return {"partition": found[1], "account_id": found[3], **rest}


def endpoint(case):
    return {"url": sessions_url(case, **{name: case.get(name) for name in ("partition", "region")})}


def sessions_url(case, partition, region):
    if region is not None and not re.fullmatch(rf"(?!fips-)(?!.*-fips\Z){LABEL}", region):
        raise Refused("region_malformed")
    if "endpoint" in case:
        url = sigv4.checked_url(case["endpoint"], "endpoint_malformed")
        parts = urlsplit(url)
        if "?" in url or {".", ".."} & set(parts.path.split("/")):
            raise Refused("endpoint_malformed")
        if parts.scheme == "http" and not case.get("allow_http") and not LOOPBACK.match(parts.hostname):
            raise Refused("endpoint_insecure")
        return url.rstrip("/") + "/sessions"
    if partition not in PARTITIONS:
        raise Refused("partition_unknown")
    beginnings = [(prefix, name) for name, row in PARTITIONS.items() for prefix in row[2:]]
    fitting = [(len(prefix), name) for prefix, name in beginnings if region.startswith(prefix)]
    if fitting and max(fitting)[1] != partition:
        raise Refused("region_mismatch")
    suffix = PARTITIONS[partition][bool(case.get("use_dualstack_endpoint"))]
    fips = "-fips" if case.get("use_fips_endpoint") else ""
    return f"https://rolesanywhere{fips}.{region}.{suffix}/sessions"


def create_session(case, expected=None):
    names = ("profile_arn", "role_arn", "trust_anchor_arn")
    profile, role, anchor = (arn_of(name.removesuffix("_arn"), case[name]) for name in names)
    region = case.get("region", anchor[2])
    if profile[2] != anchor[2] or {profile[1], role[1]} != {anchor[1]}:
        raise Refused("region_mismatch")
    if "endpoint" in case and (case.get("use_fips_endpoint") or case.get("use_dualstack_endpoint")):
        raise Refused("options_conflict")
    if "endpoint" not in case and region != anchor[2]:
        raise Refused("region_mismatch")
    query = "&".join(f"{camel(name)}={quote(case[name], safe='-._~')}" for name in names)
    url = sessions_url(case, anchor[1], region) + "?" + query
    if not 900 <= case.get("duration_seconds", 900) <= 43200:
        raise Refused("duration_out_of_range")
    if not re.fullmatch(r"[\w+=,.@-]{2,64}", case.get("role_session_name", "ok"), re.A):
        raise Refused("role_session_name_malformed")
    members = ("duration_seconds", "role_session_name", "instance_properties")
    body = {camel(name): case[name] for name in members if case.get(name)}
    body = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if "private_key" not in case:
        return {"url": url, "body": body}
    given = {**case, "region": region, "service": "rolesanywhere", "method": "POST"}
    given["headers"] = [("content-type", "application/json")]
    return {"url": url, "body": body, **sigv4.signed(given, expected, urlsplit(url), body.encode())}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
