//! How long one signature, one load and one CreateSession take; run by `cargo xtask bench`.
//!
//! Takes a directory with `KEY-TYPE/leaf.pem` and `leaf-key.pem`, and any number of
//! `openssl:KEY-TYPE:SECONDS` from `openssl speed`. A plain loop over `std::time` and medians of
//! interleaved rounds, because the question is a ratio within one run; criterion would take longer
//! to compile than everything else here.

use rolesanywhere_core::crypto::{AwsLc, RustCrypto, RustCryptoRsa};
use rolesanywhere_core::identity::load_identity;
use rolesanywhere_core::session::CreateSessionOptions;
use rolesanywhere_core::signing::{Backend, Signature};
use rolesanywhere_core::sigv4::SignatureEncoding;
use rolesanywhere_core::{CreateSession, Identity, SigningKey, Timestamp};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "speed/raw.rs"]
mod raw;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Candidate<'a> = (&'static str, Box<dyn FnMut() + 'a>);

const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(20);
const MESSAGE: &[u8] = &[b'm'; 160];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (directory, openssl) = arguments.split_first().ok_or("usage: speed DIRECTORY …")?;
    let mut key_types: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        key_types.push(entry?.file_name().to_string_lossy().into_owned());
    }
    key_types.sort();
    println!("| signature | by | µs | × raw AWS-LC | × openssl |\n|---|---|---|---|---|");
    for key_type in &key_types {
        signatures(key_type, &Path::new(directory).join(key_type), openssl)?;
    }
    println!("\n| everything else | key | µs |\n|---|---|---|");
    for key_type in ["rsa2048", "p256"] {
        the_rest(key_type, &Path::new(directory).join(key_type))?;
    }
    Ok(())
}

fn signatures(key_type: &str, directory: &Path, openssl: &[String]) -> Result<()> {
    let prefix = format!("openssl:{key_type}:");
    let openssl = openssl
        .iter()
        .find_map(|word| word.strip_prefix(&prefix)?.parse::<f64>().ok());
    let (_, aws_lc) = load(directory, &AwsLc)?;
    let pure: Box<dyn Backend> = if key_type.starts_with("rsa") {
        Box::new(RustCryptoRsa::new([7; 32]))
    } else {
        Box::new(RustCrypto)
    };
    let (_, pure) = load(directory, pure.as_ref())?;
    let mut candidates: Vec<Candidate<'_>> = vec![
        ("AwsLc", Box::new(|| spend(aws_lc.sign(MESSAGE)))),
        ("RustCrypto", Box::new(|| spend(pure.sign(MESSAGE)))),
    ];
    if let Some(sign) = raw::signer(key_type, &std::fs::read(directory.join("leaf-key.pem"))?)? {
        candidates.push(("raw AWS-LC", sign));
    }
    let times = medians(&mut candidates);
    let raw = times
        .iter()
        .find(|(name, _)| *name == "raw AWS-LC")
        .map(|(_, time)| *time);
    let ratio =
        |time: f64, to: Option<f64>| to.map_or("–".to_owned(), |to| format!("{:.2}", time / to));
    for (name, time) in times {
        let (to_raw, to_openssl) = (ratio(time, raw), ratio(time, openssl));
        println!(
            "| {key_type} | {name} | {:.1} | {to_raw} | {to_openssl} |",
            time * 1e6
        );
    }
    Ok(())
}

fn the_rest(key_type: &str, directory: &Path) -> Result<()> {
    let (identity, key) = load(directory, &AwsLc)?;
    let now = identity.not_before();
    let signature = session()?.prepare(&identity, now)?.sign(key.as_ref())?;
    let signature = signature_of(&signature)?;
    let mut candidates: Vec<Candidate<'_>> = vec![
        ("load of key and certificate, files in memory", {
            let certificate = std::fs::read(directory.join("leaf.pem"))?;
            let key = std::fs::read(directory.join("leaf-key.pem"))?;
            Box::new(move || spend(load_identity(&[&certificate, &key], None, &AwsLc)))
        }),
        (
            "load of the key alone by raw AWS-LC, DER in memory",
            raw::loader(key_type, &std::fs::read(directory.join("leaf-key.pem"))?)?,
        ),
        (
            "CreateSession without the signature: options, prepare, finish",
            {
                let identity = &identity;
                Box::new(move || spend(unsigned_rest(identity, &signature, now)))
            },
        ),
    ];
    for (name, time) in medians(&mut candidates) {
        println!("| {name} | {key_type} | {:.1} |", time * 1e6);
    }
    Ok(())
}

fn unsigned_rest(identity: &Identity, signature: &Signature, now: Timestamp) -> Option<usize> {
    let pending = session().ok()?.prepare(identity, now).ok()?;
    let request = pending.finish(signature, SignatureEncoding::Der).ok()?;
    Some(request.headers.len())
}

/// The signature in the request's `Authorization`.
fn signature_of(request: &rolesanywhere_core::HttpRequest) -> Result<Signature> {
    let authorization = request
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let (_, value) = authorization.ok_or("no Authorization")?;
    let (_, hex) = value.rsplit_once("Signature=").ok_or("no Signature")?;
    let pairs = hex.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair)?;
        Ok(u8::from_str_radix(pair, 16)?)
    });
    Ok(Signature::new(pairs.collect::<Result<Vec<u8>>>()?))
}

fn session() -> Result<CreateSession> {
    Ok(CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/2f6d0c1b-8e3a-4b57-b1c9-0a9e8d7c6b5a",
        profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/7b1c9e52-4f0a-4d1e-9a57-1f2e3d4c5b6a",
        role_arn: "arn:aws:iam::111122223333:role/Bench",
        ..CreateSessionOptions::default()
    })?)
}

fn load(directory: &Path, backend: &dyn Backend) -> Result<(Identity, Box<dyn SigningKey>)> {
    let certificate = std::fs::read(directory.join("leaf.pem"))?;
    let key = std::fs::read(directory.join("leaf-key.pem"))?;
    let (identity, key) = load_identity(&[&certificate, &key], None, backend)?;
    Ok((identity, key.ok_or("no private key")?))
}

/// Keeps the compiler from leaving out what nobody uses.
fn spend<T>(value: T) {
    let _spent = black_box(value);
}

/// The median time of one call of each candidate, in seconds; the candidates take turns.
fn medians(candidates: &mut [Candidate<'_>]) -> Vec<(&'static str, f64)> {
    let mut samples: Vec<Vec<f64>> = vec![Vec::new(); candidates.len()];
    for _ in 0..ROUNDS {
        for ((_, run), samples) in candidates.iter_mut().zip(&mut samples) {
            let (started, mut calls) = (Instant::now(), 0.0);
            while started.elapsed() < ROUND {
                run();
                calls += 1.0;
            }
            samples.push(started.elapsed().as_secs_f64() / calls);
        }
    }
    let median = |mut samples: Vec<f64>| {
        samples.sort_by(f64::total_cmp);
        samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let names = candidates.iter().map(|(name, _)| *name);
    names.zip(samples.into_iter().map(median)).collect()
}
