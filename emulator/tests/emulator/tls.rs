//! The same over TLS, with the emulator's own CA.

use crate::wire;
use crate::world::{NOW, World};
use rolesanywhere_emulator::directory::{self, InitOptions};
use rolesanywhere_emulator::pki::{Authority, KeyType};
use rolesanywhere_emulator::{Clock, Emulator, Fault, Request};
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "emulator.test"];

/// Asks over TLS, trusting this CA, for this name.
fn ask(emulator: &Emulator, ca: &Authority, name: &str, bytes: &[u8]) -> Result<String, String> {
    ask_at(emulator.address(), ca, name, bytes)
}

fn ask_at(address: SocketAddr, ca: &Authority, name: &str, bytes: &[u8]) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from(ca.certificate_der()))
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut stream = StreamOwned::new(ClientConnection::new(config, name).unwrap(), stream);
    let mut reply = String::new();
    stream.write_all(bytes).map_err(|error| error.to_string())?;
    match stream.read_to_string(&mut reply) {
        Err(error) if reply.is_empty() => Err(error.to_string()),
        _ => Ok(reply),
    }
}

#[test]
fn credentials_travel_over_tls() {
    let world = World::new();
    for key_type in [KeyType::P256, KeyType::Rsa2048] {
        let ca = Authority::generate(key_type).unwrap();
        let builder = Emulator::builder().config(world.config.clone());
        let builder = builder.clock(Clock::fixed(NOW));
        let emulator = builder
            .tls(ca.issue_server(&NAMES).unwrap())
            .start()
            .unwrap();
        assert!(emulator.url().starts_with("https://127.0.0.1:"));
        let bytes = wire::wire(&world.sign(&world.leaf()));
        for name in NAMES {
            let reply = ask(&emulator, &ca, name, &bytes).unwrap();
            assert!(reply.starts_with("HTTP/1.1 201 "), "{name}: {reply}");
        }
        let health = wire::wire(&Request::new("GET", "/_emulator/health"));
        assert!(
            ask(&emulator, &world.root, "localhost", &health).is_err(),
            "another CA"
        );
        assert!(
            ask(&emulator, &ca, "elsewhere.test", &health).is_err(),
            "another name"
        );
        emulator.fault(Fault::from_json(r#"{"reset":"at_once"}"#).unwrap());
        assert!(ask(&emulator, &ca, "localhost", &bytes).is_err());
        // Plain http and garbage end their own connections only.
        for garbage in [&bytes, b"\x16\x03\x01\x00\xff".as_slice()] {
            let mut stream = TcpStream::connect(emulator.address()).unwrap();
            let _ = stream.write_all(garbage);
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let _ = stream.read_to_end(&mut Vec::new());
        }
        assert!(
            ask(&emulator, &ca, "localhost", &health)
                .unwrap()
                .starts_with("HTTP/1.1 200 ")
        );
    }
}

#[test]
fn the_command_speaks_tls_to_an_origin() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-tls");
    let _ = std::fs::remove_dir_all(&home);
    directory::init(&home, &InitOptions::new().key_type(KeyType::P256)).unwrap();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_rolesanywhere-emulator"))
        .args([Path::new("serve"), &home])
        .args(["--listen", "127.0.0.1:0", "--tls"])
        .args(["--cors", "http://localhost:5173"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = BufReader::new(serve.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on https://").unwrap();
    // The one that `serve` has made.
    let ca = directory::tls_authority(&home).unwrap();
    let health = Request::new("GET", "/_emulator/health").header("origin", "http://localhost:5173");
    let reply = ask_at(
        address.parse().unwrap(),
        &ca,
        "localhost",
        &wire::wire(&health),
    );
    let _ = serve.kill();
    let _ = serve.wait();
    let reply = reply.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    assert!(
        reply.contains("access-control-allow-origin: http://localhost:5173\r\n"),
        "{reply}"
    );
    let environment = std::fs::read_to_string(home.join("env.sh")).unwrap();
    assert!(environment.contains("AWS_CA_BUNDLE"), "{environment}");
    let _ = std::fs::remove_dir_all(&home);
}
