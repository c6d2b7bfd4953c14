//! What goes wrong on the way, and what it is called.

use crate::request::{signed, transport};
use crate::server::Server;
use rolesanywhere::core::error::{Error, ErrorCode};
use rolesanywhere::{HttpOptions, Transport};
use std::net::TcpListener;
use std::time::{Duration, Instant};

fn failure(options: HttpOptions, url: &str) -> Error {
    transport(options, &[]).send(&signed(url)).unwrap_err()
}

#[test]
fn a_reply_over_the_limit() {
    let body = "x".repeat((1 << 20) + 1);
    let chunk = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    for answer in [
        format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}"),
        format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\n\r\n", body),
    ] {
        let server = Server::plain(answer);
        let error = failure(HttpOptions::default(), &server.url("http", "127.0.0.1"));
        assert_eq!(error.code(), ErrorCode::ResponseTooLarge, "{error:?}");
        assert!(!error.is_retryable());
    }
}

#[test]
fn a_time_limit_shorter_than_its_own() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let request = signed(&format!(
        "http://{}/sessions",
        listener.local_addr().unwrap()
    ));
    let (transport, started) = (transport(HttpOptions::default(), &[]), Instant::now());
    let error = transport.send_within(&request, Duration::from_millis(100));
    assert_eq!(error.unwrap_err().code(), ErrorCode::Timeout);
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_reply_of_just_the_limit() {
    let body = "x".repeat(1 << 20);
    let server = Server::plain(format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    let request = signed(&server.url("http", "127.0.0.1"));
    let response = transport(HttpOptions::default(), &[])
        .send(&request)
        .unwrap();
    assert_eq!(response.body.len(), 1 << 20);
}

#[test]
fn a_reply_that_ends_early() {
    for answer in [
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
    ] {
        let server = Server::plain(answer);
        let error = failure(HttpOptions::default(), &server.url("http", "127.0.0.1"));
        assert_eq!(
            error.code(),
            ErrorCode::ConnectionReset,
            "{answer}: {error:?}"
        );
        assert!(error.is_retryable());
    }
}

#[test]
fn a_reply_that_is_not_http() {
    let server = Server::plain("220 mail.example.com ESMTP\r\n\r\n");
    let error = failure(HttpOptions::default(), &server.url("http", "127.0.0.1"));
    assert_eq!(error.code(), ErrorCode::ResponseMalformed, "{error:?}");
}

#[test]
fn nobody_listens_and_nobody_is_called_so() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = failure(HttpOptions::default(), &format!("http://{address}/"));
    assert_eq!(error.code(), ErrorCode::ConnectionFailed);
    assert!(error.message().contains(&address.to_string()), "{error}");
    let error = failure(HttpOptions::default(), "http://service.invalid/");
    assert_eq!(error.code(), ErrorCode::ConnectionFailed);
    assert!(error.message().contains("does not resolve"), "{error}");
    assert!(error.is_retryable());
}

/// A server that accepts and never says a word.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

#[test]
fn a_silent_server_ends_in_the_total_timeout() {
    let (_listener, address) = silent();
    let started = Instant::now();
    let options = HttpOptions::default().with_total_timeout(Duration::from_millis(300));
    let error = failure(options, &format!("http://{address}/"));
    assert_eq!(error.code(), ErrorCode::Timeout);
    assert!(
        error.message().contains("did not answer in time"),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_silent_handshake_ends_in_the_connect_timeout() {
    let (_listener, address) = silent();
    let started = Instant::now();
    let options = HttpOptions::default()
        .with_connect_timeout(Duration::from_millis(300))
        .with_ca_bundle(crate::request::data("ca.pem"), "ca_bundle");
    let error = failure(options, &format!("https://{address}/"));
    assert_eq!(error.code(), ErrorCode::Timeout);
    assert!(
        error
            .message()
            .contains("could not be connected to in time"),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(5));
}
