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
    found.add(is_ca(leaf));
    found.add(key.and_then(|key| key_mismatch(identity, key)));
    found.add(version(leaf));
    found.add(signature_hash(leaf));
    found.add(key_usage(leaf));
    found.add(subject(leaf));
    found.add(rsa_bits(identity));
    found.add(serial_number(leaf));
    found.add(names::common_name(leaf));
    found.add(names::session_tags(leaf));
    found.add(size(leaf));
    chain::all(identity, backend, &mut found);
    found.add(leaf_validity(leaf, now));
    for certificate in identity.chain.certificates() {
        found.add(chain_validity(certificate, now));
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, finding: Option<Finding>) {
        if let Some(finding) = finding {
            self.0.push(finding);
        }
    }
}

fn is_ca(leaf: &Certificate) -> Option<Finding> {
    leaf.is_ca().then(|| {
        error(
            ErrorCode::CertificateIsCa,
            "the certificate is a CA certificate",
        )
    })
}

fn key_mismatch(identity: &Identity, key: &dyn SigningKey) -> Option<Finding> {
    let (own, other) = (&identity.public_key, key.public_key());
    if own == other {
        return None;
    }
    let (own, other) = (own.algorithm().as_str(), other.algorithm().as_str());
    Some(error(
        ErrorCode::KeyMismatch,
        if own == other {
            Cow::from("the private key does not belong to the certificate")
        } else {
            Cow::from(format!(
                "the private key is of the algorithm {other}, the certificate's of {own}"
            ))
        },
    ))
}

fn version(leaf: &Certificate) -> Option<Finding> {
    let version = leaf.version();
    (version != 3).then(|| {
        error(
            ErrorCode::CertificateVersion,
            format!("the certificate is of X.509 version {version}"),
        )
    })
}

fn signature_hash(leaf: &Certificate) -> Option<Finding> {
    let hash = leaf.weak_signature_hash()?;
    Some(error(
        ErrorCode::CertificateSignatureWeak,
        format!("the certificate is signed with {hash}"),
    ))
}

/// No document says what the service does where the extension is absent.
fn key_usage(leaf: &Certificate) -> Option<Finding> {
    match leaf.allows_digital_signature() {
        Some(true) => None,
        Some(false) => Some(error(
            ErrorCode::CertificateKeyUsage,
            "the certificate's key usage does not include digitalSignature",
        )),
        None => Some(warning(
            ErrorCode::CertificateKeyUsage,
            "the certificate has no key usage, and the service may want digitalSignature",
        )),
    }
}

fn subject(leaf: &Certificate) -> Option<Finding> {
    leaf.subject().is_empty().then(|| {
        error(
            ErrorCode::CertificateSubjectEmpty,
            "the certificate's subject is empty",
        )
    })
}

fn rsa_bits(identity: &Identity) -> Option<Finding> {
    let bits = identity.public_key.rsa_modulus_bits()?;
    (bits < USUAL_RSA_BITS).then(|| {
        warning(
            ErrorCode::KeyTooSmall,
            format!("the RSA key has {bits} bits, and the service may want {USUAL_RSA_BITS}"),
        )
    })
}

fn serial_number(leaf: &Certificate) -> Option<Finding> {
    let oddity = leaf.serial().oddity()?;
    Some(warning(
        ErrorCode::CertificateSerialNumber,
        format!("the certificate's serial number is {oddity}"),
    ))
}

/// Nothing says what the service takes; HTTP servers commonly refuse headers from here on.
fn size(leaf: &Certificate) -> Option<Finding> {
    const LARGE: usize = 16 << 10;
    let size = leaf.der().len();
    (size > LARGE).then(|| {
        warning(
            ErrorCode::CertificateTooLarge,
            format!("the certificate has {size} bytes, and it travels in a header"),
        )
    })
}

fn leaf_validity(leaf: &Certificate, now: Timestamp) -> Option<Finding> {
    let left = leaf.not_after().seconds_since(now);
    if let Some((code, message)) = outside_validity(leaf, "the certificate", now) {
        return Some(error(code, message));
    }
    (left < EXPIRES_SOON).then(|| {
        let (number, unit) = match left {
            0..3600 => (left.saturating_add(59) / 60, "minutes"),
            _ => (left / 3600, "hours"),
        };
        let end = leaf.not_after().rfc3339();
        warning(
            ErrorCode::CertificateExpiring,
            format!("the certificate ends at {end}, in {number} {unit}"),
        )
    })
}

/// The documents speak of the leaf alone, so an intermediate's validity only warns.
fn chain_validity(certificate: &Certificate, now: Timestamp) -> Option<Finding> {
    let what = format!("the chain's certificate {}", shown(certificate));
    let (code, message) = outside_validity(certificate, &what, now)?;
    let error = Error::new(code, message).with_hint("get the chain from the CA anew");
    Some(Finding::new(Severity::Warning, error))
}

fn outside_validity(
    certificate: &Certificate,
    what: &str,
    now: Timestamp,
) -> Option<(ErrorCode, Cow<'static, str>)> {
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
    Some((code, Cow::from(message)))
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

fn error(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Finding {
    Finding::new(Severity::Error, Error::new(code, message))
}

fn note(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Finding {
    Finding::new(Severity::Note, Error::new(code, message))
}

fn warning(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Finding {
    Finding::new(Severity::Warning, Error::new(code, message))
}
