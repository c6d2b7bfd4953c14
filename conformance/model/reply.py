"""The service's reply to CreateSession: credentials, or which error it is."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime

import session
from data import Refused, read

CODES = """
access_denied       AccessDeniedException AccessDenied
validation_rejected ValidationException
resource_not_found  ResourceNotFoundException
throttled           ThrottlingException Throttling ThrottledException RequestThrottledException SlowDown
throttled           RequestThrottled TooManyRequestsException RequestLimitExceeded
"""
CODES = {name: line.split()[0] for line in CODES.strip().splitlines() for name in line.split()[1:]}


def session_response(case):
    headers = {name.lower(): value for name, value in reversed(case["headers"])}
    body = read(case["body"])
    if not 200 <= case["status"] < 300:
        raise refusal(case["status"], headers, body, case.get("now"))
    try:
        found = json.loads(body.decode())["credentialSet"][0]["credentials"]
        values = [found[name] for name in ("accessKeyId", "secretAccessKey", "sessionToken", "expiration")]
        expiration = datetime.fromisoformat(values[3])
        is_bad = expiration.tzinfo is None or not 1970 <= expiration.year <= 9999
        if is_bad or not all(re.fullmatch("[!-~]+", value) for value in values):
            raise ValueError
    except (ValueError, KeyError, IndexError, TypeError):
        raise Refused("response_malformed") from None
    answer = dict(zip(("access_key_id", "secret_access_key", "session_token"), values))
    account_id = session.arn_of("role", case["role_arn"])[3]
    return {**answer, "expiration": int(expiration.timestamp()), "account_id": account_id}


def refusal(status, headers, body, now):
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    said = said if isinstance(said, dict) else {}
    name = headers.get("x-amzn-errortype") or said.get("code") or said.get("__type") or ""
    name = name.rpartition("#")[2].partition(":")[0].strip()
    code = "throttled" if status == 429 else CODES.get(name, "service_refused")
    if code != "throttled" and (status == 408 or status >= 500):
        code = "service_unavailable"
    retryable = status in (408, 429, 500, 502, 503, 504) or code == "throttled"
    try:
        skew = abs(parsedate_to_datetime(headers["date"]).timestamp() - now)
    except (KeyError, ValueError, TypeError):
        skew = 0
    if skew > 240 and code in ("access_denied", "service_refused"):
        code, retryable = "clock_skewed", True
    after, request_id = headers.get("retry-after", "").strip(), headers.get("x-amzn-requestid")
    facts = {"retryable": retryable, "service_code": name or None, "request_id": request_id}
    return Refused(code, **facts, retry_after=int(after) if after.isdigit() else None)
