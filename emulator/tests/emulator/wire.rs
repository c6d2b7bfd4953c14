//! Over sockets: bounds, garbage, faults, many clients at once.

use crate::world::{NOW, World};
use rolesanywhere_emulator::pki::{Authority, KeyType};
use rolesanywhere_emulator::{Clock, Emulator, Fault, Request, Verdict};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn start(world: &World) -> Emulator {
    let builder = Emulator::builder().config(world.config.clone());
    builder.clock(Clock::fixed(NOW)).start().unwrap()
}

/// A request's bytes.
pub(crate) fn wire(request: &Request) -> Vec<u8> {
    let mut bytes = format!("{} {} HTTP/1.1\r\n", request.method, request.target).into_bytes();
    for (name, value) in &request.headers {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes.extend(format!("content-length: {}\r\n", request.body.len()).into_bytes());
    bytes.extend(b"connection: close\r\n\r\n");
    bytes.extend(&request.body);
    bytes
}

fn connect(emulator: &Emulator) -> TcpStream {
    let stream = TcpStream::connect(emulator.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

/// Sends bytes, reads to the end; what went wrong with the connection is told.
fn exchange(emulator: &Emulator, bytes: &[u8]) -> Result<String, ErrorKind> {
    let mut stream = connect(emulator);
    let mut reply = Vec::new();
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(bytes);
    match stream.read_to_end(&mut reply) {
        Err(error) if reply.is_empty() => Err(error.kind()),
        _ => Ok(String::from_utf8_lossy(&reply).into_owned()),
    }
}

fn status(reply: &str) -> &str {
    reply.split(' ').nth(1).unwrap_or_default()
}

fn health(emulator: &Emulator) {
    let reply = exchange(emulator, &wire(&Request::new("GET", "/_emulator/health"))).unwrap();
    assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");
    assert!(reply.ends_with("{\"status\":\"ok\"}"), "{reply}");
}

#[test]
fn garbage_does_not_end_it() {
    // Where no status is expected, the connection may also just end.
    let emulator = start(&World::new());
    let long = "a".repeat(300_000);
    let many: String = (0..200).map(|n| format!("h{n}: v\r\n")).collect();
    let post = "POST /sessions HTTP/1.1\r\nhost: h\r\n";
    for (bytes, expected) in [
        ("\r\n\r\n\r\n".to_owned(), ""),
        ("hello\r\n\r\n".to_owned(), "400"),
        ("\0\u{1}\u{2}\u{3}\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), "400"),
        (format!("GET /{long} HTTP/1.1\r\n\r\n"), "431"),
        (format!("GET / HTTP/1.1\r\nx: {long}\r\n\r\n"), "431"),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), "431"),
        (format!("{post}content-length: -1\r\n\r\n"), "400"),
        (format!("{post}content-length: 300000\r\n\r\n{long}"), ""),
        (format!("{post}transfer-encoding: chunked\r\n\r\nzz\r\n"), "400"),
        (format!("{post}transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n"), "400"),
        (format!("{post}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"), ""),
        ("GET / HTTP/1.1\r\nhost: \u{ff}\u{fe}\r\nauthorization: \u{ff}\r\nconnection: close\r\n\r\n".to_owned(), "400"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), ""),
    ] {
        let mut stream = connect(&emulator);
        let _ = stream.write_all(bytes.as_bytes());
        if expected.is_empty() {
            let _ = stream.shutdown(std::net::Shutdown::Write);
        }
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        let reply = String::from_utf8_lossy(&reply);
        let start: String = bytes.chars().take(60).collect();
        assert!(expected.is_empty() || status(&reply) == expected, "{start:?}: {reply}");
        health(&emulator);
    }
}

/// Every prefix of a good request, and every good request with one byte turned: an answer or none,
/// and the emulator goes on.
#[test]
fn broken_requests_do_not_end_it() {
    let world = World::new();
    let emulator = start(&world);
    let good = wire(&world.sign(&world.leaf()));
    // What `wire` adds is not signed.
    let text = String::from_utf8(good.clone()).unwrap();
    let unsigned = text.find("content-length: ").unwrap()..text.find("\r\n\r\n").unwrap();
    let positions = (0..good.len()).step_by(23);
    for at in positions.filter(|at| !unsigned.contains(at)) {
        drop(connect(&emulator).write_all(&good[..at]));
        let mut turned = good.clone();
        turned[at] ^= 0x80;
        let mut stream = connect(&emulator);
        let _ = stream.write_all(&turned);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        assert!(!reply.starts_with(b"HTTP/1.1 201"), "octet {at}");
    }
    health(&emulator);
    assert_eq!(status(&exchange(&emulator, &good).unwrap()), "201");
}

#[test]
fn the_longest_chain_of_the_largest_certificates_fits() {
    let world = World::trusting(Authority::generate_at(KeyType::MlDsa87, NOW).unwrap());
    let emulator = start(&world);
    let mut issuer = world.root.intermediate_at(KeyType::MlDsa87, NOW).unwrap();
    for _ in 1..5 {
        issuer = issuer.intermediate_at(KeyType::MlDsa87, NOW).unwrap();
    }
    let leaf = issuer
        .issue(&World::leaf_options().key_type(KeyType::MlDsa87))
        .unwrap();
    let bytes = wire(&world.sign(&leaf));
    println!("{} bytes", bytes.len());
    let reply = exchange(&emulator, &bytes).unwrap();
    assert_eq!(status(&reply), "201", "{:?}", emulator.requests());
}

#[test]
fn sixty_four_clients_at_once() {
    let world = World::new();
    let emulator = start(&world);
    let bytes = wire(&world.sign(&world.leaf()));
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| {
                for _ in 0..4 {
                    assert_eq!(status(&exchange(&emulator, &bytes).unwrap()), "201");
                }
            });
        }
    });
    assert_eq!(emulator.requests().len(), 256);
}

#[test]
fn several_requests_travel_on_one_connection() {
    let world = World::new();
    let emulator = start(&world);
    let request = String::from_utf8(wire(&world.sign(&world.leaf()))).unwrap();
    let kept = request.replace("connection: close\r\n", "");
    let reply = exchange(&emulator, format!("{kept}{kept}{request}").as_bytes()).unwrap();
    assert_eq!(reply.matches("HTTP/1.1 201 Created").count(), 3, "{reply}");
}

/// A fault as its JSON, then a good request: what comes back.
fn with_fault(emulator: &Emulator, bytes: &[u8], fault: &str) -> Result<String, ErrorKind> {
    let request = Request::new("POST", "/_emulator/faults").body(fault);
    let reply = exchange(emulator, &wire(&request)).unwrap();
    assert_eq!(status(&reply), "201", "{fault}: {reply}");
    exchange(emulator, bytes)
}

#[test]
fn faults_answer_in_place_of_the_service() {
    let world = World::new();
    let emulator = start(&world);
    let bytes = wire(&world.sign(&world.leaf()));
    let ask = |fault: &str| with_fault(&emulator, &bytes, fault);

    let html = r#"{"status":502,"body":"<html>","headers":[["Content-Type","text/html"]]}"#;
    let reply = ask(html).unwrap();
    assert_eq!(status(&reply), "502");
    assert!(
        reply.contains("text/html") && reply.ends_with("\r\n\r\n<html>"),
        "{reply}"
    );
    assert_eq!(emulator.requests().pop().unwrap().verdict, Verdict::Fault);

    let reply = ask(r#"{"body":"{"}"#).unwrap();
    assert!(
        status(&reply) == "200" && reply.ends_with("\r\n\r\n{"),
        "{reply}"
    );

    let reply = ask(r#"{"throttle":true}"#).unwrap();
    assert!(
        status(&reply) == "429" && reply.contains("ThrottlingException"),
        "{reply}"
    );

    let reply = ask(r#"{"skew":-600}"#).unwrap();
    assert_eq!(status(&reply), "403");
    assert!(
        reply.contains("date: Sat, 21 Nov 2026 05:43:19 GMT"),
        "{reply}"
    );

    let reply = ask(r#"{"expires_in":5}"#).unwrap();
    assert!(
        reply.contains(r#""expiration":"2026-11-21T05:53:24Z""#),
        "{reply}"
    );
    assert_eq!(status(&exchange(&emulator, &bytes).unwrap()), "201");
}

#[test]
fn faults_count_and_keep_to_their_operation() {
    let world = World::new();
    let emulator = start(&world);
    let bytes = wire(&world.sign(&world.leaf()));
    let sts = wire(&Request::new("GET", "/?Action=GetCallerIdentity"));
    emulator.fault(Fault::from_json(r#"{"status":500,"count":2,"operation":"Sts"}"#).unwrap());
    let statuses = [&bytes, &sts, &sts, &sts].map(|bytes| exchange(&emulator, bytes).unwrap());
    let statuses = statuses.each_ref().map(|reply| status(reply));
    assert_eq!(statuses, ["201", "500", "500", "403"]);
    emulator.fault(Fault::from_json(r#"{"status":500}"#).unwrap());
    emulator.clear_faults();
    assert_eq!(status(&exchange(&emulator, &bytes).unwrap()), "201");
    let forget = wire(&Request::new("DELETE", "/_emulator/faults"));
    let reply = with_fault(&emulator, &forget, r#"{"status":500,"count":9}"#);
    assert_eq!(status(&reply.unwrap()), "200");
    assert_eq!(status(&exchange(&emulator, &bytes).unwrap()), "201");
    for wrong in [
        r#"{"stauts":500}"#,
        r#"{"status":99}"#,
        "",
        "[]",
        r#"{"count":-1}"#,
    ] {
        let request = Request::new("POST", "/_emulator/faults").body(wrong);
        assert_eq!(
            status(&exchange(&emulator, &wire(&request)).unwrap()),
            "400",
            "{wrong}"
        );
    }
}

#[test]
fn faults_of_the_wire() {
    let world = World::new();
    let emulator = start(&world);
    let bytes = wire(&world.sign(&world.leaf()));
    let ask = |fault: &str| with_fault(&emulator, &bytes, fault);

    assert_eq!(
        ask(r#"{"reset":"at_once"}"#),
        Err(ErrorKind::ConnectionReset)
    );

    let cut = ask(r#"{"reset":"mid_body"}"#).unwrap();
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    let length = head
        .split_once("content-length: ")
        .unwrap()
        .1
        .lines()
        .next()
        .unwrap();
    assert!(
        status(head) == "201" && body.len() * 2 <= length.parse().unwrap(),
        "{cut}"
    );

    let before = Instant::now();
    assert_eq!(status(&ask(r#"{"latency":300}"#).unwrap()), "201");
    assert!(before.elapsed() >= Duration::from_millis(300));

    emulator.fault(Fault::from_json(r#"{"hang":true}"#).unwrap());
    let mut stream = connect(&emulator);
    stream.write_all(&bytes).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    let error = stream.read(&mut [0]).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        "{error}"
    );
    health(&emulator);
    drop(emulator);
    // The end of the emulator is the end of what hangs.
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    assert!(stream.read(&mut [0]).is_ok_and(|count| count == 0) || stream.take_error().is_ok());
}

#[test]
fn it_starts_and_ends_inside_another_runtime() {
    let world = World::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let emulator = start(&world);
        let address = emulator.address();
        drop(emulator);
        assert!(TcpStream::connect(address).is_err());
    });
}
