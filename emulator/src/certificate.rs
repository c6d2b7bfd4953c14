//! What the service reads from a leaf, and the rules it holds leaves and anchors to.

use crate::pki::Serial;
use const_oid::ObjectIdentifier;
use const_oid::db::{fips204, rfc5912};
use der::{Decode, Encode};
use rolesanywhere_core::Timestamp;
use x509_cert::certificate::{CertificateInner, Raw, Version};
use x509_cert::ext::pkix::name::GeneralNames;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, SubjectAltName};
use x509_cert::name::Name;

/// A certificate, read leniently; the rules are asked for one by one.
#[derive(Debug)]
pub(crate) struct Certificate {
    inner: CertificateInner<Raw>,
    der: Vec<u8>,
    basic_constraints: Option<BasicConstraints>,
    key_usage: Option<KeyUsage>,
}

impl Certificate {
    /// Reads one certificate in DER, extensions included.
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, &'static str> {
        let inner = CertificateInner::<Raw>::from_der(der)
            .map_err(|_| "the certificate is not DER-encoded X.509")?;
        let unreadable = |_| "the certificate's extensions cannot be read";
        let tbs = inner.tbs_certificate();
        let basic_constraints = tbs
            .get_extension::<BasicConstraints>()
            .map_err(unreadable)?;
        let key_usage = tbs.get_extension::<KeyUsage>().map_err(unreadable)?;
        Ok(Self {
            basic_constraints: basic_constraints.map(|(_, constraints)| constraints),
            key_usage: key_usage.map(|(_, usage)| usage),
            der: der.to_vec(),
            inner,
        })
    }

    /// The rules for a leaf, its validity and its chain excepted.
    pub(crate) fn check_leaf(&self, lenient_key_usage: bool) -> Result<(), &'static str> {
        let tbs = self.inner.tbs_certificate();
        if tbs.version() != Version::V3 {
            return Err("the leaf is not X.509 version 3");
        }
        if self.is_ca() {
            return Err("the leaf is a CA certificate");
        }
        match &self.key_usage {
            Some(usage) if !usage.digital_signature() => {
                return Err("the leaf's keyUsage lacks digitalSignature");
            }
            None if !lenient_key_usage => return Err("the leaf has no keyUsage"),
            _ => {}
        }
        if !self.signature_is_strong() {
            return Err("the leaf is signed with a hash weaker than SHA-256, or an unknown one");
        }
        if tbs.subject().is_empty() {
            return Err("the leaf's subject is empty");
        }
        Ok(())
    }

    /// The rules for a CA: a trust anchor, root or intermediate.
    pub(crate) fn check_anchor(&self) -> Result<(), &'static str> {
        if !self.is_ca() {
            return Err("basicConstraints does not say cA");
        }
        if !self.key_usage.is_some_and(|usage| usage.key_cert_sign()) {
            return Err("keyUsage lacks keyCertSign");
        }
        if !self.signature_is_strong() {
            return Err("it is signed with a hash weaker than SHA-256, or an unknown one");
        }
        Ok(())
    }

    /// Whether it is valid at a time; both ends included.
    pub(crate) fn check_validity(&self, at: Timestamp) -> Result<(), String> {
        let validity = self.inner.tbs_certificate().validity();
        let not_before = Timestamp::from(validity.not_before.to_date_time());
        let not_after = Timestamp::from(validity.not_after.to_date_time());
        if at < not_before {
            Err(format!(
                "the leaf is not valid before {}",
                not_before.rfc3339()
            ))
        } else if at > not_after {
            Err(format!(
                "the leaf's validity ended at {}",
                not_after.rfc3339()
            ))
        } else {
            Ok(())
        }
    }

    pub(crate) fn serial(&self) -> Serial {
        // An INTEGER's `as_bytes` keeps the sign octet, unlike an unsigned one's.
        Serial::from_content_octets(self.inner.tbs_certificate().serial_number().as_bytes())
    }

    pub(crate) fn subject(&self) -> &Name {
        self.inner.tbs_certificate().subject()
    }

    pub(crate) fn issuer(&self) -> &Name {
        self.inner.tbs_certificate().issuer()
    }

    /// The subject alternative names; none where the extension is not there.
    pub(crate) fn alternative_names(&self) -> Result<GeneralNames, &'static str> {
        let extension = self.inner.tbs_certificate().get_extension();
        let extension: Option<(bool, SubjectAltName)> =
            extension.map_err(|_| "the leaf's subject alternative names cannot be read")?;
        Ok(extension.map_or_else(Vec::new, |(_, names)| names.0))
    }

    /// The subject in DER, by which the service tells subjects apart.
    pub(crate) fn subject_der(&self) -> Vec<u8> {
        self.subject().to_der().unwrap_or_default()
    }

    /// The algorithm of the public key, the curve if it is an elliptic one, and the key's bits.
    pub(crate) fn public_key(&self) -> (ObjectIdentifier, Option<ObjectIdentifier>, &[u8]) {
        let info = self.inner.tbs_certificate().subject_public_key_info();
        let curve = info
            .algorithm
            .parameters
            .as_ref()
            .and_then(|any| any.decode_as().ok());
        (
            info.algorithm.oid,
            curve,
            info.subject_public_key.raw_bytes(),
        )
    }

    pub(crate) fn der(&self) -> &[u8] {
        &self.der
    }

    /// No keyUsage, or one with keyCertSign (RFC 5280 §6.1.4 (n)).
    pub(crate) fn may_sign_certificates(&self) -> bool {
        self.key_usage.is_none_or(|usage| usage.key_cert_sign())
    }

    fn is_ca(&self) -> bool {
        self.basic_constraints
            .as_ref()
            .is_some_and(|constraints| constraints.ca)
    }

    fn signature_is_strong(&self) -> bool {
        let oid = self.inner.signature_algorithm().oid;
        oid == self.inner.tbs_certificate().signature().oid && STRONG_SIGNATURES.contains(&oid)
    }
}

const STRONG_SIGNATURES: &[ObjectIdentifier] = &[
    rfc5912::SHA_256_WITH_RSA_ENCRYPTION,
    rfc5912::SHA_384_WITH_RSA_ENCRYPTION,
    rfc5912::SHA_512_WITH_RSA_ENCRYPTION,
    // RSASSA-PSS: webpki knows it with SHA-256 and stronger only, and verifies it.
    rfc5912::ID_RSASSA_PSS,
    rfc5912::ECDSA_WITH_SHA_256,
    rfc5912::ECDSA_WITH_SHA_384,
    rfc5912::ECDSA_WITH_SHA_512,
    fips204::ID_ML_DSA_44,
    fips204::ID_ML_DSA_65,
    fips204::ID_ML_DSA_87,
];
