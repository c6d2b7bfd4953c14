//! SigV4 as the service reads it: written from the rules, not from the signing core, so that a
//! mistake there does not come back here as an agreement.

mod authorization;
mod canonical;
mod presigned;
mod signed;

pub(crate) use authorization::Scope;
pub(crate) use canonical::query_pairs;
pub(crate) use presigned::{is_presigned, only};
pub(crate) use signed::{Signed, Trace};

use aws_lc_rs::digest;
use rolesanywhere_core::encoding;

/// Lower-case hex of the SHA-256 of `bytes`.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    encoding::hex(digest::digest(&digest::SHA256, bytes).as_ref())
}
