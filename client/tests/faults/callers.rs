//! Many callers at once, and what they may ask for.

use super::world::{World, id, refused};
use rolesanywhere::core::error::ErrorCode;
use std::sync::Barrier;
use std::time::{Duration, Instant};

#[test]
fn a_thousand_threads_on_a_cold_provider_make_one_request() {
    let world = World::new("thousand");
    world.fault(r#"{ "latency": 150 }"#);
    let (provider, barrier) = (world.provider(), Barrier::new(1000));
    let mut ids: Vec<String> = std::thread::scope(|scope| {
        let call = || {
            barrier.wait();
            id(provider.credentials())
        };
        let spawn = |_| {
            let thread = std::thread::Builder::new().stack_size(512 << 10);
            thread.spawn_scoped(scope, call).unwrap()
        };
        let threads: Vec<_> = (0..1000).map(spawn).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    ids.dedup();
    assert_eq!((ids.len(), world.sent()), (1, 1));
}

#[test]
fn one_caller_refreshes_while_all_others_are_served() {
    let world = World::new("advisory");
    let provider = world.provider();
    let first = id(provider.credentials());
    world.time.pass(2600);
    world.fault(r#"{ "latency": 200 }"#);
    std::thread::scope(|scope| {
        let refreshing = scope.spawn(|| id(provider.credentials()));
        while world.sent_so_far() < 2 {
            std::thread::yield_now();
        }
        for _ in 0..1000 {
            assert_eq!(id(provider.credentials()), first);
        }
        assert!(!refreshing.is_finished(), "the others did not wait for it");
        assert_ne!(refreshing.join().unwrap(), first);
    });
    assert_eq!(world.sent(), 2);
}

#[test]
fn a_refresh_in_the_background_keeps_nobody() {
    let world = World::new("background");
    let provider = world.builder().background_refresh(true).build();
    let first = id(provider.credentials());
    world.time.pass(2600);
    world.fault(r#"{ "latency": 200 }"#);
    assert_eq!(id(provider.credentials()), first);
    let started = Instant::now();
    while id(provider.credentials()) == first {
        assert!(started.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(world.sent(), 2);
}

#[test]
fn invalidate_refresh_and_next_refresh() {
    let world = World::new("asked");
    let provider = world.provider();
    assert_eq!(provider.next_refresh(), None);
    assert!(provider.cached().is_none());
    let first = id(provider.credentials());
    let due = provider.next_refresh().unwrap().unix_seconds();
    assert_eq!(due, super::world::START + 3600 - 18 * 60);
    let second = id(provider.refresh());
    assert_ne!(first, second);
    assert_eq!(id(provider.credentials()), second);
    provider.invalidate();
    assert!(provider.cached().is_none());
    assert_ne!(id(provider.credentials()), second);
    assert_eq!(world.sent(), 3);
}

#[test]
fn a_refresh_that_fails_says_so_and_leaves_the_old_credentials() {
    let world = World::new("asked-in-vain");
    let provider = world.provider();
    let first = id(provider.credentials());
    world.fault(r#"{ "status": 500 }"#);
    refused(provider.refresh(), ErrorCode::ServiceUnavailable);
    assert_eq!(id(provider.credentials()), first);
    refused(provider.refresh(), ErrorCode::ServiceUnavailable);
    assert_eq!(world.sent(), 2, "the minimum interval holds");
}

#[test]
fn close_forgets_and_wakes_who_waits() {
    let world = World::new("close");
    let provider = world.provider();
    provider.credentials().unwrap();
    provider.close();
    assert!(provider.cached().is_none());
    refused(provider.credentials(), ErrorCode::ProviderClosed);
    refused(provider.refresh(), ErrorCode::ProviderClosed);

    let provider = world.provider();
    world.sent();
    world.fault(r#"{ "status": 429, "headers": [["Retry-After", "7"]] }"#);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| provider.credentials());
        while world.sent_so_far() < 1 {
            std::thread::yield_now();
        }
        provider.close();
        refused(waiting.join().unwrap(), ErrorCode::ProviderClosed);
    });
}
