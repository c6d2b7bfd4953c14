//! The private keys of every set for RSA: PKCS#8, the PKCS#1 in it, and the signatures made with them.

use crate::model::{Case, Group, Numbers, Vectors};
use rolesanywhere_conformance::der::{sequence, tagged};
use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_conformance::{Result, hex, private_key};
use rolesanywhere_core::crypto::{AwsLc, RustCryptoRsa};
use rolesanywhere_core::signing::MessageHash;
use rolesanywhere_core::{Backend, ErrorCode};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Any seed will do: it changes no signature.
static RUST_CRYPTO_RSA: RustCryptoRsa = RustCryptoRsa::new([1; 32]);

pub(crate) fn add(suite: &mut Suite, vectors: &Vectors) -> Result<()> {
    let mut seen = BTreeSet::new();
    for set in vectors.names("rsa_")? {
        for (index, group) in vectors.read(&set)?.test_groups.into_iter().enumerate() {
            let (Some(pkcs8), Some(numbers)) = (&group.private_key_pkcs8, &group.private_key)
            else {
                continue;
            };
            let key = Arc::new(hex::decode(pkcs8)?);
            let bits = group.key_size.ok_or("a key without its size")?;
            if seen.insert(pkcs8.clone()) {
                let (key, numbers) = (Arc::clone(&key), numbers.clone());
                let three = set.contains("three_primes");
                suite.add(format!("rsa::{set}::key::{index}"), move || match three {
                    true => refused(&key),
                    false => load(&key, &numbers, bits),
                });
            }
            if set.contains("sig_gen") && bits >= 2048 {
                add_signatures(suite, &format!("rsa::{set}"), &key, group);
            }
        }
    }
    Ok(())
}

/// Both forms give the set's public key to every backend that takes a key of this size.
fn load(pkcs8: &[u8], numbers: &Numbers, bits: usize) -> Result<()> {
    let modulus = tagged(0x02, &hex::decode(&numbers.modulus)?);
    let exponent = tagged(0x02, &hex::decode(&numbers.public_exponent)?);
    let public = sequence(&[modulus, exponent]);
    for form in [pkcs8, pkcs1(pkcs8)?] {
        let key = private_key::load(&RUST_CRYPTO_RSA, form)?;
        equal("public key", key.public_key().key_bytes(), &public)?;
        let aws_lc = private_key::load(&AwsLc, form);
        if bits < 2048 {
            let code = aws_lc.map(drop).map_err(|error| error.code());
            equal("small key", code, Err(ErrorCode::KeyTooSmall))?;
            continue;
        }
        let aws_lc = aws_lc?;
        equal("public key", aws_lc.public_key(), key.public_key())?;
        let signature = aws_lc.sign(b"message")?;
        equal("signature", &signature, &key.sign(b"message")?)?;
        AwsLc.verify(key.public_key(), b"message", &signature)?;
    }
    Ok(())
}

/// RFC 8017 allows more than two primes, and no service asks for them.
fn refused(pkcs8: &[u8]) -> Result<()> {
    for form in [pkcs8, pkcs1(pkcs8)?] {
        let code = private_key::load(&AwsLc, form)
            .map(drop)
            .map_err(|error| error.code());
        equal("code", code, Err(ErrorCode::KeyAlgorithmUnsupported))?;
    }
    Ok(())
}

/// What the last element of PKCS#8 holds: these have neither attributes nor a public key, and are
/// all long enough that its length takes two octets.
fn pkcs1(pkcs8: &[u8]) -> Result<&[u8]> {
    let start = pkcs8.windows(2).position(|pair| pair == [0x04, 0x82]);
    let content = start.and_then(|start| pkcs8.get(start + 4..));
    content.ok_or_else(|| "there is no octet string".into())
}

fn add_signatures(suite: &mut Suite, name: &str, key: &Arc<Vec<u8>>, group: Group) {
    let hash = match group.sha.as_deref() {
        Some("SHA-256") => MessageHash::Sha256,
        Some("SHA-384") => MessageHash::Sha384,
        Some("SHA-512") => MessageHash::Sha512,
        _ => return,
    };
    for case in group.tests {
        let key = Arc::clone(key);
        suite.add(format!("{name}::signature::{}", case.tc_id), move || {
            sign(&key, hash, &case)
        });
    }
}

fn sign(key: &[u8], hash: MessageHash, case: &Case) -> Result<()> {
    let bytes = |text: &Option<String>| hex::decode(text.as_deref().unwrap_or_default());
    let (message, expected) = (bytes(&case.msg)?, bytes(&case.sig)?);
    let signature = private_key::load(&AwsLc, key)?.sign_with(hash, &message)?;
    equal("signature", signature.as_bytes(), expected.as_slice())?;
    if hash == MessageHash::Sha256 {
        let signature = private_key::load(&RUST_CRYPTO_RSA, key)?.sign(&message)?;
        equal("signature", signature.as_bytes(), expected.as_slice())?;
    }
    Ok(())
}
