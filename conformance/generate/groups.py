"""Puts a group of cases into a file of vectors, in place of the one of the same source."""

import json
import pathlib

VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors"


def replace(path, source, tests):
    """Other groups stay. `conformance fmt` brings the file into form."""
    file = VECTORS / path
    vectors = {"schema": 1, "operation": file.stem, "groups": []}
    if file.exists():
        vectors = json.loads(file.read_text("utf-8"))
    others = [group for group in vectors["groups"] if group["source"] != source]
    vectors["groups"] = [{"source": source, "tests": tests}, *others]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(vectors, ensure_ascii=False), "utf-8")
