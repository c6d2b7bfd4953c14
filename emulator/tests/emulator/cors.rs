//! Pages of another origin.

use crate::world::{NOW, World};
use rolesanywhere_core::ErrorCode;
use rolesanywhere_emulator::{Clock, Fault, Reply, Request, Service};

const ORIGIN: &str = "http://localhost:5173";

fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    let mut headers = reply.headers.iter();
    let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

fn service(world: &World, origin: &str) -> Service {
    let service = Service::new(&world.config, Clock::fixed(NOW)).unwrap();
    service.cors(origin).unwrap()
}

fn preflight(origin: &str) -> Request {
    Request::new("OPTIONS", "/sessions")
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,x-amz-date,x-amz-x509",
        )
        .header("access-control-request-private-network", "true")
}

#[test]
fn a_preflight_is_answered_to_the_origin() {
    let world = World::new();
    for (allowed, told) in [(ORIGIN, ORIGIN), ("*", "*")] {
        let reply = service(&world, allowed).answer(&preflight(ORIGIN));
        assert_eq!(reply.status, 204);
        assert_eq!(header(&reply, "access-control-allow-origin"), Some(told));
        assert_eq!(header(&reply, "access-control-allow-methods"), Some("POST"));
        let headers = "authorization,x-amz-date,x-amz-x509";
        assert_eq!(
            header(&reply, "access-control-allow-headers"),
            Some(headers)
        );
        assert_eq!(
            header(&reply, "access-control-allow-private-network"),
            Some("true")
        );
    }
    let reply = service(&world, ORIGIN).answer(&preflight("http://localhost:5174"));
    assert_eq!(reply.status, 404);
    assert_eq!(header(&reply, "access-control-allow-origin"), None);
    assert_eq!(
        world.service().answer(&preflight(ORIGIN)).status,
        404,
        "without the option"
    );
}

#[test]
fn replies_refusals_and_faults_can_be_read() {
    let world = World::new();
    let service = service(&world, ORIGIN);
    let good = world.sign(&world.leaf()).header("origin", ORIGIN);
    service.fault(Fault::from_json(r#"{"status":500}"#).unwrap());
    let wrong = Request::new("POST", "/sessions").header("origin", ORIGIN);
    for (request, status) in [(&good, 500), (&good, 201), (&wrong, 403)] {
        let reply = service.answer(request);
        assert_eq!(reply.status, status);
        assert_eq!(header(&reply, "access-control-allow-origin"), Some(ORIGIN));
        assert!(
            header(&reply, "access-control-expose-headers")
                .unwrap()
                .contains("x-amzn-ErrorType")
        );
        assert_eq!(header(&reply, "vary"), Some("Origin"));
    }
    let elsewhere = service.answer(&world.sign(&world.leaf()));
    assert_eq!(header(&elsewhere, "access-control-allow-origin"), None);
}

#[test]
fn what_is_no_origin_is_refused() {
    let world = World::new();
    for wrong in [
        "",
        "localhost:5173",
        "http://",
        "http://a/",
        "http://a b",
        "https://*.a",
        "ftp://a",
    ] {
        let error = world.service().cors(wrong).unwrap_err();
        assert_eq!(error.code(), ErrorCode::OptionInvalid, "{wrong}");
    }
}
