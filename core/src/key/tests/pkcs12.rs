//! PKCS#12 files, as OpenSSL writes them.

use super::encrypted::encrypted;
use super::{PrivateKey, ec};
use crate::error::ErrorCode;
use crate::key::pkcs12;
use alloc::vec::Vec;

const SECRET: Option<&[u8]> = Some(b"secret");

fn labels(file: &[u8], passphrase: Option<&[u8]>) -> Vec<&'static str> {
    let blocks = pkcs12::open(file, passphrase).unwrap();
    let label = |block: &crate::pem::Block<'_>| match block.label() {
        "CERTIFICATE" => "certificate",
        "PRIVATE KEY" => "key",
        _ => "other",
    };
    blocks.iter().map(label).collect()
}

fn code(file: &[u8], passphrase: Option<&[u8]>) -> ErrorCode {
    PrivateKey::from_pem(file, passphrase).unwrap_err().code()
}

/// A file, its passphrase, and what is in it besides the key.
type Row<'a> = (&'a [u8], Option<&'a [u8]>, &'a [&'a str]);

#[test]
fn certificates_and_key_are_found() {
    let chain = ["certificate"; 4];
    let files: [Row<'_>; 8] = [
        (encrypted!("modern.p12"), SECRET, &chain),
        (encrypted!("legacy.p12"), SECRET, &chain),
        (encrypted!("two-keys.p12"), SECRET, &chain[..1]),
        (encrypted!("unencrypted.p12"), SECRET, &chain[..1]),
        (encrypted!("no-mac.p12"), SECRET, &chain[..1]),
        (
            encrypted!("sha512-mac.p12"),
            Some("sécret".as_bytes()),
            &chain[..1],
        ),
        (encrypted!("empty.p12"), None, &chain[..1]),
        (encrypted!("empty.p12"), Some(b""), &chain[..1]),
    ];
    let plain = ec(key!("p256.pem"));
    for (file, passphrase, certificates) in files {
        let mut expected = certificates.to_vec();
        expected.push("key");
        assert_eq!(labels(file, passphrase), expected);
        let key = PrivateKey::from_pem(file, passphrase).unwrap();
        let super::Material::Ec { scalar, .. } = key.material else {
            panic!("not an EC key");
        };
        assert_eq!(*scalar, plain.1);
    }
}

#[test]
fn the_passphrase_decides() {
    let files: [&[u8]; 3] = [
        encrypted!("modern.p12"),
        encrypted!("legacy.p12"),
        encrypted!("no-mac.p12"),
    ];
    for file in files {
        assert_eq!(code(file, None), ErrorCode::PrivateKeyEncrypted);
        for wrong in [
            &b"wrong"[..],
            b"",
            b"secret\n",
            b"\xff",
            "sécret".as_bytes(),
        ] {
            assert_eq!(code(file, Some(wrong)), ErrorCode::PassphraseIncorrect);
        }
    }
}

#[test]
fn the_scheme_serves_a_key_alone_too() {
    let key = PrivateKey::from_pem(encrypted!("pkcs12-3des.pem"), SECRET).unwrap();
    assert_eq!(key.key_algorithm().as_str(), "p256");
}

/// The MAC comes first: whatever is damaged inside it is never looked at.
#[test]
fn damage_anywhere_is_no_panic_and_no_key() {
    for file in [&encrypted!("legacy.p12")[..], encrypted!("modern.p12")] {
        for position in (0..file.len()).step_by(7) {
            let mut damaged = file.to_vec();
            damaged[position] ^= 0x10;
            // What the MAC does not cover and nobody reads, such as the NULL of its own algorithm.
            if let Ok(key) = PrivateKey::from_pem(&damaged, SECRET) {
                assert_eq!(key.key_algorithm().as_str(), "p256");
            }
            assert!(PrivateKey::from_pem(&file[..position], SECRET).is_err());
        }
    }
}
