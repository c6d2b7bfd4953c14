//! Plain http: what goes out and what comes back.

use crate::request::{signed, transport};
use crate::server::{Server, read_request};
use rolesanywhere::{HttpOptions, Transport};
use std::io::Write;
use std::net::TcpListener;

const CREATED: &str = "HTTP/1.1 201 Created\r\nX-Amzn-RequestId: 7\r\nSet-Cookie: a\r\n\
                       Set-Cookie: b\r\nContent-Length: 2\r\n\r\n{}";

#[test]
fn the_request_goes_out_as_it_was_signed() {
    let server = Server::plain(CREATED);
    let url = server
        .url("http", "127.0.0.1")
        .replace("/sessions", "/a%2Fb/../sessions?x=%3A&y=");
    let request = signed(&url);
    transport(HttpOptions::default().with_client("tests"), &[])
        .send(&request)
        .unwrap();

    let received = server.requests().remove(0);
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(
        lines.next().unwrap(),
        "POST /a%2Fb/../sessions?x=%3A&y= HTTP/1.1"
    );
    assert_eq!(body.as_bytes(), request.body);
    let mut rest: Vec<(String, &str)> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    for (name, value) in &request.headers {
        let wanted = (name.to_ascii_lowercase(), value.as_str());
        let index = rest.iter().position(|header| *header == wanted).unwrap();
        rest.remove(index);
    }
    rest.sort();
    let agent = format!("rolesanywhere/{} (", env!("CARGO_PKG_VERSION"));
    let names: Vec<&str> = rest.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["content-length", "host", "user-agent"]);
    assert_eq!(rest[0].1, "23");
    assert_eq!(rest[1].1, server.address.to_string());
    assert!(
        rest[2].1.starts_with(&agent) && rest[2].1.ends_with(") tests"),
        "{}",
        rest[2].1
    );
}

#[test]
fn the_host_is_sent_in_lower_case() {
    let server = Server::plain(CREATED);
    let url = server.url("http", "LOCALHOST");
    transport(HttpOptions::default(), &[])
        .send(&signed(&url))
        .unwrap();
    let host = format!("host: localhost:{}\r\n", server.address.port());
    assert!(server.requests()[0].to_ascii_lowercase().contains(&host));
    assert!(!server.requests()[0].contains("LOCALHOST"));
}

#[test]
fn the_reply_comes_back_whole() {
    let server = Server::plain(CREATED);
    let url = server.url("http", "127.0.0.1");
    let response = transport(HttpOptions::default(), &[])
        .send(&signed(&url))
        .unwrap();
    assert_eq!(
        (response.status, response.body.as_slice()),
        (201, &b"{}"[..])
    );
    let expected = [
        ("x-amzn-requestid", "7"),
        ("set-cookie", "a"),
        ("set-cookie", "b"),
        ("content-length", "2"),
    ];
    let headers: Vec<(&str, &str)> = response
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(headers, expected);
    assert!(!format!("{response:?}").contains("{}"));
}

#[test]
fn every_status_is_a_reply_and_no_redirect_is_followed() {
    let elsewhere = Server::plain(CREATED);
    for status in [200, 301, 302, 307, 308, 403, 404, 429, 500, 503] {
        let answer = format!(
            "HTTP/1.1 {status} Said\r\nLocation: {}\r\nContent-Length: 4\r\n\r\nbody",
            elsewhere.url("http", "127.0.0.1")
        );
        let server = Server::plain(answer);
        let url = server.url("http", "127.0.0.1");
        let response = transport(HttpOptions::default(), &[])
            .send(&signed(&url))
            .unwrap();
        assert_eq!(
            (response.status, response.body.as_slice()),
            (status, &b"body"[..])
        );
        assert_eq!(server.requests().len(), 1, "{status}");
    }
    assert!(elsewhere.requests().is_empty());
}

#[test]
fn chunked_replies_and_replies_without_length_are_read() {
    for answer in [
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n",
        "HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n{\"a\":1}",
    ] {
        let server = Server::plain(answer);
        let url = server.url("http", "127.0.0.1");
        let response = transport(HttpOptions::default(), &[])
            .send(&signed(&url))
            .unwrap();
        assert_eq!(response.body.as_slice(), b"{\"a\":1}");
    }
}

#[test]
fn no_root_certificate_is_read_for_http() {
    let server = Server::plain(CREATED);
    let url = server.url("http", "127.0.0.1");
    let unreadable = [("AWS_CA_BUNDLE", "/nonexistent")];
    transport(HttpOptions::default(), &unreadable)
        .send(&signed(&url))
        .unwrap();
}

#[test]
fn an_ipv6_address_keeps_its_brackets() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        println!("SKIP transport::an_ipv6_address_keeps_its_brackets: no IPv6 loopback here");
        return;
    };
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let request = read_request(&mut connection).unwrap();
        connection.write_all(CREATED.as_bytes()).unwrap();
        request
    });
    let request = signed(&format!("http://{address}/sessions"));
    transport(HttpOptions::default(), &[])
        .send(&request)
        .unwrap();
    let received = server.join().unwrap().to_ascii_lowercase();
    assert!(
        received.contains(&format!("\r\nhost: {address}\r\n")),
        "{received}"
    );
}
