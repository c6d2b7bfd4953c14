//! `private_key`, `signature`.

use super::operation::Operation;
use super::{Problem, Subject};
use crate::hex;
use crate::model::protocol::{
    Encoding, PrivateKeyExpected, PrivateKeyInput, SignatureExpected, SignatureInput,
};
use rolesanywhere_core::signing::encode_signature;
use rolesanywhere_core::sigv4::SignatureEncoding;
use rolesanywhere_core::{Identity, SigningKey};

pub(super) struct PrivateKey;

impl Operation for PrivateKey {
    type Input = PrivateKeyInput;
    type Expected = PrivateKeyExpected;
    const NAME: &'static str = "private_key";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &PrivateKeyInput,
        _: Option<&PrivateKeyExpected>,
        subject: &Subject,
    ) -> Result<PrivateKeyExpected, Problem> {
        let file = input.private_key.bytes()?;
        let passphrase = input.passphrase.as_deref().map(str::as_bytes);
        let key = rolesanywhere_core::PrivateKey::from_pem(&file, passphrase)?;
        let key = subject.backend.signing_key(key)?;
        let matches = match &input.certificate {
            Some(certificate) => {
                let identity = Identity::from_pem(&certificate.bytes()?, None)?;
                Some(key.public_key() == identity.public_key())
            }
            None => None,
        };
        Ok(PrivateKeyExpected {
            key_algorithm: key.public_key().algorithm().as_str().to_owned(),
            matches,
        })
    }
}

pub(super) struct Signature;

impl Operation for Signature {
    type Input = SignatureInput;
    type Expected = SignatureExpected;
    const NAME: &'static str = "signature";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &SignatureInput,
        expected: Option<&SignatureExpected>,
        subject: &Subject,
    ) -> Result<SignatureExpected, Problem> {
        let message = input.message.bytes()?;
        if let Some(key) = &input.private_key {
            return sign(&*load(&key.bytes()?, subject)?, &message, expected, subject);
        }
        let certificate = input.certificate.as_ref();
        let certificate = certificate.ok_or("there is neither key nor certificate".to_owned())?;
        let identity = Identity::from_pem(&certificate.bytes()?, None)?;
        let given = external(input.signature_hex.as_deref())?;
        let public_key = identity.public_key();
        let signature = encode_signature(public_key, &given, encoding(input.encoding))?;
        subject.backend.verify(public_key, &message, &signature)?;
        Ok(SignatureExpected {
            signature_hex: signature.to_hex(),
            reproducible: expected.is_some_and(|it| it.reproducible),
        })
    }
}

pub(super) fn load(file: &[u8], subject: &Subject) -> Result<Box<dyn SigningKey>, Problem> {
    Ok(crate::private_key::load(subject.backend, file)?)
}

pub(super) const fn encoding(encoding: Option<Encoding>) -> SignatureEncoding {
    match encoding {
        Some(Encoding::Raw) => SignatureEncoding::Raw,
        Some(Encoding::Der) | None => SignatureEncoding::Der,
    }
}

/// A signature that the case gives.
pub(super) fn external(
    signature_hex: Option<&str>,
) -> Result<rolesanywhere_core::Signature, Problem> {
    let signature = hex::lower(signature_hex.unwrap_or_default())?;
    Ok(rolesanywhere_core::Signature::new(signature))
}

/// Signs. Bytes that are not the same each time are verified, ours and the expected ones, and the
/// expected ones are the answer.
pub(super) fn sign(
    key: &dyn SigningKey,
    message: &[u8],
    expected: Option<&SignatureExpected>,
    subject: &Subject,
) -> Result<SignatureExpected, Problem> {
    let ours = key.sign(message)?;
    let same_bytes = subject.is_deterministic(key.public_key().algorithm());
    match expected {
        Some(expected) if !(expected.reproducible && same_bytes) => {
            let theirs = external(Some(&expected.signature_hex))?;
            for (whose, signature) in [("our own", &ours), ("the expected", &theirs)] {
                let verified = subject.backend.verify(key.public_key(), message, signature);
                verified.map_err(|error| {
                    Problem::broken("signature_hex", format!("{whose} signature: {error}"))
                })?;
            }
            Ok(expected.clone())
        }
        _ => Ok(SignatureExpected {
            signature_hex: ours.to_hex(),
            reproducible: same_bytes,
        }),
    }
}
