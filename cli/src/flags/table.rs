//! The table of flags: those of AWS's helper with its names and meanings, and our own.

use super::{CERTIFICATE, Flag, KEY, SESSION};

/// In the order in which help shows them.
pub(crate) const FLAGS: &[Flag] = &[
    Flag::text(
        "trust-anchor-arn",
        "ARN",
        SESSION,
        "The trust anchor, by id or alias",
    ),
    Flag::text("profile-arn", "ARN", SESSION, "The profile, by id or alias")
        .or("ROLESANYWHERE_PROFILE_ARN"),
    Flag::text("role-arn", "ARN", SESSION, "The role to assume").or("ROLESANYWHERE_ROLE_ARN"),
    Flag::text(
        "certificate",
        "SOURCE",
        CERTIFICATE,
        "The end-entity certificate, alone, with its chain, or with its key",
    ),
    Flag::text(
        "private-key",
        "SOURCE",
        KEY,
        "The certificate's private key; default: look in the certificate's source",
    ),
    Flag::text(
        "intermediates",
        "SOURCE",
        SESSION,
        "More certificates of the chain",
    ),
    Flag::text(
        "region",
        "REGION",
        SESSION,
        "The region; default: the trust anchor's",
    ),
    Flag::text(
        "endpoint",
        "URL",
        SESSION,
        "The service's base URL; default: the region's",
    ),
    Flag::switch(
        "allow-http",
        SESSION,
        "Permit plain http beyond the loopback interface",
    ),
    Flag::text(
        "session-duration",
        "SECONDS",
        SESSION,
        "How long the session lasts, 900 to 43200; default: as the profile says",
    ),
    Flag::text(
        "role-session-name",
        "NAME",
        SESSION,
        "The session's name, where the profile accepts one",
    ),
    Flag::text(
        "instance-property",
        "KEY=VALUE",
        SESSION,
        "A property to send along; may be repeated",
    )
    .repeated(),
    Flag::switch(
        "use-fips-endpoint",
        SESSION,
        "Ask the region's FIPS endpoint",
    ),
    Flag::switch(
        "use-dualstack-endpoint",
        SESSION,
        "Ask the region's dual-stack endpoint",
    ),
    Flag::switch(
        "no-account-id",
        SESSION,
        "Leave AccountId out of the output",
    ),
    Flag::text(
        "ca-bundle",
        "FILE",
        SESSION,
        "Root certificates for TLS; also SSL_CERT_FILE",
    ),
    Flag::text(
        "connect-timeout",
        "SECONDS",
        SESSION,
        "How long connecting may take; default: 5",
    )
    .or("ROLESANYWHERE_CONNECT_TIMEOUT_SECONDS"),
    Flag::text(
        "timeout",
        "SECONDS",
        SESSION,
        "How long one attempt may take; default: 30",
    )
    .or("ROLESANYWHERE_TIMEOUT_SECONDS"),
    Flag::switch(
        "no-verify-ssl",
        SESSION,
        "Do not verify the service's TLS certificate",
    ),
    Flag::switch(
        "with-proxy",
        SESSION,
        "No effect: proxies in the environment are always used",
    ),
    Flag::switch(
        "offline",
        &["doctor"],
        "Look at this machine alone, and send nothing",
    ),
    Flag::switch("sign", &["explain"], "Sign too, and verify the signature"),
    Flag::text(
        "output",
        "FORMAT",
        &["doctor", "explain"],
        "text or json; default: text",
    ),
    Flag::text(
        "format",
        "FORMAT",
        &["sign-string"],
        "json, text or bin; default: json",
    ),
    Flag::text(
        "digest",
        "DIGEST",
        &["sign-string"],
        "SHA256, SHA384 or SHA512; default: SHA256",
    ),
    Flag::text(
        "profile",
        "NAME",
        &["update"],
        "The profile of the credentials file to write",
    ),
    Flag::switch("once", &["update"], "Write once and end"),
    Flag::text(
        "port",
        "PORT",
        &["serve"],
        "The port to listen on; default: 9911",
    ),
    Flag::text(
        "hop-limit",
        "HOPS",
        &["serve"],
        "The hop limit of replies; default: 64",
    ),
    Flag::text(
        "config-profile",
        "NAME",
        CERTIFICATE,
        "Options from this profile of the AWS config file",
    ),
    Flag::text(
        "private-key-passphrase",
        "SOURCE",
        KEY,
        "What holds the private key's passphrase: a file, env:NAME or -",
    ),
    Flag::text(
        "pkcs8-password",
        "PASSWORD",
        KEY,
        "The passphrase itself, which others on this machine can see",
    ),
    Flag::text(
        "cert-selector",
        "SELECTOR",
        CERTIFICATE,
        "A certificate of the system's store",
    )
    .later(),
    Flag::text(
        "system-store-name",
        "NAME",
        CERTIFICATE,
        "The system's certificate store",
    )
    .later(),
    Flag::switch(
        "use-latest-expiring-certificate",
        KEY,
        "Of several, the one valid longest",
    )
    .later(),
    Flag::text("pkcs11-lib", "FILE", CERTIFICATE, "The PKCS#11 module").later(),
    Flag::switch("reuse-pin", KEY, "Use the user PIN for each signature").later(),
    Flag::text(
        "tpm-key-password",
        "PASSWORD",
        KEY,
        "The TPM key's password",
    )
    .later(),
    Flag::switch("no-tpm-key-password", KEY, "The TPM key has no password").later(),
    Flag::switch(
        "debug",
        CERTIFICATE,
        "What is sent and received, without secrets",
    ),
    Flag::text(
        "log-format",
        "FORMAT",
        CERTIFICATE,
        "Messages as text or json; default: text",
    ),
];
