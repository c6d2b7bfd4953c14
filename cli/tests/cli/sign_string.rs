//! `sign-string`: the helper's fixed text, signed.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::signing::{Backend, PublicKey, Signature};
use rolesanywhere::core::{Identity, KeyAlgorithm};
use rolesanywhere_emulator::pki::{IssuedLeaf, KeyType, LeafOptions};
use sha2::{Digest, Sha256};
use std::process::Command;

fn sign(world: &World, more: &[&str]) -> Run {
    let key = world.path("leaf-key.pem");
    Run::of(
        command()
            .args(["sign-string", "--private-key", &key])
            .args(more),
    )
}

/// The text that the helper documents, for this key.
fn text(public_key: &PublicKey) -> Vec<u8> {
    let mut message = b"AWS Roles Anywhere Credential Helper Signing Test1".to_vec();
    if !matches!(
        public_key.algorithm(),
        KeyAlgorithm::MlDsa44 | KeyAlgorithm::MlDsa65 | KeyAlgorithm::MlDsa87
    ) {
        let digest = Sha256::digest([b"IAM RA", public_key.key_bytes()].concat());
        message.extend_from_slice(&digest);
    }
    message
}

#[track_caller]
fn verify(leaf: &IssuedLeaf, signature: &[u8]) {
    let identity = Identity::from_pem(leaf.certificate_der(), None).unwrap();
    let public_key = identity.public_key();
    let signature = Signature::new(signature.to_vec());
    AwsLc
        .verify(public_key, &text(public_key), &signature)
        .unwrap();
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap())
        .collect()
}

#[test]
fn every_kind_of_key_signs_without_a_certificate() {
    let world = World::new();
    for key_type in [
        KeyType::Rsa2048,
        KeyType::P256,
        KeyType::P384,
        KeyType::P521,
        KeyType::MlDsa65,
    ] {
        let leaf = world.leaf("leaf", &LeafOptions::new().key_type(key_type));
        let run = sign(&world, &[]).succeeded();
        let hex = run
            .text()
            .strip_prefix('"')
            .unwrap()
            .strip_suffix('"')
            .unwrap();
        assert_eq!(hex, hex.to_ascii_lowercase());
        verify(&leaf, &unhex(hex));
    }
}

#[test]
fn the_three_formats_hold_the_same_signature() {
    let world = World::new();
    let leaf = world.leaf("leaf", &LeafOptions::new().key_type(KeyType::Rsa2048));
    let json = sign(&world, &["--format", "json"]).succeeded();
    let text = sign(&world, &["--format", "text", "--digest", "SHA256"]).succeeded();
    let binary = sign(&world, &["--format", "bin"]).succeeded();
    assert_eq!(json.text(), format!("\"{}\"", text.text()));
    assert_eq!(unhex(text.text()), binary.stdout);
    verify(&leaf, &binary.stdout);
}

#[test]
fn a_certificate_must_belong_to_the_key() {
    let world = World::new();
    world.leaf("other", &LeafOptions::new());
    world.leaf("leaf", &LeafOptions::new());
    sign(&world, &["--certificate", &world.path("leaf.pem")]).succeeded();
    sign(&world, &["--certificate", &world.path("other.pem")]).failed("key_mismatch", 3);
}

#[test]
fn values_are_checked() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    sign(&world, &["--format", "yaml"]).failed("option_invalid", 2);
    sign(&world, &["--digest", "MD5"]).failed("option_invalid", 2);
    let mut command = command();
    command.args(["sign-string", "--private-key", &world.path("leaf.pem")]);
    Run::of(&mut command).failed("private_key_missing", 3);
}

/// Asks OpenSSL, which knows every hash with every key; `None` where there is no OpenSSL.
fn openssl_verifies(
    world: &World,
    leaf: &IssuedLeaf,
    digest: &str,
    signature: &[u8],
) -> Option<bool> {
    let identity = Identity::from_pem(leaf.certificate_der(), None).unwrap();
    let text = world.file("text", text(identity.public_key()));
    let signature = world.file("signature", signature);
    let mut public = Command::new("openssl");
    public.args(["x509", "-pubkey", "-noout", "-in", &world.path("leaf.pem")]);
    let public = world.file("public.pem", public.output().ok()?.stdout);
    let mut verify = Command::new("openssl");
    verify.args([
        "dgst",
        &format!("-{digest}"),
        "-verify",
        &public,
        "-signature",
        &signature,
        &text,
    ]);
    Some(verify.output().ok()?.status.success())
}

#[test]
fn every_digest_with_every_key() {
    let world = World::new();
    for key_type in [
        KeyType::Rsa2048,
        KeyType::P256,
        KeyType::P384,
        KeyType::P521,
    ] {
        let leaf = world.leaf("leaf", &LeafOptions::new().key_type(key_type));
        for digest in ["SHA256", "SHA384", "SHA512"] {
            let run = sign(&world, &["--digest", digest, "--format", "bin"]).succeeded();
            let verdict = openssl_verifies(&world, &leaf, &digest.to_lowercase(), &run.stdout);
            let Some(verdict) = verdict else {
                println!("SKIP cli::every_digest_with_every_key: no openssl command here");
                return;
            };
            assert!(verdict, "{key_type} {digest}");
        }
    }
}
