use super::{
    Finding, Identity, PublicHalf, Severity, certificate, identity, key, load_identity,
    signing_key, valid,
};
use crate::error::ErrorCode;
use crate::signing::SigningKey;
use crate::time::Timestamp;
use alloc::vec::Vec;

fn codes(findings: &[Finding]) -> Vec<(Severity, ErrorCode)> {
    let pair = |finding: &Finding| (finding.severity, finding.error.code());
    findings.iter().map(pair).collect()
}

fn at(identity: &Identity, now: Timestamp) -> Vec<(Severity, ErrorCode)> {
    codes(&identity.findings(now, None))
}

fn check(identity: &Identity, key: Option<&dyn SigningKey>) -> Option<ErrorCode> {
    identity.check(valid(), key).err().map(|error| error.code())
}

fn later(time: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(time.unix_seconds() + seconds).unwrap()
}

#[test]
fn a_good_leaf_has_none() {
    let key = signing_key(key!("p256"));
    let findings = identity(certificate!("leaf")).findings(valid(), Some(key.as_ref()));
    assert_eq!(codes(&findings), []);
}

#[test]
fn each_fault_has_its_own_code() {
    for (pem, code) in [
        (certificate!("wrong-version"), ErrorCode::CertificateVersion),
        (
            certificate!("wrong-hash"),
            ErrorCode::CertificateSignatureWeak,
        ),
        (certificate!("wrong-usage"), ErrorCode::CertificateKeyUsage),
        (
            certificate!("wrong-subject"),
            ErrorCode::CertificateSubjectEmpty,
        ),
        (certificate!("wrong-ca"), ErrorCode::CertificateIsCa),
    ] {
        let found = at(&identity(pem), valid());
        assert!(found.contains(&(Severity::Error, code)), "{code}");
        assert_eq!(check(&identity(pem), None), Some(code));
    }
}

#[test]
fn what_no_document_says_only_warns() {
    for (pem, code) in [
        (certificate!("no-usage"), ErrorCode::CertificateKeyUsage),
        (certificate!("small-rsa1024"), ErrorCode::KeyTooSmall),
        (
            certificate!("odd-serial"),
            ErrorCode::CertificateSerialNumber,
        ),
    ] {
        assert_eq!(at(&identity(pem), valid()), [(Severity::Warning, code)]);
        assert_eq!(check(&identity(pem), None), None);
    }
}

#[test]
fn a_key_of_another_certificate() {
    let leaf = identity(certificate!("leaf"));
    let other_curve = signing_key(key!("p384"));
    let same_curve = signing_key(key!("p256-with-parameters"));
    for other in [other_curve.as_ref(), same_curve.as_ref()] {
        assert_eq!(check(&leaf, Some(other)), Some(ErrorCode::KeyMismatch));
    }
    let error = leaf.check(valid(), Some(other_curve.as_ref())).unwrap_err();
    assert!(error.message().contains("p384") && error.message().contains("p256"));
}

#[test]
fn the_finding_that_explains_the_others_comes_first() {
    let other = signing_key(key!("p384"));
    let ca = identity(certificate!("wrong-ca"));
    let long_ago = Timestamp::from_unix_seconds(0).unwrap();
    let found = codes(&ca.findings(long_ago, Some(other.as_ref())));
    assert_eq!(
        found,
        [
            (Severity::Error, ErrorCode::CertificateIsCa),
            (Severity::Error, ErrorCode::KeyMismatch),
            (Severity::Error, ErrorCode::CertificateKeyUsage),
            (Severity::Error, ErrorCode::CertificateNotYetValid),
        ]
    );
    let error = ca.check(long_ago, Some(other.as_ref())).unwrap_err();
    assert_eq!(error.code(), ErrorCode::CertificateIsCa);
}

#[test]
fn validity_is_inclusive_at_both_ends() {
    let leaf = identity(certificate!("leaf"));
    let (start, end) = (leaf.not_before(), leaf.not_after());
    let early = [(Severity::Error, ErrorCode::CertificateNotYetValid)];
    let late = [(Severity::Error, ErrorCode::CertificateExpired)];
    let soon = [(Severity::Warning, ErrorCode::CertificateExpiring)];
    assert_eq!(at(&leaf, later(start, -1)), early);
    assert_eq!(at(&leaf, start), []);
    assert_eq!(at(&leaf, later(end, -86400)), []);
    assert_eq!(at(&leaf, later(end, -86399)), soon);
    assert_eq!(at(&leaf, end), soon);
    assert_eq!(at(&leaf, later(end, 1)), late);
}

#[test]
fn messages_tell_both_times() {
    let leaf = identity(certificate!("leaf"));
    let message = |seconds| {
        let findings = leaf.findings(later(leaf.not_after(), seconds), None);
        alloc::string::String::from(findings[0].error.message())
    };
    let end = leaf.not_after().rfc3339();
    assert_eq!(
        message(-7200),
        alloc::format!("the certificate ends at {end}, in 2 hours")
    );
    assert_eq!(
        message(-61),
        alloc::format!("the certificate ends at {end}, in 2 minutes")
    );
    let clock = later(leaf.not_after(), 5).rfc3339();
    assert_eq!(
        message(5),
        alloc::format!("the certificate ended at {end}, and this machine's clock says {clock}")
    );
}

#[test]
fn exactly_the_clocks_findings_depend_on_it() {
    let leaf = identity(certificate!("wrong-usage"));
    for now in [
        later(leaf.not_before(), -1),
        later(leaf.not_after(), -1),
        later(leaf.not_after(), 1),
    ] {
        let findings = leaf.findings(now, None);
        let clock: Vec<bool> = findings.iter().map(Finding::depends_on_clock).collect();
        assert_eq!(clock, [false, true]);
    }
}

#[test]
fn a_linked_chain_leaves_a_note() {
    let chain = [
        certificate!("intermediate-2"),
        certificate!("intermediate-1"),
    ]
    .concat();
    let linked = Identity::from_pem(certificate!("leaf-of-2"), Some(&chain)).unwrap();
    assert_eq!(
        at(&linked, valid()),
        [(Severity::Note, ErrorCode::ChainSignatureUnchecked)]
    );
}

#[test]
fn the_chain_of_another_certificate_is_an_error() {
    let other =
        Identity::from_pem(certificate!("leaf"), Some(certificate!("intermediate-2"))).unwrap();
    assert_eq!(
        at(&other, valid()),
        [(Severity::Error, ErrorCode::ChainUnlinked)]
    );
    assert_eq!(check(&other, None), Some(ErrorCode::ChainUnlinked));
    assert_eq!(other.chain_der().count(), 1, "it is sent all the same");
}

#[test]
fn a_needless_certificate_in_a_linked_chain_warns() {
    let chain = [certificate!("intermediate-2"), certificate!("ed25519-ca")].concat();
    let identity = Identity::from_pem(certificate!("leaf-of-2"), Some(&chain)).unwrap();
    let findings = identity.findings(valid(), None);
    assert_eq!(
        codes(&findings),
        [
            (Severity::Warning, ErrorCode::ChainUnlinked),
            (Severity::Note, ErrorCode::ChainSignatureUnchecked),
        ]
    );
    assert!(findings[0].error.message().contains("CN=Ed25519 CA"));
    assert_eq!(check(&identity, None), None);
}

#[test]
fn a_second_leaf_warns_and_is_not_sent() {
    let two = [certificate!("leaf"), certificate!("leaf-p384")].concat();
    let (identity, _) = load_identity(&[&two, key!("p384")], None, &PublicHalf).unwrap();
    let findings = identity.findings(valid(), None);
    assert_eq!(
        codes(&findings),
        [(Severity::Warning, ErrorCode::ChainUnlinked)]
    );
    assert!(findings[0].error.message().contains("CN=leaf,O=Example"));
    assert_eq!(identity.chain_der().count(), 0);
}

#[test]
fn an_expired_intermediate_warns() {
    let identity = Identity::from_pem(
        certificate!("leaf-of-2"),
        Some(certificate!("intermediate-2")),
    )
    .unwrap();
    let after = later(identity.not_after(), 1_000_000);
    assert_eq!(
        at(&identity, after),
        [
            (Severity::Note, ErrorCode::ChainSignatureUnchecked),
            (Severity::Error, ErrorCode::CertificateExpired),
            (Severity::Warning, ErrorCode::CertificateExpired),
        ]
    );
}
