//! `sign-string`: the helper's self-test of a key.

use crate::output;
use crate::report::Report;
use crate::settings::Settings;
use rolesanywhere::SourceReader;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::Result;
use rolesanywhere::core::signing::{Backend, MessageHash, PublicKey, SigningKey};
use rolesanywhere::core::{KeyAlgorithm, PrivateKey};
use rolesanywhere::provider::{identity_sources, passphrase_source};
use sha2::{Digest, Sha256};

pub(super) fn run(settings: &Settings<'_>, _report: &Report) -> Result<()> {
    let format = settings.choice("format", &["json", "text", "bin"])?;
    let hash = match settings.choice("digest", &["SHA256", "SHA384", "SHA512"])? {
        Some("SHA384") => MessageHash::Sha384,
        Some("SHA512") => MessageHash::Sha512,
        _ => MessageHash::Sha256,
    };
    let key = key(settings)?;
    let signature = key.sign_with(hash, &message(key.public_key()))?;
    match format {
        Some("bin") => output::write(signature.as_bytes()),
        Some("text") => output::write(signature.to_hex().as_bytes()),
        _ => output::write(format!("\"{}\"", signature.to_hex()).as_bytes()),
    }
}

/// The key alone is enough; with a certificate too, the two have to belong together.
fn key(settings: &Settings<'_>) -> Result<Box<dyn SigningKey>> {
    let mut stdin = std::io::stdin().lock();
    let mut reader = SourceReader::new(settings.environment()).with_standard_input(&mut stdin);
    if settings.options().is_given(OptionName::Certificate) {
        return identity_sources(settings.options())?
            .load(&mut reader)
            .map(|snapshot| snapshot.key);
    }
    let source = settings.source(OptionName::PrivateKey)?;
    let file = reader.read(&source)?;
    let passphrase = match passphrase_source(settings.options())? {
        Some(source) => Some(reader.read_passphrase(&source)?),
        None => None,
    };
    let key = PrivateKey::from_pem(&file, passphrase.as_ref().map(|it| it.as_slice()))?;
    AwsLc.signing_key(key)
}

/// A fixed text, the version of the test, and a digest of the public key; no digest for ML-DSA.
fn message(public_key: &PublicKey) -> Vec<u8> {
    let mut message = b"AWS Roles Anywhere Credential Helper Signing Test1".to_vec();
    if let KeyAlgorithm::Rsa | KeyAlgorithm::P256 | KeyAlgorithm::P384 | KeyAlgorithm::P521 =
        public_key.algorithm()
    {
        let digest = Sha256::new()
            .chain_update("IAM RA")
            .chain_update(public_key.key_bytes());
        message.extend_from_slice(&digest.finalize());
    }
    message
}
