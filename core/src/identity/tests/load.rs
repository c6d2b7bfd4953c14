use super::{PublicHalf, certificate, key, load_identity, load_parts};
use crate::error::{Error, ErrorCode};
use crate::signing::KeyAlgorithm;
use crate::x509::Certificate;

fn refused(parts: &[&[u8]]) -> Error {
    load_identity(parts, None, &PublicHalf).unwrap_err()
}

/// The leaf's serial number, whether there is a key, and how long the chain is.
fn loaded(parts: &[&[u8]]) -> (alloc::string::String, Option<KeyAlgorithm>, usize) {
    let (identity, key) = load_identity(parts, None, &PublicHalf).unwrap();
    let algorithm = key.as_ref().map(|key| {
        assert_eq!(key.public_key(), identity.public_key());
        key.public_key().algorithm()
    });
    (
        identity.serial_number().into(),
        algorithm,
        identity.chain_der().count(),
    )
}

#[test]
fn the_leaf_is_the_certificate_that_matches_the_key() {
    let expected = ("258".into(), Some(KeyAlgorithm::P256), 0);
    assert_eq!(loaded(&[certificate!("leaf"), key!("p256")]), expected);
    assert_eq!(loaded(&[key!("p256"), certificate!("leaf")]), expected);
    let one_file = [key!("p256"), certificate!("root"), certificate!("leaf")].concat();
    assert_eq!(loaded(&[&one_file]), expected);
    assert_eq!(
        loaded(&[&one_file, &one_file, certificate!("leaf")]),
        expected
    );
    let der = Certificate::all_from_pem(certificate!("leaf"))
        .unwrap()
        .remove(0);
    assert_eq!(loaded(&[der.der(), key!("p256")]), expected);

    let two_leaves = [certificate!("leaf-p384"), certificate!("leaf")].concat();
    let (serial, ..) = loaded(&[&two_leaves, key!("p256")]);
    assert_eq!(serial, "258");
    let (serial, algorithm, _) = loaded(&[&two_leaves, key!("p384")]);
    assert_eq!(
        (serial.as_str(), algorithm),
        ("259", Some(KeyAlgorithm::P384))
    );
}

#[test]
fn without_a_key_the_leaf_is_the_one_that_issued_none() {
    let chain = [
        certificate!("intermediate-1"),
        certificate!("intermediate-2"),
    ]
    .concat();
    let (serial, key, length) = loaded(&[&chain, certificate!("leaf-of-2")]);
    assert_eq!((serial.len(), key, length), (48, None, 2));
    let error = refused(&[certificate!("leaf"), certificate!("leaf-p384")]);
    assert_eq!(error.code(), ErrorCode::LeafAmbiguous);
}

#[test]
fn two_certificates_of_one_key_are_ambiguous() {
    let error = refused(&[certificate!("leaf"), certificate!("no-usage"), key!("p256")]);
    assert_eq!(error.code(), ErrorCode::LeafAmbiguous);
}

#[test]
fn a_key_may_come_in_two_formats() {
    let (_, key, _) = loaded(&[certificate!("leaf"), key!("p256"), key!("p256-sec1")]);
    assert_eq!(key, Some(KeyAlgorithm::P256));
}

#[test]
fn of_several_keys_the_one_that_matches() {
    let (_, key, _) = loaded(&[
        certificate!("leaf"),
        key!("p384"),
        key!("p256"),
        key!("p521"),
    ]);
    assert_eq!(key, Some(KeyAlgorithm::P256));
    for parts in [
        &[certificate!("leaf"), key!("p384"), key!("p521")][..],
        &[
            certificate!("leaf"),
            certificate!("leaf-p384"),
            key!("p384"),
            key!("p256"),
        ],
    ] {
        assert_eq!(refused(parts).code(), ErrorCode::PrivateKeyAmbiguous);
    }
}

#[test]
fn a_key_of_no_certificate_is_a_mismatch() {
    let error = refused(&[certificate!("leaf"), certificate!("root"), key!("p384")]);
    assert_eq!(error.code(), ErrorCode::KeyMismatch);
    let error = refused(&[certificate!("wrong-ed25519"), key!("p256")]);
    assert_eq!(
        error.code(),
        ErrorCode::KeyAlgorithmUnsupported,
        "the certificate is the fault"
    );
    let error = refused(&[certificate!("wrong-ed25519"), key!("ed25519")]);
    assert_eq!(error.code(), ErrorCode::KeyAlgorithmUnsupported);
}

#[test]
fn missing_things() {
    let certificate_missing: [&[&[u8]]; 5] = [
        &[],
        &[key!("p256")],
        &[b"hello"],
        &[key!("p256"), b"hello"],
        &[certificate!("leaf"), key!("p256"), b"hello"],
    ];
    for parts in certificate_missing {
        assert_eq!(refused(parts).code(), ErrorCode::CertificateMissing);
    }
    assert!(
        refused(&[key!("p256")])
            .message()
            .contains("holds PRIVATE KEY")
    );
    // The caller knows which part was to hold the key, and says so.
    assert_eq!(loaded(&[certificate!("leaf"), key!("p256-public")]).1, None);
}

#[test]
fn what_cannot_be_read_is_told() {
    for (parts, code) in [
        (
            &[certificate!("leaf"), key!("p256-encrypted")][..],
            ErrorCode::PrivateKeyEncrypted,
        ),
        (&[certificate!("leaf"), b""], ErrorCode::FileEmpty),
        (
            &[certificate!("leaf"), &key!("p256")[..100]],
            ErrorCode::PemMalformed,
        ),
        (
            &[certificate!("leaf"), key!("rsa512")],
            ErrorCode::KeyTooSmall,
        ),
    ] {
        assert_eq!(refused(parts).code(), code);
    }
}

#[test]
fn the_part_that_is_wrong_by_itself_is_named() {
    let part = |parts: &[&[u8]]| {
        let failure = load_parts(parts, None, &PublicHalf).unwrap_err();
        (failure.error.code(), failure.part)
    };
    let (leaf, key) = (certificate!("leaf"), key!("p256"));
    let half = &key[..key.len() / 2];
    let two_leaves = [leaf, certificate!("leaf-p384")].concat();
    for (parts, code, culprit) in [
        (&[half, leaf][..], ErrorCode::PemMalformed, Some(0)),
        (&[leaf, half], ErrorCode::PemMalformed, Some(1)),
        (
            &[leaf, key, b"text"],
            ErrorCode::CertificateMissing,
            Some(2),
        ),
        (&[&two_leaves, b"text"], ErrorCode::LeafAmbiguous, Some(0)),
        (&[leaf, key!("p384")], ErrorCode::KeyMismatch, None),
    ] {
        assert_eq!(part(parts), (code, culprit));
    }
}

/// Each derivation may take seconds.
#[cfg(feature = "encrypted-keys")]
#[test]
fn a_passphrase_is_derived_from_once_whatever_is_wrong() {
    use crate::key::derivations;
    let key = &include_bytes!("../../../tests/data/encrypted/aes256-sha512.pem")[..];
    let leaf = certificate!("leaf-p384");
    for (parts, passphrase, code, culprit) in [
        (
            &[leaf, key][..],
            "wrong",
            ErrorCode::PassphraseIncorrect,
            Some(1),
        ),
        (&[leaf, key], "secret", ErrorCode::KeyMismatch, None),
        (
            &[leaf, key, b"text"],
            "secret",
            ErrorCode::CertificateMissing,
            Some(2),
        ),
    ] {
        let before = derivations();
        let failure = load_parts(parts, Some(passphrase.as_bytes()), &PublicHalf).unwrap_err();
        assert_eq!((failure.error.code(), failure.part), (code, culprit));
        assert_eq!(derivations() - before, 1, "{code}");
    }
}
