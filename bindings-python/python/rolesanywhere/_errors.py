"""The exceptions. Their codes, numbers, kinds and hints come from one table, which `error_codes()` shows."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class RolesAnywhereError(Exception):
    """Base of everything this package raises, but for `TypeError` where an argument has a wrong type.

    Attributes:
        code: The stable code, such as ``key_mismatch``; the same in every language.
        number: The same as a number.
        kind: ``input``, ``identity``, ``signing``, ``service``, ``transport`` or ``internal``.
        message: One sentence: what is wrong. Holds no secret.
        hint: One sentence: what to do about it.
        retryable: Whether the same call may succeed later without anyone changing anything.
        status: The HTTP status of the service's reply, where there was one.
        service_code: The service's error type, such as ``AccessDeniedException``.
        service_message: What the service said, bounded and without control characters.
        request_id: The service's request id.
        retry_after: The seconds the service asks to wait.
        date: The service's clock when it answered, in Unix seconds.
    """

    code: str
    number: int
    kind: str
    message: str
    hint: str
    retryable: bool
    status: int | None = None
    service_code: str | None = None
    service_message: str | None = None
    request_id: str | None = None
    retry_after: int | None = None
    date: int | None = None

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]\nhint: {self.hint}"

    def __reduce__(self) -> tuple[Any, ...]:
        return from_native, (
            (self.code, self.number, self.kind),
            (self.message, self.hint, self.retryable),
            self.status,
            self.service_code,
            self.service_message,
            self.request_id,
            self.retry_after,
            self.date,
        )


class InputError(RolesAnywhereError):
    """An option, an argument or a call is wrong: numbers from 100."""


class IdentityError(RolesAnywhereError):
    """A certificate, a key, a passphrase or one of their files is wrong: numbers from 200."""


class SigningError(RolesAnywhereError):
    """A signature could not be made or does not hold: numbers from 300."""


class ServiceError(RolesAnywhereError):
    """The service answered, and refused or made no sense: numbers from 400."""


class TransportError(RolesAnywhereError):
    """The service was not reached: numbers from 500."""


class InternalError(RolesAnywhereError):
    """A fault of this package, a caught panic among them: numbers from 900."""


CLASSES: dict[str, type[RolesAnywhereError]] = {
    "input": InputError,
    "identity": IdentityError,
    "signing": SigningError,
    "service": ServiceError,
    "transport": TransportError,
    "internal": InternalError,
}


def from_native(
    identification: tuple[str, int, str],
    text: tuple[str, str, bool],
    status: int | None,
    service_code: str | None,
    service_message: str | None,
    request_id: str | None,
    retry_after: int | None,
    date: int | None,
) -> RolesAnywhereError:
    """The exception with these fields, of its kind's class."""
    code, number, kind = identification
    message, hint, retryable = text
    error = CLASSES.get(kind, InternalError)(message)
    error.code, error.number, error.kind = code, number, kind
    error.message, error.hint, error.retryable = message, hint, retryable
    error.status = status
    error.service_code = service_code
    error.service_message = service_message
    error.request_id = request_id
    error.retry_after = retry_after
    error.date = date
    return error
