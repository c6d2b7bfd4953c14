//! The machine, step by step, with keys of the pure Rust backend.
#![cfg(feature = "rustcrypto")]

use super::{Action, Machine, ProviderState, Snapshot};
use crate::crypto::RustCrypto;
use crate::error::{Error, ErrorCode, Result};
use crate::http::HttpResponse;
use crate::identity::load_identity;
use crate::refresh::{Jitter, Next, Now, Poll, RefreshPolicy};
use crate::session::{CreateSession, CreateSessionOptions};
use crate::signing::Signature;
use crate::sigv4::SignatureEncoding;
use crate::time::Timestamp;
use alloc::{boxed::Box, format, string::String, sync::Arc, vec, vec::Vec};

/// 2030-01-01T00:00:00Z, within the certificates' validity.
const START: u64 = 1_893_456_000;

fn now(seconds: u64) -> Now {
    Now {
        unix_millis: (START + seconds) * 1000,
        monotonic_millis: seconds * 1000,
    }
}

fn half() -> Jitter {
    Jitter::from_fraction(0.5)
}

fn snapshot() -> Arc<Snapshot> {
    let leaf = include_bytes!("../../tests/data/certificates/leaf.pem");
    let key = include_bytes!("../../tests/data/keys/p256.pem");
    let (identity, key) = load_identity(&[leaf, key], None, &RustCrypto).unwrap();
    Arc::new(Snapshot::new(identity, key.unwrap()))
}

fn machine() -> Machine {
    let create = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/1",
        profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/2",
        role_arn: "arn:aws:iam::111122223333:role/app",
        ..CreateSessionOptions::default()
    });
    let snapshot = snapshot();
    let source = move || Ok(Arc::clone(&snapshot));
    let policy = RefreshPolicy::default();
    let state = ProviderState::new(create.unwrap(), Arc::new(source), policy);
    Machine::new(state, Box::new(RustCrypto))
}

fn awaited() -> Option<Result<Arc<Snapshot>>> {
    Some(Ok(Arc::new(Snapshot::awaited(snapshot().identity.clone()))))
}

/// One hour from `seconds` on.
fn reply(seconds: u64) -> Result<HttpResponse> {
    let expiration = i64::try_from(START + seconds + 3600).unwrap();
    let expiration = Timestamp::from_unix_seconds(expiration).unwrap().rfc3339();
    let body = format!(
        r#"{{"credentialSet":[{{"credentials":{{"accessKeyId":"ASIA","secretAccessKey":"s","sessionToken":"t","expiration":"{expiration}"}}}}]}}"#
    );
    Ok(HttpResponse::new(201, Vec::new(), body.into_bytes().into()))
}

#[track_caller]
fn fetch(poll: &Poll) -> u64 {
    match poll.next {
        Next::Fetch(fetch) => fetch.id,
        other => panic!("expected a fetch, got {other:?}"),
    }
}

#[test]
fn with_a_key_at_hand_there_is_one_thing_to_send() {
    let mut machine = machine();
    let id = fetch(&machine.poll(now(0)));
    let Action::Send(request) = machine.identify(id, None, now(0), half()) else {
        panic!("nothing to send");
    };
    assert!(
        request
            .headers
            .iter()
            .any(|(name, _)| name == "Authorization")
    );
    assert_eq!(
        machine.received(id, reply(0), now(1), half()),
        Action::Settled
    );
    let poll = machine.poll(now(1));
    assert_eq!(poll.credentials.unwrap().access_key_id(), "ASIA");
    assert_eq!(poll.next, Next::Idle);
    assert_eq!(machine.take_events().len(), 1);
}

#[test]
fn a_cache_in_front_asks_when_a_refresh_is_due() {
    let mut machine = machine();
    assert_eq!(machine.cacheable_until(now(0)), None);
    let id = fetch(&machine.poll(now(0)));
    machine.identify(id, None, now(0), half());
    machine.received(id, reply(0), now(0), half());
    let until = |machine: &Machine, seconds| {
        let until = machine.cacheable_until(now(seconds)).unwrap();
        until.unix_seconds() - i64::try_from(START).unwrap()
    };
    // A refresh is due with 20 minutes left.
    assert_eq!(until(&machine, 0), 2400 + 300);
    // Overdue, the cache is told to ask each time.
    assert_eq!(until(&machine, 2700), 2700 + 300);
    assert_eq!(until(&machine, 3590), 3600);
    assert_eq!(machine.cacheable_until(now(3600)), None);
}

#[test]
fn an_attempt_may_be_identified_elsewhere() {
    let mut machine = machine();
    let id = fetch(&machine.poll(now(0)));
    let identified = machine.begin(id).unwrap().identify(None);
    assert!(machine.begin(id).is_none(), "it is begun once");
    let action = machine.identified(id, identified, now(0), half());
    assert!(matches!(action, Action::Send(_)));
    assert_eq!(
        machine.received(id, reply(0), now(0), half()),
        Action::Settled
    );
}

#[test]
fn who_identified_elsewhere_for_too_long_is_in_nobodys_way() {
    let mut machine = machine();
    let late = fetch(&machine.poll(now(0)));
    let identified = machine.begin(late).unwrap().identify(None);
    let next = fetch(&machine.poll(now(31)));
    let action = machine.identified(late, identified, now(31), half());
    assert_eq!(action, Action::Settled, "it was forfeit");
    assert!(machine.begin(next).is_some());
}

#[test]
fn an_awaited_signature_is_verified() {
    let mut machine = machine();
    let id = fetch(&machine.poll(now(0)));
    let Action::Sign(request) = machine.identify(id, awaited(), now(0), half()) else {
        panic!("nothing to sign");
    };
    let signature = snapshot().key.sign(&request.message).unwrap();
    let signed = machine.signed(id, Ok((signature, SignatureEncoding::Der)), now(0), half());
    assert!(matches!(signed, Action::Send(_)));

    machine.fail(id, Error::new(ErrorCode::TlsFailed, "no"), now(0), half());
    let id = fetch(&machine.poll(now(15)));
    machine.identify(id, awaited(), now(15), half());
    let wrong = Signature::new(vec![1; 64]);
    let signed = machine.signed(id, Ok((wrong, SignatureEncoding::Raw)), now(15), half());
    assert_eq!(signed, Action::Settled);
    assert_eq!(code(&mut machine, 15), ErrorCode::SignatureInvalid);
}

#[test]
fn a_signer_that_raises_is_the_cause() {
    let mut machine = machine();
    let id = fetch(&machine.poll(now(0)));
    machine.identify(id, awaited(), now(0), half());
    machine.signed(id, Err("the user said no".into()), now(0), half());
    let error = machine.poll(now(0)).error.unwrap();
    let cause = core::error::Error::source(&*error).unwrap();
    assert_eq!(format!("{cause}"), "the user said no");
}

#[test]
fn steps_out_of_turn_fail_and_late_ones_are_ignored() {
    let mut machine = machine();
    let id = fetch(&machine.poll(now(0)));
    assert_eq!(
        machine.received(id, reply(0), now(0), half()),
        Action::Settled
    );
    assert_eq!(code(&mut machine, 0), ErrorCode::Internal);

    let late = fetch(&machine.poll(now(15)));
    let live = fetch(&machine.poll(now(45)));
    for step in [
        machine.identify(late, None, now(45), half()),
        machine.received(late, reply(45), now(45), half()),
        machine.signed(late, Err(String::new().into()), now(45), half()),
        machine.fail(
            late,
            Error::new(ErrorCode::Timeout, "late"),
            now(45),
            half(),
        ),
    ] {
        assert_eq!(step, Action::Settled);
    }
    let action = machine.identify(live, None, now(45), half());
    assert!(matches!(action, Action::Send(_)));
}

#[track_caller]
fn code(machine: &mut Machine, seconds: u64) -> ErrorCode {
    machine.poll(now(seconds)).error.unwrap().code()
}
