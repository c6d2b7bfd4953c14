//! Keys that are elsewhere, and identities that are shared.

use super::world::{World, refused};
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::ErrorCode;
use rolesanywhere::core::sigv4::{SignatureEncoding, SigningRequest};
use rolesanywhere::core::{Backend, PrivateKey, Signature, SigningKey};
use rolesanywhere::provider::SignerError;
use rolesanywhere::{IdentityFiles, IdentitySource, Provider};
use rolesanywhere_emulator::config::Role;
use rolesanywhere_emulator::pki::{IssuedLeaf, KeyType};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

type Answer = Result<(Signature, SignatureEncoding), SignerError>;

fn key(leaf: &IssuedLeaf) -> Box<dyn SigningKey> {
    let pem = leaf.private_key_pem().unwrap();
    AwsLc
        .signing_key(PrivateKey::from_pem(pem.as_bytes(), None).unwrap())
        .unwrap()
}

fn provider(
    world: &World,
    sign: impl Fn(&SigningRequest) -> Answer + Send + Sync + 'static,
) -> Provider {
    let identity = IdentityFiles::new(world.sources()).with_sign(Arc::new(sign));
    let builder = Provider::builder(world.create(), Arc::new(identity), world.transport.clone());
    world.furnish(builder).build()
}

/// r and s of a DER signature, each of `length` bytes.
fn raw(der: &[u8], length: usize) -> Vec<u8> {
    let mut rest = &der[2..];
    let mut raw = Vec::new();
    for _ in 0..2 {
        let (integer, after) = rest[2..].split_at(usize::from(rest[1]));
        let integer: Vec<u8> = integer
            .iter()
            .copied()
            .skip_while(|byte| *byte == 0)
            .collect();
        raw.resize(raw.len() + length - integer.len(), 0);
        raw.extend(integer);
        rest = after;
    }
    raw
}

#[test]
fn both_encodings() {
    let world = World::new("signer");
    for (key_type, encoding) in [
        (KeyType::P256, SignatureEncoding::Raw),
        (KeyType::P256, SignatureEncoding::Der),
        (KeyType::Rsa2048, SignatureEncoding::Der),
    ] {
        let leaf = world.leaf(key_type);
        world.put(&leaf);
        let (key, der) = (key(&leaf), leaf.certificate_der().to_vec());
        let provider = provider(&world, move |request| {
            assert_eq!(request.certificate_der, der);
            let signature = key.sign(&request.message)?;
            Ok(match encoding {
                SignatureEncoding::Raw => (Signature::new(raw(signature.as_bytes(), 32)), encoding),
                _ => (signature, encoding),
            })
        });
        provider.credentials().unwrap();
    }
}

#[test]
fn what_a_signer_raises_is_the_cause() {
    let world = World::new("signer-fails");
    let provider = provider(&world, |_| Err("the token was pulled out".into()));
    let error = refused(provider.credentials(), ErrorCode::SigningFailed);
    assert_eq!(
        error.source().unwrap().to_string(),
        "the token was pulled out"
    );
    assert_eq!(world.sent(), 0);
}

#[test]
fn a_signature_by_another_key_is_not_sent() {
    let world = World::new("signer-other-key");
    let other = key(&world.leaf(KeyType::P256));
    let provider = provider(&world, move |request| {
        Ok((other.sign(&request.message)?, SignatureEncoding::Der))
    });
    refused(provider.credentials(), ErrorCode::SignatureInvalid);
    assert_eq!(world.sent(), 0);
}

#[test]
fn one_identity_for_several_providers_and_roles() {
    let mut world = World::new("shared");
    let second = "arn:aws:iam::111122223333:role/Second";
    world.config.roles.push(Role::new(second));
    world.config.profiles[0].role_arns.push(second.to_owned());
    world.stop();
    world.start();
    let (files, asked) = (
        IdentityFiles::new(world.sources()),
        Arc::new(AtomicUsize::new(0)),
    );
    let count = Arc::clone(&asked);
    let identity: Arc<dyn IdentitySource> = Arc::new(move || {
        count.fetch_add(1, Ordering::SeqCst);
        files.snapshot()
    });
    let first = world.config.roles[0].role_arn.clone();
    for role in [first.as_str(), &first, second] {
        let transport = world.transport.clone();
        let create = world.create_as(role);
        let builder = Provider::builder(create, Arc::clone(&identity), transport);
        let credentials = world.furnish(builder).build().credentials().unwrap();
        assert!(credentials.role_arn().is_some_and(|arn| arn == role));
    }
    assert_eq!((asked.load(Ordering::SeqCst), world.sent()), (3, 3));
}
