//! What can be said of the certificates above the leaf.

use super::{Found, shown};
use crate::error::{Error, ErrorCode};
use crate::identity::{Identity, Severity};
use crate::signing::Backend;
use crate::x509::chain::may_have_issued;
use crate::x509::{Certificate, signature};
use alloc::format;

pub(super) fn all(identity: &Identity, backend: Option<&dyn Backend>, found: &mut Found) {
    let chain = &identity.chain;
    // When nothing that was given links to the leaf, it is the chain of another certificate; when
    // some does, the rest may be of no use and do no harm.
    let severity = match chain.linked().next() {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    };
    for certificate in chain.unlinked() {
        unlinked(certificate, severity, found);
    }
    for certificate in chain.left_out() {
        left_out(certificate, found);
    }
    for certificate in chain.certificates() {
        weak(certificate, found);
    }
    incomplete(identity, found);
    order(identity, found);
    for certificate in chain.roots() {
        root(certificate, found);
    }
    match backend {
        Some(backend) => signatures(identity, backend, found),
        None => unchecked(identity, found),
    }
}

fn unlinked(certificate: &Certificate, severity: Severity, found: &mut Found) {
    let message = format!(
        "the chain's certificate {} issued none of the others",
        shown(certificate)
    );
    found.add(severity, Error::new(ErrorCode::ChainUnlinked, message));
}

fn left_out(certificate: &Certificate, found: &mut Found) {
    let message = format!(
        "the end-entity certificate {} is no part of the chain and is not sent",
        shown(certificate)
    );
    found.warning(ErrorCode::ChainUnlinked, message);
}

fn weak(certificate: &Certificate, found: &mut Found) {
    if let Some(hash) = certificate.weak_signature_hash() {
        let message = format!(
            "the chain's certificate {} is signed with {hash}",
            shown(certificate)
        );
        found.warning(ErrorCode::CertificateSignatureWeak, message);
    }
}

/// Without the root nobody can tell whether the trust anchor is the next one above.
fn incomplete(identity: &Identity, found: &mut Found) {
    let roots = identity.chain.roots();
    let Some(root) = roots.first() else { return };
    let mut path = core::iter::once(&identity.leaf).chain(identity.chain.linked());
    if !path.any(|one| roots.iter().any(|root| may_have_issued(root, one))) {
        let message = format!(
            "between the certificate and the root {} the certificate of {} is missing",
            shown(root),
            identity.topmost_issuer()
        );
        found.warning(ErrorCode::ChainIncomplete, message);
    }
}

fn order(identity: &Identity, found: &mut Found) {
    if !identity.chain.is_in_order() {
        found.note(
            ErrorCode::ChainOrder,
            "the chain was not given in the order from issuer to issuer, in which it is sent",
        );
    }
}

fn root(certificate: &Certificate, found: &mut Found) {
    let message = format!("the root {} is not sent", shown(certificate));
    found.note(ErrorCode::ChainRootIncluded, message);
}

fn unchecked(identity: &Identity, found: &mut Found) {
    if identity.chain.linked().next().is_some() {
        found.note(
            ErrorCode::ChainSignatureUnchecked,
            "the chain is compared by names and key identifiers, not by its signatures",
        );
    }
}

/// Above the leaf a wrong one may lie outside of the path that the service takes.
fn signatures(identity: &Identity, backend: &dyn Backend, found: &mut Found) {
    signature_of(&identity.leaf, identity, backend, Severity::Error, found);
    for subject in identity.chain.linked() {
        signature_of(subject, identity, backend, Severity::Warning, found);
    }
}

/// A certificate may have several issuers of one name, after a CA's renewal: one that signed it is
/// enough.
fn signature_of(
    subject: &Certificate,
    identity: &Identity,
    backend: &dyn Backend,
    severity: Severity,
    found: &mut Found,
) {
    let (mut is_invalid, mut is_unverified) = (false, false);
    for issuer in identity.chain.linked() {
        if !may_have_issued(issuer, subject) {
            continue;
        }
        match signature::verify(subject, issuer, backend) {
            Ok(()) => return,
            Err(error) if error.code() == ErrorCode::SignatureInvalid => is_invalid = true,
            Err(_) => is_unverified = true,
        }
    }
    if is_unverified {
        let message = format!(
            "the signature on {} is of a kind that is not verified here",
            shown(subject)
        );
        found.note(ErrorCode::ChainSignatureUnchecked, message);
    } else if is_invalid {
        let message = format!(
            "the certificate {} is not signed with the key of {}",
            shown(subject),
            subject.issuer()
        );
        let error = Error::new(ErrorCode::ChainSignatureInvalid, message);
        found.add(severity, error);
    }
}
