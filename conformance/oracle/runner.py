"""Answers every case by the function of its operation's name, and judges the answers."""

import json
import pathlib
import sys

from data import ROOT, Refused

# These take the expected values too: a signature that is random can only be verified.
SIGNED = ("signature", "authorization", "create_session")


def judge(modules, operation, test):
    """One entry of the results."""
    entry, expected = {"id": test["id"], "outcome": "failed"}, test.get("expected")
    functions = [getattr(module, operation) for module in modules if hasattr(module, operation)]
    if not functions or "costly" in test.get("flags", []):
        return entry | {"outcome": "skipped"}
    try:
        answered = functions[0](test["input"], *([expected] if operation in SIGNED else []))
    except Refused as refused:
        facts = {"code": refused.code, **refused.facts}
        wanted = {name: value for name, value in test.get("error", {}).items() if name != "kind"}
        if test["result"] == "invalid" and wanted == {name: facts.get(name) for name in wanted}:
            return entry | {"outcome": "passed", "code": refused.code}
        return entry | {"code": refused.code, "stage": "error", "context": str(facts)}
    if test["result"] == "invalid":
        return entry | {"stage": "result", "context": "it was accepted"}
    for stage in {**expected, **answered}:
        if expected.get(stage) != answered.get(stage):
            return entry | {"stage": stage, "context": json.dumps(answered.get(stage))}
    return entry | {"outcome": "passed"}


def run(runner, modules):
    """The command line is nothing, or the file that results are written to."""
    results = []
    for file in sorted(ROOT.glob("vectors/*/*.json")):
        vectors = json.loads(file.read_text("utf-8"))
        tests = [test for group in vectors["groups"] for test in group["tests"]]
        results += [judge(modules, vectors["operation"], test) for test in tests]
    for path in sys.argv[1:]:
        report = {"version": 1, "runner": runner, "results": results}
        pathlib.Path(path).write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(*(entry for entry in results if entry["outcome"] == "failed"), sep="\n")
    outcomes = [entry["outcome"] for entry in results]
    print(", ".join(f"{outcomes.count(one)} {one}" for one in ("passed", "failed", "skipped")))
