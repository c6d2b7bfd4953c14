"""Whatever goes into the native functions: one of our exceptions or a `TypeError` comes out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rolesanywhere as ra
from rolesanywhere import _native, primitives

FIXTURES = Path(__file__).resolve().parents[2] / "conformance/fixtures"
SEEDS = [
    (FIXTURES / name).read_bytes()
    for name in ("pki/p256/leaf.pem", "pki/p256/key.pem", "pki/rsa2048/leaf.der", "pki/mldsa44/key.pem")
]
LEAF = ra.Identity.from_pem(SEEDS[0])
KEY = ra.PrivateKey.from_pem(SEEDS[1])
SESSION = ra.CreateSession(
    "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
    "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
    "arn:aws:iam::111122223333:role/c",
)
# Seconds in the tests; `cargo xtask soak` asks for minutes.
EXAMPLES = int(os.environ.get("PYTEST_ROLESANYWHERE_EXAMPLES", "60"))
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@st.composite
def damaged(draw: Any) -> bytes:
    """A certificate or key with a few bytes changed."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))])


text = st.text(max_size=40) | st.characters(categories=["Cs"])
data = st.binary(max_size=300) | text | damaged()
number = st.integers() | st.floats() | st.booleans()
pairs = st.lists(st.tuples(text, text), max_size=4)
anything = st.none() | number | data | pairs | st.just(object()) | st.dictionaries(text, text, max_size=3)
names = st.sampled_from(
    ["trust_anchor_arn", "profile_arn", "role_arn", "certificate", "private_key", "sign", "identity"]
    + ["duration_seconds", "endpoint", "region", "instance_properties", "verify", "account_id", "absent"]
)


def survives(call: Callable[[], object]) -> None:
    try:
        call()
    except (ra.RolesAnywhereError, TypeError) as error:
        assert getattr(error, "code", "") not in ("panic", "internal")


FUNCTIONS: list[tuple[str, Callable[..., object], list[Any]]] = [
    ("identity", ra.Identity.from_pem, [data, st.none() | data]),
    ("key", ra.PrivateKey.from_pem, [data, st.none() | data]),
    ("load", ra.load_identity, [data, data]),
    ("check", LEAF.check, [number]),
    ("sign", KEY.sign, [data]),
    ("verify", KEY.verify, [data, data]),
    ("session", ra.CreateSession, [text, text, text, text, text, number, text, number, number]),
    ("response", SESSION.parse_response, [number, pairs, data, number]),
    ("prepare", SESSION.prepare, [st.just(LEAF), number]),
    ("finish", SESSION.prepare(LEAF, 0).finish, [data, st.none() | text]),
    ("credentials", ra.Credentials, [text, text, text, number, text, text]),
    ("error", _native.error, [text, text, text, st.booleans(), number, number]),
    ("arn", primitives.parse_arn, [text, text]),
    ("blocks", primitives.pem_blocks, [data]),
    ("canonical", primitives.canonical_request, [text, text, text, pairs, data]),
    ("string_to_sign", primitives.string_to_sign, [text, number, text, text, text]),
    ("encode", primitives.encode_signature, [st.just(LEAF), data, st.none() | text]),
]


@pytest.mark.parametrize(("function", "strategies"), [it[1:] for it in FUNCTIONS], ids=[it[0] for it in FUNCTIONS])
def test_function(function: Callable[..., object], strategies: list[Any]) -> None:
    @FUZZ
    @given(st.tuples(*strategies))
    def fuzz(arguments: tuple[Any, ...]) -> None:
        survives(lambda: function(*arguments))

    fuzz()


@FUZZ
@given(st.dictionaries(names, anything, max_size=6), st.dictionaries(text, text, max_size=3), data)
def test_options(arguments: dict[str, Any], environment: dict[str, str], file: Any) -> None:
    def call() -> None:
        options = ra.resolve_options(arguments, environment, file, "default")
        assert repr(options) and options.origins() is not None
        _native.ProviderState(options, None).poll(1, 1)

    survives(call)


@FUZZ
@given(st.lists(st.tuples(st.integers(0, 5), number, number, number), max_size=12))
def test_refresh(calls: list[tuple[int, Any, Any, Any]]) -> None:
    machine = ra.Refresh()
    made = ra.Credentials("a", "b", "c", 2_000_000_000)
    error = _native.error("timeout", "late")
    for which, first, second, third in calls:
        steps: list[Callable[[], object]] = [
            lambda: machine.poll(first, second),
            lambda: machine.on_success(third, made, first, second, server_date=third),
            lambda: machine.on_failure(third, error, first, second, jitter=third),
            lambda: machine.cancel(third, first, second),
            machine.invalidate,
            machine.request_refresh,
        ]
        survives(steps[which])
    machine.take_events()


@FUZZ
@given(anything)
def test_a_signer_may_return_anything(returned: Any) -> None:
    options = ra.resolve_options(
        {
            "trust_anchor_arn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
            "profile_arn": "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
            "role_arn": "arn:aws:iam::111122223333:role/c",
            "certificate": SEEDS[0],
            "sign": print,
        },
        {},
    )
    attempt = _native.ProviderState(options, None).poll(1_800_000_000_000, 1).attempt
    assert attempt is not None
    prepared = attempt.prepare()
    assert isinstance(prepared, _native.Prepared)
    survives(lambda: prepared.finish(returned))
