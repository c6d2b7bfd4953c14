//! `read-certificate-data`: the helper's JSON, byte for byte.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere::core::encoding::base64;
use rolesanywhere_emulator::pki::{KeyType, LeafOptions, Serial};

fn read(path: &str) -> Run {
    Run::of(command().args(["read-certificate-data", "--certificate", path]))
}

#[test]
fn every_kind_of_key_is_described() {
    let world = World::new();
    for (key_type, name, algorithms) in [
        (
            KeyType::Rsa2048,
            "RSA",
            r#""RSASHA256","RSASHA384","RSASHA512""#,
        ),
        (KeyType::P256, "EC", r#""ECSHA256","ECSHA384","ECSHA512""#),
        (KeyType::P384, "EC", r#""ECSHA256","ECSHA384","ECSHA512""#),
        (KeyType::P521, "EC", r#""ECSHA256","ECSHA384","ECSHA512""#),
        (KeyType::MlDsa44, "ML-DSA-44", r#""ML-DSA-44""#),
        (KeyType::MlDsa65, "ML-DSA-65", r#""ML-DSA-65""#),
        (KeyType::MlDsa87, "ML-DSA-87", r#""ML-DSA-87""#),
    ] {
        let serial = Serial::from_content_octets(&[0x00, 0xff, 0x01]);
        let leaf = world.leaf(
            "leaf",
            &LeafOptions::new().key_type(key_type).serial(serial),
        );
        let expected = format!(
            r#"{{"keyType":"{name}","certificateData":"{}","serialNumber":"65281","supportedAlgorithms":[{algorithms}]}}"#,
            base64(leaf.certificate_der())
        );
        assert_eq!(read(&world.path("leaf.pem")).succeeded().text(), expected);
    }
}

#[test]
fn a_certificate_that_cannot_be_used_is_described_all_the_same() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new().expired().ca().subject(""));
    assert!(
        read(&world.path("leaf.pem"))
            .succeeded()
            .text()
            .starts_with(r#"{"keyType":"EC""#)
    );
}

#[test]
fn two_leaves_are_ambiguous() {
    let world = World::new();
    let one = world.leaf("one", &LeafOptions::new());
    let other = world.leaf("other", &LeafOptions::new());
    let path = world.file("two.pem", one.certificate_pem() + &other.certificate_pem());
    read(&path).failed("leaf_ambiguous", 3);
}

#[test]
fn a_certificate_from_standard_input() {
    let world = World::new();
    let leaf = world.leaf("leaf", &LeafOptions::new());
    let mut command = command();
    command.args(["read-certificate-data", "--certificate", "-"]);
    let run = Run::with_input(&mut command, leaf.certificate_pem().as_bytes()).succeeded();
    assert_eq!(run.text(), read(&world.path("leaf.pem")).text());
}

#[test]
fn what_is_no_certificate_is_refused() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    read(&world.path("leaf-key.pem")).failed("certificate_missing", 3);
    read(&world.path("missing.pem")).failed("file_not_found", 3);
}
