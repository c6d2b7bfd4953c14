"""Every public name says what it is, and names no code that there is not."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

import rolesanywhere as ra
from rolesanywhere import primitives, pytest_plugin

CODES = {code.code for code in ra.error_codes()}
# What a docstring names in ``…`` besides codes is a word of another table, and says so by standing there.
RAISES = re.compile(r"Raises(?::\n|\s)(.*?)(?:\n\s*\n|\Z)", re.DOTALL)


def public() -> Iterator[tuple[str, Any]]:
    """Every public name with what it stands for, members of classes included."""
    named = [(name, getattr(ra, name)) for name in ra.__all__ if name != "aiobotocore_session"]
    named += [(name, getattr(primitives, name)) for name in primitives.__all__]
    named += [(name, getattr(pytest_plugin, name)) for name in ("RolesAnywhereEmulator", "serving")]
    for name, value in named:
        yield name, value
        if isinstance(value, type):
            for member, found in vars(value).items():
                if not member.startswith("_"):
                    yield f"{name}.{member}", found


# An exception's attributes are in its class's docstring; a named tuple's fields say "Alias".
PUBLIC = {
    name: value
    for name, value in public()
    if not (name.startswith("RolesAnywhereError.") or name.startswith("HttpResponse."))
}


@pytest.mark.parametrize("name", PUBLIC)
def test_it_says_what_it_is(name: str) -> None:
    documentation = inspect.getdoc(PUBLIC[name]) or ""
    assert len(documentation) > 10, name
    for sentence in RAISES.findall(documentation):
        for code in re.findall(r"``([a-z]+(?:_[a-z0-9]+)+)``", sentence):
            assert code in CODES, f"{name} names the code {code}"


def test_the_exceptions_attributes_are_listed() -> None:
    listed = re.findall(r"^ {4}(\w+): ", inspect.getdoc(ra.RolesAnywhereError) or "", re.MULTILINE)
    assert listed == list(ra.RolesAnywhereError.__annotations__)


def test_importing_aiobotocores_side_is_documented() -> None:
    pytest.importorskip("aiobotocore")
    assert "AioSession" in (ra.aiobotocore_session.__doc__ or "")
