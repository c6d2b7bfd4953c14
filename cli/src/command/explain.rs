//! `explain`: what would be signed, part by part.

use super::now;
use crate::output;
use crate::passphrase;
use crate::report::Report;
use crate::settings::Settings;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::Result;
use rolesanywhere::core::sigv4::{ExplainedLine, SignatureEncoding};
use rolesanywhere::core::{Identity, PendingSignature, Signature};
use rolesanywhere::provider::identity_sources;
use rolesanywhere::{IdentityFiles, IdentitySource, SourceReader};
use serde_json::{Value, json};
use std::fmt::Write;

pub(super) fn run(settings: &Settings<'_>, _report: &Report) -> Result<()> {
    let format = settings.choice("output", &["text", "json"])?;
    let session = settings.options().create_session()?;
    let prepare = |identity: &Identity| session.prepare(identity, now()?);
    let (pending, signature) = if settings.switch("sign") {
        signed(settings, prepare)?
    } else {
        (prepare(&certificate(settings)?)?, None)
    };
    let text = match format {
        Some("json") => as_json(&pending, signature.as_ref()),
        _ => as_text(&pending, signature.as_ref()),
    };
    output::write(text.as_bytes())
}

/// Nobody needs the key to see what it would sign.
fn certificate(settings: &Settings<'_>) -> Result<Identity> {
    let mut stdin = std::io::stdin().lock();
    let mut reader = SourceReader::new(settings.environment()).with_standard_input(&mut stdin);
    identity_sources(settings.options())?.load_certificate(&mut reader)
}

fn signed(
    settings: &Settings<'_>,
    prepare: impl Fn(&Identity) -> Result<PendingSignature>,
) -> Result<(PendingSignature, Option<Signature>)> {
    let options = settings.options();
    let sources = identity_sources(options)?;
    let sources = sources.with_standard_input(&mut std::io::stdin().lock())?;
    let snapshot = passphrase::opened(IdentityFiles::new(sources), options)?.snapshot()?;
    let pending = prepare(&snapshot.identity)?;
    let signature = snapshot.key.sign(pending.string_to_sign())?;
    pending.verify(&signature, SignatureEncoding::Der, &AwsLc)?;
    Ok((pending, Some(signature)))
}

fn as_text(pending: &PendingSignature, signature: Option<&Signature>) -> String {
    let mut text = String::from("Canonical request\n");
    push(&mut text, &pending.explained_canonical_request());
    text.push_str("\nString to sign\n");
    push(&mut text, &pending.explained_string_to_sign());
    text.push_str("\nSignature\n");
    let line = match signature {
        Some(signature) => format!(
            "  # verified with the certificate's public key; a signed request is a credential, so \
             only its beginning is shown\n  {}\n",
            beginning(signature)
        ),
        None => "  # not made: `--sign` does\n".to_owned(),
    };
    text.push_str(&line);
    text
}

fn push(text: &mut String, lines: &[ExplainedLine]) {
    for ExplainedLine {
        text: line,
        meaning,
        ..
    } in lines
    {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  # {meaning}\n  {}", abridged(line));
    }
}

/// Certificates are long; `--output json` shows them whole.
fn abridged(line: &str) -> String {
    const KEPT: usize = 48;
    match line.split_once(':') {
        Some((name, value)) if name.starts_with("x-amz-x509") => {
            let kept: String = value.chars().take(KEPT).collect();
            format!("{name}:{kept}… ({} characters)", value.len())
        }
        _ => line.to_owned(),
    }
}

fn beginning(signature: &Signature) -> String {
    let hex = signature.to_hex();
    let kept: String = hex.chars().take(16).collect();
    format!("{kept}… ({} hex digits)", hex.len())
}

fn as_json(pending: &PendingSignature, signature: Option<&Signature>) -> String {
    let lines = |lines: Vec<ExplainedLine>| -> Vec<Value> {
        let lines = lines.into_iter();
        lines
            .map(|line| json!({"text": line.text, "meaning": line.meaning}))
            .collect()
    };
    let value = json!({
        "canonical_request": lines(pending.explained_canonical_request()),
        "string_to_sign": lines(pending.explained_string_to_sign()),
        "signature": signature.map(beginning),
    });
    format!("{value:#}\n")
}
