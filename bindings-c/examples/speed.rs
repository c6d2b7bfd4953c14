//! What `tests/speed.c` does, by the Rust interface: the same request, the same key, the same count.

use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::identity::load_identity;
use rolesanywhere::core::session::{CreateSession, CreateSessionOptions};
use rolesanywhere::core::{Error, Timestamp};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("the path of an identity")?;
    let count: u32 = arguments.next().ok_or("how many")?.parse()?;
    println!("{:.2}", measure(&std::fs::read(path)?, count)?);
    Ok(())
}

/// Microseconds for each.
fn measure(file: &[u8], count: u32) -> Result<f64, Error> {
    let create = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
        profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
        role_arn: "arn:aws:iam::111122223333:role/c",
        ..CreateSessionOptions::default()
    })?;
    let (identity, Some(key)) = load_identity(&[file], None, &AwsLc)? else {
        return Ok(f64::NAN);
    };
    let now = Timestamp::from_unix_seconds(1_795_240_399)?;
    let began = Instant::now();
    for _ in 0..count {
        drop(create.sign(&identity, key.as_ref(), now)?);
    }
    Ok(began.elapsed().as_secs_f64() * 1e6 / f64::from(count))
}
