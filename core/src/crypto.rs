//! The backends. Each is a type that the caller names; features only make a type exist.
//!
//! | type | feature | signs and verifies | needs |
//! |---|---|---|---|
//! | `RustCrypto` | `rustcrypto` | P-256, P-384, P-521, ML-DSA | nothing: `no_std`, WebAssembly |
//! | `RustCryptoRsa` | `rustcrypto-rsa` | RSA, see RUSTSEC-2023-0071 | 32 random bytes from the caller |
//! | `AwsLc` | `aws-lc-rs` | RSA from 2048 bits, P-256, P-384, P-521, ML-DSA | std and a C compiler |
//!
//! RSA signatures are the same bytes from every backend. RustCrypto's ECDSA (RFC 6979) and ML-DSA
//! are deterministic; AWS-LC's differ from call to call, and both kinds verify.

#[cfg(feature = "aws-lc-rs")]
mod aws_lc;
#[cfg(feature = "rustcrypto")]
mod rustcrypto;
#[cfg(feature = "rustcrypto-rsa")]
mod rustcrypto_rsa;

#[cfg(feature = "aws-lc-rs")]
pub use aws_lc::AwsLc;
#[cfg(feature = "rustcrypto")]
pub use rustcrypto::RustCrypto;
#[cfg(feature = "rustcrypto-rsa")]
pub use rustcrypto_rsa::RustCryptoRsa;

#[cfg(any(
    feature = "aws-lc-rs",
    feature = "rustcrypto",
    feature = "rustcrypto-rsa"
))]
mod errors {
    use crate::error::{Error, ErrorCode};

    /// For keys whose numbers contradict each other; which one is nobody's business.
    pub(super) fn private_key_malformed() -> Error {
        Error::new(
            ErrorCode::PrivateKeyMalformed,
            "the parts of the private key do not fit together",
        )
    }

    /// Says nothing more, on purpose.
    pub(super) fn signing_failed() -> Error {
        Error::new(ErrorCode::SigningFailed, "the signature could not be made")
    }

    pub(super) fn signature_invalid() -> Error {
        Error::new(
            ErrorCode::SignatureInvalid,
            "the signature does not verify with the public key",
        )
    }
}

#[cfg(test)]
#[cfg(all(
    feature = "aws-lc-rs",
    feature = "rustcrypto",
    feature = "rustcrypto-rsa"
))]
mod tests;
