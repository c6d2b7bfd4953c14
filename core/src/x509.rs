//! X.509 certificates (RFC 5280): what the service and the signature need of them.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

pub(crate) mod attributes;
pub(crate) mod certificate;
pub(crate) mod chain;
mod extensions;
mod name;
mod serial;
pub(crate) mod signature;
mod signature_hash;
mod structure;

pub use certificate::Certificate;
pub use name::Name;
