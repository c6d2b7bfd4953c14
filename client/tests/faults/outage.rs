//! Nobody answers.

use super::world::{World, id, refused};
use rolesanywhere::core::HttpRequest;
use rolesanywhere::core::error::{ErrorCode, Result};
use rolesanywhere::{HttpResponse, Transport};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

#[test]
fn down_at_start() {
    let mut world = World::new("down-at-start");
    let provider = world.provider();
    world.stop();
    refused(provider.credentials(), ErrorCode::ConnectionFailed);
    assert_eq!(world.sent(), 3, "three attempts");
    assert_eq!(world.events(), ["refresh_failed"]);
    world.start();
    refused(provider.credentials(), ErrorCode::ConnectionFailed);
    assert_eq!(world.sent(), 0, "none within the minimum interval");
    world.time.pass(15);
    provider.credentials().unwrap();
    assert_eq!((world.sent(), world.events()), (1, vec!["refreshed"]));
}

#[test]
fn down_mid_life() {
    let mut world = World::new("down-mid-life");
    let provider = world.provider();
    let first = id(provider.credentials());
    world.stop();
    world.time.pass(2600);
    assert_eq!(id(provider.credentials()), first, "still valid");
    assert_eq!(world.sent(), 2, "one attempt more");
    assert_eq!(id(provider.credentials()), first);
    assert_eq!(world.sent(), 0, "and then a pause");
    world.time.pass(900);
    assert_eq!(id(provider.credentials()), first);
    assert_eq!(
        world.events(),
        ["refreshed", "refresh_failed", "refresh_failed"]
    );
    world.time.pass(100);
    refused(provider.credentials(), ErrorCode::ConnectionFailed);
    world.start();
    world.time.pass(60);
    assert_ne!(id(provider.credentials()), first);
}

#[test]
fn hang_ends_with_the_time_limit() {
    let world = World::new("hang").with_time_limit(400);
    world.fault(r#"{ "hang": true, "count": 2 }"#);
    let provider = world.provider();
    provider.credentials().unwrap();
    assert_eq!(world.sent(), 3, "two ran into the limit");
}

/// Notes how long each request may take.
#[derive(Debug)]
struct Limits {
    rest: Arc<dyn Transport>,
    seconds: Mutex<Vec<u64>>,
}

impl Transport for Limits {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse> {
        self.rest.send(request)
    }

    fn send_within(&self, request: &HttpRequest, time_limit: Duration) -> Result<HttpResponse> {
        self.seconds.lock().unwrap().push(time_limit.as_secs());
        self.rest.send_within(request, time_limit)
    }
}

#[test]
fn who_has_credentials_does_not_wait_long_for_new_ones() {
    let world = World::new("limits");
    let limits = Arc::new(Limits {
        rest: world.transport.clone(),
        seconds: Mutex::default(),
    });
    let provider = world.builder().transport(limits.clone()).build();
    provider.credentials().unwrap();
    world.time.pass(2600);
    provider.credentials().unwrap();
    assert_eq!(*limits.seconds.lock().unwrap(), [30, 5]);
}

/// Never comes back from the first request until it is let go.
#[derive(Debug)]
struct Stuck {
    rest: Arc<dyn Transport>,
    is_first: AtomicBool,
    sent: mpsc::Sender<()>,
    go_on: Mutex<mpsc::Receiver<()>>,
}

impl Transport for Stuck {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse> {
        if self.is_first.swap(false, Ordering::SeqCst) {
            self.sent.send(()).unwrap();
            let _ = self.go_on.lock().unwrap().recv();
        }
        self.rest.send(request)
    }
}

#[test]
fn a_transport_that_never_returns_stops_nobody_else_after_the_deadline() {
    let world = World::new("stuck");
    let ((sent, was_sent), (let_go, go_on)) = (mpsc::channel(), mpsc::channel());
    let stuck = Stuck {
        rest: world.transport.clone(),
        is_first: AtomicBool::new(true),
        sent,
        go_on: Mutex::new(go_on),
    };
    let provider = world.builder().transport(Arc::new(stuck)).build();
    std::thread::scope(|scope| {
        let first = scope.spawn(|| id(provider.credentials()));
        was_sent.recv().unwrap();
        let second = scope.spawn(|| id(provider.credentials()));
        world.time.pass(31);
        let second = second.join().unwrap();
        let_go.send(()).unwrap();
        assert_eq!(first.join().unwrap(), second, "the late reply is ignored");
    });
}
