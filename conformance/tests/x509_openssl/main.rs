//! The core's reading of certificates beside OpenSSL's, on 10,000 that were changed in a place or
//! two. Whatever differs stands in `exceptions.txt` with its reason; what stands there and does not
//! happen fails.

mod exceptions;
mod faults;
mod fields;
mod mutate;
mod openssl;
mod tree;

use exceptions::Exceptions;
use mutate::{Numbers, mutate};
use rolesanywhere_conformance::suite::Suite;
use rolesanywhere_conformance::{Result, foreign};
use rolesanywhere_core::pem;
use std::process::ExitCode;
use tree::Node;

const CASES: u64 = 10_000;

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("x509_openssl");
    match openssl::Reader::build()? {
        Ok(reader) => compare(&mut suite, &reader)?,
        Err(reason) => suite.skip("all", &reason),
    }
    Ok(suite.run())
}

fn compare(suite: &mut Suite, reader: &openssl::Reader) -> Result<()> {
    let bases = bases()?;
    let certificates: Vec<Vec<u8>> = (0..CASES)
        .zip(bases.iter().cycle())
        .map(|(case, base)| mutate(base, &mut Numbers::new(case)))
        .collect();
    let mut exceptions = Exceptions::read()?;
    let (mut both, mut neither) = (0, 0);
    for ((case, der), line) in certificates
        .iter()
        .enumerate()
        .zip(reader.read(&certificates)?)
    {
        let (ours, theirs) = (fields::ours(der), fields::theirs(&line));
        both += usize::from(ours.is_ok() && theirs.is_ok());
        neither += usize::from(ours.is_err() && theirs.is_err());
        let unexplained = exceptions.unexplained(der, &ours, &theirs);
        suite.add(format!("certificate::{case}"), move || match unexplained {
            Some(difference) => Err(difference.into()),
            None => Ok(()),
        });
    }
    println!("{CASES} changed certificates: {both} read by both, {neither} by neither");
    for (exception, times) in exceptions.counts() {
        println!("{times:>6} {exception}");
        suite.add(format!("exception::{exception}"), move || match times {
            0 => Err("no certificate differs so: take it out of exceptions.txt".into()),
            _ => Ok(()),
        });
    }
    Ok(())
}

/// The certificates of the core's own tests.
fn bases() -> Result<Vec<Node>> {
    let directory = foreign::workspace().join("core/tests/data/certificates");
    let mut paths = std::fs::read_dir(directory)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    let mut bases = Vec::new();
    for path in paths {
        for block in pem::blocks(&std::fs::read(path)?)? {
            bases.extend(Node::all(block?.der()).ok_or("a certificate is no DER")?);
        }
    }
    Ok(bases)
}
