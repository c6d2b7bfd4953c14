//! The project's own vectors, run against the core: today RFC 6979 A.2.5 to A.2.7 with SHA-256.

use rolesanywhere_conformance::vectors::signature::{Group, Test};
use rolesanywhere_conformance::{Result, suite::Suite, vectors};
use rolesanywhere_core::crypto::{AwsLc, RustCrypto};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("protocol_vectors");
    for group in vectors::signatures()? {
        let group = Arc::new(group);
        for test in &group.tests {
            add(&mut suite, &group, test);
        }
    }
    Ok(suite.run())
}

fn add(suite: &mut Suite, group: &Arc<Group>, test: &Test) {
    let (shared, case) = (Arc::clone(group), test.clone());
    suite.add(format!("{}::rust_crypto::sign", test.id), move || {
        shared.sign(&case, &RustCrypto)
    });
    let (shared, case) = (Arc::clone(group), test.clone());
    suite.add(format!("{}::rust_crypto::verify", test.id), move || {
        shared.verify(&case, &RustCrypto)
    });
    let (shared, case) = (Arc::clone(group), test.clone());
    suite.add(format!("{}::aws_lc::verify", test.id), move || {
        shared.verify(&case, &AwsLc)
    });
}
