//! Code of the caller's panics.

use super::world::{World, id, refused};
use rolesanywhere::core::HttpRequest;
use rolesanywhere::core::error::{ErrorCode, Result};
use rolesanywhere::{HttpResponse, Transport};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Panics once.
#[derive(Debug)]
struct Panicking {
    rest: Arc<dyn Transport>,
    panics: AtomicBool,
}

impl Transport for Panicking {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse> {
        assert!(
            !self.panics.swap(false, Ordering::SeqCst),
            "a transport that panics on purpose"
        );
        self.rest.send(request)
    }
}

#[test]
fn a_transport_that_panics_is_a_failure_like_others() {
    let world = World::new("panic-transport");
    let transport = Arc::new(Panicking {
        rest: world.transport.clone(),
        panics: AtomicBool::new(true),
    });
    let provider = world.builder().transport(transport.clone()).build();
    refused(provider.credentials(), ErrorCode::Internal);
    world.time.pass(15);
    let first = id(provider.credentials());
    transport.panics.store(true, Ordering::SeqCst);
    world.time.pass(2600);
    assert_eq!(id(provider.credentials()), first, "still valid");
    let events = ["refresh_failed", "refreshed", "refresh_failed"];
    assert_eq!(world.events(), events);
}

#[test]
fn a_callback_that_panics_harms_nobody() {
    let world = World::new("panic-callback");
    let callback = |_: &_| panic!("a callback that panics on purpose");
    let provider = world.builder().on_event(callback).build();
    provider.credentials().unwrap();
    provider.refresh().unwrap();
}

#[test]
fn a_callback_may_call_the_provider() {
    let world = World::new("reentrant");
    let slot: Arc<std::sync::OnceLock<rolesanywhere::Provider>> = Arc::default();
    let own = Arc::clone(&slot);
    let callback = move |_: &_| drop(own.get().unwrap().credentials().unwrap());
    let provider = world.builder().on_event(callback).build();
    slot.set(provider.clone()).unwrap();
    provider.credentials().unwrap();
    assert_eq!(world.sent(), 1);
}
