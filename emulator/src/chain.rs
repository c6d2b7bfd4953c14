//! Whether a leaf chains to a trust anchor: RFC 5280's path validation, by rustls-webpki.

use crate::certificate::Certificate;
use pki_types::{CertificateDer, TrustAnchor, UnixTime};
use rolesanywhere_core::Timestamp;
use std::time::Duration;
use webpki::{
    ALL_VERIFICATION_ALGS, EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, VerifiedPath,
};

/// The longest chain header the service takes.
pub(crate) const MAX_INTERMEDIATES: usize = 5;

/// Validates the path from `leaf` through `intermediates` to one of `anchors` at a time.
pub(crate) fn validate(
    leaf: &Certificate,
    intermediates: &[Vec<u8>],
    anchors: &[Certificate],
    at: Timestamp,
) -> Result<(), String> {
    let leaf = CertificateDer::from(leaf.der());
    let leaf = EndEntityCert::try_from(&leaf)
        .map_err(|error| format!("the leaf cannot be validated: {error}"))?;
    let anchors: Vec<_> = anchors
        .iter()
        .map(|anchor| CertificateDer::from(anchor.der()))
        .collect();
    let anchors: Vec<TrustAnchor<'_>> = anchors
        .iter()
        .filter_map(|der| webpki::anchor_from_trusted_cert(der).ok())
        .collect();
    let intermediates: Vec<_> = intermediates
        .iter()
        .map(|der| CertificateDer::from(der.as_slice()))
        .collect();
    let since_epoch = Duration::from_secs(u64::try_from(at.unix_seconds()).unwrap_or(0));
    let at = UnixTime::since_unix_epoch(since_epoch);
    let check: &dyn Fn(&VerifiedPath<'_>) -> Result<(), webpki::Error> = &check_key_usages;
    // Every algorithm webpki knows uses SHA-256 or stronger.
    let algorithms = ALL_VERIFICATION_ALGS;
    leaf.verify_for_usage(
        algorithms,
        &anchors,
        &intermediates,
        at,
        AnyPurpose,
        None,
        Some(check),
    )
    .map(drop)
    .map_err(|error| format!("the leaf does not chain to the trust anchor: {error}"))
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
