//! A host with an event loop: it polls the provider, sends by itself and reports.

use super::world::World;
use rolesanywhere::Transport;
use rolesanywhere::core::error::{Error, ErrorCode};
use std::time::Duration;

#[test]
fn the_host_sends_and_everybody_is_served() {
    let world = World::new("polled");
    let provider = world.provider();
    let polled = provider.poll().unwrap();
    assert!(polled.credentials.is_none() && polled.error.is_none());
    assert_eq!(
        polled.wait,
        Duration::from_secs(30),
        "the attempt's deadline"
    );
    let attempt = polled.attempt.unwrap();
    let other = provider.poll().unwrap();
    assert!(other.attempt.is_none(), "one attempt, however many poll");

    let signed = attempt.prepare().unwrap().sign().unwrap();
    let response = world.transport.send(signed.request());
    provider.report(signed.receive(response));
    let polled = provider.poll().unwrap();
    let credentials = polled.credentials.unwrap();
    assert!(polled.attempt.is_none() && polled.wait > Duration::from_secs(1800));
    let blocking = provider.credentials().unwrap();
    assert_eq!(blocking.access_key_id(), credentials.access_key_id());
    assert_eq!(world.sent(), 1);
}

#[test]
fn a_failure_is_told_and_retried_and_an_attempt_given_up_frees_the_next() {
    let world = World::new("polled-failure");
    let provider = world.builder().jitter(|| 0.5).build();
    let attempt = provider.poll().unwrap().attempt.unwrap();
    let outcome = attempt.fail(Error::new(ErrorCode::Timeout, "too late"));
    assert_eq!(outcome.error().map(Error::code), Some(ErrorCode::Timeout));
    provider.report(outcome);
    let pause = provider.poll().unwrap();
    assert!(pause.attempt.is_none());
    assert_eq!(pause.wait, Duration::from_millis(250), "half the back-off");
    world.time.pass(1);

    let attempt = provider.poll().unwrap().attempt.unwrap();
    provider.give_up(attempt.fetch());
    let next = provider.poll().unwrap().attempt.unwrap();
    provider.give_up(attempt.fetch());
    assert!(
        provider.poll().unwrap().attempt.is_none(),
        "the next one lives"
    );
    let prepared = next.prepare().unwrap();
    provider.report(prepared.fail(Error::new(ErrorCode::TlsFailed, "no trust")));
    let polled = provider.poll().unwrap();
    assert_eq!(polled.error.unwrap().code(), ErrorCode::TlsFailed);
    assert_eq!(polled.wait, Duration::from_secs(15), "the minimum interval");
    provider.close();
    assert_eq!(
        provider.poll().unwrap_err().code(),
        ErrorCode::ProviderClosed
    );
}
