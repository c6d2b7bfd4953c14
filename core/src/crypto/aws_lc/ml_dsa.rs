//! Pure ML-DSA with an empty context (FIPS 204), hedged.

use crate::crypto::errors::{private_key_malformed, signing_failed};
use crate::error::Result;
use crate::signing::{KeyAlgorithm, MessageHash, PublicKey, Signature, SigningKey};
use alloc::{boxed::Box, vec};
use aws_lc_rs::encoding::{AsRawBytes, PqdsaPrivateKeyRaw};
use aws_lc_rs::signature::{self, KeyPair, PqdsaKeyPair, PqdsaSigningAlgorithm};
use core::fmt;

struct MlDsaKey {
    key_pair: PqdsaKeyPair,
    public_key: PublicKey,
}

/// Takes any of the three forms of RFC 9881 §6; AWS-LC checks that an expanded key's parts fit
/// together.
pub(super) fn load(
    algorithm: KeyAlgorithm,
    seed: Option<&[u8]>,
    expanded: Option<&[u8]>,
) -> Result<Box<dyn SigningKey>> {
    let parameters = signing_algorithm(algorithm);
    let key_pair = match (seed, expanded) {
        (Some(seed), _) => PqdsaKeyPair::from_seed(parameters, seed),
        (None, expanded) => {
            PqdsaKeyPair::from_raw_private_key(parameters, expanded.unwrap_or_default())
        }
    };
    let key_pair = key_pair.map_err(|_| private_key_malformed())?;
    match (seed, expanded) {
        // RFC 9881 §8.2 asks for this check.
        (Some(_), Some(expanded)) if !is_expansion(&key_pair, expanded) => {
            Err(private_key_malformed())
        }
        _ => {
            let public_key = PublicKey::new(algorithm, key_pair.public_key().as_ref())?;
            Ok(Box::new(MlDsaKey {
                key_pair,
                public_key,
            }))
        }
    }
}

fn is_expansion(key_pair: &PqdsaKeyPair, expanded: &[u8]) -> bool {
    AsRawBytes::<PqdsaPrivateKeyRaw<'_>>::as_raw_bytes(&key_pair.private_key())
        .is_ok_and(|raw| raw.as_ref() == expanded)
}

fn signing_algorithm(algorithm: KeyAlgorithm) -> &'static PqdsaSigningAlgorithm {
    match algorithm {
        KeyAlgorithm::MlDsa65 => &signature::ML_DSA_65_SIGNING,
        KeyAlgorithm::MlDsa87 => &signature::ML_DSA_87_SIGNING,
        _ => &signature::ML_DSA_44_SIGNING,
    }
}

impl SigningKey for MlDsaKey {
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        let mut signature = vec![0; self.key_pair.algorithm().signature_len()];
        self.key_pair
            .sign(message, &mut signature)
            .map_err(|_| signing_failed())?;
        Ok(Signature::new(signature))
    }

    fn sign_with(&self, _hash: MessageHash, message: &[u8]) -> Result<Signature> {
        self.sign(message)
    }
}

impl fmt::Debug for MlDsaKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "AwsLc({}, redacted)",
            self.public_key.algorithm().as_str()
        )
    }
}
