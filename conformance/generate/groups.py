"""Puts a group of cases into a file of vectors."""

import json
import pathlib

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors"


def replace(path, source, tests):
    """In place of those of the same ids. `conformance fmt` brings the file into form."""
    file = VECTORS / path
    vectors = {"schema": 1, "operation": file.stem, "groups": []}
    if file.exists():
        vectors = json.loads(file.read_text("utf-8"))
    ids = {test["id"] for test in tests}
    groups = [{"source": source, "tests": tests}]
    for group in vectors["groups"]:
        others = [test for test in group["tests"] if test["id"] not in ids]
        if group["source"] == source:
            groups[0]["tests"] = tests + others
        elif others:
            groups.append(group | {"tests": others})
    vectors["groups"] = groups
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(vectors, ensure_ascii=False), "utf-8")
