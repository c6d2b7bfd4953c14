//! How long one load of each key file takes; run by `cargo xtask bench`.
//!
//! Takes seconds for each file and the files, whose passphrase is `secret`; prints each one's name and
//! the seconds of one load, separated by a tab. Its peers, `loading.c` and `loading.py` in
//! `xtask/bench`, take and print the same.

use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::{Backend, PrivateKey};
use std::error::Error;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (seconds, files) = arguments
        .split_first()
        .ok_or("usage: loading SECONDS FILE…")?;
    let time = Duration::from_secs_f64(seconds.parse()?);
    for file in files {
        let content = std::fs::read(file)?;
        let (started, mut loads) = (Instant::now(), 0_u32);
        while loads == 0 || started.elapsed() < time {
            let key = PrivateKey::from_pem(&content, Some(b"secret"))?;
            let _used = std::hint::black_box(AwsLc.signing_key(key)?);
            loads += 1;
        }
        println!(
            "{file}\t{}",
            started.elapsed().as_secs_f64() / f64::from(loads)
        );
    }
    Ok(())
}
