//! Revocation lists that were imported for a trust anchor.

use crate::world::{NOW, World, answer};
use rolesanywhere_core::ErrorCode;
use rolesanywhere_emulator::config::Crl;
use rolesanywhere_emulator::pki::{Authority, IssuedLeaf, KeyType};
use rolesanywhere_emulator::{Clock, Service};

/// The status of a leaf's request when these lists are imported.
fn status(world: &mut World, leaf: &IssuedLeaf, crls: &[Crl]) -> u16 {
    world.config.trust_anchors[0].crls = crls.to_vec();
    let (reply, record) = answer(&world.service(), &world.sign(leaf));
    let reason = record.reason.clone().unwrap_or_default();
    assert!(
        reply.status == 201 || reason.contains("CertRevoked") || reason.contains("revoked"),
        "{record:?}"
    );
    reply.status
}

fn revoke(authority: &Authority, leaves: &[&IssuedLeaf]) -> Crl {
    let serials: Vec<_> = leaves.iter().map(|leaf| leaf.serial()).collect();
    Crl::new(&authority.revoke(&serials).unwrap())
}

#[test]
fn revoked_leaves_are_refused() {
    let mut world = World::new();
    let [one, two, three] = [world.leaf(), world.leaf(), world.leaf()];
    let first = revoke(&world.root, &[&one]);
    let second = revoke(&world.root, &[&two]);
    let none = revoke(&world.root, &[]);
    let both = [first.clone(), second];
    assert_eq!(status(&mut world, &one, &[]), 201);
    assert_eq!(status(&mut world, &one, std::slice::from_ref(&none)), 201);
    assert_eq!(status(&mut world, &one, &[none, first.clone()]), 403);
    let statuses = [&one, &two, &three].map(|leaf| status(&mut world, leaf, &both));
    assert_eq!(statuses, [403, 403, 201]);
    assert_eq!(status(&mut world, &one, &[first.disabled()]), 201);
}

#[test]
fn only_the_issuer_revokes() {
    let mut world = World::new();
    let leaf = world.leaf();
    let other = Authority::generate_at(KeyType::P384, NOW).unwrap();
    assert_eq!(status(&mut world, &leaf, &[revoke(&other, &[&leaf])]), 201);
    let namesake = Authority::generate_at(KeyType::P256, NOW).unwrap();
    let lists = [revoke(&namesake, &[&leaf]), revoke(&world.root, &[&leaf])];
    assert_eq!(status(&mut world, &leaf, &lists[..1]), 201);
    assert_eq!(status(&mut world, &leaf, &lists), 403);
}

#[test]
fn intermediates_and_what_they_revoke() {
    for key_type in [KeyType::P256, KeyType::Rsa2048, KeyType::MlDsa65] {
        let mut world = World::trusting(Authority::generate_at(key_type, NOW).unwrap());
        let middle = world.root.intermediate_at(key_type, NOW).unwrap();
        let leaf = middle.issue(&World::leaf_options()).unwrap();
        let list = revoke(&middle, &[&leaf]);
        assert_eq!(status(&mut world, &leaf, &[list]), 403, "{key_type}");
        let of_middle = world.root.revoke(&[&middle.serial().unwrap()]).unwrap();
        assert_eq!(
            status(&mut world, &leaf, &[Crl::new(&of_middle)]),
            403,
            "{key_type}"
        );
    }
}

#[test]
fn what_is_no_list_is_refused_at_the_start() {
    let mut world = World::new();
    for (pem, code) in [
        (world.root.certificate_pem(), ErrorCode::PemMalformed),
        (
            "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n".to_owned(),
            ErrorCode::CertificateMalformed,
        ),
    ] {
        world.config.trust_anchors[0].crls = vec![Crl::new(&pem)];
        let error = Service::new(&world.config, Clock::fixed(NOW)).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(
            error
                .message()
                .starts_with("trustAnchors[0].crls[0].crlData: "),
            "{error}"
        );
    }
}

/// openssl reads what is written here, and what openssl writes is read here.
#[test]
fn openssl_agrees() {
    let world = World::new();
    let leaf = world.leaf();
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("list.pem");
    std::fs::write(&path, world.root.revoke(&[leaf.serial()]).unwrap()).unwrap();
    let mut command = std::process::Command::new("openssl");
    let Ok(output) = command
        .args(["crl", "-noout", "-text", "-in"])
        .arg(&path)
        .output()
    else {
        println!("SKIP emulator::revocation::openssl_agrees: there is no openssl");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).to_lowercase();
    let serial = rolesanywhere_core::encoding::hex(leaf.serial().content_octets());
    assert!(text.contains(&format!("serial number: {serial}")), "{text}");
}
