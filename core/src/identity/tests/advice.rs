//! Findings about what becomes of an identity at the service: chain, names, size, signatures.

use super::{Finding, Identity, Severity, certificate, identity, valid};
use crate::error::ErrorCode;
use alloc::vec::Vec;

macro_rules! named {
    ($name:literal) => {
        &include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../conformance/fixtures/pki/name/",
            $name,
            ".pem"
        ))[..]
    };
}

fn with_chain(leaf: &[u8], chain: &[&[u8]]) -> Identity {
    Identity::from_pem(leaf, Some(&chain.concat())).unwrap()
}

fn found(identity: &Identity) -> Vec<Finding> {
    let mut findings = identity.findings(valid(), None);
    findings.retain(|finding| finding.error.code() != ErrorCode::ChainSignatureUnchecked);
    findings
}

#[track_caller]
fn assert_only(identity: &Identity, severity: Severity, code: ErrorCode, text: &str) {
    let findings = found(identity);
    let [finding] = findings.as_slice() else {
        panic!("{findings:?}");
    };
    assert_eq!((finding.severity, finding.error.code()), (severity, code));
    assert!(finding.error.message().contains(text), "{}", finding.error);
    assert!(identity.check(valid(), None).is_ok());
}

#[test]
fn the_order_of_the_chain_is_noted_and_mended() {
    let (one, two) = (
        certificate!("intermediate-1"),
        certificate!("intermediate-2"),
    );
    let leaf = certificate!("leaf-of-2");
    let code = ErrorCode::ChainOrder;
    assert_only(
        &with_chain(leaf, &[one, two]),
        Severity::Note,
        code,
        "order",
    );
    assert!(found(&with_chain(leaf, &[two, one])).is_empty());
}

#[test]
fn a_root_is_noted_and_not_sent() {
    let (one, two) = (
        certificate!("intermediate-1"),
        certificate!("intermediate-2"),
    );
    let whole = with_chain(certificate!("leaf-of-2"), &[two, one, certificate!("root")]);
    assert_only(
        &whole,
        Severity::Note,
        ErrorCode::ChainRootIncluded,
        "CN=root",
    );
}

#[test]
fn an_intermediate_that_is_missing_below_the_root_is_named() {
    let gap = with_chain(
        certificate!("leaf-of-2"),
        &[certificate!("intermediate-2"), certificate!("root")],
    );
    let findings = found(&gap);
    let codes: Vec<ErrorCode> = findings.iter().map(|one| one.error.code()).collect();
    assert_eq!(
        codes,
        [ErrorCode::ChainIncomplete, ErrorCode::ChainRootIncluded]
    );
    assert_eq!(findings[0].severity, Severity::Warning);
    let message = findings[0].error.message();
    assert!(
        message.contains("of CN=intermediate 1,O=Example,C=DE is missing"),
        "{message}"
    );
    assert_eq!(gap.topmost_issuer(), "CN=intermediate 1,O=Example,C=DE");
    // A certificate right below its root lacks nothing.
    let complete = with_chain(certificate!("leaf"), &[certificate!("root")]);
    assert_only(&complete, Severity::Note, ErrorCode::ChainRootIncluded, "");
    assert_eq!(complete.topmost_issuer(), "CN=root,O=Example,C=DE");
}

#[test]
fn names_that_sessions_do_not_take() {
    let warning = Severity::Warning;
    assert!(found(&identity(named!("common-name-64"))).is_empty());
    assert_only(
        &identity(named!("common-name-65")),
        warning,
        ErrorCode::CertificateCommonNameLong,
        "65",
    );
    assert!(found(&identity(named!("longest-tag"))).is_empty());
    for (name, text) in [
        (named!("long-tag"), "`x509Subject/OU` cannot become"),
        (
            named!("escapes"),
            "`x509Subject/O`, `x509Subject/CN` cannot become a session tag: it holds `,`",
        ),
        (named!("unicode"), "it holds `ä`"),
    ] {
        assert_only(
            &identity(name),
            warning,
            ErrorCode::SessionTagsUnmappable,
            text,
        );
    }
}

#[test]
fn a_certificate_too_large_for_a_header() {
    assert_only(
        &identity(named!("large")),
        Severity::Warning,
        ErrorCode::CertificateTooLarge,
        "17",
    );
}

#[cfg(feature = "rustcrypto")]
mod signatures {
    use super::*;
    use crate::crypto::RustCrypto;
    use crate::identity::load_identity;
    use crate::signing::Backend;
    use alloc::vec;

    fn codes(identity: &Identity, backend: &dyn Backend) -> Vec<(Severity, ErrorCode)> {
        let findings = identity.findings_with(valid(), None, backend);
        findings
            .iter()
            .map(|finding| (finding.severity, finding.error.code()))
            .collect()
    }

    /// The same certificate under another signature.
    fn forged(pem: &[u8]) -> Vec<u8> {
        let mut der = identity(pem).certificate_der().to_vec();
        let last = der.last_mut().unwrap();
        *last ^= 1;
        der
    }

    fn backends() -> Vec<&'static dyn Backend> {
        vec![
            &RustCrypto,
            #[cfg(feature = "aws-lc-rs")]
            &crate::crypto::AwsLc,
        ]
    }

    #[test]
    fn a_chain_that_verifies_leaves_nothing() {
        let chain = [
            certificate!("intermediate-2"),
            certificate!("intermediate-1"),
        ];
        for backend in backends() {
            let whole = with_chain(certificate!("leaf-of-2"), &chain);
            assert_eq!(codes(&whole, backend), []);
        }
    }

    #[test]
    fn a_leaf_that_its_issuer_did_not_sign_is_an_error() {
        let leaf = forged(certificate!("leaf-of-2"));
        for backend in backends() {
            let forged = with_chain(&leaf, &[certificate!("intermediate-2")]);
            let expected = [(Severity::Error, ErrorCode::ChainSignatureInvalid)];
            assert_eq!(codes(&forged, backend), expected);
        }
    }

    #[test]
    fn above_the_leaf_it_warns() {
        let intermediate = forged(certificate!("intermediate-2"));
        let parts = [
            certificate!("leaf-of-2"),
            &intermediate,
            certificate!("intermediate-1"),
        ];
        for backend in backends() {
            let (forged, _) = load_identity(&parts, None, backend).unwrap();
            let expected = [(Severity::Warning, ErrorCode::ChainSignatureInvalid)];
            assert_eq!(codes(&forged, backend), expected);
        }
    }

    #[test]
    fn what_cannot_be_verified_is_noted() {
        let ed25519 = with_chain(
            certificate!("leaf-of-ed25519"),
            &[certificate!("ed25519-ca")],
        );
        let expected = [(Severity::Note, ErrorCode::ChainSignatureUnchecked)];
        for backend in backends() {
            assert_eq!(codes(&ed25519, backend), expected);
        }
    }
}
