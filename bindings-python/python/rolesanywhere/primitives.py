"""The stages beneath signing, for those who build something of their own and for test vectors."""

from ._native import (
    canonical_request,
    encode_signature,
    parse_arn,
    pem_blocks,
    resolve_endpoint,
    string_to_sign,
    verify_signature,
)

__all__ = [
    "canonical_request",
    "encode_signature",
    "parse_arn",
    "pem_blocks",
    "resolve_endpoint",
    "string_to_sign",
    "verify_signature",
]
