//! Which chains lead to the trust anchor.

use crate::world::{NOW, World, answer, sign_again, with_header, without_header};
use rolesanywhere_core::ErrorCode;
use rolesanywhere_core::encoding::base64;
use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};
use rolesanywhere_emulator::{Clock, Request, Service};

/// The CA at the end of so many intermediates below `root`.
fn issuer(root: &Authority, key_type: KeyType, intermediates: usize) -> Authority {
    let mut lowest = root.intermediate_at(key_type, NOW).unwrap();
    for _ in 1..intermediates {
        lowest = lowest.intermediate_at(key_type, NOW).unwrap();
    }
    lowest
}

#[test]
fn up_to_five_intermediates_are_taken() {
    let world = World::new();
    let service = world.service();
    for intermediates in [1, 5] {
        let leaf = issuer(&world.root, KeyType::P384, intermediates);
        let leaf = leaf.issue(&World::leaf_options()).unwrap();
        let (reply, record) = answer(&service, &world.sign(&leaf));
        assert_eq!(reply.status, 201, "{record:?}");
    }
}

#[test]
fn what_is_wrong_with_the_header_is_told() {
    let world = World::new();
    let service = world.service();
    let leaf = issuer(&world.root, KeyType::P256, 5)
        .issue(&World::leaf_options())
        .unwrap();
    let request = world.sign(&leaf);
    let root = base64(world.root.certificate_der());
    let check = |changed: &Request, status: u16, reason: &str| {
        let (reply, record) = answer(&service, &sign_again(changed, &leaf));
        assert_eq!(reply.status, status, "{record:?}");
        assert!(
            record.reason.unwrap_or_default().contains(reason),
            "{reason}"
        );
    };
    let chain =
        |change: &dyn Fn(String) -> String| with_header(&request, "x-amz-x509-chain", change);
    check(&request, 201, "");
    check(
        &chain(&|value| format!("{value},{root}")),
        403,
        "more than five",
    );
    check(&chain(&|value| value.replace(',', ", ")), 403, "not base64");
    check(&chain(&|value| value.replace(',', ",,")), 403, "not base64");
    check(
        &chain(&|value| value.replacen("MII", "MII ", 1)),
        403,
        "not base64",
    );
    check(
        &chain(&|value| value.split_once(',').unwrap().1.to_owned()),
        403,
        "does not chain",
    );
    check(
        &without_header(&request, "x-amz-x509-chain"),
        403,
        "does not chain",
    );
    // In whatever order they come.
    check(
        &chain(&|value| value.split(',').rev().collect::<Vec<_>>().join(",")),
        201,
        "",
    );
}

#[test]
fn an_intermediate_may_be_the_anchor() {
    let root = Authority::generate_at(KeyType::P256, NOW).unwrap();
    let world = World::trusting(root.intermediate_at(KeyType::Rsa2048, NOW).unwrap());
    let leaf = world.leaf();
    let (reply, record) = answer(&world.service(), &world.sign(&leaf));
    assert_eq!(reply.status, 201, "{record:?}");
}

#[test]
fn an_issuer_that_may_not_sign_certificates_is_refused() {
    let world = World::new();
    let half_ca = world
        .root
        .issue(&World::leaf_options().subject("CN=half a CA").ca())
        .unwrap();
    let pem = half_ca.certificate_pem();
    let issuer = Authority::from_pem(&pem, &half_ca.private_key_pem().unwrap(), &pem).unwrap();
    let leaf = issuer.issue(&World::leaf_options()).unwrap();
    let (reply, record) = answer(&world.service(), &world.sign(&leaf));
    assert_eq!(reply.status, 403);
    assert!(record.reason.unwrap().contains("does not chain"));
}

#[test]
fn cas_of_every_kind_are_taken() {
    for key_type in [
        KeyType::Rsa2048,
        KeyType::P521,
        KeyType::MlDsa44,
        KeyType::MlDsa87,
    ] {
        let world = World::trusting(Authority::generate_at(key_type, NOW).unwrap());
        let leaf = issuer(&world.root, key_type, 1);
        let leaf = leaf
            .issue(&LeafOptions::new().issued_at(NOW).key_type(key_type))
            .unwrap();
        let (reply, record) = answer(&world.service(), &world.sign(&leaf));
        assert_eq!(reply.status, 201, "{key_type}: {record:?}");
    }
}

#[test]
fn an_anchor_must_be_a_ca() {
    let mut world = World::new();
    for (pem, code) in [
        (
            world.leaf().certificate_pem(),
            ErrorCode::CertificateMalformed,
        ),
        (String::new(), ErrorCode::CertificateMissing),
        (
            "-----BEGIN CERTIFICATE-----\nAA".to_owned(),
            ErrorCode::PemMalformed,
        ),
    ] {
        world.config.trust_anchors[0].x509_certificate_data = pem;
        let error = Service::new(&world.config, Clock::fixed(NOW)).unwrap_err();
        assert_eq!(error.code(), code);
    }
}
