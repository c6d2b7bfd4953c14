//! How many CreateSessions with RSA-2048 the emulator answers in a second; run by `cargo xtask bench`.
//!
//! The clients are in the same process and share its processors with it; each keeps one connection and
//! sends requests that were signed before, so that what is measured is the emulator.

use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::session::{CreateSession, CreateSessionOptions};
use rolesanywhere_core::{Backend as _, HttpRequest, Identity, PrivateKey, Timestamp};
use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};
use rolesanywhere_emulator::{Clock, Emulator};
use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const CLIENTS: usize = 16;
const TIME: Duration = Duration::from_secs(3);

fn main() -> Result<()> {
    let root = Authority::generate(KeyType::P256)?;
    let emulator = Emulator::builder().trust(&root)?.start()?;
    let request = wire(&signed(&root, &emulator)?);
    let (end, count) = (AtomicBool::new(false), AtomicU32::new(0));
    let (address, started) = (emulator.address(), Instant::now());
    let client = || client(address, &request, &end, &count);
    let elapsed = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        thread::sleep(TIME);
        end.store(true, Ordering::SeqCst);
        for client in clients {
            client.join().map_err(|_| "a client panicked")??;
        }
        Ok::<_, Box<dyn Error + Send + Sync>>(started.elapsed())
    })?;
    let rate = f64::from(count.into_inner()) / elapsed.as_secs_f64();
    let processors = thread::available_parallelism()?;
    println!(
        "| CreateSession with RSA-2048, {CLIENTS} clients | processors | a second |\n|---|---|---|"
    );
    println!("| emulator and clients in one process | {processors} | {rate:.0} |");
    Ok(())
}

fn signed(root: &Authority, emulator: &Emulator) -> Result<HttpRequest> {
    let leaf = root.issue(&LeafOptions::new().key_type(KeyType::Rsa2048))?;
    let session = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: emulator.trust_anchor_arn(),
        profile_arn: emulator.profile_arn(),
        role_arn: emulator.role_arn(),
        endpoint: Some(&emulator.url()),
        ..CreateSessionOptions::default()
    })?;
    let identity = Identity::from_pem(leaf.certificate_pem().as_bytes(), None)?;
    let key = AwsLc.signing_key(PrivateKey::from_pem(
        leaf.private_key_pem()?.as_bytes(),
        None,
    )?)?;
    let now = Timestamp::from_unix_seconds(Clock::system().now())?;
    Ok(session.sign(&identity, &*key, now)?)
}

fn wire(request: &HttpRequest) -> Vec<u8> {
    let (_, rest) = request.url.split_once("://").unwrap_or_default();
    let (host, target) = rest.split_once('/').unwrap_or((rest, ""));
    let mut text = format!("{} /{target} HTTP/1.1\r\nhost: {host}\r\n", request.method);
    for (name, value) in &request.headers {
        if !name.eq_ignore_ascii_case("host") {
            text += &format!("{name}: {value}\r\n");
        }
    }
    text += &format!("content-length: {}\r\n\r\n", request.body.len());
    [text.as_bytes(), &request.body].concat()
}

/// Asks on one connection until the end.
fn client(address: SocketAddr, request: &[u8], end: &AtomicBool, count: &AtomicU32) -> Result<()> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while !end.load(Ordering::SeqCst) {
        reader.get_mut().write_all(request)?;
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if !line.starts_with("HTTP/1.1 201 ") {
            return Err(format!("not accepted: {line}").into());
        }
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line)?;
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse()?;
            }
        }
        std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink())?;
        count.fetch_add(1, Ordering::SeqCst);
    }
    Ok(())
}
