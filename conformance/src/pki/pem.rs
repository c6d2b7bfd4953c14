//! PEM, with the warning that must stand above every private key.

use rolesanywhere_core::encoding::base64;

const TEST_ONLY: &str = "Test-only key of the conformance suite, published: never trust it.\n";

/// A certificate.
pub(super) fn certificate(der: &[u8]) -> Vec<u8> {
    block("CERTIFICATE", der).into_bytes()
}

/// A private key below its warning.
pub(super) fn private_key(label: &str, der: &[u8]) -> Vec<u8> {
    format!("{TEST_ONLY}{}", block(label, der)).into_bytes()
}

fn block(label: &str, der: &[u8]) -> String {
    let text: Vec<char> = base64(der).chars().collect();
    let lines: Vec<String> = text.chunks(64).map(|line| line.iter().collect()).collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}
