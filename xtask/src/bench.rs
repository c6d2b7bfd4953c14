//! `cargo xtask bench`: numbers from one run on one machine, as ratios; never a test.
//!
//! Peers: any program named in `ROLESANYWHERE_PEER` that takes the flags of `credential-process`.

mod c;
mod emulator;
mod fresh;
mod loading;
mod process;
mod python;
mod responder;
mod speed;
mod wasm;

use crate::dist::cli::{GLIBC, STATIC};
use crate::node;
use crate::sandbox::{self, Sandbox};
use crate::shell;
use std::path::PathBuf;
use std::process::ExitCode;

/// The identities that everything is measured with.
const KEY_TYPES: &[&str] = &[
    "rsa2048",
    "rsa4096",
    "p256",
    "p384",
    "p521",
    "ml-dsa-44",
    "ml-dsa-65",
    "ml-dsa-87",
];

pub(crate) fn run() -> ExitCode {
    shell::exit(bench())
}

fn bench() -> Result<(), String> {
    sandbox::build()?;
    let identities = shell::root().join("target/bench");
    for key_type in KEY_TYPES {
        Sandbox::init(&identities.join(key_type), key_type)?;
    }
    println!("\n## One process `credential-process`, plain http on loopback, profile dist\n");
    process::measure(&builds(), &identities)?;
    println!("\n## In one process\n");
    speed::measure(&identities)?;
    println!("\n## Keys in files, in memory, profile dist\n");
    loading::measure()?;
    println!("\n## Nothing to fetch\n");
    fresh::measure(&identities)?;
    println!("\n## The Python package, profile release\n");
    python::measure(&identities)?;
    println!("\n## The C library\n");
    c::measure(&identities)?;
    println!("\n## The npm package, profile release\n");
    node::measure()?;
    println!("\n## WebAssembly\n");
    wasm::measure()?;
    println!("\n## The emulator\n");
    emulator::measure()
}

/// Each build of the command line that can be had here, by name.
fn builds() -> Vec<(String, PathBuf)> {
    let mut builds = Vec::new();
    for (name, build) in [("gnu", GLIBC), ("musl, static", STATIC)] {
        match build.run() {
            Ok(program) => builds.push((name.to_owned(), program)),
            Err(reason) => println!("no {name} build: {reason}"),
        }
    }
    if let Some(peer) = std::env::var_os("ROLESANYWHERE_PEER") {
        builds.push(("peer".to_owned(), PathBuf::from(peer)));
    }
    builds
}
