//! What can be said of the certificates above the leaf.

use super::{Found, note, shown, warning};
use crate::error::{Error, ErrorCode};
use crate::identity::{Finding, Identity, Severity};
use crate::signing::Backend;
use crate::x509::chain::may_have_issued;
use crate::x509::{Certificate, signature};
use alloc::{format, vec::Vec};

pub(super) fn all(identity: &Identity, backend: Option<&dyn Backend>, found: &mut Found) {
    let chain = &identity.chain;
    // When nothing that was given links to the leaf, it is the chain of another certificate; when
    // some does, the rest may be of no use and do no harm.
    let severity = match chain.linked().next() {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    };
    for certificate in chain.unlinked() {
        found.add(Some(unlinked(certificate, severity)));
    }
    for certificate in chain.left_out() {
        found.add(Some(left_out(certificate)));
    }
    for certificate in chain.certificates() {
        found.add(weak(certificate));
    }
    found.add(incomplete(identity));
    found.add(order(identity));
    for certificate in chain.roots() {
        found.add(Some(root(certificate)));
    }
    match backend {
        Some(backend) => signatures(identity, backend, found),
        None => found.add(unchecked(identity)),
    }
}

fn unlinked(certificate: &Certificate, severity: Severity) -> Finding {
    let message = format!(
        "the chain's certificate {} issued none of the others",
        shown(certificate)
    );
    Finding::new(severity, Error::new(ErrorCode::ChainUnlinked, message))
}

fn left_out(certificate: &Certificate) -> Finding {
    let message = format!(
        "the end-entity certificate {} is no part of the chain and is not sent",
        shown(certificate)
    );
    warning(ErrorCode::ChainUnlinked, message)
}

fn weak(certificate: &Certificate) -> Option<Finding> {
    let hash = certificate.weak_signature_hash()?;
    let message = format!(
        "the chain's certificate {} is signed with {hash}",
        shown(certificate)
    );
    Some(warning(ErrorCode::CertificateSignatureWeak, message))
}

/// Without the root nobody can tell whether the trust anchor is the next one above.
fn incomplete(identity: &Identity) -> Option<Finding> {
    let roots = identity.chain.roots();
    let root = roots.first()?;
    let mut path = core::iter::once(&identity.leaf).chain(identity.chain.linked());
    let is_complete = path.any(|one| roots.iter().any(|root| may_have_issued(root, one)));
    (!is_complete).then(|| {
        let message = format!(
            "between the certificate and the root {} the certificate of {} is missing",
            shown(root),
            identity.topmost_issuer()
        );
        warning(ErrorCode::ChainIncomplete, message)
    })
}

fn order(identity: &Identity) -> Option<Finding> {
    (!identity.chain.is_in_order()).then(|| {
        note(
            ErrorCode::ChainOrder,
            "the chain was not given in the order from issuer to issuer, in which it is sent",
        )
    })
}

fn root(certificate: &Certificate) -> Finding {
    let message = format!("the root {} is not sent", shown(certificate));
    note(ErrorCode::ChainRootIncluded, message)
}

fn unchecked(identity: &Identity) -> Option<Finding> {
    identity.chain.linked().next().map(|_| {
        note(
            ErrorCode::ChainSignatureUnchecked,
            "the chain is compared by names and key identifiers, not by its signatures",
        )
    })
}

/// A certificate may have several issuers of one name, after a CA's renewal: one that signed it is
/// enough. Above the leaf a wrong one may lie outside of the path that the service takes.
fn signatures(identity: &Identity, backend: &dyn Backend, found: &mut Found) {
    let leaf = signature_of(&identity.leaf, identity, backend, Severity::Error);
    found.add(leaf);
    for subject in identity.chain.linked() {
        found.add(signature_of(subject, identity, backend, Severity::Warning));
    }
}

fn signature_of(
    subject: &Certificate,
    identity: &Identity,
    backend: &dyn Backend,
    severity: Severity,
) -> Option<Finding> {
    let linked = identity.chain.linked();
    let issuers: Vec<&Certificate> = linked.filter(|one| may_have_issued(one, subject)).collect();
    let verdicts = issuers
        .iter()
        .map(|issuer| signature::verify(subject, issuer, backend));
    let verdicts: Vec<_> = verdicts.collect();
    if verdicts.is_empty() || verdicts.iter().any(Result::is_ok) {
        return None;
    }
    let is_invalid = |verdict: &Result<(), Error>| {
        let code = verdict.as_ref().err().map(Error::code);
        code == Some(ErrorCode::SignatureInvalid)
    };
    if verdicts.iter().all(is_invalid) {
        let message = format!(
            "the certificate {} is not signed with the key of {}",
            shown(subject),
            subject.issuer()
        );
        return Some(Finding::new(
            severity,
            Error::new(ErrorCode::ChainSignatureInvalid, message),
        ));
    }
    let message = format!(
        "the signature on {} is of a kind that is not verified here",
        shown(subject)
    );
    Some(note(ErrorCode::ChainSignatureUnchecked, message))
}
