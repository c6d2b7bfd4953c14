"""Every case of the vectors through the raw module: `conformance.py MODULE RESULTS`."""

import base64
import hashlib
import json
import sys
from pathlib import Path

from host import Core, Refused
from refreshing import refresh

ROOT = Path(__file__).resolve().parents[3] / "conformance"
STAGES = "url body canonical_request signed_headers credential_scope string_to_sign signature_hex authorization"
FACTS = "serial_number key_algorithm algorithm subject issuer not_before not_after"


def content(data: dict) -> bytes:
    if "text" in data:
        return data["text"].encode()
    if "hex" in data:
        return bytes.fromhex(data["hex"])
    names = data.get("fixtures") or [data["fixture"]]
    return b"".join((ROOT / "fixtures" / name).read_bytes() for name in names)


def encoded(data) -> dict | None:
    """Bytes as the module takes them."""
    if data is None:
        return None
    raw = data if isinstance(data, bytes) else content(data)
    return {"base64": base64.b64encode(raw).decode()}


def decoded(text: str) -> bytes:
    return base64.b64decode(text)


def sha256(text: str) -> str:
    return hashlib.sha256(decoded(text)).hexdigest()


def picked(answer: dict, names: str) -> dict:
    return {name: answer[name] for name in names.split() if name in answer}


class Runner:
    def __init__(self, core: Core):
        self.core = core
        core.call("seed", seed=encoded(bytes(range(32))))

    def identity_of(self, given: dict) -> dict:
        return self.core.call(
            "identity_from_pem", certificate=encoded(given["certificate"]), chain=encoded(given.get("chain"))
        )

    def key_of(self, given: dict) -> dict:
        passphrase = given.get("passphrase")
        return self.core.call("private_key_from_pem", data=encoded(given["private_key"]), passphrase=passphrase)

    def arn(self, given, _):
        return self.core.call("arn", **given)

    def endpoint(self, given, _):
        return self.core.call("endpoint", **given)

    def pem(self, given, _):
        blocks = self.core.call("pem", data=encoded(given["data"]))["blocks"]
        return {
            "blocks": [
                {"label": block["label"], "content_sha256_hex": sha256(block["content"])} for block in blocks
            ]
        }

    def certificate(self, given, _):
        return picked(self.identity_of(given), FACTS)

    def private_key(self, given, _):
        key = self.key_of(given)
        answer = {"key_algorithm": key["key_algorithm"]}
        if "certificate" in given:
            leaf = self.identity_of(given)["identity"]
            asked = {"private_key": key["private_key"], "identity": leaf}
            answer["matches"] = self.core.call("private_key_matches", **asked)["matches"]
        return answer

    def identity(self, given, _):
        if "certificate" in given:
            facts = self.identity_of(given)
        else:
            parts = [encoded(part) for part in given.get("parts", [])]
            facts = self.core.call("load_identity", parts=parts, passphrase=given.get("passphrase"))
        answer = {
            "certificate_sha256_hex": sha256(facts["certificate_der"]),
            "chain_sha256_hex": [sha256(der) for der in facts["chain_der"]],
            "has_private_key": "private_key" in facts,
        }
        if "now" in given:
            asked = {
                "identity": facts["identity"],
                "private_key": facts.get("private_key"),
                "now": given["now"],
            }
            self.core.call("identity_check", **asked)
            findings = self.core.call("identity_findings", **asked)["findings"]
            answer["findings"] = [it["code"] for it in findings]
        return answer

    def canonical_request(self, given, _):
        return self.core.call("canonical_request", **{**given, "body": encoded(given["body"])})

    def string_to_sign(self, given, _):
        return self.core.call("string_to_sign", **given)

    def signature(self, given, expected):
        message = encoded(given["message"])
        if "private_key" in given:
            return self.made(self.key_of(given)["private_key"], message, expected)
        verified = self.core.call(
            "verify",
            identity=self.identity_of(given)["identity"],
            message=message,
            signature=encoded(bytes.fromhex(given["signature_hex"])),
            encoding=given.get("encoding"),
        )
        reproducible = (expected or {}).get("reproducible", False)
        return {"signature_hex": decoded(verified["signature"]).hex(), "reproducible": reproducible}

    def made(self, key, message, expected):
        """Bytes that nobody makes again are verified, ours and the expected ones."""
        own = self.core.call("sign", private_key=key, message=message)["signature"]
        if expected is None or expected["reproducible"]:
            return {"signature_hex": decoded(own).hex(), "reproducible": True}
        theirs = expected["signature_hex"]
        for signature in (decoded(own), bytes.fromhex(theirs)):
            self.core.call("verify", private_key=key, message=message, signature=encoded(signature))
        return {"signature_hex": theirs, "reproducible": False}

    def authorization(self, given, expected):
        pending = self.core.call(
            "prepare",
            identity=self.identity_of(given)["identity"],
            body=encoded(given["body"]),
            **{name: given[name] for name in "method url headers region service now".split()},
        )
        if "private_key" in given:
            return self.stages(pending, self.key_of(given)["private_key"], expected)
        signature = bytes.fromhex(given.get("signature_hex", ""))
        reproducible = (expected or {}).get("reproducible", False)
        return self.finished(pending, signature, given.get("encoding"), reproducible)

    def stages(self, pending, key, expected):
        # For its own checks, of the key against the leaf first of all.
        handle = pending["pending_signature"]
        self.core.call("pending_sign", pending_signature=handle, private_key=key)
        signed = self.made(key, {"base64": pending["request"]["message"]}, expected)
        signature = bytes.fromhex(signed["signature_hex"])
        return self.finished(pending, signature, "der", signed["reproducible"])

    def finished(self, pending, signature, encoding, reproducible):
        handle = pending["pending_signature"]
        request = self.core.call(
            "pending_finish", pending_signature=handle, signature=encoded(signature), encoding=encoding
        )
        authorization = dict(map(tuple, request["headers"]))["Authorization"]
        return {
            "canonical_request": pending["canonical_request"],
            "signed_headers": pending["signed_headers"],
            "string_to_sign": decoded(pending["request"]["message"]).decode(),
            "signature_hex": authorization.rsplit("=", 1)[1],
            "reproducible": reproducible,
            "authorization": authorization,
        }

    def create_session(self, given, expected):
        keys = ("now", "certificate", "chain", "private_key")
        session = self.core.call(
            "create_session", **{name: value for name, value in given.items() if name not in keys}
        )
        any_leaf = {"certificate": {"fixture": "pki/p256/leaf.pem"}}
        leaf = self.identity_of(given if "private_key" in given else any_leaf)["identity"]
        pending = self.core.call(
            "create_session_prepare", create_session=session["create_session"], identity=leaf, now=given["now"]
        )
        body = decoded(pending["body"]).decode()
        answer = {"url": session["url"], "body": body}
        if "private_key" in given:
            wanted = expected if expected and "signature_hex" in expected else None
            answer |= self.stages(pending, self.key_of(given)["private_key"], wanted)
        return answer

    def session_response(self, given, _):
        arn = "arn:aws:rolesanywhere:us-east-1:111122223333:"
        session = self.core.call(
            "create_session",
            trust_anchor_arn=f"{arn}trust-anchor/a",
            profile_arn=f"{arn}profile/b",
            role_arn=given["role_arn"],
        )
        read = self.core.call(
            "create_session_parse_response",
            create_session=session["create_session"],
            status=given["status"],
            headers=given["headers"],
            body=encoded(given["body"]),
            now=given.get("now"),
        )
        return picked(read, "access_key_id secret_access_key session_token expiration account_id")

    def credentials(self, given, _):
        given.setdefault("last_updated", 0)
        return {"json": json.loads(self.core.call("credentials", **given)["json"])}

    def config(self, given, _):
        is_session = given.pop("create_session", False)
        resolved = self.core.call("resolve_options", **given)
        for option in resolved["options"].values():
            option.setdefault("value", None)
        answer = {"options": resolved["options"], "notes": len(resolved["notes"])}
        if is_session:
            session = self.core.call("create_session_from_options", **given)
            answer["url"] = session["url"].split("?")[0]
        return answer

    def refresh(self, given, _):
        return refresh(self.core, given["steps"])

    def error_codes(self, given, _):
        rows = {row["code"]: row for row in self.core.call("error_codes")["error_codes"]}
        return picked(rows[given["code"]], "number kind retryable")

    def judge(self, operation: str, case: dict) -> dict:
        result = {"id": case["id"]}
        expected = case.get("expected")
        try:
            actual = getattr(self, operation)(json.loads(json.dumps(case["input"])), expected)
        except Refused as refused:
            return result | self.refused(refused.facts, case.get("error"))
        if expected is None:
            return result | {"outcome": "failed", "stage": "result", "context": "it was accepted"}
        for stage in [*STAGES.split(), *expected, *actual]:
            if expected.get(stage) != actual.get(stage):
                context = json.dumps(actual.get(stage))
                return result | {"outcome": "failed", "stage": stage, "context": context}
        return result | {"outcome": "passed"}

    @staticmethod
    def refused(facts: dict, expected: dict | None) -> dict:
        failed = {"outcome": "failed", "code": facts["code"], "context": facts["message"]}
        if expected is None:
            return failed | {"stage": "result"}
        if any(facts.get(name) != value for name, value in expected.items()):
            return failed | {"stage": "error"}
        return {"outcome": "passed", "code": facts["code"]}


def main() -> int:
    module, results = map(Path, sys.argv[1:])
    runner = Runner(Core(module))
    judged = []
    for path in sorted(ROOT.glob("vectors/*/*.json")):
        vectors = json.loads(path.read_text())
        for case in (test for group in vectors["groups"] for test in group["tests"]):
            judged.append(runner.judge(vectors["operation"], case))
    results.write_text(json.dumps({"version": 1, "runner": "wasm-raw", "results": judged}))
    failed = [result for result in judged if result["outcome"] != "passed"]
    for result in failed:
        print("FAILED", json.dumps(result))
    print(f"{len(judged) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
