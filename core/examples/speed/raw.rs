//! The same signatures straight from aws-lc-rs, as it would be used without this library.

use super::{MESSAGE, Result, spend};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, PqdsaKeyPair, RsaKeyPair};
use rolesanywhere_core::pem;

/// Signs [`MESSAGE`] once a call; `None` for what aws-lc-rs cannot do. P-384 signs with SHA-384,
/// the only hash that it offers there.
pub(crate) fn signer(key_type: &str, key_pem: &[u8]) -> Result<Option<Box<dyn FnMut()>>> {
    let pkcs8 = der(key_pem)?;
    let ecdsa = match key_type {
        "p256" => Some(&signature::ECDSA_P256_SHA256_ASN1_SIGNING),
        "p384" => Some(&signature::ECDSA_P384_SHA384_ASN1_SIGNING),
        "p521" => Some(&signature::ECDSA_P521_SHA256_ASN1_SIGNING),
        _ => None,
    };
    let ml_dsa = match key_type {
        "ml-dsa-44" => Some(&signature::ML_DSA_44_SIGNING),
        "ml-dsa-65" => Some(&signature::ML_DSA_65_SIGNING),
        "ml-dsa-87" => Some(&signature::ML_DSA_87_SIGNING),
        _ => None,
    };
    let random = SystemRandom::new();
    if let Some(algorithm) = ecdsa {
        let key = EcdsaKeyPair::from_pkcs8(algorithm, &pkcs8)?;
        return Ok(Some(Box::new(move || spend(key.sign(&random, MESSAGE)))));
    }
    if let Some(algorithm) = ml_dsa {
        let key = PqdsaKeyPair::from_pkcs8(algorithm, &pkcs8)?;
        let mut signature = vec![0; algorithm.signature_len()];
        return Ok(Some(Box::new(move || {
            spend(key.sign(MESSAGE, &mut signature));
        })));
    }
    if !key_type.starts_with("rsa") {
        return Ok(None);
    }
    let key = RsaKeyPair::from_pkcs8(&pkcs8)?;
    let mut signature = vec![0; key.public_modulus_len()];
    Ok(Some(Box::new(move || {
        spend(key.sign(
            &signature::RSA_PKCS1_SHA256,
            &random,
            MESSAGE,
            &mut signature,
        ));
    })))
}

/// Loads the key alone, checks of its consistency included, once a call.
pub(crate) fn loader(key_type: &str, key_pem: &[u8]) -> Result<Box<dyn FnMut()>> {
    let pkcs8 = der(key_pem)?;
    if key_type == "p256" {
        let algorithm = &signature::ECDSA_P256_SHA256_ASN1_SIGNING;
        return Ok(Box::new(move || {
            spend(EcdsaKeyPair::from_pkcs8(algorithm, &pkcs8))
        }));
    }
    Ok(Box::new(move || spend(RsaKeyPair::from_pkcs8(&pkcs8))))
}

fn der(pem: &[u8]) -> Result<Vec<u8>> {
    let block = pem::blocks(pem)?.next().ok_or("no PEM block")??;
    Ok(block.der().to_vec())
}
