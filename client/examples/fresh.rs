//! How long callers wait when nothing has to be fetched; run by `cargo xtask bench`.
//!
//! Takes a directory with `leaf.pem` and `leaf-key.pem`. Medians of rounds of a plain loop.

use rolesanywhere::core::config::{Argument, Sources, Value, Vocabulary, resolve};
use rolesanywhere::core::refresh::{Jitter, Next, Now, Refresh, RefreshPolicy};
use rolesanywhere::core::session::{CreateSession, CreateSessionOptions};
use rolesanywhere::core::{Credentials, HttpRequest, Timestamp};
use rolesanywhere::provider::{Clock, SystemClock};
use rolesanywhere::{HttpResponse, IdentityFiles, IdentitySource as _, IdentitySources, Provider};
use rolesanywhere::{Source, SourceReader, Transport};
use std::error::Error;
use std::hint::black_box;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(20);
const BATCH: u32 = 64;

const TRUST_ANCHOR: &str = "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/2f6d0c1b";
const PROFILE: &str = "arn:aws:rolesanywhere:us-east-1:111122223333:profile/7b1c9e52";
const ROLE: &str = "arn:aws:iam::111122223333:role/Bench";

fn main() -> Result<()> {
    let directory = std::env::args().nth(1).ok_or("usage: fresh DIRECTORY")?;
    let provider = provider(&directory)?;
    let _warm = provider.credentials()?;
    let warm = || drop(black_box(provider.credentials()));
    let one = median(&warm);
    let two = median_of_two(&warm);
    println!(
        "| with credentials at hand | ns a call | at most | calls a second |\n|---|---|---|---|"
    );
    row("`Refresh::poll`", poll()?, "100", 1.0);
    row("`Provider::credentials`, one thread", one, "200", 1.0);
    row("`Provider::credentials`, two threads, each", two, "–", 2.0);
    row(
        "`resolve`, flags, environment and profile",
        options(),
        "50000",
        1.0,
    );
    identities(&directory)?;
    println!(
        "\ntwo threads make {:.2} × the calls of one",
        2.0 * one / two
    );
    Ok(())
}

fn row(name: &str, seconds: f64, limit: &str, threads: f64) {
    let rate = threads / seconds / 1e6;
    println!(
        "| {name} | {:.0} | {limit} | {rate:.2} million |",
        seconds * 1e9
    );
}

/// Reading certificate and key, which each refresh and each run of the command does first.
fn identities(directory: &str) -> Result<()> {
    let once = sources(directory)?;
    let load = || drop(black_box(once.load(&mut SourceReader::new(&|_| None))));
    row("certificate and key, read once", median(&load), "–", 1.0);
    let twice = || {
        let files = sources(directory).map(IdentityFiles::new);
        drop(black_box(files.map(|files| files.snapshot())));
    };
    row(
        "the same, read again and compared",
        median(&twice),
        "–",
        1.0,
    );
    let files = IdentityFiles::new(sources(directory)?);
    let unchanged = || drop(black_box(files.snapshot()));
    row("the same, unchanged since", median(&unchanged), "–", 1.0);
    Ok(())
}

fn poll() -> Result<f64> {
    let (clock, mut refresh) = (SystemClock::new(), Refresh::new(RefreshPolicy::default()));
    let now: Now = clock.now();
    let Next::Fetch(fetch) = refresh.poll(now).next else {
        return Err("nothing to fetch".into());
    };
    let expiration = Timestamp::parse_rfc3339("2099-01-01T00:00:00Z")?;
    let secret = || "example".to_owned().into();
    let credentials = Credentials::new("ASIAEXAMPLE".to_owned(), secret(), secret(), expiration);
    let jitter = Jitter::from_fraction(0.5);
    refresh.on_success(fetch.id, credentials, None, None, now, jitter);
    let refresh = std::cell::RefCell::new(refresh);
    Ok(median(&|| drop(black_box(refresh.borrow_mut().poll(now)))))
}

fn options() -> f64 {
    let flags = [
        ("trust-anchor-arn", TRUST_ANCHOR),
        ("profile-arn", PROFILE),
        ("role-arn", ROLE),
        ("config-profile", "app"),
    ];
    let arguments = flags.map(|(name, value)| Argument {
        name,
        value: Value::Text(value),
    });
    let file = "[default]\nregion = us-east-1\n\n[profile app]\nregion = eu-central-1\n\
                rolesanywhere_certificate = /etc/app/tls.crt\n\
                rolesanywhere_private_key = /etc/app/tls.key\n";
    let sources = Sources {
        vocabulary: Vocabulary::Flags,
        arguments: &arguments,
        environment: &[("ROLESANYWHERE_DURATION_SECONDS", "3600"), ("PATH", "/bin")],
        config_file: Some(file),
        ambient_profile: None,
    };
    median(&|| drop(black_box(resolve(&sources))))
}

/// Seconds for one call.
fn median(run: &dyn Fn()) -> f64 {
    let mut samples: Vec<f64> = (0..ROUNDS).map(|_| round(run)).collect();
    samples.sort_by(f64::total_cmp);
    samples.get(ROUNDS / 2).copied().unwrap_or(f64::NAN)
}

/// Seconds for one call of each of two threads that call at the same time.
fn median_of_two(run: &(dyn Fn() + Sync)) -> f64 {
    let barrier = Barrier::new(2);
    let call = || {
        barrier.wait();
        round(&run)
    };
    let mut samples: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            std::thread::scope(|scope| {
                let other = scope.spawn(call);
                let own = call();
                other
                    .join()
                    .map_or(f64::NAN, |other| f64::midpoint(own, other))
            })
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples.get(ROUNDS / 2).copied().unwrap_or(f64::NAN)
}

fn round(run: &dyn Fn()) -> f64 {
    let (started, mut calls) = (Instant::now(), 0.0);
    while started.elapsed() < ROUND {
        for _ in 0..BATCH {
            run();
        }
        calls += f64::from(BATCH);
    }
    started.elapsed().as_secs_f64() / calls
}

/// Always answers the same.
#[derive(Debug)]
struct Canned;

impl Transport for Canned {
    fn send(&self, _: &HttpRequest) -> rolesanywhere::core::error::Result<HttpResponse> {
        let body = r#"{"credentialSet":[{"credentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":
            "example","sessionToken":"example","expiration":"2099-01-01T00:00:00Z"}}]}"#;
        Ok(HttpResponse::new(
            201,
            Vec::new(),
            body.as_bytes().to_vec().into(),
        ))
    }
}

fn sources(directory: &str) -> Result<IdentitySources> {
    let source = |name: &str| Source::parse(&format!("{directory}/{name}"), "DIRECTORY");
    let certificate = source("leaf.pem")?;
    Ok(IdentitySources::new(certificate).with_private_key(source("leaf-key.pem")?))
}

fn provider(directory: &str) -> Result<Provider> {
    let sources = sources(directory)?;
    let create = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: TRUST_ANCHOR,
        profile_arn: PROFILE,
        role_arn: ROLE,
        ..CreateSessionOptions::default()
    })?;
    let identity = Arc::new(IdentityFiles::new(sources));
    Ok(Provider::builder(create, identity, Arc::new(Canned)).build())
}
