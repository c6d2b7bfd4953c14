//! Whether a request's signature is the leaf's: every algorithm the service takes.

use crate::certificate::Certificate;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P521_SHA256_ASN1, ML_DSA_44, ML_DSA_65,
    ML_DSA_87, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey,
    VerificationAlgorithm,
};
use const_oid::ObjectIdentifier;
use const_oid::db::{fips204, rfc5912};

/// How requests signed with a leaf's key are verified.
#[derive(Debug)]
pub(crate) struct Verifier<'a> {
    token: &'static str,
    key: UnparsedPublicKey<&'a [u8]>,
}

impl<'a> Verifier<'a> {
    /// The verifier for a leaf's public key; none for keys of kinds the service does not take.
    pub(crate) fn for_leaf(leaf: &'a Certificate) -> Result<Self, &'static str> {
        let (algorithm, curve, key) = leaf.public_key();
        let (token, verification) = algorithm_for(algorithm, curve)
            .ok_or("the leaf's key is not RSA, P-256, P-384, P-521 or ML-DSA")?;
        Ok(Self {
            token,
            key: UnparsedPublicKey::new(verification, key),
        })
    }

    /// The algorithm token that must open `Authorization` for this key.
    pub(crate) fn token(&self) -> &'static str {
        self.token
    }

    /// Whether `signature` is this key's over the string to sign.
    pub(crate) fn verifies(&self, string_to_sign: &[u8], signature: &[u8]) -> bool {
        self.key.verify(string_to_sign, signature).is_ok()
    }
}

/// ECDSA uses SHA-256 on every curve; ML-DSA signs the string itself.
///
/// No document says how short an RSA key may be; below 1024 bits nothing verifies here.
fn algorithm_for(
    key: ObjectIdentifier,
    curve: Option<ObjectIdentifier>,
) -> Option<(&'static str, &'static dyn VerificationAlgorithm)> {
    const ECDSA: &str = "AWS4-X509-ECDSA-SHA256";
    const ML_DSA: &str = "AWS4-X509-MLDSA";
    match (key, curve) {
        (rfc5912::RSA_ENCRYPTION, _) => Some((
            "AWS4-X509-RSA-SHA256",
            &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        )),
        (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_256_R_1)) => {
            Some((ECDSA, &ECDSA_P256_SHA256_ASN1))
        }
        (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_384_R_1)) => {
            Some((ECDSA, &ECDSA_P384_SHA256_ASN1))
        }
        (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_521_R_1)) => {
            Some((ECDSA, &ECDSA_P521_SHA256_ASN1))
        }
        (fips204::ID_ML_DSA_44, None) => Some((ML_DSA, &ML_DSA_44)),
        (fips204::ID_ML_DSA_65, None) => Some((ML_DSA, &ML_DSA_65)),
        (fips204::ID_ML_DSA_87, None) => Some((ML_DSA, &ML_DSA_87)),
        _ => None,
    }
}
