//! `sign-string`: the helper's self-test of a key.

use crate::output;
use crate::passphrase;
use crate::report::Report;
use crate::settings::Settings;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::Result;
use rolesanywhere::core::signing::{Backend, MessageHash, PublicKey, SigningKey};
use rolesanywhere::core::{KeyAlgorithm, PrivateKey};
use rolesanywhere::provider::{identity_sources, passphrase_source};
use rolesanywhere::{IdentityFiles, IdentitySource, Snapshot, SourceReader};
use sha2::{Digest, Sha256};
use std::sync::Arc;

pub(super) fn run(settings: &Settings<'_>, _report: &Report) -> Result<()> {
    let format = settings.choice("format", &["json", "text", "bin"])?;
    let hash = match settings.choice("digest", &["SHA256", "SHA384", "SHA512"])? {
        Some("SHA384") => MessageHash::Sha384,
        Some("SHA512") => MessageHash::Sha512,
        _ => MessageHash::Sha256,
    };
    let key = key(settings)?;
    let key = key.get();
    let signature = key.sign_with(hash, &message(key.public_key()))?;
    match format {
        Some("bin") => output::write(signature.as_bytes()),
        Some("text") => output::write(signature.to_hex().as_bytes()),
        _ => output::write(format!("\"{}\"", signature.to_hex()).as_bytes()),
    }
}

/// The key, alone or with its certificate.
enum Key {
    Alone(Box<dyn SigningKey>),
    OfIdentity(Arc<Snapshot>),
}

impl Key {
    fn get(&self) -> &dyn SigningKey {
        match self {
            Self::Alone(key) => key.as_ref(),
            Self::OfIdentity(snapshot) => snapshot.key.as_ref(),
        }
    }
}

/// The key alone is enough; with a certificate too, the two have to belong together.
fn key(settings: &Settings<'_>) -> Result<Key> {
    let options = settings.options();
    let mut stdin = std::io::stdin().lock();
    if options.is_given(OptionName::Certificate) {
        let sources = identity_sources(options)?.with_standard_input(&mut stdin)?;
        let files = passphrase::opened(IdentityFiles::new(sources), options)?;
        return files.snapshot().map(Key::OfIdentity);
    }
    let mut reader = SourceReader::new(settings.environment()).with_standard_input(&mut stdin);
    let file = reader.read(&settings.source(OptionName::PrivateKey)?)?;
    let given = match passphrase_source(options)? {
        Some(source) => Some(reader.read_passphrase(&source)?),
        None => None,
    };
    let given = given.as_ref().map(|it| it.as_slice());
    let key = passphrase::with_passphrase(options, |asked| {
        PrivateKey::from_pem(&file, given.or(asked))
    })?;
    AwsLc.signing_key(key).map(Key::Alone)
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
