//! The way through a proxy, and past it.

use crate::proxy::Proxy;
use crate::request::{data, signed, transport};
use crate::server::Server;
use rolesanywhere::core::error::ErrorCode;
use rolesanywhere::{HttpOptions, Transport};

const OK: &str = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";

#[test]
fn https_goes_through_a_tunnel() {
    let server = Server::tls("server.pem", OK);
    let proxy = Proxy::http(server.address);
    let url = server.url("https", "service.test");
    let proxy_url = format!("http://user:p%40ss@{}", proxy.address);
    let variables = [
        ("AWS_CA_BUNDLE", &*data("ca.pem")),
        ("HTTPS_PROXY", &proxy_url),
    ];
    let response = transport(HttpOptions::default(), &variables)
        .send(&signed(&url))
        .unwrap();
    assert_eq!(response.status, 201);

    let seen = proxy.seen().remove(0);
    let port = server.address.port();
    assert!(
        seen.starts_with(&format!("CONNECT service.test:{port} HTTP/1.1\r\n")),
        "{seen}"
    );
    assert!(
        seen.contains("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n"),
        "{seen}"
    );
    assert!(!seen.contains("Signature="), "{seen}");
    let received = server.requests().remove(0);
    assert!(
        received.starts_with("POST /sessions HTTP/1.1\r\n"),
        "{received}"
    );
    assert!(
        !received.to_ascii_lowercase().contains("proxy-"),
        "{received}"
    );
}

#[test]
fn http_is_handed_to_the_proxy_with_its_whole_url() {
    let proxy = Proxy::http(([127, 0, 0, 1], 1).into());
    let proxy_url = format!("http://user:p%40ss@{}", proxy.address);
    let request = signed("http://service.test:8080/prefix/sessions?a=b");
    let response = transport(HttpOptions::default(), &[("HTTP_PROXY", &proxy_url)])
        .send(&request)
        .unwrap();
    assert_eq!(response.status, 203, "the proxy's own answer");

    let seen = proxy.seen().remove(0);
    let line = "POST http://service.test:8080/prefix/sessions?a=b HTTP/1.1\r\n";
    assert!(seen.starts_with(line), "{seen}");
    let seen = seen.to_ascii_lowercase();
    assert!(seen.contains("\r\nhost: service.test:8080\r\n"), "{seen}");
    assert!(
        seen.contains("\r\nproxy-authorization: basic dxnlcjpwqhnz\r\n"),
        "{seen}"
    );
    assert!(seen.ends_with("{\"durationseconds\":900}"), "{seen}");
}

#[test]
fn socks_leaves_the_name_to_the_proxy() {
    let server = Server::tls("server.pem", OK);
    let proxy = Proxy::socks5(server.address);
    let proxy_url = format!("socks5h://{}", proxy.address);
    let url = server.url("https", "service.test");
    let variables = [
        ("AWS_CA_BUNDLE", &*data("ca.pem")),
        ("ALL_PROXY", &proxy_url),
    ];
    let response = transport(HttpOptions::default(), &variables)
        .send(&signed(&url))
        .unwrap();
    assert_eq!(
        (response.status, proxy.seen()),
        (201, vec!["service.test".to_owned()])
    );
}

#[test]
fn no_proxy_and_loopback_go_straight() {
    let server = Server::tls("server.pem", OK);
    let proxy = Proxy::refusing("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
    let proxy_url = format!("http://{}", proxy.address);
    let ca = data("ca.pem");
    for variables in [
        &[("AWS_CA_BUNDLE", &*ca), ("HTTPS_PROXY", &proxy_url)][..],
        &[
            ("AWS_CA_BUNDLE", &ca),
            ("https_proxy", &proxy_url),
            ("no_proxy", "*"),
        ],
    ] {
        let request = signed(&server.url("https", "localhost"));
        assert_eq!(
            transport(HttpOptions::default(), variables)
                .send(&request)
                .unwrap()
                .status,
            201
        );
    }
    // Past the proxy there is nobody of this name.
    let variables = [
        ("HTTPS_PROXY", &*proxy_url),
        ("NO_PROXY", ".invalid"),
        ("AWS_CA_BUNDLE", &ca),
    ];
    let request = signed("https://service.invalid/");
    let error = transport(HttpOptions::default(), &variables)
        .send(&request)
        .unwrap_err();
    assert!(error.message().contains("does not resolve"), "{error}");
    assert!(proxy.seen().is_empty());
}

#[test]
fn a_proxy_that_refuses_is_named_with_its_answer() {
    let ca = data("ca.pem");
    for (answer, word) in [
        (
            "HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n",
            "407",
        ),
        ("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", "403"),
        ("", "did not answer"),
    ] {
        let proxy = Proxy::refusing(answer);
        let proxy_url = format!("http://user:hunter2@{}", proxy.address);
        let variables = [("AWS_CA_BUNDLE", &*ca), ("HTTPS_PROXY", &proxy_url)];
        let request = signed("https://service.test/");
        let error = transport(HttpOptions::default(), &variables)
            .send(&request)
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::ConnectionFailed, "{error:?}");
        assert!(error.message().contains(word), "{error:?}");
        assert!(
            error.message().contains(&proxy.address.to_string()),
            "{error:?}"
        );
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let variables = [
        ("AWS_CA_BUNDLE", &*data("ca.pem")),
        ("HTTPS_PROXY", "http://127.0.0.1:1"),
    ];
    let request = signed("https://service.test/");
    let error = transport(HttpOptions::default(), &variables)
        .send(&request)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::ConnectionFailed);
    assert!(
        error.message().contains("through the proxy 127.0.0.1:1"),
        "{error}"
    );
}
