//! What must hold of every backend, each judged by the other.

mod keys;
mod malformed;

use self::keys::{EC_SCALARS, ML_DSA, ec, ml_dsa_seed, rsa_1024, rsa_2048};
use super::{AwsLc, RustCrypto, RustCryptoRsa};
use crate::error::ErrorCode;
use crate::key::PrivateKey;
use crate::signing::{Backend, KeyAlgorithm, Signature, SigningKey};
use alloc::{boxed::Box, format, vec, vec::Vec};

static RUST_CRYPTO_RSA: RustCryptoRsa = RustCryptoRsa::new([9; 32]);
static BACKENDS: [&dyn Backend; 2] = [&AwsLc, &RustCrypto];
static RSA_BACKENDS: [&dyn Backend; 2] = [&AwsLc, &RUST_CRYPTO_RSA];

/// One key of each algorithm, made anew for each caller.
fn private_key(algorithm: KeyAlgorithm) -> PrivateKey {
    match algorithm {
        KeyAlgorithm::Rsa => rsa_2048(),
        KeyAlgorithm::P256 | KeyAlgorithm::P384 | KeyAlgorithm::P521 => ec(algorithm, None),
        _ => ml_dsa_seed(algorithm),
    }
}

fn rust_backend(algorithm: KeyAlgorithm) -> &'static dyn Backend {
    if algorithm == KeyAlgorithm::Rsa {
        &RUST_CRYPTO_RSA
    } else {
        &RustCrypto
    }
}

fn both(algorithm: KeyAlgorithm) -> [Box<dyn SigningKey>; 2] {
    let load = |backend: &dyn Backend| backend.signing_key(private_key(algorithm)).unwrap();
    [load(&AwsLc), load(rust_backend(algorithm))]
}

#[test]
fn backends_derive_the_same_public_key() {
    for algorithm in KeyAlgorithm::ALL {
        let [aws_lc, rust] = both(*algorithm);
        assert_eq!(aws_lc.public_key(), rust.public_key(), "{algorithm:?}");
        assert_eq!(aws_lc.public_key().algorithm(), *algorithm);
    }
}

#[test]
fn each_verifies_what_the_other_signs() {
    for algorithm in KeyAlgorithm::ALL {
        for key in both(*algorithm) {
            let signature = key.sign(b"message").unwrap();
            for backend in [&AwsLc, rust_backend(*algorithm)] {
                backend
                    .verify(key.public_key(), b"message", &signature)
                    .unwrap();
            }
        }
    }
}

#[test]
fn nothing_else_verifies() {
    for algorithm in KeyAlgorithm::ALL {
        let [key, _] = both(*algorithm);
        let signature = key.sign(b"message").unwrap();
        let mut flipped = signature.as_bytes().to_vec();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        let cases = [
            (&b"massage"[..], signature.as_bytes().to_vec()),
            (b"message", flipped),
            (b"message", Vec::new()),
            (b"message", vec![0; signature.as_bytes().len()]),
            (b"message", [signature.as_bytes(), b"\0"].concat()),
        ];
        for backend in [&AwsLc, rust_backend(*algorithm)] {
            for (message, bytes) in &cases {
                let signature = Signature::new(bytes.clone());
                let error = backend
                    .verify(key.public_key(), message, &signature)
                    .unwrap_err();
                assert_eq!(error.code(), ErrorCode::SignatureInvalid, "{algorithm:?}");
            }
        }
    }
}

#[test]
fn what_is_deterministic() {
    for algorithm in KeyAlgorithm::ALL {
        let [aws_lc, rust] = both(*algorithm);
        let signature = rust.sign(b"message").unwrap();
        assert_eq!(rust.sign(b"message").unwrap(), signature, "{algorithm:?}");
        let same = aws_lc.sign(b"message").unwrap() == signature;
        assert_eq!(same, *algorithm == KeyAlgorithm::Rsa, "{algorithm:?}");
    }
}

#[test]
fn the_blinding_seed_does_not_change_a_signature() {
    let sign = |seed: u8| {
        let key = RustCryptoRsa::new([seed; 32])
            .signing_key(rsa_2048())
            .unwrap();
        key.sign(b"message").unwrap()
    };
    assert_eq!(sign(1), sign(2));
}

#[test]
fn small_rsa_keys() {
    let error = AwsLc.signing_key(rsa_1024()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::KeyTooSmall);
    assert!(error.message().contains("1024 bits"), "{error}");
    let key = RUST_CRYPTO_RSA.signing_key(rsa_1024()).unwrap();
    let signature = key.sign(b"message").unwrap();
    AwsLc
        .verify(key.public_key(), b"message", &signature)
        .unwrap();
    RUST_CRYPTO_RSA
        .verify(key.public_key(), b"message", &signature)
        .unwrap();
}

#[test]
fn points_in_the_file_may_be_absent() {
    for (algorithm, _) in EC_SCALARS {
        let [key, _] = both(algorithm);
        let point = key.public_key().key_bytes().to_vec();
        for point in [None, Some(point)] {
            for backend in BACKENDS {
                let again = backend.signing_key(ec(algorithm, point.clone())).unwrap();
                assert_eq!(again.public_key(), key.public_key());
            }
        }
    }
}

#[test]
fn ml_dsa_keys_have_three_forms() {
    for algorithm in ML_DSA {
        let [reference, deterministic] = both(algorithm);
        let expanded = keys::expand(algorithm);
        for seed in [None, Some(keys::SEED.to_vec())] {
            let form = || keys::ml_dsa(algorithm, seed.clone(), Some(expanded.clone()));
            let aws_lc = AwsLc.signing_key(form()).unwrap();
            let rust = RustCrypto.signing_key(form()).unwrap();
            assert_eq!(aws_lc.public_key(), reference.public_key());
            assert_eq!(rust.public_key(), reference.public_key());
            assert_eq!(rust.sign(b"m").unwrap(), deterministic.sign(b"m").unwrap());
            let signature = aws_lc.sign(b"m").unwrap();
            RustCrypto
                .verify(aws_lc.public_key(), b"m", &signature)
                .unwrap();
        }
    }
}

#[test]
fn what_a_backend_lacks_is_unavailable() {
    let [rsa, _] = both(KeyAlgorithm::Rsa);
    let [p256, _] = both(KeyAlgorithm::P256);
    let signature = Signature::new(Vec::new());
    let errors = [
        RustCrypto.signing_key(rsa_2048()).unwrap_err(),
        RustCrypto
            .verify(rsa.public_key(), b"", &signature)
            .unwrap_err(),
        RUST_CRYPTO_RSA
            .signing_key(private_key(KeyAlgorithm::P256))
            .unwrap_err(),
        RUST_CRYPTO_RSA
            .signing_key(private_key(KeyAlgorithm::MlDsa44))
            .unwrap_err(),
        RUST_CRYPTO_RSA
            .verify(p256.public_key(), b"", &signature)
            .unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.code(), ErrorCode::FeatureUnavailable);
    }
}

#[test]
fn nothing_secret_is_printed() {
    for algorithm in KeyAlgorithm::ALL {
        let [aws_lc, rust] = both(*algorithm);
        let name = algorithm.as_str();
        assert_eq!(format!("{aws_lc:?}"), format!("AwsLc({name}, redacted)"));
        let rust_name = if name == "rsa" {
            "RustCryptoRsa"
        } else {
            "RustCrypto"
        };
        assert_eq!(
            format!("{rust:?}"),
            format!("{rust_name}({name}, redacted)")
        );
    }
    assert_eq!(format!("{RUST_CRYPTO_RSA:?}"), "RustCryptoRsa(redacted)");
}
