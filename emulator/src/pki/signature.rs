use super::key_type::KeyType;
use const_oid::ObjectIdentifier;
use const_oid::db::{fips204, rfc5912};
use der::Any;
use der::asn1::Null;
use spki::AlgorithmIdentifierOwned;

/// RFC 3279 §2.2.3; the registry has only the hashes that are still in use.
const ECDSA_WITH_SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.1");

/// How a CA signs a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignatureAlgorithm {
    /// What fits the CA's key: SHA-256 for RSA and P-256, the curve's own hash above, pure ML-DSA.
    Usual,
    /// ECDSA with SHA-1, which IAM Roles Anywhere does not take.
    EcdsaSha1,
}

impl SignatureAlgorithm {
    /// The `AlgorithmIdentifier` for a CA key of this type; none for keys that sign no certificates.
    pub(super) fn identifier(self, ca_key: KeyType) -> Option<AlgorithmIdentifierOwned> {
        let with_null = |oid| Some(identifier(oid, Any::encode_from(&Null).ok()));
        let plain = |oid| Some(identifier(oid, None));
        match (self, ca_key) {
            (Self::EcdsaSha1, KeyType::P256) => plain(ECDSA_WITH_SHA_1),
            (Self::EcdsaSha1, _) | (_, KeyType::Ed25519) => None,
            (_, KeyType::P256) => plain(rfc5912::ECDSA_WITH_SHA_256),
            (_, KeyType::P384) => plain(rfc5912::ECDSA_WITH_SHA_384),
            (_, KeyType::P521) => plain(rfc5912::ECDSA_WITH_SHA_512),
            (_, KeyType::MlDsa44) => plain(fips204::ID_ML_DSA_44),
            (_, KeyType::MlDsa65) => plain(fips204::ID_ML_DSA_65),
            (_, KeyType::MlDsa87) => plain(fips204::ID_ML_DSA_87),
            (_, KeyType::Rsa2048 | KeyType::Rsa3072 | KeyType::Rsa4096 | KeyType::Rsa8192) => {
                with_null(rfc5912::SHA_256_WITH_RSA_ENCRYPTION)
            }
        }
    }
}

fn identifier(oid: ObjectIdentifier, parameters: Option<Any>) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters }
}
