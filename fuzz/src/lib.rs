//! What each fuzz target does with its input: nothing may panic, and no error may show a key.
#![forbid(unsafe_code)]

use rolesanywhere_core::config::{Sources, Vocabulary, resolve};
use rolesanywhere_core::crypto::RustCrypto;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::identity::load_identity;
use rolesanywhere_core::session::CreateSessionOptions;
use rolesanywhere_core::x509::Certificate;
use rolesanywhere_core::{
    Backend, CreateSession, Identity, PrivateKey, SignableRequest, Timestamp, pem,
};
use std::sync::LazyLock;

const PASSPHRASE: Option<&[u8]> = Some(b"secret");

/// A target's name and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 8] = [
    ("pem", pem),
    ("certificate", certificate),
    ("chain", chain),
    ("private_key", private_key),
    ("pkcs12", pkcs12),
    ("session_response", session_response),
    ("config_file", config_file),
    ("canonical_request", canonical_request),
];

static IDENTITY: LazyLock<Identity> = LazyLock::new(|| {
    let leaf = include_bytes!("../../core/tests/data/certificates/leaf.pem");
    Identity::from_pem(leaf, None).expect("it is one")
});

static CREATE_SESSION: LazyLock<CreateSession> = LazyLock::new(|| {
    CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/1",
        profile_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:profile/2",
        role_arn: "arn:aws:iam::123456789012:role/app",
        ..CreateSessionOptions::default()
    })
    .expect("the options are good")
});

/// Noon of a day within the test certificates' validity.
fn now() -> Timestamp {
    Timestamp::from_unix_seconds(1_893_499_200).expect("it is in range")
}

/// Splits PEM, or tells DER by its shape.
pub fn pem(data: &[u8]) {
    for block in pem::blocks(data).into_iter().flatten().flatten() {
        assert!(block.der().len() <= data.len());
        assert!(!format!("{block:?}").contains("-----"));
    }
}

/// Reads certificates and asks each for everything.
pub fn certificate(data: &[u8]) {
    let one = Certificate::from_der(data);
    let all = checked(Certificate::all_from_pem(data)).unwrap_or_default();
    for certificate in one.into_iter().chain(all) {
        let _ = format!("{certificate:?} {}", certificate.issuer());
        let _ = checked(certificate.public_key());
        assert!(!certificate.serial_number().is_empty());
        assert!(certificate.not_before().unix_seconds() >= 0);
    }
}

/// Makes an identity of anything, and looks for what is wrong with it.
pub fn chain(data: &[u8]) {
    let whole = load_identity(&[data], None, &RustCrypto);
    let half = data.split_at(data.len() / 2);
    for (identity, key) in [whole, load_identity(&[half.0, half.1], None, &RustCrypto)]
        .into_iter()
        .filter_map(checked)
    {
        assert!(identity.chain_der().count() <= 5);
        let _ = identity.findings(now(), key.as_deref());
        let _ = checked(identity.check(now(), key.as_deref()));
    }
}

/// Reads private keys, encrypted ones too, and signs with those that are read.
pub fn private_key(data: &[u8]) {
    for passphrase in [None, PASSPHRASE] {
        if let Some(key) = checked(PrivateKey::from_pem(data, passphrase)) {
            assert!(format!("{key:?}").ends_with("redacted)"));
            // ML-DSA is too slow to sign for every input.
            if let Some(key) = checked(RustCrypto.signing_key(key)) {
                assert!(!key.public_key().spki_der().is_empty());
            }
        }
    }
}

/// Opens PKCS#12 files. In a fuzzing build every MAC holds, or nothing behind it would be reached.
pub fn pkcs12(data: &[u8]) {
    for passphrase in [None, PASSPHRASE] {
        let _ = checked(PrivateKey::from_pem(data, passphrase));
        if let Some((identity, _)) = checked(load_identity(&[data], passphrase, &RustCrypto)) {
            let _ = identity.findings(now(), None);
        }
    }
}

/// Reads replies: two octets of status, then headers up to an empty line, then the body.
pub fn session_response(data: &[u8]) {
    let (status, rest) = data.split_at(data.len().min(3));
    let status = std::str::from_utf8(status)
        .ok()
        .and_then(|it| it.parse().ok());
    let split = rest.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = rest.split_at(split.unwrap_or(0));
    let headers: Vec<(String, String)> = String::from_utf8_lossy(head)
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for now in [None, Some(now())] {
        let reply = CREATE_SESSION.parse_response(status.unwrap_or(201), &headers, body, now);
        if let Some(credentials) = checked(reply) {
            let shown = format!("{credentials:?}");
            assert!(!shown.contains("SECRETSECRET"), "{shown}");
            assert!(credentials.to_credential_process_json().starts_with('{'));
        }
    }
}

/// Resolves options from a config file, and makes a request of them.
pub fn config_file(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for (environment, ambient_profile) in [
        (&[][..], None),
        (&[][..], Some("default")),
        (&[("ROLESANYWHERE_CONFIG_PROFILE", "app")][..], None),
    ] {
        let options = resolve(&Sources {
            vocabulary: Vocabulary::SnakeCase,
            arguments: &[],
            environment,
            config_file: Some(&text),
            ambient_profile,
        });
        if let Some(options) = checked(options) {
            let _ = checked(options.create_session());
        }
    }
}

/// Signs any request: URL, method, headers and body, a line each.
pub fn canonical_request(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let (url, method) = (lines.next().unwrap_or_default(), lines.next());
    let mut lines = lines.rev();
    let body = lines.next().unwrap_or_default().as_bytes();
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
    let pending = SignableRequest {
        method: method.unwrap_or("GET"),
        url,
        headers: &headers,
        body,
        region: "eu-central-1",
        service: "rolesanywhere",
    }
    .prepare(&IDENTITY, now());
    if let Some(pending) = checked(pending) {
        let canonical = pending.canonical_request();
        assert!(canonical.lines().count() >= 6, "{canonical}");
        assert!(pending.signed_headers().contains("x-amz-x509"));
    }
}

/// What every error owes: a sentence and a hint, and nothing of a key.
fn checked<T>(result: Result<T>) -> Option<T> {
    result
        .inspect_err(|error| {
            assert!(!error.message().is_empty() && !error.hint().is_empty());
            // What the service said is shown as it is, but for its length.
            assert!(
                error.service().is_some() || !error.message().contains("-----BEGIN"),
                "{error}"
            );
            assert!(error.message().len() < 4096, "{error}");
        })
        .ok()
}
