//! Wycheproof's private keys in files: ECDH's PEM, and the keys of every set for RSA. Each is loaded
//! by every backend and signs, or is refused by name; damaged public keys are never taken for others.

mod ec;
mod model;
mod rsa;

use model::Vectors;
use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::suite::Suite;
use std::process::ExitCode;

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("wycheproof_keys");
    match Vectors::find() {
        Ok(vectors) => {
            ec::add(&mut suite, &vectors)?;
            rsa::add(&mut suite, &vectors)?;
        }
        Err(reason) => suite.skip("all", &reason),
    }
    println!(
        "Wycheproof's keys, public keys and signatures: {}",
        suite.len()
    );
    Ok(suite.run())
}
