//! The checks, each with its own code.

mod chain;
mod names;

use super::Identity;
use super::finding::{Finding, Severity};
use crate::error::{Error, ErrorCode};
use crate::signing::{Backend, SigningKey};
use crate::time::Timestamp;
use crate::x509::Certificate;
use alloc::borrow::Cow;
use alloc::{format, vec::Vec};

/// A leaf that ends sooner than this, in seconds, is worth a warning.
const EXPIRES_SOON: i64 = 24 * 60 * 60;

/// From 2048 bits on an RSA key is taken for certain; the service's minimum is not documented.
const USUAL_RSA_BITS: usize = 2048;

/// All findings, the most specific first.
pub(super) fn all(
    identity: &Identity,
    now: Timestamp,
    key: Option<&dyn SigningKey>,
    backend: Option<&dyn Backend>,
) -> Vec<Finding> {
    let leaf = &identity.leaf;
    let mut found = Found::default();
    is_ca(leaf, &mut found);
    if let Some(key) = key {
        key_mismatch(identity, key, &mut found);
    }
    version(leaf, &mut found);
    signature_hash(leaf, &mut found);
    key_usage(leaf, &mut found);
    subject(leaf, &mut found);
    rsa_bits(identity, &mut found);
    serial_number(leaf, &mut found);
    names::common_name(leaf, &mut found);
    names::session_tags(leaf, &mut found);
    size(leaf, &mut found);
    chain::all(identity, backend, &mut found);
    leaf_validity(leaf, now, &mut found);
    for certificate in identity.chain.certificates() {
        chain_validity(certificate, now, &mut found);
    }
    found.0
}

/// What was found up to now.
#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn error(&mut self, code: ErrorCode, message: impl Into<Cow<'static, str>>) {
        self.add(Severity::Error, Error::new(code, message));
    }

    fn warning(&mut self, code: ErrorCode, message: impl Into<Cow<'static, str>>) {
        self.add(Severity::Warning, Error::new(code, message));
    }

    fn note(&mut self, code: ErrorCode, message: impl Into<Cow<'static, str>>) {
        self.add(Severity::Note, Error::new(code, message));
    }

    fn add(&mut self, severity: Severity, error: Error) {
        self.0.push(Finding::new(severity, error));
    }
}

fn is_ca(leaf: &Certificate, found: &mut Found) {
    if leaf.is_ca() {
        found.error(
            ErrorCode::CertificateIsCa,
            "the certificate is a CA certificate",
        );
    }
}

fn key_mismatch(identity: &Identity, key: &dyn SigningKey, found: &mut Found) {
    let (own, other) = (&identity.public_key, key.public_key());
    if own == other {
        return;
    }
    let (own, other) = (own.algorithm().as_str(), other.algorithm().as_str());
    let message = if own == other {
        Cow::from("the private key does not belong to the certificate")
    } else {
        Cow::from(format!(
            "the private key is of the algorithm {other}, the certificate's of {own}"
        ))
    };
    found.error(ErrorCode::KeyMismatch, message);
}

fn version(leaf: &Certificate, found: &mut Found) {
    let version = leaf.version();
    if version != 3 {
        let message = format!("the certificate is of X.509 version {version}");
        found.error(ErrorCode::CertificateVersion, message);
    }
}

fn signature_hash(leaf: &Certificate, found: &mut Found) {
    if let Some(hash) = leaf.weak_signature_hash() {
        let message = format!("the certificate is signed with {hash}");
        found.error(ErrorCode::CertificateSignatureWeak, message);
    }
}

/// No document says what the service does where the extension is absent.
fn key_usage(leaf: &Certificate, found: &mut Found) {
    match leaf.allows_digital_signature() {
        Some(true) => {}
        Some(false) => found.error(
            ErrorCode::CertificateKeyUsage,
            "the certificate's key usage does not include digitalSignature",
        ),
        None => found.warning(
            ErrorCode::CertificateKeyUsage,
            "the certificate has no key usage, and the service may want digitalSignature",
        ),
    }
}

fn subject(leaf: &Certificate, found: &mut Found) {
    if leaf.subject().is_empty() {
        found.error(
            ErrorCode::CertificateSubjectEmpty,
            "the certificate's subject is empty",
        );
    }
}

fn rsa_bits(identity: &Identity, found: &mut Found) {
    let bits = identity.public_key.rsa_modulus_bits();
    if let Some(bits) = bits.filter(|bits| *bits < USUAL_RSA_BITS) {
        let message =
            format!("the RSA key has {bits} bits, and the service may want {USUAL_RSA_BITS}");
        found.warning(ErrorCode::KeyTooSmall, message);
    }
}

fn serial_number(leaf: &Certificate, found: &mut Found) {
    if let Some(oddity) = leaf.serial().oddity() {
        let message = format!("the certificate's serial number is {oddity}");
        found.warning(ErrorCode::CertificateSerialNumber, message);
    }
}

/// Nothing says what the service takes; HTTP servers commonly refuse headers from here on.
fn size(leaf: &Certificate, found: &mut Found) {
    const LARGE: usize = 16 << 10;
    let size = leaf.der().len();
    if size > LARGE {
        let message = format!("the certificate has {size} bytes, and it travels in a header");
        found.warning(ErrorCode::CertificateTooLarge, message);
    }
}

fn leaf_validity(leaf: &Certificate, now: Timestamp, found: &mut Found) {
    if let Some(error) = outside_validity(leaf, "the certificate", now) {
        return found.add(Severity::Error, error);
    }
    let left = leaf.not_after().seconds_since(now);
    if left < EXPIRES_SOON {
        let (number, unit) = match left {
            0..3600 => (left.saturating_add(59) / 60, "minutes"),
            _ => (left / 3600, "hours"),
        };
        let end = leaf.not_after().rfc3339();
        let message = format!("the certificate ends at {end}, in {number} {unit}");
        found.warning(ErrorCode::CertificateExpiring, message);
    }
}

/// The documents speak of the leaf alone, so an intermediate's validity only warns.
fn chain_validity(certificate: &Certificate, now: Timestamp, found: &mut Found) {
    let what = format!("the chain's certificate {}", shown(certificate));
    if let Some(error) = outside_validity(certificate, &what, now) {
        let error = error.with_hint("get the chain from the CA anew");
        found.add(Severity::Warning, error);
    }
}

fn outside_validity(certificate: &Certificate, what: &str, now: Timestamp) -> Option<Error> {
    let (code, verb, limit) = if now > certificate.not_after() {
        let end = certificate.not_after();
        (ErrorCode::CertificateExpired, "ended at", end)
    } else if now < certificate.not_before() {
        let start = certificate.not_before();
        (ErrorCode::CertificateNotYetValid, "begins only at", start)
    } else {
        return None;
    };
    let (limit, now) = (limit.rfc3339(), now.rfc3339());
    let message = format!("{what} {verb} {limit}, and this machine's clock says {now}");
    Some(Error::new(code, message))
}

/// A subject in a message: not more than a line of it.
fn shown(certificate: &Certificate) -> Cow<'_, str> {
    const LONGEST: usize = 120;
    let text = certificate.subject().as_str();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::from(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::from(text),
    }
}
