"""Asks the package what each test vector asks, and judges the answers stage by stage."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import rolesanywhere as ra
from rolesanywhere import primitives

CONFORMANCE = Path(__file__).resolve().parents[2] / "conformance"
STAGES = ["url", "body", "canonical_request", "credential_scope", "string_to_sign", "signature_hex"]


def cases() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every case by its id, with its operation."""
    found = {}
    for path in sorted(CONFORMANCE.glob("vectors/*/*.json")):
        file = json.loads(path.read_text())
        for group in file["groups"]:
            for case in group["tests"]:
                found[case["id"]] = (file["operation"], case)
    return found


class Broken(Exception):
    """The answer contradicts itself."""

    def __init__(self, stage: str, context: str) -> None:
        super().__init__(context)
        self.stage, self.context = stage, context


def judge(operation: str, case: dict[str, Any]) -> dict[str, Any]:
    """What became of a case, in the form of `schema/results.schema.json`."""
    judged: dict[str, Any] = {"id": case["id"], "outcome": "passed"}
    difference: tuple[str, str] | None
    try:
        actual = OPERATIONS[operation](case["input"], case.get("expected") or {})
    except ra.RolesAnywhereError as error:
        judged["code"] = error.code
        difference = _compare_error(case.get("error"), error)
    except Broken as broken:
        difference = (broken.stage, broken.context)
    else:
        difference = _compare(case, actual)
    if difference is not None:
        judged.update(outcome="failed", stage=difference[0], context=difference[1])
    return judged


def _compare(case: dict[str, Any], actual: dict[str, Any]) -> tuple[str, str] | None:
    if case["result"] != "valid":
        return ("result", "it was accepted")
    expected = case["expected"]
    for stage in [*STAGES, *expected, *actual]:
        if expected.get(stage) != actual.get(stage):
            return (stage, repr(actual.get(stage)))
    return None


def _compare_error(
    expected: dict[str, Any] | None, error: ra.RolesAnywhereError
) -> tuple[str, str] | None:
    if expected is None:
        return ("result", str(error))
    actual = {name: getattr(error, name) for name in expected}
    return None if actual == expected else ("error", f"{actual}: {error.message}")


def data(value: dict[str, Any] | None) -> bytes | None:
    """The bytes of an input."""
    if value is None:
        return None
    if "text" in value:
        return str(value["text"]).encode()
    if "hex" in value:
        return bytes.fromhex(value["hex"])
    names = value.get("fixtures") or [value["fixture"]]
    return b"".join((CONFORMANCE / "fixtures" / name).read_bytes() for name in names)


def given(value: dict[str, Any] | None) -> bytes:
    """The same where something has to be given."""
    found = data(value)
    if found is None:
        raise Broken("input", "an input is missing")
    return found


def pairs(headers: list[list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers]


def arn(case: dict[str, Any], _: Any) -> dict[str, Any]:
    partition, region, account_id, role_name = primitives.parse_arn(case["kind"], case["arn"])
    told = {"partition": partition, "region": region, "account_id": account_id, "role_name": role_name}
    return {name: value for name, value in told.items() if value is not None}


def endpoint(case: dict[str, Any], _: Any) -> dict[str, Any]:
    return {"url": primitives.resolve_endpoint(**case)}


def pem(case: dict[str, Any], _: Any) -> dict[str, Any]:
    blocks = primitives.pem_blocks(given(case["data"]))
    told = [{"label": label, "content_sha256_hex": sha256(der).hexdigest()} for label, der in blocks]
    return {"blocks": told}


def certificate(case: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    identity = ra.Identity.from_pem(given(case["certificate"]))
    names = ["serial_number", "key_algorithm", "algorithm", "subject", "issuer", "not_before", "not_after"]
    return {name: getattr(identity, name) for name in names}


def identity(case: dict[str, Any], _: Any) -> dict[str, Any]:
    key = None
    if "certificate" in case:
        found = ra.Identity.from_pem(given(case["certificate"]), data(case.get("chain")))
    else:
        parts = [given(part) for part in case["parts"]]
        found, key = ra.load_identity(*parts, passphrase=case.get("passphrase"))
    told: dict[str, Any] = {
        "certificate_sha256_hex": sha256(found.certificate_der).hexdigest(),
        "chain_sha256_hex": [sha256(der).hexdigest() for der in found.chain_der],
        "has_private_key": key is not None,
    }
    if "now" in case:
        found.check(case["now"], key)
        told["findings"] = [finding.code for finding in found.findings(case["now"], key)]
    return told


def private_key(case: dict[str, Any], _: Any) -> dict[str, Any]:
    key = ra.PrivateKey.from_pem(given(case["private_key"]), case.get("passphrase"))
    told: dict[str, Any] = {"key_algorithm": key.key_algorithm}
    if "certificate" in case:
        told["matches"] = key.matches(ra.Identity.from_pem(given(case["certificate"])))
    return told


def signature(case: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    message = given(case["message"])
    reproducible = bool(expected.get("reproducible"))
    if "private_key" not in case:
        leaf = ra.Identity.from_pem(given(case["certificate"]))
        theirs = bytes.fromhex(case["signature_hex"])
        encoded = primitives.encode_signature(leaf, theirs, case.get("encoding"))
        primitives.verify_signature(leaf, message, encoded)
        return {"signature_hex": encoded.hex(), "reproducible": reproducible}
    key = ra.PrivateKey.from_pem(given(case["private_key"]))
    ours = key.sign(message)
    if key.key_algorithm == "rsa":
        return {"signature_hex": ours.hex(), "reproducible": True}
    # Neither ECDSA nor ML-DSA is the same bytes each time here: theirs and ours must both verify.
    for whose in (ours, bytes.fromhex(expected["signature_hex"])):
        key.verify(message, whose)
    return {"signature_hex": expected["signature_hex"], "reproducible": reproducible}


def canonical_request(case: dict[str, Any], _: Any) -> dict[str, Any]:
    text, signed = primitives.canonical_request(
        case["method"],
        case["path"],
        case["query"],
        pairs(case["headers"]),
        given(case["body"]),
        normalize=case.get("normalize", False),
        path_encodings=case["path_encodings"],
    )
    return {"canonical_request": text, "signed_headers": signed}


def string_to_sign(case: dict[str, Any], _: Any) -> dict[str, Any]:
    text, scope = primitives.string_to_sign(
        case["algorithm"], case["now"], case["region"], case["service"], case["canonical_request"]
    )
    return {"string_to_sign": text, "credential_scope": scope}


def authorization(case: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    found = ra.Identity.from_pem(given(case["certificate"]), data(case.get("chain")))
    request = ra.SignableRequest(
        case["method"],
        case["url"],
        pairs(case["headers"]),
        given(case["body"]),
        case["region"],
        case["service"],
    )
    pending = request.prepare(found, case["now"])
    if "private_key" not in case:
        theirs = bytes.fromhex(case["signature_hex"])
        return finished(pending, theirs, case.get("encoding"), bool(expected.get("reproducible")))
    key = ra.PrivateKey.from_pem(given(case["private_key"]))
    request.sign(found, key, case["now"])
    return stages(pending, key, expected)


def stages(
    pending: ra.PendingSignature, key: ra.PrivateKey, expected: dict[str, Any]
) -> dict[str, Any]:
    ours = key.sign(pending.string_to_sign)
    if key.key_algorithm == "rsa":
        return finished(pending, ours, None, True)
    theirs = bytes.fromhex(expected["signature_hex"])
    for whose in (ours, theirs):
        try:
            pending.verify(whose)
        except ra.SigningError as error:
            raise Broken("signature_hex", str(error)) from error
    return finished(pending, theirs, None, bool(expected.get("reproducible")))


def finished(
    pending: ra.PendingSignature, signed: bytes, encoding: str | None, reproducible: bool
) -> dict[str, Any]:
    headers = dict(pending.finish(signed, encoding).headers)
    value = headers["Authorization"]
    return {
        "canonical_request": pending.canonical_request,
        "signed_headers": pending.signed_headers,
        "string_to_sign": pending.string_to_sign.decode(),
        "signature_hex": value.rpartition("=")[2],
        "reproducible": reproducible,
        "authorization": value,
    }


def create_session(case: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    options = dict(case)
    now, key = options.pop("now"), options.pop("private_key", None)
    leaf, chain = options.pop("certificate", None), options.pop("chain", None)
    session = ra.CreateSession(**options)
    if key is None:
        # Any identity will do to see the body: it does not depend on it.
        found = ra.Identity.from_pem(given({"fixture": "pki/p256/leaf.pem"}))
        body = session.prepare(found, now).unsigned_request.body
        return {"url": session.url, "body": body.decode()}
    found = ra.Identity.from_pem(given(leaf), data(chain))
    pending = session.prepare(found, now)
    private_key = ra.PrivateKey.from_pem(given(key))
    session.sign(found, private_key, now)
    told = stages(pending, private_key, expected)
    return {"url": session.url, "body": pending.unsigned_request.body.decode(), **told}


def session_response(case: dict[str, Any], _: Any) -> dict[str, Any]:
    session = ra.CreateSession(
        "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
        "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
        case["role_arn"],
    )
    read = session.parse_response(
        case["status"], pairs(case["headers"]), given(case["body"]), case.get("now")
    )
    names = ["access_key_id", "secret_access_key", "session_token", "expiration", "account_id"]
    return {name: getattr(read, name) for name in names}


def credentials(case: dict[str, Any], _: Any) -> dict[str, Any]:
    arguments = dict(case)
    form, last_updated = arguments.pop("form"), arguments.pop("last_updated", None)
    made = ra.Credentials(**arguments)
    if form == "imds":
        return {"json": json.loads(made.to_imds_json(last_updated or 0))}
    if form == "credential_process_without_account_id":
        made = made.without_account_id()
    if form == "container":
        return {"json": json.loads(made.to_container_json())}
    return {"json": json.loads(made.to_credential_process_json())}


def error_codes(case: dict[str, Any], _: Any) -> dict[str, Any]:
    found = {code.code: code for code in ra.error_codes()}.get(case["code"])
    if found is None:
        raise Broken("code", "there is no such code")
    return {"number": found.number, "kind": found.kind, "retryable": found.retryable}


def config(case: dict[str, Any], _: Any) -> dict[str, Any]:
    # An argument without text is one that the host keeps: bytes, a callable.
    arguments = [(name, _opaque(name) if text is None else text) for name, text in case.get("arguments", [])]
    options = ra.resolve_options(
        arguments,
        dict(case.get("environment") or {}),
        case.get("config_file"),
        case.get("ambient_profile"),
        case.get("vocabulary"),
    )
    told = {}
    for name, (value, kind, written, section) in options.origins().items():
        told[name] = {"value": value, "from": kind, "name": written}
        if section is not None:
            told[name]["section"] = section
    expected: dict[str, Any] = {"options": told, "notes": len(options.notes)}
    if case.get("create_session"):
        expected["url"] = options.create_session().url.partition("?")[0]
    return expected


def _opaque(name: str) -> Any:
    return print if name in ("sign", "identity") else b"bytes"


def refresh(case: dict[str, Any], _: Any) -> dict[str, Any]:
    machine = ra.Refresh()
    return {"steps": [step(machine, given_step) for given_step in case["steps"]]}


def step(machine: ra.Refresh, given_step: dict[str, Any]) -> dict[str, Any]:
    now, call = given_step["at"], given_step["call"]
    told: dict[str, Any] = {}
    if call == "poll":
        told["poll"] = polled(machine.poll(*now))
    elif call == "invalidate":
        machine.invalidate()
    elif call == "request_refresh":
        machine.request_refresh()
    elif "cancel" in call:
        machine.cancel(call["cancel"], *now)
    elif "success" in call:
        success = dict(call["success"])
        made = ra.Credentials("ASIAEXAMPLE", "secret", "token", success.pop("expiration"))
        machine.on_success(success.pop("id"), made, *now, **success)
    else:
        failure = dict(call["failure"])
        identifier, jitter = failure.pop("id"), failure.pop("jitter")
        failure["date"] = failure.pop("server_date", None)
        error = ra._native.error(failure.pop("code"), "as the script says", **failure)
        machine.on_failure(identifier, error, *now, jitter=jitter)
    events = [event(it) for it in machine.take_events()]
    if events:
        told["events"] = events
    told["next_refresh"] = machine.next_refresh
    return told


def polled(poll: ra.Poll) -> dict[str, Any]:
    following: Any = "idle"
    if poll.fetch is not None:
        names = ["id", "signing_time", "deadline"]
        following = {"fetch": {name: getattr(poll.fetch, name) for name in names}}
    elif poll.wait_until is not None:
        following = {"wait": poll.wait_until}
    return {
        "credentials": None if poll.credentials is None else poll.credentials.expiration,
        "next": following,
        "error": None if poll.error is None else poll.error.code,
    }


def event(told: ra.Event) -> dict[str, Any]:
    values: dict[str, Any] = {
        "refreshed": told.expiration,
        "refresh_failed": told.error and told.error.code,
        "clock_corrected": told.offset_seconds,
        "certificate_expiring": told.not_after,
    }
    return {told.name: values[told.name]}


OPERATIONS = {
    "arn": arn,
    "authorization": authorization,
    "canonical_request": canonical_request,
    "certificate": certificate,
    "config": config,
    "create_session": create_session,
    "credentials": credentials,
    "endpoint": endpoint,
    "error_codes": error_codes,
    "identity": identity,
    "pem": pem,
    "private_key": private_key,
    "refresh": refresh,
    "session_response": session_response,
    "signature": signature,
    "string_to_sign": string_to_sign,
}
