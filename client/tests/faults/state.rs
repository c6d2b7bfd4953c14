//! A host that waits in its own way: `ProviderState` step by step, with a signer that is awaited.

use super::world::World;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::ErrorCode;
use rolesanywhere::core::refresh::{Jitter, Next, RefreshPolicy};
use rolesanywhere::core::sigv4::SignatureEncoding;
use rolesanywhere::core::{Backend, PrivateKey, Signature};
use rolesanywhere::provider::{Attempt, ProviderState};
use rolesanywhere::{IdentityFiles, Transport};
use rolesanywhere_emulator::pki::KeyType;
use std::sync::Arc;

fn half() -> Jitter {
    Jitter::from_fraction(0.5)
}

fn state(world: &World) -> ProviderState {
    // The key is elsewhere: the callback is for hosts that cannot wait, and not asked here.
    let nobody = Arc::new(|_: &_| Err("not asked".into()));
    let identity = IdentityFiles::new(world.sources()).with_sign(nobody);
    ProviderState::new(world.create(), Arc::new(identity), RefreshPolicy::default())
}

#[track_caller]
fn attempt(state: &mut ProviderState, world: &World) -> Attempt {
    match state.poll(world.time.now()).next {
        Next::Fetch(fetch) => state.attempt(fetch),
        other => panic!("expected a fetch, got {other:?}"),
    }
}

#[test]
fn every_step_by_the_host() {
    let world = World::new("state");
    let leaf = world.leaf(KeyType::P256);
    world.put(&leaf);
    let mut state = state(&world);
    let prepared = attempt(&mut state, &world).prepare().unwrap();
    let pem = leaf.private_key_pem().unwrap();
    let key = AwsLc.signing_key(PrivateKey::from_pem(pem.as_bytes(), None).unwrap());
    let signature = key.unwrap().sign(&prepared.pending().request().message);
    let signed = prepared.finish(&signature.unwrap(), SignatureEncoding::Der, &AwsLc);
    let signed = signed.unwrap();
    let response = world.transport.send(signed.request());
    state.report(signed.receive(response), world.time.now(), half());
    let poll = state.poll(world.time.now());
    assert!(poll.credentials.is_some() && poll.next == Next::Idle);
    let events = state.take_events();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].name(), "refreshed");
}

#[test]
fn a_signer_that_fails_and_one_that_signs_wrongly() {
    let world = World::new("state-signer");
    let mut state = state(&world);
    let prepared = attempt(&mut state, &world).prepare().unwrap();
    let outcome = prepared.signer_failed("the user said no".into());
    state.report(outcome, world.time.now(), half());
    let error = state.poll(world.time.now()).error.unwrap();
    assert_eq!(error.code(), ErrorCode::SigningFailed);
    let cause = std::error::Error::source(&*error).unwrap().to_string();
    assert_eq!(cause, "the user said no");

    world.time.pass(15);
    let prepared = attempt(&mut state, &world).prepare().unwrap();
    let wrong = Signature::new(vec![1; 64]);
    let outcome = prepared
        .finish(&wrong, SignatureEncoding::Raw, &AwsLc)
        .unwrap_err();
    state.report(outcome, world.time.now(), half());
    let error = state.poll(world.time.now()).error.unwrap();
    assert_eq!(error.code(), ErrorCode::SignatureInvalid);
}

#[test]
fn a_cancelled_attempt_leaves_nothing_stuck() {
    let world = World::new("state-cancel");
    let mut state = state(&world);
    let late = attempt(&mut state, &world);
    assert!(matches!(state.poll(world.time.now()).next, Next::Wait(_)));
    state.cancel(world.time.now());
    let _next = attempt(&mut state, &world);
    let prepared = late.prepare().unwrap();
    let outcome = prepared.signer_failed("too late".into());
    state.report(outcome, world.time.now(), half());
    assert!(state.poll(world.time.now()).error.is_none());
    assert!(state.take_events().is_empty(), "the late report is ignored");
}
