//! https, and whom it trusts.

use crate::request::{data, signed, transport};
use crate::server::Server;
use rolesanywhere::core::error::{Error, ErrorCode};
use rolesanywhere::{HttpOptions, Transport};
use std::io::{Read, Write};
use std::net::TcpListener;

const OK: &str = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";

#[test]
fn a_bundle_of_the_option_or_the_environment_is_trusted() {
    let server = Server::tls("server.pem", OK);
    let (bundle, other) = (data("ca.pem"), other_ca());
    let set = HttpOptions::default().with_ca_bundle(bundle.as_str(), "ca_bundle");
    for (options, variables) in [
        (set, &[("AWS_CA_BUNDLE", other.as_str())][..]),
        (
            HttpOptions::default(),
            &[("AWS_CA_BUNDLE", &bundle), ("SSL_CERT_FILE", &other)],
        ),
        (HttpOptions::default(), &[("SSL_CERT_FILE", &bundle)]),
    ] {
        for host in ["127.0.0.1", "localhost"] {
            let request = signed(&server.url("https", host));
            let response = transport(options.clone(), variables)
                .send(&request)
                .unwrap();
            assert_eq!(response.status, 201);
        }
    }
    assert!(server.requests()[0].starts_with("POST /sessions HTTP/1.1\r\n"));
}

/// A CA that did not issue the server's certificate.
fn other_ca() -> String {
    format!(
        "{}/../core/tests/data/certificates/root.pem",
        env!("CARGO_MANIFEST_DIR")
    )
}

#[track_caller]
fn refused(certificate: &str, host: &str, bundle: &str) -> Error {
    let server = Server::tls(certificate, OK);
    let request = signed(&server.url("https", host));
    let variables = [("AWS_CA_BUNDLE", bundle)];
    let error = transport(HttpOptions::default(), &variables)
        .send(&request)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::TlsFailed, "{error:?}");
    assert!(
        error.hint().contains("clock") && !error.is_retryable(),
        "{error:?}"
    );
    assert!(server.requests().is_empty(), "nothing was sent");
    error
}

#[test]
fn a_certificate_that_does_not_prove_the_server_is_refused_with_the_reason() {
    let ca = data("ca.pem");
    assert!(
        refused("server.pem", "127.0.0.1", &other_ca())
            .message()
            .contains("not trusted")
    );
    assert!(
        refused("expired.pem", "127.0.0.1", &ca)
            .message()
            .contains("expired")
    );
    if cfg!(target_os = "linux") {
        // Linux alone has all of 127/8.
        assert!(
            refused("server.pem", "127.0.0.2", &ca)
                .message()
                .contains("another name")
        );
    }
}

#[test]
fn verification_can_be_switched_off() {
    let server = Server::tls("expired.pem", OK);
    let request = signed(&server.url("https", "127.0.0.1"));
    let variables = [("AWS_CA_BUNDLE", "/nonexistent")];
    let options = HttpOptions::default().with_verify(false);
    assert_eq!(
        transport(options, &variables)
            .send(&request)
            .unwrap()
            .status,
        201
    );
}

#[test]
fn a_server_without_tls_is_named_so() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let request = signed(&format!("https://{}/", listener.local_addr().unwrap()));
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        connection.read_exact(&mut [0; 5]).unwrap();
        connection
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        // Open until the client closes, so that nothing is reset.
        let _ = connection.read_to_end(&mut Vec::new());
    });
    let bundle = data("ca.pem");
    let error = transport(HttpOptions::default(), &[("AWS_CA_BUNDLE", &bundle)])
        .send(&request)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::TlsFailed, "{error:?}");
}

#[test]
fn an_unreadable_bundle_is_an_error_of_its_own() {
    let request = signed("https://127.0.0.1:1/");
    for (bundle, code) in [
        ("/nonexistent".to_owned(), ErrorCode::FileNotFound),
        (data(""), ErrorCode::FileIsDirectory),
        (data("README.md"), ErrorCode::CertificateMissing),
    ] {
        let variables = [("AWS_CA_BUNDLE", bundle.as_str())];
        let error = transport(HttpOptions::default(), &variables)
            .send(&request)
            .unwrap_err();
        assert_eq!(error.code(), code, "{error:?}");
        assert!(error.message().contains("AWS_CA_BUNDLE"), "{error:?}");
    }
}
