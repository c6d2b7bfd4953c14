//! What several operations answer with: the members of an object that was begun.

use crate::json::Object;
use rolesanywhere_core::encoding::base64;
use rolesanywhere_core::refresh::Event;
use rolesanywhere_core::sigv4::SigningRequest;
use rolesanywhere_core::{Error, HttpRequest, Identity, PendingSignature};
use std::error::Error as _;

/// An error with all its facts; `docs/errors.md` lists the codes.
pub(crate) fn failed(facts: &mut Object, error: &Error) {
    let code = error.code();
    facts
        .text("code", code.as_str())
        .number("number", code.number().into())
        .text("kind", code.kind().as_str())
        .text("message", error.message())
        .text("hint", error.hint())
        .flag("retryable", error.is_retryable());
    if let Some(service) = error.service() {
        facts
            .number("status", service.status.into())
            .optional_text("service_code", service.service_code.as_deref())
            .optional_text("service_message", service.service_message.as_deref())
            .optional_text("request_id", service.request_id.as_deref())
            .optional_number("retry_after", service.retry_after.map(u64::from));
    }
    if let Some(cause) = error.source() {
        facts.text("cause", &cause.to_string());
    }
}

pub(crate) fn identity(facts: &mut Object, identity: &Identity) {
    let chain: Vec<String> = identity.chain_der().map(base64).collect();
    facts
        .text("serial_number", identity.serial_number())
        .text("key_algorithm", identity.key_algorithm().as_str())
        .text("algorithm", identity.algorithm().as_str())
        .text("subject", &identity.subject())
        .text("issuer", &identity.issuer())
        .seconds("not_before", identity.not_before().unix_seconds())
        .seconds("not_after", identity.not_after().unix_seconds())
        .bytes("certificate_der", identity.certificate_der())
        .texts("chain_der", &chain);
}

pub(crate) fn pending(facts: &mut Object, pending: &PendingSignature) {
    facts
        .text("canonical_request", pending.canonical_request())
        .text("signed_headers", pending.signed_headers())
        .text("credential_scope", pending.credential_scope())
        .bytes("body", &pending.unsigned_request().body)
        .object("request");
    signing_request(facts, &pending.request());
    facts.end();
}

pub(crate) fn signing_request(facts: &mut Object, request: &SigningRequest) {
    facts
        .bytes("message", &request.message)
        .text("scheme", request.scheme.as_str())
        .text("key_algorithm", request.key_algorithm.as_str())
        .bytes("certificate_der", &request.certificate_der);
    if let Some(digest) = &request.digest {
        facts.bytes("digest", digest);
    }
}

pub(crate) fn http_request(facts: &mut Object, request: &HttpRequest) {
    facts
        .text("method", &request.method)
        .text("url", &request.url)
        .pairs("headers", &request.headers)
        .bytes("body", &request.body);
}

pub(crate) fn event(facts: &mut Object, event: &Event) {
    facts.text("name", event.name());
    match event {
        Event::Refreshed { expiration } => {
            facts.seconds("expiration", expiration.unix_seconds());
        }
        Event::RefreshFailed { error } => {
            failed(facts.object("error"), error);
            facts.end();
        }
        Event::ClockCorrected { offset_seconds } => {
            facts.seconds("offset_seconds", *offset_seconds);
        }
        Event::CertificateExpiring { not_after } => {
            facts.seconds("not_after", not_after.unix_seconds());
        }
        _ => {}
    }
}
