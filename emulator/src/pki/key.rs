use super::key_type::KeyType;
use super::pem;
use super::signature::SignatureAlgorithm;
use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, ML_DSA_44_SIGNING,
    ML_DSA_65_SIGNING, ML_DSA_87_SIGNING, PqdsaKeyPair, PqdsaSigningAlgorithm, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use rolesanywhere_core::error::{Error, ErrorCode, Result};

/// A private key and its public half.
#[derive(Debug)]
pub struct KeyPair {
    key_type: KeyType,
    key: Key,
}

#[derive(Debug)]
enum Key {
    Rsa(RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
    MlDsa(PqdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl KeyPair {
    /// A new key.
    ///
    /// # Errors
    /// `internal` when the key cannot be made.
    pub fn generate(key_type: KeyType) -> Result<Self> {
        let key = match key_type {
            KeyType::Rsa2048 => Key::rsa(KeySize::Rsa2048),
            KeyType::Rsa3072 => Key::rsa(KeySize::Rsa3072),
            KeyType::Rsa4096 => Key::rsa(KeySize::Rsa4096),
            KeyType::Rsa8192 => Key::rsa(KeySize::Rsa8192),
            KeyType::P256 => Key::ecdsa(&ECDSA_P256_SHA256_ASN1_SIGNING),
            KeyType::P384 => Key::ecdsa(&ECDSA_P384_SHA384_ASN1_SIGNING),
            KeyType::P521 => Key::ecdsa(&ECDSA_P521_SHA512_ASN1_SIGNING),
            KeyType::MlDsa44 => Key::ml_dsa(&ML_DSA_44_SIGNING),
            KeyType::MlDsa65 => Key::ml_dsa(&ML_DSA_65_SIGNING),
            KeyType::MlDsa87 => Key::ml_dsa(&ML_DSA_87_SIGNING),
            KeyType::Ed25519 => Ed25519KeyPair::generate().ok().map(Key::Ed25519),
        };
        let key = key.ok_or_else(|| Error::new(ErrorCode::Internal, "a key could not be made"))?;
        Ok(Self { key_type, key })
    }

    /// Reads a PKCS#8 key that this type has written.
    ///
    /// # Errors
    /// `pem_malformed`, and `private_key_malformed` for keys of other kinds.
    pub fn from_pem(text: &str) -> Result<Self> {
        let pkcs8 = pem::decode("PRIVATE KEY", text)?;
        let found = KeyType::ALL.iter().find_map(|key_type| {
            let key = Key::from_pkcs8(*key_type, &pkcs8)?;
            Some(Self {
                key_type: *key_type,
                key,
            })
        });
        found.ok_or_else(|| {
            Error::new(
                ErrorCode::PrivateKeyMalformed,
                "the key is not one this authority makes",
            )
        })
    }

    /// The kind of key.
    #[must_use]
    pub fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// The private key as PKCS#8 in PEM; ML-DSA in the seed form.
    ///
    /// # Errors
    /// `internal` when the key cannot be written.
    pub fn to_pem(&self) -> Result<String> {
        pem::encode("PRIVATE KEY", &self.key.pkcs8().ok_or_else(unwritable)?)
    }

    /// The `SubjectPublicKeyInfo`, in DER.
    ///
    /// # Errors
    /// `internal` when the key cannot be written.
    pub fn public_key_info(&self) -> Result<Vec<u8>> {
        self.key.public_key_info().ok_or_else(unwritable)
    }

    pub(super) fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>> {
        let signature = match algorithm {
            SignatureAlgorithm::Usual => self.key.sign(message),
            SignatureAlgorithm::EcdsaSha1 => self.key.sign_ecdsa_sha1(message),
        };
        signature.ok_or_else(|| Error::new(ErrorCode::SigningFailed, "the CA key cannot sign this"))
    }
}

impl Key {
    fn rsa(size: KeySize) -> Option<Self> {
        RsaKeyPair::generate(size).ok().map(Self::Rsa)
    }

    fn ecdsa(algorithm: &'static EcdsaSigningAlgorithm) -> Option<Self> {
        EcdsaKeyPair::generate(algorithm).ok().map(Self::Ecdsa)
    }

    fn ml_dsa(algorithm: &'static PqdsaSigningAlgorithm) -> Option<Self> {
        PqdsaKeyPair::generate(algorithm).ok().map(Self::MlDsa)
    }

    fn from_pkcs8(key_type: KeyType, pkcs8: &[u8]) -> Option<Self> {
        let rsa = |bytes: usize| {
            let key = RsaKeyPair::from_pkcs8(pkcs8).ok()?;
            (key.public_modulus_len() == bytes).then_some(Self::Rsa(key))
        };
        let ecdsa = |algorithm| {
            EcdsaKeyPair::from_pkcs8(algorithm, pkcs8)
                .ok()
                .map(Self::Ecdsa)
        };
        let ml_dsa = |algorithm| {
            PqdsaKeyPair::from_pkcs8(algorithm, pkcs8)
                .ok()
                .map(Self::MlDsa)
        };
        match key_type {
            KeyType::Rsa2048 => rsa(256),
            KeyType::Rsa3072 => rsa(384),
            KeyType::Rsa4096 => rsa(512),
            KeyType::Rsa8192 => rsa(1024),
            KeyType::P256 => ecdsa(&ECDSA_P256_SHA256_ASN1_SIGNING),
            KeyType::P384 => ecdsa(&ECDSA_P384_SHA384_ASN1_SIGNING),
            KeyType::P521 => ecdsa(&ECDSA_P521_SHA512_ASN1_SIGNING),
            KeyType::MlDsa44 => ml_dsa(&ML_DSA_44_SIGNING),
            KeyType::MlDsa65 => ml_dsa(&ML_DSA_65_SIGNING),
            KeyType::MlDsa87 => ml_dsa(&ML_DSA_87_SIGNING),
            KeyType::Ed25519 => Ed25519KeyPair::from_pkcs8(pkcs8).ok().map(Self::Ed25519),
        }
    }

    fn pkcs8(&self) -> Option<Vec<u8>> {
        let document: Pkcs8V1Der<'_> = match self {
            Self::Rsa(key) => key.as_der().ok()?,
            Self::Ecdsa(key) => return Some(key.to_pkcs8v1().ok()?.as_ref().to_vec()),
            Self::MlDsa(key) => return Some(key.to_pkcs8v1().ok()?.as_ref().to_vec()),
            Self::Ed25519(key) => key.as_der().ok()?,
        };
        Some(document.as_ref().to_vec())
    }

    fn public_key_info(&self) -> Option<Vec<u8>> {
        let document: PublicKeyX509Der<'_> = match self {
            Self::Rsa(key) => key.public_key().as_der().ok()?,
            Self::Ecdsa(key) => key.public_key().as_der().ok()?,
            Self::MlDsa(key) => key.public_key().as_der().ok()?,
            Self::Ed25519(key) => key.public_key().as_der().ok()?,
        };
        Some(document.as_ref().to_vec())
    }

    fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                let random = SystemRandom::new();
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .ok()?;
                Some(signature)
            }
            Self::Ecdsa(key) => {
                let signature = key.sign(&SystemRandom::new(), message).ok()?;
                Some(signature.as_ref().to_vec())
            }
            Self::MlDsa(key) => {
                let mut signature = vec![0; key.algorithm().signature_len()];
                key.sign(message, &mut signature).ok()?;
                Some(signature)
            }
            Self::Ed25519(key) => Some(key.sign(message).as_ref().to_vec()),
        }
    }

    /// The library signs no SHA-1. ECDSA takes the hash as an integer, so that SHA-1's 20 octets,
    /// padded on the left to SHA-256's 32, give a true ECDSA-with-SHA-1 signature on P-256.
    fn sign_ecdsa_sha1(&self, message: &[u8]) -> Option<Vec<u8>> {
        let Self::Ecdsa(key) = self else { return None };
        let sha1 = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, message);
        let mut padded = vec![0; 12];
        padded.extend(sha1.as_ref());
        let digest = Digest::import_less_safe(&padded, &digest::SHA256).ok()?;
        Some(key.sign_digest(&digest).ok()?.as_ref().to_vec())
    }
}

fn unwritable() -> Error {
    Error::new(ErrorCode::Internal, "a key could not be written")
}

#[cfg(test)]
mod tests {
    use super::{KeyPair, KeyType};

    #[test]
    fn every_kind_survives_pem() {
        for key_type in KeyType::ALL
            .iter()
            .filter(|kind| **kind != KeyType::Rsa8192)
        {
            let key = KeyPair::generate(*key_type).unwrap();
            let again = KeyPair::from_pem(&key.to_pem().unwrap()).unwrap();
            assert_eq!(again.key_type(), *key_type);
            assert_eq!(
                again.public_key_info().unwrap(),
                key.public_key_info().unwrap()
            );
        }
    }
}
