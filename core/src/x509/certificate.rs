//! One certificate, read once: its DER and the facts that are asked of it.

use super::extensions::Extensions;
use super::name::Name;
use super::serial::SerialNumber;
use super::signature_hash;
use super::structure::{Parts, TbsCertificate};
use crate::error::{Error, ErrorCode, Result};
use crate::fields::Malformed;
use crate::pem::{self, Block};
use crate::signing::PublicKey;
use crate::time::Timestamp;
use alloc::{borrow::Cow, format, string::String, sync::Arc, vec::Vec};
use core::fmt;

/// A certificate.
///
/// Reading checks its form, of the extensions that of basicConstraints, keyUsage and the two key
/// identifiers only. It does not check validity, signature or purpose, and the public key may be of
/// any algorithm until [`public_key`](Self::public_key) is asked for: a CA may use what it likes.
///
/// Two certificates are equal when their DER is.
#[derive(Clone)]
pub struct Certificate(Arc<Contents>);

struct Contents {
    der: Vec<u8>,
    version: u8,
    serial: SerialNumber,
    issuer: Name,
    subject: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    spki_der: Vec<u8>,
    weak_hash: Option<&'static str>,
    extensions: Extensions,
}

impl Certificate {
    /// Reads one DER certificate. Serial numbers and lengths of names that RFC 5280 forbids are
    /// read too.
    ///
    /// # Errors
    /// `certificate_malformed`
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let parts = Parts::read(der).map_err(unreadable)?;
        let tbs = TbsCertificate::read(parts.tbs_der).map_err(unreadable)?;
        Ok(Self(Arc::new(Contents {
            der: der.to_vec(),
            version: tbs.version,
            serial: SerialNumber::new(tbs.serial_number)?,
            issuer: Name::new(tbs.issuer)?,
            subject: Name::new(tbs.subject)?,
            not_before: tbs.not_before,
            not_after: tbs.not_after,
            spki_der: tbs.spki_der.to_vec(),
            weak_hash: signature_hash::weak(&parts.algorithm),
            extensions: Extensions::read(&tbs)?,
        })))
    }

    /// Reads every certificate of an input, PEM or DER, in its order; other blocks are skipped.
    ///
    /// # Errors
    /// `certificate_missing` when there is none, `certificate_malformed`, and those of
    /// [`pem::blocks`].
    pub fn all_from_pem(data: &[u8]) -> Result<Vec<Self>> {
        let mut certificates = Vec::new();
        let mut other: Option<String> = None;
        for block in pem::blocks(data)? {
            let block = block?;
            if is_certificate(&block) {
                certificates.push(Self::from_der(block.der())?);
            } else {
                other.get_or_insert_with(|| block.label().into());
            }
        }
        if certificates.is_empty() {
            return Err(missing(other.as_deref()));
        }
        Ok(certificates)
    }

    /// The DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The public key, parsed anew at each call.
    ///
    /// # Errors
    /// Those of [`PublicKey::from_spki_der`]: `key_algorithm_unsupported`, by name,
    /// `key_too_small`, `certificate_malformed`.
    pub fn public_key(&self) -> Result<PublicKey> {
        PublicKey::from_spki_der(&self.0.spki_der)
    }

    /// The version as people count it: 1, 2 or 3.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.0.version
    }

    /// The serial number in decimal, however long; negative ones with a sign.
    #[must_use]
    pub fn serial_number(&self) -> &str {
        self.0.serial.decimal()
    }

    /// The content octets of the serial number's DER `INTEGER`, sign octet kept.
    #[must_use]
    pub fn serial_number_octets(&self) -> &[u8] {
        self.0.serial.octets()
    }

    /// The issuer.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// Whether subject and issuer are the same name (RFC 5280 §3.2); the signature is not verified.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.0.subject == self.0.issuer
    }

    /// The first second of its validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        self.0.not_before
    }

    /// The last second of its validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.0.not_after
    }

    /// Whether basicConstraints says cA TRUE (RFC 5280 §4.2.1.9).
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.0.extensions.is_ca
    }

    /// Whether keyUsage includes digitalSignature (RFC 5280 §4.2.1.3); `None` where the extension
    /// is absent.
    #[must_use]
    pub fn allows_digital_signature(&self) -> Option<bool> {
        self.0.extensions.digital_signature
    }

    /// The hash of the CA's signature, where it is weaker than SHA-256: `SHA-1`, `MD5`, ….
    #[must_use]
    pub fn weak_signature_hash(&self) -> Option<&'static str> {
        self.0.weak_hash
    }

    /// The subject key identifier (RFC 5280 §4.2.1.2).
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.0.extensions.subject_key_identifier.as_deref()
    }

    /// The key identifier in authorityKeyIdentifier (RFC 5280 §4.2.1.1).
    #[must_use]
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.0.extensions.authority_key_identifier.as_deref()
    }

    pub(crate) fn serial(&self) -> &SerialNumber {
        &self.0.serial
    }
}

/// Serial number and subject only.
impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (serial, subject) = (self.serial_number(), &self.0.subject);
        write!(formatter, "Certificate({serial}, {subject})")
    }
}

pub(crate) fn is_certificate(block: &Block<'_>) -> bool {
    block.label() == "CERTIFICATE"
}

pub(crate) fn missing(other: Option<&str>) -> Error {
    let message = match other {
        Some("") => Cow::from("the input is neither PEM nor the DER of a certificate"),
        Some(label) => Cow::from(format!("there is no certificate; the input holds {label}")),
        None => Cow::from("there is no certificate: the input is neither PEM nor DER"),
    };
    let error = Error::new(ErrorCode::CertificateMissing, message);
    match other.and_then(pem::conversion::hint) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

fn unreadable(error: Malformed) -> Error {
    malformed(match error {
        // UUIDs under 2.25 are such, and the crate `const-oid` does not read them.
        Malformed::ObjectIdentifier => {
            "an object identifier in the certificate is malformed, too long, or has a number over 32 bits"
        }
        Malformed::Other => "the certificate is not valid DER of X.509",
    })
}

pub(super) fn malformed(message: &'static str) -> Error {
    Error::new(ErrorCode::CertificateMalformed, message)
}

#[cfg(test)]
mod tests;
