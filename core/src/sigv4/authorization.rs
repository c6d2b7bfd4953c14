//! Stage four: the `Authorization` header.

use crate::signing::{Signature, SigningAlgorithm};
use alloc::string::String;

/// `TOKEN Credential=<serial>/<scope>, SignedHeaders=a;b, Signature=<hex>`; the serial is decimal.
///
/// Puts together what it is given and checks nothing of it.
#[must_use]
pub fn authorization(
    algorithm: SigningAlgorithm,
    serial_number: &str,
    credential_scope: &str,
    signed_headers: &str,
    signature: &Signature,
) -> String {
    // Joined, because formatting takes twice as long.
    [
        algorithm.as_str(),
        " Credential=",
        serial_number,
        "/",
        credential_scope,
        ", SignedHeaders=",
        signed_headers,
        ", Signature=",
        &signature.to_hex(),
    ]
    .concat()
}
