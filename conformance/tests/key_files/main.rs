//! Key files of other software, made now: each is loaded, signs, and OpenSSL verifies; what is
//! refused is refused by name, and the command of its hint makes a file of it that is read.

mod go;
mod java;
mod maker;
mod mozilla;
mod openssl;
mod pkcs12;
mod python;
mod refused;
mod tools;

use maker::Maker;
use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::suite::Suite;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("key_files");
    match Maker::new() {
        Ok(maker) => {
            let maker = Arc::new(maker);
            openssl::add(&mut suite, &maker);
            pkcs12::add(&mut suite, &maker);
            refused::add(&mut suite, &maker);
            python::add(&mut suite, &maker)?;
            go::add(&mut suite, &maker);
            java::add(&mut suite, &maker);
            tools::add(&mut suite, &maker);
            mozilla::add(&mut suite, &maker);
        }
        Err(reason) => suite.skip("all", &reason),
    }
    println!("key files of other software: {}", suite.len());
    Ok(suite.run())
}
