//! Private keys that are there and not read: by name, each with the command that helps.

use super::malformed;
use crate::error::{Error, ErrorCode};
use crate::pem::conversion;
use alloc::{borrow::Cow, format};

pub(super) const NEW_RSA_KEY: &str = "make a new key with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY`, and have a certificate issued for it";
#[cfg(not(feature = "encrypted-keys"))]
pub(super) const DECRYPT: &str =
    "decrypt it with `openssl pkey -in FILE -out PLAIN` into a file that only its owner can read";
#[cfg(not(feature = "pkcs12"))]
pub(super) const UNPACK: &str = "convert it with `openssl pkcs12 -in FILE -nodes -out PEM` into a file that only its owner can read";

/// No private key, but perhaps something else.
pub(super) fn missing(other: Option<&str>) -> Error {
    let message = match other {
        Some("") => return malformed("the input is neither PEM nor the DER of a private key"),
        Some(label) => Cow::from(format!("there is no private key; the input holds {label}")),
        None => Cow::from("there is no private key: the input is neither PEM nor DER"),
    };
    let error = Error::new(ErrorCode::PrivateKeyMissing, message);
    match other.and_then(conversion::hint) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

pub(super) fn passphrase_missing() -> Error {
    Error::new(
        ErrorCode::PrivateKeyEncrypted,
        "the private key is encrypted, and no passphrase is given",
    )
}

/// Whether the passphrase is wrong or the data damaged nobody can tell.
#[cfg(feature = "encrypted-keys")]
pub(super) fn passphrase_incorrect() -> Error {
    Error::new(
        ErrorCode::PassphraseIncorrect,
        "the passphrase does not open the private key, or its file is damaged",
    )
}

/// A file that is signed and encrypted to a certificate instead of a passphrase.
#[cfg(feature = "pkcs12")]
pub(super) fn signed_pkcs12() -> Error {
    Error::new(
        ErrorCode::KeyEncryptionUnsupported,
        "the PKCS#12 file is protected with a certificate instead of a passphrase, which is not read",
    )
    .with_hint("export it again with a passphrase: `openssl pkcs12 -export -inkey KEY -in CERTIFICATE -out FILE`")
}

/// RFC 1421's encryption derives its key with one round of MD5.
pub(super) fn traditional() -> Error {
    Error::new(
        ErrorCode::KeyEncryptionUnsupported,
        "the private key is encrypted in OpenSSL's traditional PEM format, which is not read",
    )
}

#[cfg(not(feature = "pkcs12"))]
pub(super) fn not_built_in(what: &str, hint: &'static str) -> Error {
    Error::new(
        ErrorCode::FeatureUnavailable,
        format!("this build does not read {what}"),
    )
    .with_hint(hint)
}

/// A label that no reader takes.
pub(super) fn unreadable(label: &str) -> Error {
    let error = match label {
        "DSA PRIVATE KEY" => Error::new(
            ErrorCode::KeyAlgorithmUnsupported,
            "the service does not take DSA keys",
        ),
        "OPENSSH PRIVATE KEY" => malformed("the private key is in OpenSSH's own format").with_hint(
            "convert a copy with `ssh-keygen -p -m PKCS8 -f COPY`, which `openssl pkey -in COPY -noout` then reads",
        ),
        "JAVA KEYSTORE" => malformed("the private key is in a Java keystore of the format JKS or JCEKS"),
        "PUTTY PRIVATE KEY" => malformed("the private key is in PuTTY's own format"),
        "PGP PRIVATE KEY BLOCK" => malformed("the private key is one of OpenPGP"),
        "TSS2 PRIVATE KEY" => Error::new(
            ErrorCode::FeatureUnavailable,
            "keys in a TPM are not used yet",
        ),
        label => malformed(format!("a PEM block {label} is not a key format that is read")),
    };
    match conversion::hint(label) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}
