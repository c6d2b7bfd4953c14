//! Which leaves are taken, and which are not.

use crate::world::{World, answer, json, with_header};
use rolesanywhere_core::encoding::base64;
use rolesanywhere_emulator::pki::{Authority, KeyType, KeyUsage, LeafOptions, Serial};

#[test]
fn every_kind_of_key_is_taken() {
    let world = World::new();
    let service = world.service();
    let refused = [KeyType::Ed25519, KeyType::Rsa8192];
    for key_type in KeyType::ALL.iter().filter(|kind| !refused.contains(kind)) {
        let leaf = world
            .root
            .issue(&World::leaf_options().key_type(*key_type))
            .unwrap();
        let (reply, record) = answer(&service, &world.sign(&leaf));
        assert_eq!(reply.status, 201, "{key_type}: {record:?}");
    }
}

#[test]
fn wrong_leaves_are_refused() {
    let world = World::new();
    let service = world.service();
    let wrongs: [(LeafOptions, &str); 8] = [
        (
            World::leaf_options().expired(),
            "validity ended at 2026-11-20T05:53:19Z",
        ),
        (
            World::leaf_options().not_yet_valid(),
            "not valid before 2026-11-22T05:53:19Z",
        ),
        (World::leaf_options().ca(), "CA certificate"),
        (
            World::leaf_options().key_usage(KeyUsage::KeyEncipherment),
            "digitalSignature",
        ),
        (
            World::leaf_options().key_usage(KeyUsage::Absent),
            "no keyUsage",
        ),
        (World::leaf_options().sha1(), "SHA-256"),
        (World::leaf_options().subject(""), "subject is empty"),
        (World::leaf_options().version_1(), "version 3"),
    ];
    for (options, reason) in wrongs {
        let leaf = world.root.issue(&options).unwrap();
        let (reply, record) = answer(&service, &world.sign(&leaf));
        assert_eq!(reply.status, 403, "{reason}");
        assert_eq!(
            json(&reply)["message"],
            "Untrusted Signing Certificate",
            "{reason}"
        );
        let error_type = (
            "x-amzn-ErrorType".to_owned(),
            "AccessDeniedException".to_owned(),
        );
        assert!(reply.headers.contains(&error_type), "{reason}: {reply:?}");
        assert!(
            record.reason.as_ref().unwrap().contains(reason),
            "{record:?}"
        );
    }
}

#[test]
fn a_leaf_without_key_usage_is_taken_when_the_settings_say_so() {
    let mut world = World::new();
    world.config.settings.lenient_key_usage = true;
    let service = world.service();
    for (key_usage, status) in [(KeyUsage::Absent, 201), (KeyUsage::KeyEncipherment, 403)] {
        let leaf = world
            .root
            .issue(&World::leaf_options().key_usage(key_usage))
            .unwrap();
        assert_eq!(
            service.answer(&world.sign(&leaf)).status,
            status,
            "{key_usage:?}"
        );
    }
}

#[test]
fn keys_of_other_kinds_are_refused() {
    let world = World::new();
    let other = world
        .root
        .issue(&World::leaf_options().key_type(KeyType::Ed25519))
        .unwrap();
    let request = with_header(&world.sign(&world.leaf()), "x-amz-x509", |_| {
        base64(other.certificate_der())
    });
    let (reply, record) = answer(&world.service(), &request);
    assert_eq!(reply.status, 403);
    assert!(record.reason.unwrap().contains("not RSA, P-256"));
}

#[test]
fn another_ca_of_the_same_name_is_not_trusted() {
    let world = World::new();
    let namesake = Authority::generate_at(KeyType::P256, crate::world::NOW).unwrap();
    let leaf = namesake.issue(&World::leaf_options()).unwrap();
    let (reply, record) = answer(&world.service(), &world.sign(&leaf));
    assert_eq!(reply.status, 403);
    assert!(record.reason.unwrap().contains("does not chain"));
}

#[test]
fn serial_numbers_of_every_length_name_the_session() {
    let world = World::new();
    let service = world.service();
    let longest = format!("0x{}", "ff".repeat(20));
    for (serial, name) in [
        ("1", "01".to_owned()),
        ("128", "0080".to_owned()),
        ("0x7fffffffffffffff", "7f".to_owned() + &"ff".repeat(7)),
        (longest.as_str(), "00".to_owned() + &"ff".repeat(20)),
    ] {
        let serial: Serial = serial.parse().unwrap();
        let leaf = world
            .root
            .issue(&World::leaf_options().serial(serial))
            .unwrap();
        let (reply, record) = answer(&service, &world.sign(&leaf));
        assert_eq!(reply.status, 201, "{name}: {record:?}");
        let set = &json(&reply)["credentialSet"][0];
        let arn = format!("arn:aws:sts::111122223333:assumed-role/EmulatorRole/{name}");
        assert_eq!(set["assumedRoleUser"]["arn"], arn);
        assert_eq!(set["sourceIdentity"], "CN=build-7");
    }
}

#[test]
fn credential_must_name_the_leaf() {
    let world = World::new();
    let serial: Serial = "4660".parse().unwrap();
    let leaf = world
        .root
        .issue(&World::leaf_options().serial(serial))
        .unwrap();
    // The string to sign holds no serial number: the signature still verifies.
    let request = with_header(&world.sign(&leaf), "authorization", |value| {
        value.replace("Credential=4660/", "Credential=4661/")
    });
    let (reply, record) = answer(&world.service(), &request);
    assert_eq!(reply.status, 403);
    assert!(record.reason.unwrap().contains("serial number"));
}
