//! Presigned `GetCallerIdentity` URLs, as Kubernetes clusters and Vault take them.

use crate::caller::{Credentials, presigned};
use crate::world::{NOW, World, json};
use rolesanywhere_emulator::{Clock, ManualClock, Request, Service};

fn session() -> (Service, ManualClock, Credentials) {
    let world = World::new();
    let clock = ManualClock::new(NOW);
    let service = Service::new(&world.config, Clock::from(clock.clone())).unwrap();
    let credentials = Credentials::of(&json(&service.answer(&world.sign(&world.leaf()))));
    (service, clock, credentials)
}

fn status(service: &Service, request: &Request) -> u16 {
    service.answer(request).status
}

#[test]
fn a_quarter_of_an_hour_whatever_they_say() {
    let (service, clock, credentials) = session();
    let url = presigned(&credentials, NOW, 60);
    for (offset, expected) in [
        (0, 200),
        (60, 200),
        (900, 200),
        (901, 403),
        (-300, 200),
        (-301, 403),
    ] {
        clock.set(NOW + offset);
        assert_eq!(status(&service, &url), expected, "{offset}");
    }
}

#[test]
fn any_byte_changed_is_refused() {
    let (service, _, credentials) = session();
    let url = presigned(&credentials, NOW, 60);
    assert_eq!(status(&service, &url), 200);
    for at in 2..url.target.len() {
        let mut target = url.target.clone().into_bytes();
        target[at] ^= 1;
        let Ok(target) = String::from_utf8(target) else {
            continue;
        };
        let mut changed = url.clone();
        changed.target = target;
        assert_ne!(status(&service, &changed), 200, "{}", changed.target);
    }
    let elsewhere = Request::new("GET", &url.target).header("host", "elsewhere");
    assert_eq!(status(&service, &elsewhere), 403);
    let posted = Request::new("POST", &url.target).header("host", "127.0.0.1:9912");
    assert_eq!(status(&service, &posted), 403);
}

#[test]
fn each_parameter_is_there_once() {
    let (service, _, credentials) = session();
    let url = presigned(&credentials, NOW, 60);
    let query = url.target.strip_prefix("/?").unwrap();
    for piece in query.split('&').filter(|piece| piece.starts_with("X-Amz-")) {
        let others: Vec<_> = query.split('&').filter(|other| *other != piece).collect();
        for query in [others.join("&"), format!("{query}&{piece}")] {
            let request =
                Request::new("GET", &format!("/?{query}")).header("host", "127.0.0.1:9912");
            assert!(matches!(status(&service, &request), 400 | 403), "{query}");
        }
    }
    for expires in [0, 604_801] {
        assert_eq!(
            status(&service, &presigned(&credentials, NOW, expires)),
            400
        );
    }
}

#[test]
fn the_journal_keeps_no_session_token() {
    let (service, _, credentials) = session();
    assert_eq!(status(&service, &presigned(&credentials, NOW, 60)), 200);
    let record = service.requests().pop().unwrap();
    assert!(
        record.target.contains("X-Amz-Security-Token=(left out)&"),
        "{}",
        record.target
    );
    let canonical = record.canonical_request.unwrap();
    assert!(
        canonical.contains("X-Amz-Security-Token=(left out)&"),
        "{canonical}"
    );
}
