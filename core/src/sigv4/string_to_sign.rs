//! Stage two: the string to sign.

use crate::encoding::sha256_hex;
use crate::time::Timestamp;
use alloc::string::String;

/// `YYYYMMDD/region/service/aws4_request`; no serial number stands in it.
///
/// # Examples
/// ```
/// use rolesanywhere_core::{Timestamp, sigv4::credential_scope};
///
/// let at = Timestamp::parse_amz_date("20261121T055319Z")?;
/// let scope = credential_scope(at, "us-east-1", "rolesanywhere");
/// assert_eq!(scope, "20261121/us-east-1/rolesanywhere/aws4_request");
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[must_use]
pub fn credential_scope(now: Timestamp, region: &str, service: &str) -> String {
    [&now.scope_date(), region, service, "aws4_request"].join("/")
}

/// Token, date, scope and the hash of the canonical request, one a line.
///
/// `algorithm` is the token, such as [`SigningAlgorithm::as_str`] gives.
///
/// [`SigningAlgorithm::as_str`]: crate::signing::SigningAlgorithm::as_str
#[must_use]
pub fn string_to_sign(algorithm: &str, now: Timestamp, scope: &str, canonical: &str) -> String {
    let hash = sha256_hex(canonical.as_bytes());
    [algorithm, &now.amz_date(), scope, &hash].join("\n")
}
