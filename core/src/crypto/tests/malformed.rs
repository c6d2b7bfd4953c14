//! Keys whose parts contradict each other are refused, by every backend, and nothing hangs.

use super::keys::{
    EC_SCALARS, ML_DSA, SEED, ec, ec_scalar, expand, ml_dsa, rsa_2048_der, rsa_der, rsa_small,
    scalar,
};
use super::{BACKENDS, RSA_BACKENDS, RustCrypto};
use crate::error::ErrorCode;
use crate::key::PrivateKey;
use crate::signing::Backend;
use alloc::vec;
use der::{Decode, Encode};
use p256::elliptic_curve::bigint::{ConcatenatingMul, Resize};
use pkcs1::RsaPrivateKeyRef;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::traits::PrivateKeyParts;
use rsa::{BoxedUint, RsaPrivateKey};

fn code(backend: &dyn Backend, key: PrivateKey) -> ErrorCode {
    backend.signing_key(key).unwrap_err().code()
}

#[test]
fn ec_scalars_out_of_range() {
    for (algorithm, length) in EC_SCALARS {
        for scalar in [
            vec![0; length],
            vec![0xff; length],
            vec![1; length - 1],
            vec![1; 200],
        ] {
            for backend in BACKENDS {
                let key = ec_scalar(algorithm, scalar.clone(), None);
                assert_eq!(
                    code(backend, key),
                    ErrorCode::PrivateKeyMalformed,
                    "{scalar:?}"
                );
            }
        }
    }
}

#[test]
fn ec_points_of_another_scalar() {
    for (algorithm, _) in EC_SCALARS {
        let mut other = scalar(algorithm);
        other[1] ^= 1;
        let other = RustCrypto
            .signing_key(ec_scalar(algorithm, other, None))
            .unwrap();
        for point in [other.public_key().key_bytes(), b"\x04", b""] {
            for backend in BACKENDS {
                let key = ec(algorithm, Some(point.to_vec()));
                assert_eq!(code(backend, key), ErrorCode::PrivateKeyMalformed);
            }
        }
    }
}

#[test]
fn ml_dsa_forms_that_disagree() {
    for algorithm in ML_DSA {
        let expanded = expand(algorithm);
        let forms = [
            (Some(vec![8; 32]), Some(expanded.clone())),
            (Some(SEED.to_vec()), Some(expanded[1..].to_vec())),
            (Some(SEED[1..].to_vec()), None),
            (None, Some(expanded[1..].to_vec())),
            (None, None),
        ];
        for (seed, expanded) in forms {
            for backend in BACKENDS {
                let key = ml_dsa(algorithm, seed.clone(), expanded.clone());
                assert_eq!(code(backend, key), ErrorCode::PrivateKeyMalformed);
            }
        }
    }
}

/// In rho, tr, s1, s2 and t0; K (32..64) may be anything at all.
#[test]
fn ml_dsa_expanded_keys_with_wrong_octets() {
    for algorithm in ML_DSA {
        let expanded = expand(algorithm);
        let last = expanded.len() - 416;
        for (start, length, flip) in [
            (0, 1, 1),
            (64, 1, 1),
            (127, 1, 1),
            (128, 1, 0xff),
            (600, 1, 0xff),
            (last, 416, 0x55),
        ] {
            let mut wrong = expanded.clone();
            wrong[start..start + length]
                .iter_mut()
                .for_each(|octet| *octet ^= flip);
            for backend in BACKENDS {
                let key = ml_dsa(algorithm, None, Some(wrong.clone()));
                assert_eq!(
                    code(backend, key),
                    ErrorCode::PrivateKeyMalformed,
                    "{start}"
                );
            }
        }
    }
}

#[test]
fn rsa_numbers_that_disagree() {
    let good = RsaPrivateKeyRef::from_der(rsa_2048_der()).unwrap();
    let other = rsa_small(1024).to_pkcs1_der().unwrap();
    let other = RsaPrivateKeyRef::from_der(other.as_bytes()).unwrap();
    let wrong = [
        RsaPrivateKeyRef {
            prime1: other.prime1,
            ..good.clone()
        },
        RsaPrivateKeyRef {
            private_exponent: other.private_exponent,
            ..good.clone()
        },
        RsaPrivateKeyRef {
            public_exponent: other.prime1,
            ..good.clone()
        },
    ];
    for key in wrong {
        let der = key.to_der().unwrap();
        for backend in RSA_BACKENDS {
            assert_eq!(code(backend, rsa_der(&der)), ErrorCode::PrivateKeyMalformed);
        }
    }
    for der in [&b""[..], b"\x30\x00", &rsa_2048_der()[1..]] {
        for backend in RSA_BACKENDS {
            assert_eq!(code(backend, rsa_der(der)), ErrorCode::PrivateKeyMalformed);
        }
    }
}

#[test]
fn rsa_keys_under_1024_bits() {
    let good = rsa_small(1024).to_pkcs1_der().unwrap();
    let good = RsaPrivateKeyRef::from_der(good.as_bytes()).unwrap();
    let small = RsaPrivateKeyRef {
        modulus: good.prime1,
        ..good
    };
    let der = small.to_der().unwrap();
    for backend in RSA_BACKENDS {
        assert_eq!(code(backend, rsa_der(&der)), ErrorCode::KeyTooSmall);
    }
}

/// The longer prime does not fit where half of the modulus does.
#[test]
fn rsa_primes_of_different_length() {
    let prime = |bits| {
        PrivateKeyParts::primes(&rsa_small(bits))[0]
            .as_ref()
            .clone()
    };
    let primes = vec![prime(1536), prime(2560)];
    let [modulus, others] = [0_u32, 1].map(|less| {
        let less = BoxedUint::from(less);
        (&primes[0] - &less).concatenating_mul(&(&primes[1] - &less))
    });
    let exponent = BoxedUint::from(65537_u32).resize(others.bits_precision());
    let private = exponent.invert_mod(&others.to_nz().unwrap()).unwrap();
    let key = RsaPrivateKey::from_components_with_wide_primes(modulus, exponent, private, primes);
    let der = key.unwrap().to_pkcs1_der().unwrap();
    for backend in RSA_BACKENDS {
        let key = backend.signing_key(rsa_der(der.as_bytes())).unwrap();
        let signature = key.sign(b"message").unwrap();
        for backend in RSA_BACKENDS {
            let public_key = key.public_key();
            backend.verify(public_key, b"message", &signature).unwrap();
        }
    }
}
