use super::Certificate;
use crate::error::{ErrorCode, Result};
use crate::signing::KeyAlgorithm;
use alloc::format;
use alloc::vec::Vec;

macro_rules! pem {
    ($name:literal) => {
        &include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/certificates/",
            $name,
            ".pem"
        ))[..]
    };
}

fn one(pem: &[u8]) -> Certificate {
    let mut certificates = Certificate::all_from_pem(pem).unwrap();
    assert_eq!(certificates.len(), 1);
    certificates.remove(0)
}

fn code<T: core::fmt::Debug>(result: Result<T>) -> ErrorCode {
    result.unwrap_err().code()
}

/// `2.25` and a number of 49 bits, as UUIDs are.
#[test]
fn an_identifier_that_is_not_read_is_named() {
    let mut der = one(pem!("leaf")).der().to_vec();
    let known = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    let place = der.windows(8).position(|octets| octets == known).unwrap();
    der[place..place + 8].copy_from_slice(&[0x69, 0x90, 0x80, 0x80, 0x80, 0x80, 0x80, 0]);
    let error = Certificate::from_der(&der).unwrap_err();
    assert_eq!(error.code(), ErrorCode::CertificateMalformed);
    assert!(error.message().contains("over 32 bits"), "{error}");
}

#[test]
fn facts_of_a_leaf() {
    let leaf = one(pem!("leaf"));
    assert_eq!(leaf.version(), 3);
    assert_eq!(leaf.serial_number(), "258");
    assert_eq!(leaf.serial_number_octets(), [1, 2]);
    assert_eq!(leaf.subject().as_str(), "CN=leaf,O=Example,C=DE");
    assert_eq!(leaf.issuer().as_str(), "CN=root,O=Example,C=DE");
    assert!(!leaf.is_ca() && !leaf.is_self_issued());
    assert_eq!(leaf.allows_digital_signature(), Some(true));
    assert_eq!(leaf.weak_signature_hash(), None);
    assert_eq!(leaf.public_key().unwrap().algorithm(), KeyAlgorithm::P256);
    let seconds = leaf.not_after().seconds_since(leaf.not_before());
    assert_eq!(seconds, 36500 * 24 * 60 * 60);
    let root = one(pem!("root"));
    assert!(root.is_ca() && root.is_self_issued());
    assert_eq!(root.allows_digital_signature(), Some(false));
    assert_eq!(root.subject().der(), leaf.issuer().der());
    assert_eq!(
        leaf.authority_key_identifier(),
        root.subject_key_identifier()
    );
    assert_eq!(leaf.subject_key_identifier().map(<[u8]>::len), Some(20));
    assert_eq!(Certificate::from_der(leaf.der()).unwrap(), leaf);
    assert_eq!(
        format!("{leaf:?}"),
        "Certificate(258, CN=leaf,O=Example,C=DE)"
    );
}

#[test]
fn odd_certificates_are_read() {
    assert_eq!(one(pem!("odd-serial")).serial_number(), "-1");
    assert_eq!(one(pem!("odd-serial")).serial_number_octets(), [0xff]);
    let largest = one(pem!("leaf-of-2"));
    assert_eq!(
        largest.serial_number(),
        "730750818665451459101842416358141509827966271487"
    );
    assert_eq!(largest.serial_number_octets().len(), 20);
    let v1 = one(pem!("wrong-version"));
    assert_eq!((v1.version(), v1.allows_digital_signature()), (1, None));
    assert!(one(pem!("wrong-subject")).subject().is_empty());
    assert_eq!(one(pem!("wrong-hash")).weak_signature_hash(), Some("SHA-1"));
    assert_eq!(
        one(pem!("wrong-usage")).allows_digital_signature(),
        Some(false)
    );
}

#[test]
fn a_key_of_any_algorithm_is_no_reason_to_refuse_a_certificate() {
    for (pem, expected) in [
        (pem!("ed25519-ca"), ErrorCode::KeyAlgorithmUnsupported),
        (pem!("wrong-secp256k1"), ErrorCode::KeyAlgorithmUnsupported),
        (pem!("wrong-explicit"), ErrorCode::KeyAlgorithmUnsupported),
        (pem!("wrong-rsa512"), ErrorCode::KeyTooSmall),
    ] {
        assert_eq!(code(one(pem).public_key()), expected);
    }
    assert_eq!(one(pem!("ed25519-ca")).subject().as_str(), "CN=Ed25519 CA");
}

#[test]
fn all_certificates_of_a_file_in_its_order() {
    let key = include_bytes!("../../../tests/data/keys/p256-with-parameters.pem");
    let file = [pem!("leaf"), key, pem!("root")].concat();
    let serials: Vec<_> = Certificate::all_from_pem(&file)
        .unwrap()
        .iter()
        .map(Certificate::is_ca)
        .collect();
    assert_eq!(serials, [false, true]);
    let der = one(pem!("leaf"));
    assert_eq!(Certificate::all_from_pem(der.der()).unwrap(), [der]);
}

#[test]
fn what_holds_no_certificate_is_named() {
    let key = include_bytes!("../../../tests/data/keys/p256.pem");
    for (data, says) in [
        (&key[..], "holds PRIVATE KEY"),
        (b"hello", "neither PEM nor DER"),
        (b"\x30\x00", "neither PEM nor the DER"),
        (
            include_bytes!("../../../tests/data/keys/p256.p12"),
            "holds PKCS12",
        ),
    ] {
        let error = Certificate::all_from_pem(data).unwrap_err();
        assert_eq!(error.code(), ErrorCode::CertificateMissing, "{says}");
        assert!(error.message().contains(says), "{error}");
    }
}

/// Replaces octets of a certificate's DER; the signature, which nobody verifies here, breaks.
fn patched(der: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = der
        .windows(from.len())
        .position(|window| window == from)
        .unwrap();
    [&der[..at], to, &der[at + from.len()..]].concat()
}

#[test]
fn a_damaged_extension_is_refused_and_another_one_is_not() {
    let leaf = one(pem!("leaf"));
    let key_usage = b"\x06\x03\x55\x1d\x0f\x01\x01\xff\x04\x04\x03\x02\x07\x80";
    let damaged = patched(
        leaf.der(),
        key_usage,
        b"\x06\x03\x55\x1d\x0f\x01\x01\xff\x04\x04\x02\x02\x07\x80",
    );
    assert_eq!(
        code(Certificate::from_der(&damaged)),
        ErrorCode::CertificateMalformed
    );
    let renamed = patched(
        leaf.der(),
        key_usage,
        b"\x06\x03\x55\x1d\x7f\x01\x01\xff\x04\x04\x02\x02\x07\x80",
    );
    let renamed = Certificate::from_der(&renamed).unwrap();
    assert_eq!(renamed.allows_digital_signature(), None);
    let doubled = patched(leaf.der(), b"\x06\x03\x55\x1d\x0e", b"\x06\x03\x55\x1d\x23");
    assert_eq!(
        code(Certificate::from_der(&doubled)),
        ErrorCode::CertificateMalformed
    );
}

#[test]
fn validity_before_1970_is_refused() {
    let leaf = one(pem!("leaf"));
    let amz = leaf.not_before().amz_date();
    let utc_time: alloc::string::String = amz.chars().skip(2).filter(|c| *c != 'T').collect();
    let early = patched(leaf.der(), utc_time.as_bytes(), b"690101000000Z");
    assert_eq!(
        code(Certificate::from_der(&early)),
        ErrorCode::CertificateMalformed
    );
}

#[test]
fn damage_anywhere_is_no_panic() {
    let try_read = |data: &[u8]| match Certificate::all_from_pem(data) {
        Ok(certificates) => {
            for certificate in certificates {
                let _ = certificate.public_key();
                assert!(!format!("{certificate:?}").contains('\u{1b}'));
            }
        }
        Err(error) => assert_eq!(error.kind(), crate::ErrorKind::Identity),
    };
    for pem in [
        pem!("leaf-of-2"),
        pem!("small-rsa1024"),
        pem!("wrong-explicit"),
    ] {
        for data in [pem.to_vec(), one(pem).der().to_vec()] {
            for end in 0..data.len() {
                try_read(&data[..end]);
                for bit in [0x01, 0x04, 0x20, 0x80] {
                    let mut flipped = data.clone();
                    flipped[end] ^= bit;
                    try_read(&flipped);
                }
            }
        }
    }
}
