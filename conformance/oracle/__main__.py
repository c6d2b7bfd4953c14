"""A second opinion on the vectors, from Python's `cryptography` alone.

    python conformance/oracle run [RESULTS]   answer every case; write RESULTS, or print a summary
    python conformance/oracle fill FILE       add the answers to the cases of FILE that have none
"""

import json
import pathlib
import sys

import cryptography

import certificates
import config
import data
import keys
import refresh
import session
import sigv4
from refused import Refused

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors"
OPERATIONS = {
    "arn": lambda case, _: session.arn(case),
    "endpoint": lambda case, _: session.endpoint(case),
    "pem": lambda case, _: data.pem(case),
    "certificate": lambda case, _: certificates.certificate(case),
    "private_key": lambda case, _: keys.private_key(case),
    "identity": lambda case, _: certificates.identity(case),
    "canonical_request": lambda case, _: sigv4.canonical_request(case),
    "string_to_sign": lambda case, _: sigv4.string_to_sign(case),
    "signature": keys.signature,
    "authorization": sigv4.authorization,
    "create_session": session.create_session,
    "session_response": lambda case, _: session.session_response(case),
    "credentials": lambda case, _: session.credentials(case),
    "config": lambda case, _: config.config(case),
    "refresh": lambda case, _: refresh.refresh(case),
}


def judge(operation, test):
    """One entry of the results."""
    entry = {"id": test["id"], "outcome": "failed"}
    if operation not in OPERATIONS or "costly" in test.get("flags", []):
        return entry | {"outcome": "skipped"}
    expected = test.get("expected")
    try:
        answer = OPERATIONS[operation](test["input"], expected)
    except Refused as refused:
        entry["code"] = refused.code
        wanted = {name: value for name, value in test.get("error", {}).items() if name != "kind"}
        facts = {"code": refused.code, **refused.facts}
        right = test["result"] == "invalid" and all(facts.get(n) == v for n, v in wanted.items())
        return entry | ({"outcome": "passed"} if right else {"stage": "error", "context": str(facts)})
    if test["result"] == "invalid":
        return entry | {"stage": "result", "context": "it was accepted"}
    if not expected:
        return entry | {"stage": "expected", "context": json.dumps(answer)}
    for stage in {**expected, **answer}:
        if expected.get(stage) != answer.get(stage):
            return entry | {"stage": stage, "context": json.dumps(answer.get(stage))}
    return entry | {"outcome": "passed"}


def run(path=None):
    results = []
    for file in sorted(VECTORS.glob("*/*.json")):
        vectors = json.loads(file.read_text("utf-8"))
        for group in vectors["groups"]:
            results += [judge(vectors["operation"], test) for test in group["tests"]]
    if path:
        report = {"version": 1, "runner": "oracle", "results": results}
        pathlib.Path(path).write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    for entry in results:
        if entry["outcome"] == "failed":
            print(entry)
    counts = {outcome: sum(entry["outcome"] == outcome for entry in results)
              for outcome in ("passed", "failed", "skipped")}
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return counts["failed"]


def fill(path):
    """Whoever fills in expected values is their source."""
    file = pathlib.Path(path)
    vectors = json.loads(file.read_text("utf-8"))
    source = {"name": "conformance/oracle", "version": f"cryptography {cryptography.__version__}"}
    for group in vectors["groups"]:
        for test in group["tests"]:
            if test["result"] == "valid" and "expected" not in test:
                group["source"] = source
                try:
                    test["expected"] = OPERATIONS[vectors["operation"]](test["input"], None)
                except Refused as refused:
                    print(f"{test['id']}: {refused.code}")
    file.write_text(json.dumps(vectors, ensure_ascii=False), "utf-8")
    return 0


match sys.argv[1:]:
    case ["run", *path] if len(path) < 2:
        sys.exit(min(1, run(*path)))
    case ["fill", path]:
        sys.exit(fill(path))
    case _:
        sys.exit(__doc__)
