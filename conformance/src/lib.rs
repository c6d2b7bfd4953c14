//! What SigV4-X509 is, as data, and the proof that the core agrees with it.
//!
//! `vectors/` holds the cases, which anyone's implementation can run; [`model`] is their form,
//! [`runner`] asks the core, [`report`] compares all runners. The tests compare the core with what others made: AWS's signing test
//! suite, Envoy's requests, captures of AWS's credential helper, Wycheproof. [`foreign`] finds those,
//! [`oracle`] asks other implementations to verify, [`suite`] counts and skips.
#![forbid(unsafe_code)]

pub mod add;
pub mod der;
pub mod error_codes;
pub mod export_c;
pub mod foreign;
pub mod hex;
pub mod json_text;
pub mod lint;
pub mod model;
pub mod oracle;
pub mod paths;
pub mod pki;
pub mod private_key;
pub mod report;
pub mod runner;
pub mod schema;
pub mod suite;
pub mod suite_files;

/// The result of one comparison; anything that can be displayed becomes its failure with `?`.
pub type Result<T> = core::result::Result<T, libtest_mimic::Failed>;
