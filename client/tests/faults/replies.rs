//! Somebody answers, and wrongly.

use super::world::{World, id, refused};
use rolesanywhere::core::error::ErrorCode;
use rolesanywhere_emulator::config::TrustPolicy;
use std::time::Duration;

#[test]
fn reset_mid_body() {
    let world = World::new("reset");
    world.fault(r#"{ "reset": "mid_body" }"#);
    world.fault(r#"{ "reset": "at_once" }"#);
    world.provider().credentials().unwrap();
    assert_eq!(world.sent(), 3);
}

#[test]
fn garbage() {
    let world = World::new("garbage");
    let portal = r#"{ "status": 200, "body": "<html>Welcome to this hotel</html>" }"#;
    world.fault(portal);
    let provider = world.provider();
    refused(provider.credentials(), ErrorCode::ResponseMalformed);
    assert_eq!(world.sent(), 1, "asking again would not help");
    world.time.pass(15);
    let first = id(provider.credentials());
    world.time.pass(2600);
    world.fault(portal);
    assert_eq!(id(provider.credentials()), first, "still valid");
    world.time.pass(15);
    assert_ne!(id(provider.credentials()), first);
}

#[test]
fn burst_of_500() {
    let world = World::new("burst");
    let provider = world.provider();
    world.fault(r#"{ "status": 500, "count": 2 }"#);
    provider.credentials().unwrap();
    assert_eq!(world.sent(), 3, "the third attempt comes through");
    provider.invalidate();
    world.fault(r#"{ "status": 503, "count": 3 }"#);
    refused(provider.credentials(), ErrorCode::ServiceUnavailable);
    refused(provider.credentials(), ErrorCode::ServiceUnavailable);
    assert_eq!(world.sent(), 3);
    world.time.pass(15);
    provider.credentials().unwrap();
}

#[test]
fn throttled_without_retry_after() {
    let world = World::new("throttled");
    world.fault(r#"{ "throttle": true, "count": 2 }"#);
    world.provider().credentials().unwrap();
    assert_eq!(world.sent(), 3);
}

#[test]
fn throttled_with_a_short_retry_after() {
    let world = World::new("retry-after");
    world.fault(r#"{ "status": 429, "headers": [["Retry-After", "7"]] }"#);
    let provider = world.provider();
    std::thread::scope(|scope| {
        let caller = scope.spawn(|| provider.credentials().map(drop));
        while world.answered() == 0 {
            std::thread::yield_now();
        }
        while !caller.is_finished() {
            std::thread::sleep(Duration::from_millis(50));
            world.time.pass(1);
        }
        caller.join().unwrap().unwrap();
    });
    assert_eq!(world.sent(), 2);
    let waited = world.time.now().monotonic_millis;
    assert!(waited >= 7000, "waited {waited} ms");
}

#[test]
fn throttled_with_a_long_retry_after() {
    let world = World::new("retry-after-long");
    world.fault(r#"{ "status": 429, "headers": [["Retry-After", "120"]] }"#);
    let provider = world.provider();
    let error = refused(provider.credentials(), ErrorCode::Throttled);
    assert_eq!(error.service().unwrap().retry_after, Some(120));
    world.time.pass(119);
    refused(provider.credentials(), ErrorCode::Throttled);
    assert_eq!(world.sent(), 1, "nothing is sent before its time");
    world.time.pass(1);
    provider.credentials().unwrap();
}

#[test]
fn trust_policy_fixed_while_running() {
    let mut world = World::new("trust-policy");
    let right = world.config.roles[0].trust_policy.clone();
    let other = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/another";
    world.config.roles[0].trust_policy = TrustPolicy::for_trust_anchor(other);
    world.stop();
    world.start();
    let provider = world.provider();
    let error = refused(provider.credentials(), ErrorCode::AccessDenied);
    assert!(!error.is_retryable());
    refused(provider.credentials(), ErrorCode::AccessDenied);
    assert_eq!(world.sent(), 1, "a refusal is not repeated at once");
    world.config.roles[0].trust_policy = right;
    world.stop();
    world.start();
    world.time.pass(15);
    provider.credentials().unwrap();
    assert_eq!(world.events(), ["refresh_failed", "refreshed"]);
}
