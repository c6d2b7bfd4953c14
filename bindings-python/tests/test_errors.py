"""Exceptions, the table of codes, and what wrong arguments raise."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rolesanywhere._errors import CLASSES

import rolesanywhere as ra
from rolesanywhere import _native

VECTORS = Path(__file__).resolve().parents[2] / "conformance/vectors/project/error_codes.json"


def test_the_table_is_the_one_of_every_language() -> None:
    groups = json.loads(VECTORS.read_text())["groups"]
    expected = {
        case["input"]["code"]: (
            case["expected"]["number"],
            case["expected"]["kind"],
            case["expected"]["retryable"],
        )
        for group in groups
        for case in group["tests"]
    }
    actual = {code.code: (code.number, code.kind, code.retryable) for code in ra.error_codes()}
    assert actual == expected
    assert {code.kind for code in ra.error_codes()} == set(CLASSES)


@pytest.mark.parametrize("code", ra.error_codes(), ids=lambda code: str(code.code))
def test_every_code_has_its_class(code: ra.ErrorCode) -> None:
    error = _native.error(code.code, "what is wrong")
    assert type(error) is CLASSES[code.kind]
    assert (error.code, error.number, error.kind) == (code.code, code.number, code.kind)
    assert (error.message, error.hint, error.retryable) == ("what is wrong", code.hint, code.retryable)
    assert str(error) == f"what is wrong [{code.code}]\nhint: {code.hint}"
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error) and copy.__dict__ == error.__dict__


COMPLETE: dict[str, Any] = {
    "trust_anchor_arn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
    "profile_arn": "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
    "role_arn": "arn:aws:iam::111122223333:role/c",
    "certificate": "leaf.pem",
}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("trust_anchor_arn", 7, "str"),
        ("certificate", 7, "str, bytes or a path"),
        ("private_key", object(), "str, bytes or a path"),
        ("private_key_passphrase", 7, "str or bytes"),
        ("duration_seconds", 900.0, "int"),
        ("duration_seconds", True, "int"),
        ("account_id", 1, "bool"),
        ("sign", 7, "a callable"),
        ("identity", [], "a callable"),
        ("instance_properties", 7, "a mapping of str to str"),
        ("instance_properties", {"a": 1}, "a mapping of str to str"),
        ("ca_bundle", 7, "str or a path"),
    ],
)
def test_a_wrong_type_is_named(name: str, value: Any, expected: str) -> None:
    with pytest.raises(TypeError, match=f"option '{name}': expected {expected}, not "):
        ra.Provider(**{**COMPLETE, name: value})


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"trust_anchor_arn": None}, "option_missing", "trust_anchor_arn"),
        ({"role_arn": "arn:x"}, "arn_malformed", "role_arn"),
        ({"duration_seconds": 899}, "duration_out_of_range", "duration_seconds"),
        ({"duration_seconds": 10**40}, "option_invalid", "duration_seconds"),
        ({"trust_anchor": "x"}, "option_unknown", "trust_anchor"),
        ({"sign": print, "private_key": "k.pem"}, "options_conflict", "private_key"),
        ({"certificate": "\ud800"}, None, ""),
        ({"certificate": "pkcs11:object=leaf"}, "feature_unavailable", "certificate"),
        ({"endpoint": "http://example.com"}, "endpoint_insecure", "endpoint"),
        ({"config_profile": "absent"}, "option_invalid", "absent"),
    ],
)
def test_a_wrong_value_has_its_code(change: dict[str, Any], code: str | None, words: str) -> None:
    options = {**COMPLETE, **change}
    if code is None:
        with pytest.raises(ra.IdentityError):
            ra.Provider(**options).credentials()
        return
    with pytest.raises(ra.InputError) as refused:
        ra.Provider(**options)
    assert refused.value.code == code
    assert words in str(refused.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path, code in [(tmp_path / "absent", "file_not_found"), (tmp_path, "file_is_directory")]:
        with pytest.raises(ra.IdentityError) as refused:
            ra.Provider(**{**COMPLETE, "certificate": path}).credentials()
        assert refused.value.code == code
    (tmp_path / "empty").touch()
    with pytest.raises(ra.IdentityError) as refused:
        ra.Provider(**{**COMPLETE, "certificate": str(tmp_path / "empty")}).credentials()
    assert refused.value.code == "file_empty"


@pytest.mark.parametrize("held", [True, False])
def test_a_panic_is_an_exception_like_any_other(
    held: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    panic = getattr(_native, "panic", None)
    assert panic, "only a development build has it: `cargo xtask test python` makes one"
    with pytest.raises(ra.InternalError) as caught:
        panic(held)
    assert caught.value.code == "panic" and caught.value.number == 901
    assert isinstance(caught.value, Exception) and "as the test wants" not in str(caught.value)
    assert "as the test wants" in capfd.readouterr().err


def test_importing_is_small() -> None:
    code = "import sys, rolesanywhere; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "rolesanywhere._native" in loaded
    assert not loaded & {"boto3", "botocore", "ssl", "logging", "typing", "threading", "asyncio"}


def test_every_name_of_the_package_is_there() -> None:
    for name in ra.__all__:
        if name != "aiobotocore_session":
            assert getattr(ra, name) is not None
    with pytest.raises(AttributeError):
        ra.absent  # type: ignore[attr-defined]
    assert ra.version() == ra.__version__
