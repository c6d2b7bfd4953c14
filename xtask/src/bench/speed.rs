//! Signing, loading and canonicalising by themselves, beside raw AWS-LC and the `openssl` command.

use crate::shell::{self, LONG};
use std::path::Path;

/// `openssl speed`'s names, the key types they stand for, and how the line of the result begins:
/// kind, an index, bits; then signatures and verifications a second.
const OPENSSL: &[(&str, &str, &str, &str)] = &[
    ("rsa2048", "rsa2048", "+F2", "2048"),
    ("rsa4096", "rsa4096", "+F2", "4096"),
    ("ecdsap256", "p256", "+F4", "256"),
    ("ecdsap384", "p384", "+F4", "384"),
    ("ecdsap521", "p521", "+F4", "521"),
];

pub(crate) fn measure(identities: &Path) -> Result<(), String> {
    let mut bench = shell::cargo(["run", "--profile", "dist", "-p", "rolesanywhere-core"]);
    bench.args([
        "--features",
        "aws-lc-rs,rustcrypto-rsa,rustcrypto-tables",
        "--example",
        "speed",
    ]);
    bench.arg("--").arg(identities);
    for (key_type, seconds) in openssl() {
        bench.arg(format!("openssl:{key_type}:{seconds}"));
    }
    let status = bench.status().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err("the benchmark failed".to_owned())
    }
}

/// How long `openssl` takes for one signature of each key type, in seconds; empty without openssl.
fn openssl() -> Vec<(&'static str, f64)> {
    let mut speed = shell::command("openssl");
    speed
        .args(["speed", "-mr", "-seconds", "2"])
        .args(OPENSSL.iter().map(|(name, ..)| name));
    let outcome = shell::run_or_tell(&mut speed, LONG);
    let seconds = |line: &str, kind: &str, bits: &str| {
        let fields: Vec<&str> = line.split(':').collect();
        match fields.as_slice() {
            [found_kind, _, found_bits, rate, ..] if *found_kind == kind && *found_bits == bits => {
                rate.parse::<f64>().ok().map(f64::recip)
            }
            _ => None,
        }
    };
    let find = |(_, key_type, kind, bits): &(&str, &'static str, &str, &str)| {
        let found = outcome
            .output
            .lines()
            .find_map(|line| seconds(line, kind, bits))?;
        Some((*key_type, found))
    };
    OPENSSL.iter().filter_map(find).collect()
}
