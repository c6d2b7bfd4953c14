//! Whether a leaf chains to a trust anchor: RFC 5280's path validation, by rustls-webpki.

use crate::certificate::Certificate;
use crate::model::KnownAnchor;
use pki_types::{CertificateDer, TrustAnchor, UnixTime};
use rolesanywhere_core::Timestamp;
use std::time::Duration;
use webpki::{
    ALL_VERIFICATION_ALGS, CertRevocationList, EndEntityCert, ExpirationPolicy,
    ExtendedKeyUsageValidator, KeyPurposeIdIter, RevocationCheckDepth, RevocationOptions,
    RevocationOptionsBuilder, UnknownStatusPolicy, VerifiedPath,
};

/// The longest chain header the service takes.
pub(crate) const MAX_INTERMEDIATES: usize = 5;

/// Validates the path from `leaf` through `intermediates` to a certificate of `anchor` at a time.
pub(crate) fn validate(
    leaf: &Certificate,
    intermediates: &[Vec<u8>],
    anchor: &KnownAnchor,
    at: Timestamp,
) -> Result<(), String> {
    let leaf = CertificateDer::from(leaf.der());
    let leaf = EndEntityCert::try_from(&leaf)
        .map_err(|error| format!("the leaf cannot be validated: {error}"))?;
    let anchors = anchor.certificates.iter().map(Certificate::der);
    let anchors: Vec<_> = anchors.map(CertificateDer::from).collect();
    let anchors: Vec<TrustAnchor<'_>> = anchors
        .iter()
        .filter_map(|der| webpki::anchor_from_trusted_cert(der).ok())
        .collect();
    let intermediates = intermediates.iter().map(Vec::as_slice);
    let intermediates: Vec<_> = intermediates.map(CertificateDer::from).collect();
    let at = unix_time(at);
    let verify = |crl: Option<&CertRevocationList<'_>>| {
        let crls: Vec<_> = crl.into_iter().collect();
        leaf.verify_for_usage(
            // Every algorithm webpki knows uses SHA-256 or stronger.
            ALL_VERIFICATION_ALGS,
            &anchors,
            &intermediates,
            at,
            AnyPurpose,
            revocation(&crls),
            Some(&check_key_usages),
        )
        .map(drop)
    };
    let chains = verify(None).and_then(|()| {
        // One after the other: webpki looks into the first that it finds for an issuer, and no further.
        let mut crls = anchor.crls.iter();
        crls.try_for_each(|crl| match verify(Some(crl)) {
            // A namesake's of the issuer.
            Err(webpki::Error::InvalidCrlSignatureForPublicKey) => Ok(()),
            outcome => outcome,
        })
    });
    chains.map_err(|error| format!("the leaf does not chain to the trust anchor: {error}"))
}

fn unix_time(at: Timestamp) -> UnixTime {
    let seconds = u64::try_from(at.unix_seconds()).unwrap_or(0);
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

/// Leaf and intermediates are looked up, whatever the list's `nextUpdate`; a certificate whose issuer
/// has no list is good. No document says what the service does with an old list.
fn revocation<'a>(crls: &'a [&'a CertRevocationList<'a>]) -> Option<RevocationOptions<'a>> {
    let options = RevocationOptionsBuilder::new(crls).ok()?;
    let options = options
        .with_depth(RevocationCheckDepth::Chain)
        .with_status_policy(UnknownStatusPolicy::Allow)
        .with_expiration_policy(ExpirationPolicy::Ignore);
    Some(options.build())
}

/// webpki leaves keyUsage to its caller (RFC 5280 §6.1.4 (n)).
fn check_key_usages(path: &VerifiedPath<'_>) -> Result<(), webpki::Error> {
    let mut issuers = path.intermediate_certificates();
    let all_may_sign = issuers.all(|issuer| {
        Certificate::from_der(&issuer.der()).is_ok_and(|issuer| issuer.may_sign_certificates())
    });
    if all_may_sign {
        Ok(())
    } else {
        Err(webpki::Error::UnknownIssuer)
    }
}

/// The service asks for no extended key usage.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        Ok(())
    }
}
