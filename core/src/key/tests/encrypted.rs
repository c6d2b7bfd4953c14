//! Keys under a passphrase, as OpenSSL writes them.

use super::{PrivateKey, ec};
use crate::error::{Error, ErrorCode};
use alloc::{format, vec::Vec};

macro_rules! encrypted {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/encrypted/",
            $name
        ))
    };
}
#[cfg(feature = "pkcs12")]
pub(super) use encrypted;

const SECRET: Option<&[u8]> = Some(b"secret");

fn refused(data: &[u8], passphrase: Option<&[u8]>) -> Error {
    PrivateKey::from_pem(data, passphrase).unwrap_err()
}

fn scalar(data: &[u8], passphrase: Option<&[u8]>) -> Vec<u8> {
    match PrivateKey::from_pem(data, passphrase).unwrap().material {
        super::Material::Ec { scalar, .. } => scalar.to_vec(),
        _ => panic!("not an EC key"),
    }
}

fn plain() -> Vec<u8> {
    ec(key!("p256.pem")).1
}

#[test]
fn every_cipher_and_derivation_gives_the_same_key() {
    let files: [&[u8]; 6] = [
        encrypted!("aes128-sha1.pem"),
        encrypted!("aes192-sha224.pem"),
        encrypted!("aes256-sha512.pem"),
        encrypted!("des3-sha384.pem"),
        encrypted!("scrypt.pem"),
        key!("p256-encrypted.pem"),
    ];
    for data in files {
        assert_eq!(scalar(data, SECRET), plain());
        assert_eq!(scalar(&super::der_of(data), SECRET), plain());
    }
}

#[test]
fn a_passphrase_is_taken_as_it_is() {
    let file = encrypted!("aes256-sha512.pem");
    for wrong in [&b"secret\n"[..], b" secret", b"Secret", b"", b"\xff"] {
        let error = refused(file, Some(wrong));
        assert_eq!(error.code(), ErrorCode::PassphraseIncorrect);
        assert!(!format!("{error:?}").contains("ecret"), "{error:?}");
    }
    assert_eq!(refused(file, None).code(), ErrorCode::PrivateKeyEncrypted);
    // Nobody asks for the passphrase of what is not encrypted.
    assert_eq!(scalar(key!("p256.pem"), SECRET), plain());
}

#[test]
fn a_wrong_passphrase_never_gets_through() {
    let file = encrypted!("aes256-sha512.pem");
    for number in 0..2_000 {
        let error = refused(file, Some(format!("wrong {number}").as_bytes()));
        assert_eq!(error.code(), ErrorCode::PassphraseIncorrect, "{number}");
    }
}

#[test]
fn too_much_work_is_refused_before_it_is_done() {
    let error = refused(encrypted!("too-many-iterations.pem"), SECRET);
    assert_eq!(error.code(), ErrorCode::KeyDerivationTooCostly);
    assert!(error.message().contains("10000001"), "{error}");
    assert!(error.message().contains("10000000"), "{error}");
}

#[test]
fn other_encryption_is_refused_by_name_and_with_the_command() {
    let files: [(&[u8], &str); 4] = [
        (encrypted!("camellia.pem"), "Camellia-256"),
        (encrypted!("sha512-256.pem"), "SHA-512/256"),
        (encrypted!("pbes1.pem"), "PBES1 (MD5 and DES)"),
        (encrypted!("pkcs12-rc4.pem"), "RC4"),
    ];
    for (data, name) in files {
        for passphrase in [SECRET, Some(b"wrong")] {
            let error = refused(data, passphrase);
            assert_eq!(error.code(), ErrorCode::KeyEncryptionUnsupported);
            assert!(error.message().contains(name), "{error}");
            assert!(error.hint().contains("`openssl pkcs8 -topk8 "));
        }
    }
}

#[test]
fn damage_anywhere_is_no_panic_and_no_key() {
    let der = super::der_of(encrypted!("aes256-sha512.pem"));
    for position in 0..der.len() {
        for bit in [0x01, 0x10, 0x80] {
            let mut damaged = der.clone();
            damaged[position] ^= bit;
            // A flipped bit of the vector changes the plaintext's first octets, and nothing else.
            if let Ok(key) = PrivateKey::from_pem(&damaged, SECRET) {
                assert_eq!(key.key_algorithm().as_str(), "p256");
            }
        }
        assert!(PrivateKey::from_pem(&der[..position], SECRET).is_err());
    }
}
