"""One test for each test vector; the results go where `conformance report` reads them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import conformance_runner as runner
import pytest

CASES = runner.cases()


@pytest.fixture(scope="module")
def results() -> Iterator[list[dict[str, Any]]]:
    found: list[dict[str, Any]] = []
    yield found
    directory = os.environ.get("PYTEST_ROLESANYWHERE_RESULTS")
    if directory and len(found) == len(CASES):
        path = Path(directory) / "results-python.json"
        path.write_text(json.dumps({"version": 1, "runner": "python", "results": found}))


@pytest.mark.parametrize("case_id", CASES)
def test_vector(case_id: str, results: list[dict[str, Any]]) -> None:
    operation, case = CASES[case_id]
    judged = runner.judge(operation, case)
    results.append(judged)
    assert judged["outcome"] == "passed", judged
