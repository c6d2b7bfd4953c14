//! A certificate authority for tests: makes CAs, intermediates and leaves, right ones and wrong ones.
//!
//! The certificates are written field by field, so that version 1, SHA-1, odd serial numbers and a
//! missing or wrong key usage can be had. Keys come from the operating system's randomness. None of
//! this is meant to protect anything: private keys are handed out as text.
//!
//! # Examples
//! ```
//! use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};
//!
//! let root = Authority::generate(KeyType::P256)?;
//! let issuing = root.intermediate(KeyType::P384)?;
//! let leaf = issuing.issue(&LeafOptions::new().key_type(KeyType::MlDsa65).subject("CN=build-7"))?;
//! assert!(leaf.certificate_pem().starts_with("-----BEGIN CERTIFICATE-----"));
//! assert_eq!(leaf.chain_pem().matches("BEGIN").count(), 1);
//! # Ok::<(), rolesanywhere_core::Error>(())
//! ```

mod alternative_name;
mod authority;
mod certificate;
mod extension;
mod key;
mod key_type;
mod leaf;
mod pem;
mod revocation;
mod serial;
mod signature;

pub use authority::Authority;
pub use key::KeyPair;
pub use key_type::KeyType;
pub use leaf::{IssuedLeaf, KeyUsage, LeafOptions};
pub use serial::Serial;

pub(crate) use pem::{
    certificates as certificates_from_pem, certificates_from_base64, decode as decode_pem,
};
