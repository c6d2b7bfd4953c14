//! Certificates and keys that the service would refuse, or that do not belong together.

use crate::world::{World, public_key_pem};
use rolesanywhere::core::Identity;
use rolesanywhere_emulator::pki::{Authority, KeyType, KeyUsage, LeafOptions};

#[test]
fn certificates_that_the_service_refuses() {
    let world = World::new();
    let usage = KeyUsage::KeyEncipherment;
    for (options, code) in [
        (LeafOptions::new().ca(), "certificate_is_ca"),
        (LeafOptions::new().key_usage(usage), "certificate_key_usage"),
        (LeafOptions::new().sha1(), "certificate_signature_weak"),
        (LeafOptions::new().subject(""), "certificate_subject_empty"),
        (LeafOptions::new().version_1(), "certificate_version"),
        (
            LeafOptions::new().key_type(KeyType::Ed25519),
            "key_algorithm_unsupported",
        ),
    ] {
        world.leaf("leaf", &options);
        world.run("leaf", &[]).failed(code, 3);
    }
    assert!(world.emulator.requests().is_empty(), "nothing was sent");
}

#[test]
fn a_key_that_is_too_small() {
    let world = World::new();
    let public = include_str!("../../data/rsa-512-public.pem");
    let options = LeafOptions::new().public_key_pem(public).unwrap();
    world.file(
        "small.pem",
        world.root.issue(&options).unwrap().certificate_pem(),
    );
    world.file("small-key.pem", include_str!("../../data/rsa-512-key.pem"));
    world.run("small", &[]).failed("key_too_small", 3);
}

#[test]
fn keys_and_certificates_that_do_not_belong_together() {
    let world = World::new();
    let leaf = world.root.issue(&LeafOptions::new()).unwrap();
    let key = || {
        world
            .root
            .issue(&LeafOptions::new())
            .unwrap()
            .private_key_pem()
            .unwrap()
    };
    world.file("mismatch.pem", leaf.certificate_pem());
    world.file("mismatch-key.pem", key());
    world.run("mismatch", &[]).failed("key_mismatch", 3);

    world.file("two-keys.pem", leaf.certificate_pem());
    world.file("two-keys-key.pem", key() + &key());
    world
        .run("two-keys", &[])
        .failed("private_key_ambiguous", 3);

    let identity = Identity::from_pem(leaf.certificate_der(), None).unwrap();
    let same_key = LeafOptions::new()
        .public_key_pem(&public_key_pem(identity.public_key()))
        .unwrap();
    let renewed = world.root.issue(&same_key).unwrap();
    world.file(
        "twice.pem",
        leaf.certificate_pem() + &renewed.certificate_pem(),
    );
    world.file("twice-key.pem", leaf.private_key_pem().unwrap());
    world.run("twice", &[]).failed("leaf_ambiguous", 3);

    world.leaf("good", &LeafOptions::new());
    let stranger = Authority::generate(KeyType::P256)
        .unwrap()
        .intermediate(KeyType::P256)
        .unwrap();
    let stranger = world.file("stranger.pem", stranger.certificate_pem());
    world
        .run("good", &["--intermediates", &stranger])
        .failed("chain_unlinked", 3);
    assert!(world.emulator.requests().is_empty(), "nothing was sent");
}

#[test]
fn encrypted_keys_are_told_apart() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let body = "MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBBPV0FSAgFz\n";
    let pkcs8 = format!(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{body}-----END ENCRYPTED PRIVATE KEY-----\n"
    );
    let traditional = format!(
        "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n{body}-----END EC PRIVATE KEY-----\n"
    );
    for (key, code) in [
        (pkcs8, "private_key_encrypted"),
        (traditional, "key_encryption_unsupported"),
    ] {
        world.file("leaf-key.pem", key);
        world.run("leaf", &[]).failed(code, 3);
    }
}
