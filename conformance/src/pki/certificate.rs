//! Certificates, part by part, so that each part can be wrong.

use super::key::Key;
use crate::Result;
use crate::der::{bit_string, oid, sequence, tagged};
use crate::{hex, private_key};
use rolesanywhere_core::KeyAlgorithm;
use rolesanywhere_core::encoding::sha256_hex;

/// Who issues.
pub(super) struct Issuer<'a> {
    pub(super) name: Vec<u8>,
    pub(super) key: &'a Key,
}

/// What a certificate says. Serial number and times are as DER has them.
#[derive(Clone)]
pub(super) struct Template {
    pub(super) version_3: bool,
    pub(super) serial_number: Vec<u8>,
    pub(super) not_before: &'static str,
    pub(super) not_after: &'static str,
    pub(super) subject: Vec<u8>,
    pub(super) spki: Vec<u8>,
    pub(super) is_ca: bool,
    /// The first octet of `keyUsage`.
    pub(super) key_usage: Option<u8>,
    /// In place of the issuer's own.
    pub(super) authority_key_identifier: Option<Vec<u8>>,
    /// In place of the one that the signature is of.
    pub(super) claimed_signature: Option<Vec<u8>>,
}

pub(super) const DIGITAL_SIGNATURE: u8 = 0x80;
pub(super) const KEY_ENCIPHERMENT: u8 = 0x20;
const CERT_SIGN: u8 = 0x04;

impl Template {
    /// An end-entity certificate that the service takes.
    pub(super) fn leaf(subject: Vec<u8>, spki: &[u8]) -> Self {
        Self {
            version_3: true,
            serial_number: serial_number(&subject),
            not_before: "20250101000000Z",
            not_after: "20991231235959Z",
            subject,
            spki: spki.to_vec(),
            is_ca: false,
            key_usage: Some(DIGITAL_SIGNATURE),
            authority_key_identifier: None,
            claimed_signature: None,
        }
    }

    /// A CA certificate.
    pub(super) fn authority(subject: Vec<u8>, spki: &[u8]) -> Self {
        Self {
            is_ca: true,
            key_usage: Some(CERT_SIGN),
            ..Self::leaf(subject, spki)
        }
    }

    /// The certificate's DER.
    pub(super) fn issue(&self, issuer: &Issuer<'_>) -> Result<Vec<u8>> {
        let algorithm = match &self.claimed_signature {
            Some(claimed) => claimed.clone(),
            None => signature_algorithm(issuer.key.signing.public_key().algorithm())?,
        };
        let mut parts = Vec::new();
        if self.version_3 {
            parts.push(tagged(0xa0, &tagged(0x02, &[2])));
        }
        parts.extend([
            tagged(0x02, &self.serial_number),
            algorithm.clone(),
            issuer.name.clone(),
            sequence(&[time(self.not_before), time(self.not_after)]),
            self.subject.clone(),
            self.spki.clone(),
        ]);
        if self.version_3 {
            parts.push(tagged(0xa3, &sequence(&self.extensions(issuer)?)));
        }
        let to_be_signed = sequence(&parts);
        let signature = issuer.key.signing.sign(&to_be_signed)?;
        Ok(sequence(&[
            to_be_signed,
            algorithm,
            bit_string(signature.as_bytes()),
        ]))
    }

    fn extensions(&self, issuer: &Issuer<'_>) -> Result<Vec<Vec<u8>>> {
        let ca: Vec<Vec<u8>> = if self.is_ca {
            vec![tagged(0x01, &[0xff])]
        } else {
            vec![]
        };
        let mut extensions = vec![extension(19, true, &sequence(&ca))];
        if let Some(usage) = self.key_usage {
            let unused = u8::try_from(usage.trailing_zeros()).unwrap_or(0);
            extensions.push(extension(15, true, &tagged(0x03, &[unused, usage])));
        }
        let own = tagged(0x04, &key_identifier(&self.spki)?);
        let authority = match &self.authority_key_identifier {
            Some(identifier) => identifier.clone(),
            None => key_identifier(issuer.key.signing.public_key().spki_der())?,
        };
        extensions.push(extension(14, false, &own));
        extensions.push(extension(35, false, &sequence(&[tagged(0x80, &authority)])));
        Ok(extensions)
    }
}

/// A name of one attribute to each RDN: `("CN", "leaf")`.
pub(super) fn name(attributes: &[(&str, &str)]) -> Vec<u8> {
    let rdns: Vec<Vec<u8>> = attributes.iter().map(|one| rdn(&[*one])).collect();
    sequence(&rdns)
}

/// An RDN, which may have several attributes.
pub(super) fn rdn(attributes: &[(&str, &str)]) -> Vec<u8> {
    let mut parts: Vec<Vec<u8>> = attributes
        .iter()
        .map(|(kind, value)| {
            let value = if *kind == "C" {
                tagged(0x13, value.as_bytes())
            } else {
                tagged(0x0c, value.as_bytes())
            };
            sequence(&[attribute_type(kind), value])
        })
        .collect();
    parts.sort();
    tagged(0x31, &parts.concat())
}

fn attribute_type(kind: &str) -> Vec<u8> {
    match kind {
        "CN" => oid(&[2, 5, 4, 3]),
        "C" => oid(&[2, 5, 4, 6]),
        "L" => oid(&[2, 5, 4, 7]),
        "ST" => oid(&[2, 5, 4, 8]),
        "O" => oid(&[2, 5, 4, 10]),
        "OU" => oid(&[2, 5, 4, 11]),
        "serialNumber" => oid(&[2, 5, 4, 5]),
        "UID" => oid(&[0, 9, 2342, 19_200_300, 100, 1, 1]),
        _ => oid(&[1, 3, 6, 1, 4, 1, 32473, 1]),
    }
}

/// Positive and of 20 octets, from what the certificate is about.
fn serial_number(subject: &[u8]) -> Vec<u8> {
    let digest = hex::decode(&sha256_hex(subject)).unwrap_or_default();
    let mut serial: Vec<u8> = digest.into_iter().take(20).collect();
    if let Some(first) = serial.first_mut() {
        *first = (*first & 0x7f) | 0x40;
    }
    serial
}

/// The first 20 octets of the key's SHA-256 (RFC 7093 §2, method 1).
fn key_identifier(spki: &[u8]) -> Result<Vec<u8>> {
    let digest = hex::decode(&sha256_hex(spki))?;
    Ok(digest.into_iter().take(20).collect())
}

fn extension(arc: u32, critical: bool, content: &[u8]) -> Vec<u8> {
    let mut parts = vec![oid(&[2, 5, 29, arc])];
    if critical {
        parts.push(tagged(0x01, &[0xff]));
    }
    parts.push(tagged(0x04, content));
    sequence(&parts)
}

/// `UTCTime` up to 2049, as RFC 5280 §4.1.2.5 has it.
fn time(text: &str) -> Vec<u8> {
    match text.strip_prefix("20") {
        Some(short) if short < "50" => tagged(0x17, short.as_bytes()),
        _ => tagged(0x18, text.as_bytes()),
    }
}

pub(super) fn signature_algorithm(algorithm: KeyAlgorithm) -> Result<Vec<u8>> {
    Ok(match algorithm {
        KeyAlgorithm::Rsa => sequence(&[oid(&[1, 2, 840, 113_549, 1, 1, 11]), tagged(0x05, &[])]),
        KeyAlgorithm::P256 | KeyAlgorithm::P384 | KeyAlgorithm::P521 => {
            sequence(&[oid(&[1, 2, 840, 10045, 4, 3, 2])])
        }
        ml_dsa => sequence(&[private_key::ml_dsa_oid(ml_dsa)?]),
    })
}
