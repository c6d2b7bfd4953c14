//! The certificate ends before the session does.

use super::world::{START, World, id, refused};
use rolesanywhere::core::error::ErrorCode;
use rolesanywhere_emulator::pki::{KeyType, LeafOptions};

/// Half an hour before the leaf ends.
fn world(name: &str) -> World {
    let world = World::new(name);
    let leaf = LeafOptions::new().issued_at(START).days(1);
    world.put(&world.root.issue(&leaf).unwrap());
    world.time.pass(86_400 - 1800);
    world
}

#[test]
fn the_refresh_comes_before_its_end() {
    let world = world("certificate-renewed");
    let provider = world.provider();
    let first = id(provider.credentials());
    assert_eq!(world.events(), ["certificate_expiring", "refreshed"]);
    world.put(&world.leaf(KeyType::P256));
    world.time.pass(1490);
    assert_eq!(id(provider.credentials()), first);
    world.time.pass(20);
    assert_ne!(id(provider.credentials()), first);
    assert_eq!(world.events(), ["identity_changed", "refreshed"]);
    assert_eq!(world.sent(), 2);
}

#[test]
fn a_session_outlives_the_certificate_that_nobody_renewed() {
    let world = world("certificate-ended");
    let provider = world.provider();
    provider.credentials().unwrap();
    world.time.pass(1510);
    let last = id(provider.credentials());
    assert_eq!(world.sent(), 2, "the old certificate gave one more session");
    world.time.pass(3000);
    assert_eq!(id(provider.credentials()), last);
    assert_eq!(world.events().last(), Some(&"refresh_failed"));
    world.time.pass(600);
    refused(provider.credentials(), ErrorCode::CertificateExpired);
    world.put(&world.leaf(KeyType::P256));
    world.time.pass(15);
    provider.credentials().unwrap();
}
