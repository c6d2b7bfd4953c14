//! What SigV4-X509 is, as data, and the proof that the core agrees with it.
//!
//! [`vectors`] reads and runs the project's own vectors, `vectors/protocol/*.json`, which anyone's
//! implementation can run. The tests compare the core with what others made: AWS's signing test
//! suite, Envoy's requests, captures of AWS's credential helper, Wycheproof. [`foreign`] finds those,
//! [`oracle`] asks other implementations to verify, [`suite`] counts and skips.
#![forbid(unsafe_code)]

pub mod foreign;
pub mod hex;
pub mod oracle;
pub mod private_key;
pub mod suite;
pub mod vectors;

/// The result of one comparison; anything that can be displayed becomes its failure with `?`.
pub type Result<T> = core::result::Result<T, libtest_mimic::Failed>;
