//! Flags that exclude each other, as in AWS's helper.

use super::{CERTIFICATE, KEY, SESSION};

/// A flag, the flags it excludes, and the commands where it does.
pub(crate) const CONFLICTS: &[(&str, &[&str], &[&str])] = &[
    (
        "certificate",
        &["cert-selector", "system-store-name"],
        CERTIFICATE,
    ),
    (
        "private-key",
        &[
            "cert-selector",
            "system-store-name",
            "use-latest-expiring-certificate",
        ],
        KEY,
    ),
    (
        "use-latest-expiring-certificate",
        &["intermediates"],
        SESSION,
    ),
    ("use-latest-expiring-certificate", &["reuse-pin"], KEY),
    ("cert-selector", &["intermediates"], SESSION),
    (
        "cert-selector",
        &["reuse-pin", "tpm-key-password", "no-tpm-key-password"],
        KEY,
    ),
    ("system-store-name", &["reuse-pin"], KEY),
    (
        "tpm-key-password",
        &["reuse-pin", "no-tpm-key-password", "pkcs8-password"],
        KEY,
    ),
    ("no-tpm-key-password", &["reuse-pin"], &["sign-string"]),
    ("private-key-passphrase", &["pkcs8-password"], KEY),
];
