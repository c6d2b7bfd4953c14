//! `ecdh_*_pem`: what signs is the private key; of the public one, that damage is not overlooked.

use crate::model::{Case, Vectors};
use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_conformance::{Result, private_key};
use rolesanywhere_core::crypto::{AwsLc, RustCrypto};
use rolesanywhere_core::{Backend, ErrorCode, KeyAlgorithm, PublicKey, pem};
use std::collections::BTreeSet;

const CURVES: [(&str, Option<KeyAlgorithm>); 4] = [
    ("secp224r1", None),
    ("secp256r1", Some(KeyAlgorithm::P256)),
    ("secp384r1", Some(KeyAlgorithm::P384)),
    ("secp521r1", Some(KeyAlgorithm::P521)),
];

/// Of the right form and not on the curve, which reading does not calculate.
const NOT_ON_THE_CURVE: [&str; 3] = [
    "InvalidCurveAttack",
    "ModifiedPublicPoint",
    "InvalidCompressedPublic",
];

pub(crate) fn add(suite: &mut Suite, vectors: &Vectors) -> Result<()> {
    for (curve, algorithm) in CURVES {
        let mut seen = BTreeSet::new();
        let set = vectors.read(&format!("ecdh_{curve}_pem"))?;
        for case in set.test_groups.into_iter().flat_map(|group| group.tests) {
            let private = case.private.clone().ok_or("a case without a private key")?;
            if seen.insert(private.clone()) {
                let name = format!("ec::{curve}::private::{}", case.tc_id);
                suite.add(name, move || load(algorithm, private.as_bytes()));
            }
            let name = format!("ec::{curve}::public::{}", case.tc_id);
            suite.add(name, move || public(algorithm, &case));
        }
    }
    Ok(())
}

/// Both backends derive the same public key, and each verifies what the other signs.
fn load(algorithm: Option<KeyAlgorithm>, file: &[u8]) -> Result<()> {
    let loaded = private_key::load(&AwsLc, file);
    let Some(algorithm) = algorithm else {
        let code = loaded.map(drop).map_err(|error| error.code());
        return equal("result", code, Err(ErrorCode::KeyAlgorithmUnsupported));
    };
    let (aws_lc, rust_crypto) = (loaded?, private_key::load(&RustCrypto, file)?);
    equal("algorithm", aws_lc.public_key().algorithm(), algorithm)?;
    equal("public key", aws_lc.public_key(), rust_crypto.public_key())?;
    let message = b"message";
    RustCrypto.verify(aws_lc.public_key(), message, &aws_lc.sign(message)?)?;
    Ok(AwsLc.verify(aws_lc.public_key(), message, &rust_crypto.sign(message)?)?)
}

fn public(algorithm: Option<KeyAlgorithm>, case: &Case) -> Result<()> {
    let what = format!("{} {:?}", case.comment, case.flags);
    let text = case
        .public
        .as_deref()
        .ok_or("a case without a public key")?;
    let key = read_public(text.as_bytes());
    let flagged = |names: &[&str]| case.flags.iter().any(|flag| names.contains(&flag.as_str()));
    // The only damage to the file that leaves its form is one to the point.
    let other_point = case.comment == "modifying last byte of bit string";
    match (case.result.as_str(), key) {
        // RFC 5480 §2.2 has compressed points in certificates, and explicit parameters nowhere.
        ("valid", Ok(key)) => equal("algorithm", Some(key.algorithm()), algorithm),
        ("valid", Err(code)) if algorithm.is_none() => {
            equal("code", code, Some(ErrorCode::KeyAlgorithmUnsupported))
        }
        ("valid", Err(code)) => Err(format!("{what}: refused: {code:?}").into()),
        (_, Err(_)) => Ok(()),
        (_, Ok(_)) if other_point || flagged(&NOT_ON_THE_CURVE) => Ok(()),
        (_, Ok(key)) if flagged(&["WrongCurve", "ModifiedGroup"]) => equal(
            "whether it is the curve",
            Some(key.algorithm()) == algorithm,
            false,
        ),
        ("acceptable", Ok(key)) if flagged(&["CompressedPoint"]) => {
            equal("algorithm", Some(key.algorithm()), algorithm)
        }
        (result, Ok(_)) => Err(format!("{what}: {result}, and it was read").into()),
    }
}

/// Nothing where the PEM itself is refused, or holds nothing.
fn read_public(text: &[u8]) -> core::result::Result<PublicKey, Option<ErrorCode>> {
    let block = pem::blocks(text)
        .and_then(|mut blocks| blocks.next().transpose())
        .map_err(|error| Some(error.code()))?
        .ok_or(None)?;
    PublicKey::from_spki_der(block.der()).map_err(|error| Some(error.code()))
}
