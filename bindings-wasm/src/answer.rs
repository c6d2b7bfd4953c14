//! What several operations answer with.

use crate::json::{Json, Object};
use rolesanywhere_core::encoding::base64;
use rolesanywhere_core::refresh::Event;
use rolesanywhere_core::sigv4::SigningRequest;
use rolesanywhere_core::{Error, HttpRequest, Identity, PendingSignature};
use std::error::Error as _;

/// An error with all its facts; `docs/errors.md` lists the codes.
pub(crate) fn failed(error: &Error) -> Json {
    let code = error.code();
    let mut facts = Object::new();
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
    facts.done()
}

pub(crate) fn identity(handle: u32, identity: &Identity) -> Object {
    let chain: Vec<String> = identity.chain_der().map(base64).collect();
    let mut facts = Object::new();
    facts
        .number("identity", handle.into())
        .text("serial_number", identity.serial_number())
        .text("key_algorithm", identity.key_algorithm().as_str())
        .text("algorithm", identity.algorithm().as_str())
        .text("subject", &identity.subject())
        .text("issuer", &identity.issuer())
        .seconds("not_before", identity.not_before().unix_seconds())
        .seconds("not_after", identity.not_after().unix_seconds())
        .text("certificate_der", &base64(identity.certificate_der()))
        .member("chain_der", &Json::texts(&chain));
    facts
}

pub(crate) fn pending(handle: u32, pending: &PendingSignature) -> Json {
    Object::new()
        .number("pending_signature", handle.into())
        .text("canonical_request", pending.canonical_request())
        .text("string_to_sign", &base64(pending.string_to_sign()))
        .text("signed_headers", pending.signed_headers())
        .text("credential_scope", pending.credential_scope())
        .member("request", &signing_request(&pending.request()))
        .text("body", &base64(&pending.unsigned_request().body))
        .done()
}

pub(crate) fn signing_request(request: &SigningRequest) -> Json {
    let digest = request.digest.as_ref().map(|digest| base64(digest));
    Object::new()
        .text("message", &base64(&request.message))
        .text("scheme", request.scheme.as_str())
        .text("key_algorithm", request.key_algorithm.as_str())
        .text("certificate_der", &base64(&request.certificate_der))
        .optional_text("digest", digest.as_deref())
        .done()
}

pub(crate) fn http_request(request: &HttpRequest) -> Json {
    Object::new()
        .text("method", &request.method)
        .text("url", &request.url)
        .pairs("headers", &request.headers)
        .text("body", &base64(&request.body))
        .done()
}

pub(crate) fn event(event: &Event) -> Json {
    let mut facts = Object::new();
    facts.text("name", event.name());
    match event {
        Event::Refreshed { expiration } => facts.seconds("expiration", expiration.unix_seconds()),
        Event::RefreshFailed { error } => facts.member("error", &failed(error)),
        Event::ClockCorrected { offset_seconds } => {
            facts.seconds("offset_seconds", *offset_seconds)
        }
        Event::CertificateExpiring { not_after } => {
            facts.seconds("not_after", not_after.unix_seconds())
        }
        _ => &mut facts,
    };
    facts.done()
}
