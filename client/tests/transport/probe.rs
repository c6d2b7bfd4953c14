//! The way to the service, step by step.

use crate::proxy::Proxy;
use crate::request::{data, transport};
use crate::server::Server;
use rolesanywhere::core::error::ErrorCode;
use rolesanywhere::{HttpOptions, Probe};
use std::net::TcpListener;

const DATED: &str = "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
                     Content-Length: 0\r\n\r\n";

/// Each step's name, and what was found or its code.
fn told(probe: &Probe) -> Vec<String> {
    let steps = probe.steps.iter().map(|step| match &step.outcome {
        Ok(found) => format!("{}: {found}", step.name),
        Err(error) => format!("{}: [{}]", step.name, error.code()),
    });
    steps.collect()
}

#[test]
fn straight_to_the_service_and_its_clock() {
    let server = Server::tls("server.pem", DATED);
    let bundle = data("ca.pem");
    let transport = transport(HttpOptions::default(), &[("AWS_CA_BUNDLE", &bundle)]);
    let probe = transport.probe(&server.url("https", "localhost"));
    let steps = told(&probe);
    assert_eq!(steps[0], "proxy: none");
    assert!(steps[1].starts_with("dns: localhost is "), "{steps:?}");
    assert!(steps[2].starts_with("tcp: connected to "), "{steps:?}");
    assert_eq!(steps[3], "https: status 404");
    let date = probe.date.map(|date| date.unix_seconds());
    assert_eq!(date, Some(784_111_777));
    // Nothing of it is a credential.
    let request = server.requests().pop().unwrap();
    assert!(request.starts_with("GET /"), "{request}");
    assert!(!request.to_ascii_lowercase().contains("authorization"));
}

#[test]
fn through_a_proxy_it_is_the_proxy_that_is_reached() {
    let proxy = Proxy::http(([127, 0, 0, 1], 1).into());
    let url = format!("http://user:hunter2@{}", proxy.address);
    let probe =
        transport(HttpOptions::default(), &[("HTTP_PROXY", &url)]).probe("http://service.invalid/");
    let address = proxy.address;
    assert_eq!(
        told(&probe),
        [
            format!("proxy: through {address}"),
            "dns: 127.0.0.1 is 127.0.0.1".to_owned(),
            format!("tcp: connected to {address}"),
            "http: status 203".to_owned(),
        ]
    );
}

#[test]
fn the_first_step_that_fails_is_the_last() {
    let transport = transport(HttpOptions::default(), &[]);
    let probe = transport.probe("https://service.invalid/");
    assert_eq!(told(&probe), ["proxy: none", "dns: [connection_failed]"]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let probe = transport.probe(&format!("http://{address}/"));
    assert_eq!(told(&probe)[2], "tcp: [connection_failed]");
    let server = Server::tls("server.pem", DATED);
    let probe = transport.probe(&server.url("https", "localhost"));
    let steps = told(&probe);
    assert_eq!(steps[3..], ["https: [tls_failed]"], "{steps:?}");
    assert!(probe.date.is_none());
    let error = probe.steps.last().unwrap().outcome.as_ref().unwrap_err();
    assert_eq!(error.code(), ErrorCode::TlsFailed);
}
