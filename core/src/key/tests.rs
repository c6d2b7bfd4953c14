use super::{Material, PrivateKey};
use crate::error::{Error, ErrorCode};
use crate::signing::{KeyAlgorithm, algorithm_identifier};
use alloc::{format, vec, vec::Vec};
use der::asn1::{AnyRef, BitStringRef, ContextSpecific, OctetStringRef};
use der::{Encode, TagMode, TagNumber};
use pkcs8::PrivateKeyInfoRef;
use std::println;

macro_rules! key {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/keys/",
            $name
        ))
    };
}

#[cfg(feature = "encrypted-keys")]
mod encrypted;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod refusals;

fn refused(data: &[u8]) -> Error {
    PrivateKey::from_pem(data, None).unwrap_err()
}

/// The scalar and the point, of an EC key.
fn ec(data: &[u8]) -> (KeyAlgorithm, Vec<u8>, Option<Vec<u8>>) {
    match PrivateKey::from_pem(data, None).unwrap().material {
        Material::Ec {
            algorithm,
            scalar,
            public_point,
        } => (algorithm, scalar.to_vec(), public_point),
        _ => panic!("not an EC key"),
    }
}

fn rsa(data: &[u8]) -> Vec<u8> {
    match PrivateKey::from_pem(data, None).unwrap().material {
        Material::Rsa { pkcs1_der } => pkcs1_der.to_vec(),
        _ => panic!("not an RSA key"),
    }
}

fn der_of(pem: &[u8]) -> Vec<u8> {
    let block = crate::pem::blocks(pem).unwrap().last().unwrap().unwrap();
    block.der().to_vec()
}

fn pkcs8(algorithm: KeyAlgorithm, key: &[u8]) -> Vec<u8> {
    let algorithm = algorithm_identifier::identifier(algorithm);
    PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(key).unwrap())
        .to_der()
        .unwrap()
}

fn sec1(scalar: &[u8]) -> Vec<u8> {
    super::sec1::tests::encode(scalar, KeyAlgorithm::P256)
}

#[test]
fn every_form_of_an_ec_key_is_the_same_key() {
    let curves: [(KeyAlgorithm, usize, [&[u8]; 3]); 3] = [
        (
            KeyAlgorithm::P256,
            32,
            [
                key!("p256.pem"),
                key!("p256-sec1.pem"),
                key!("p256-sec1-no-public.pem"),
            ],
        ),
        (
            KeyAlgorithm::P384,
            48,
            [
                key!("p384.pem"),
                key!("p384-sec1.pem"),
                key!("p384-sec1-no-public.pem"),
            ],
        ),
        (
            KeyAlgorithm::P521,
            66,
            [
                key!("p521.pem"),
                key!("p521-sec1.pem"),
                key!("p521-sec1-no-public.pem"),
            ],
        ),
    ];
    for (algorithm, length, [in_pkcs8, in_sec1, no_public]) in curves {
        let (found, scalar, point) = ec(in_pkcs8);
        assert_eq!((found, scalar.len()), (algorithm, length));
        assert_eq!(point.as_ref().unwrap().len(), 2 * length + 1);
        assert_eq!(ec(in_sec1), (algorithm, scalar.clone(), point));
        assert_eq!(ec(no_public), (algorithm, scalar.clone(), None));
        assert_eq!(ec(&der_of(in_pkcs8)).1, scalar);
        assert_eq!(ec(&der_of(in_sec1)).1, scalar);
    }
}

#[test]
fn a_block_of_parameters_is_skipped() {
    let pem = key!("p256-with-parameters.pem");
    assert!(pem.starts_with(b"-----BEGIN EC PARAMETERS-----"));
    assert_eq!(ec(pem).0, KeyAlgorithm::P256);
}

#[test]
fn every_form_of_an_rsa_key_is_the_same_key() {
    let pkcs1 = rsa(key!("rsa2048-pkcs1.pem"));
    assert_eq!(rsa(key!("rsa2048.pem")), pkcs1);
    assert_eq!(rsa(&der_of(key!("rsa2048.pem"))), pkcs1);
    assert_eq!(rsa(&pkcs1), pkcs1);
    let key = PrivateKey::from_pem(&pkcs1, None).unwrap();
    assert_eq!(key.key_algorithm(), KeyAlgorithm::Rsa);
}

#[test]
fn scalars_are_padded_to_the_curves_length() {
    let mut expected = vec![0; 31];
    expected.push(7);
    for octets in [
        vec![7],
        expected.clone(),
        [vec![0], expected.clone()].concat(),
    ] {
        assert_eq!(ec(&sec1(&octets)).1, expected);
    }
    for octets in [vec![], vec![0; 32], vec![1; 33]] {
        assert_eq!(
            refused(&sec1(&octets)).code(),
            ErrorCode::PrivateKeyMalformed
        );
    }
}

#[test]
fn the_curve_inside_and_outside_agree() {
    assert_eq!(
        ec(&pkcs8(KeyAlgorithm::P256, &sec1(&[7]))).0,
        KeyAlgorithm::P256
    );
    let error = refused(&pkcs8(KeyAlgorithm::P384, &sec1(&[7])));
    assert_eq!(error.code(), ErrorCode::PrivateKeyMalformed);
    assert!(error.message().contains("two different curves"));
}

#[test]
fn pkcs8_may_have_attributes_and_a_public_key() {
    let v1 = der_of(key!("p256.pem"));
    let info = PrivateKeyInfoRef::try_from(v1.as_slice()).unwrap();
    let v2 = PrivateKeyInfoRef {
        public_key: Some(BitStringRef::from_bytes(&[4; 65]).unwrap()),
        ..info.clone()
    };
    assert_eq!(ec(&v2.to_der().unwrap()), ec(&v1));

    let attributes = ContextSpecific {
        tag_number: TagNumber(0),
        tag_mode: TagMode::Implicit,
        value: AnyRef::new(der::Tag::Sequence, &[]).unwrap(),
    };
    let mut content = vec![2, 1, 0];
    info.algorithm.encode_to_vec(&mut content).unwrap();
    info.private_key.encode_to_vec(&mut content).unwrap();
    attributes.encode_to_vec(&mut content).unwrap();
    let with_attributes = AnyRef::new(der::Tag::Sequence, &content).unwrap();
    assert_eq!(ec(&with_attributes.to_der().unwrap()), ec(&v1));
}

#[test]
fn ml_dsa_has_three_forms() {
    for (algorithm, length) in [
        (KeyAlgorithm::MlDsa44, 2560),
        (KeyAlgorithm::MlDsa65, 4032),
        (KeyAlgorithm::MlDsa87, 4896),
    ] {
        let octets = |octets: &[u8]| AnyRef::new(der::Tag::OctetString, octets).unwrap().to_der();
        let seed_only = [&[0x80, 32][..], &[1; 32]].concat();
        let expanded_only = octets(&vec![2; length]).unwrap();
        let both = [octets(&[1; 32]).unwrap(), expanded_only.clone()].concat();
        let both = AnyRef::new(der::Tag::Sequence, &both)
            .unwrap()
            .to_der()
            .unwrap();
        for (form, has_seed, has_expanded) in [
            (&seed_only, true, false),
            (&expanded_only, false, true),
            (&both, true, true),
        ] {
            let key = PrivateKey::from_pem(&pkcs8(algorithm, form), None).unwrap();
            let Material::MlDsa {
                algorithm: found,
                seed,
                expanded,
            } = key.material
            else {
                panic!("not an ML-DSA key");
            };
            assert_eq!(found, algorithm);
            assert_eq!(seed.as_deref(), has_seed.then_some(&vec![1; 32]));
            assert_eq!(
                expanded.as_deref(),
                has_expanded.then_some(&vec![2; length])
            );
        }
        for wrong in [
            &[1; 32][..],
            &[0x80, 31],
            &[&[0x80, 31][..], &[1; 31]].concat(),
            &octets(&vec![2; length - 1]).unwrap(),
            &[0x30, 0],
        ] {
            let error = refused(&pkcs8(algorithm, wrong));
            assert_eq!(error.code(), ErrorCode::PrivateKeyMalformed);
        }
    }
}

#[test]
fn rsa_keys_of_other_sizes_and_kinds() {
    assert_eq!(refused(key!("rsa512.pem")).code(), ErrorCode::KeyTooSmall);
    assert!(PrivateKey::from_pem(key!("rsa1024.pem"), None).is_ok());
    let error = refused(key!("rsa1024-three-primes.pem"));
    assert_eq!(error.code(), ErrorCode::KeyAlgorithmUnsupported);
    assert!(error.message().contains("two primes"));
    assert_eq!(
        refused(&rsa_of(8193 / 8 + 1)).code(),
        ErrorCode::KeyAlgorithmUnsupported
    );
    assert!(PrivateKey::from_pem(&rsa_of(8192 / 8), None).is_ok());
}

/// The form of an RSA key of so many octets; its numbers mean nothing.
fn rsa_of(octets: usize) -> Vec<u8> {
    let number = der::asn1::UintRef::new(&[7]).unwrap();
    let modulus = vec![0xff; octets];
    pkcs1::RsaPrivateKeyRef {
        modulus: der::asn1::UintRef::new(&modulus).unwrap(),
        public_exponent: number,
        private_exponent: number,
        prime1: number,
        prime2: number,
        exponent1: number,
        exponent2: number,
        coefficient: number,
        other_prime_infos: None,
    }
    .to_der()
    .unwrap()
}

#[test]
fn one_key_twice_is_one_key_and_two_are_ambiguous() {
    let p256 = key!("p256-sec1.pem");
    assert!(PrivateKey::from_pem(&[&p256[..], p256].concat(), None).is_ok());
    let two = [&p256[..], key!("p384.pem")].concat();
    assert_eq!(refused(&two).code(), ErrorCode::PrivateKeyAmbiguous);
}

#[test]
fn printing_shows_no_key() {
    let key = PrivateKey::from_pem(key!("p256.pem"), None).unwrap();
    assert_eq!(format!("{key:?}"), "PrivateKey(p256, redacted)");
}

/// Reads, or refuses with a code of the kind `identity`; never panics, and never shows base64.
fn reads_or_refuses(data: &[u8]) {
    if let Err(error) = PrivateKey::from_pem(data, None) {
        let known = matches!(
            error.kind(),
            crate::ErrorKind::Identity | crate::ErrorKind::Input
        );
        assert!(known, "{error:?}");
        assert!(!error.message().contains("MI"), "{error}");
    }
}

#[test]
fn damage_anywhere_is_no_panic() {
    let files: [&[u8]; 4] = [
        key!("p256.pem"),
        key!("p521-sec1.pem"),
        key!("rsa512.pem"),
        key!("p256-traditional-encrypted.pem"),
    ];
    let forms = files.map(|pem| [pem.to_vec(), der_of(pem)]);
    for data in forms.as_flattened() {
        for end in 0..data.len() {
            reads_or_refuses(&data[..end]);
            for bit in [0x01, 0x20, 0x80] {
                let mut flipped = data.clone();
                flipped[end] ^= bit;
                reads_or_refuses(&flipped);
            }
        }
    }
}

#[test]
fn the_helpers_keys_are_read() {
    let captures = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/vectors/aws-helper-captures");
    let Ok(captures) = std::fs::read_dir(&captures) else {
        println!("SKIP core::the_helpers_keys_are_read: no foreign captures here");
        return;
    };
    let mut read = 0;
    for capture in captures {
        for name in ["key.pem", "key-both.pem", "key-sec1.pem", "key-pkcs1.pem"] {
            if let Ok(pem) = std::fs::read(capture.as_ref().unwrap().path().join(name)) {
                PrivateKey::from_pem(&pem, None).unwrap();
                read += 1;
            }
        }
    }
    assert_eq!(read, 20);
}
