//! Which certificate issued which, told by names and key identifiers; signatures are not verified.

use super::Certificate;
use crate::error::{Error, ErrorCode, Result};
use alloc::{format, vec::Vec};

/// IAM Roles Anywhere user guide, "Signing process": `X-Amz-X509-Chain` takes five certificates.
const LONGEST: usize = 5;

/// The certificates between a leaf and its trust anchor, as `X-Amz-X509-Chain` wants them.
///
/// The leaf's issuer comes first, then that one's issuer, and so on; at the end, in the order they
/// came in, those that link to none before them. They stay, because a service may be laxer than
/// this comparison. Other end-entity certificates are left out, as no path can lead over them.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    certificates: Vec<Certificate>,
    linked: usize,
    in_order: bool,
    roots: Vec<Certificate>,
    left_out: Vec<Certificate>,
}

impl Chain {
    /// Orders what was given beside a leaf. Duplicates, the leaf itself and self-signed roots are
    /// left out: no path needs them, as a root is the trust anchor or above it.
    ///
    /// # Errors
    /// `chain_too_long`
    pub(crate) fn new(leaf: &Certificate, given: Vec<Certificate>) -> Result<Self> {
        let mut left = distinct(given);
        left.retain(|certificate| certificate != leaf);
        let mut roots = take(&mut left, &is_self_signed);
        roots.retain(may_issue);
        let left_out = take(&mut left, &|one| !may_issue(one));
        if left.len() > LONGEST {
            return Err(Error::new(
                ErrorCode::ChainTooLong,
                format!(
                    "the chain has {} certificates, and the service takes {LONGEST}",
                    left.len()
                ),
            ));
        }
        let given = left.clone();
        let mut certificates = take_issuers(&mut left, leaf);
        let mut index = 0;
        while let Some(subject) = certificates.get(index) {
            let issuers = take_issuers(&mut left, subject);
            certificates.extend(issuers);
            index = index.saturating_add(1);
        }
        let linked = certificates.len();
        let given = given.iter().filter(|one| certificates.contains(one));
        let in_order = given.eq(&certificates);
        certificates.append(&mut left);
        Ok(Self {
            certificates,
            linked,
            in_order,
            roots,
            left_out,
        })
    }

    /// All of them, in order.
    pub(crate) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Those that issued the leaf or one another.
    pub(crate) fn linked(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter().take(self.linked)
    }

    /// Those that are sent and issued none of the others.
    pub(crate) fn unlinked(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter().skip(self.linked)
    }

    /// Whether those that link were given in the order in which they are sent.
    pub(crate) const fn is_in_order(&self) -> bool {
        self.in_order
    }

    /// Self-signed CA certificates that were given and are not sent.
    pub(crate) fn roots(&self) -> &[Certificate] {
        &self.roots
    }

    /// End-entity certificates that were given and are not sent.
    pub(crate) fn left_out(&self) -> &[Certificate] {
        &self.left_out
    }
}

/// Drops what comes a second time.
pub(crate) fn distinct(certificates: Vec<Certificate>) -> Vec<Certificate> {
    let mut kept: Vec<Certificate> = Vec::with_capacity(certificates.len());
    for certificate in certificates {
        if !kept.contains(&certificate) {
            kept.push(certificate);
        }
    }
    kept
}

/// The only certificate that issued none of the others.
///
/// # Errors
/// `leaf_ambiguous`
pub(crate) fn end_entity(certificates: &[Certificate]) -> Result<&Certificate> {
    let mut leaves = certificates.iter().filter(|candidate| {
        !certificates
            .iter()
            .any(|other| other != *candidate && may_have_issued(candidate, other))
    });
    match (leaves.next(), leaves.next()) {
        (Some(leaf), None) => Ok(leaf),
        _ => Err(Error::new(
            ErrorCode::LeafAmbiguous,
            format!(
                "of {} certificates, not exactly one has issued none of the others",
                certificates.len()
            ),
        )),
    }
}

fn take_issuers(left: &mut Vec<Certificate>, subject: &Certificate) -> Vec<Certificate> {
    take(left, &|candidate| may_have_issued(candidate, subject))
}

/// Those that are wanted, in their order; the others stay.
fn take(left: &mut Vec<Certificate>, is_wanted: &dyn Fn(&Certificate) -> bool) -> Vec<Certificate> {
    left.extract_if(.., |one| is_wanted(one)).collect()
}

/// Names agree, key identifiers do not disagree, and the issuer may issue (RFC 5280 §6.1.3).
pub(crate) fn may_have_issued(issuer: &Certificate, subject: &Certificate) -> bool {
    issuer.subject() == subject.issuer() && identifiers_agree(issuer, subject) && may_issue(issuer)
}

/// A CA, as far as its version can say so (RFC 5280 §6.1.4 (k)).
fn may_issue(certificate: &Certificate) -> bool {
    certificate.is_ca() || certificate.version() < 3
}

fn is_self_signed(certificate: &Certificate) -> bool {
    certificate.is_self_issued() && identifiers_agree(certificate, certificate)
}

fn identifiers_agree(issuer: &Certificate, subject: &Certificate) -> bool {
    match (
        issuer.subject_key_identifier(),
        subject.authority_key_identifier(),
    ) {
        (Some(issuer), Some(authority)) => issuer == authority,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
