//! What several operations answer with.

use rolesanywhere_core::encoding::base64;
use rolesanywhere_core::refresh::Event;
use rolesanywhere_core::sigv4::SigningRequest;
use rolesanywhere_core::{Error, HttpRequest, Identity, PendingSignature};
use serde_json::{Map, Value, json};
use std::error::Error as _;

/// An error with all its facts; `docs/errors.md` lists the codes.
pub(crate) fn failed(error: &Error) -> Value {
    let code = error.code();
    let mut facts = json!({
        "code": code.as_str(),
        "number": code.number(),
        "kind": code.kind().as_str(),
        "message": error.message(),
        "hint": error.hint(),
        "retryable": error.is_retryable(),
    });
    if let (Some(service), Some(facts)) = (error.service(), facts.as_object_mut()) {
        facts.insert("status".into(), service.status.into());
        insert(facts, "service_code", service.service_code.as_deref());
        insert(facts, "service_message", service.service_message.as_deref());
        insert(facts, "request_id", service.request_id.as_deref());
        insert(facts, "retry_after", service.retry_after);
    }
    if let (Some(cause), Some(facts)) = (error.source(), facts.as_object_mut()) {
        facts.insert("cause".into(), cause.to_string().into());
    }
    facts
}

pub(crate) fn insert(object: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        object.insert(name.into(), value.into());
    }
}

pub(crate) fn identity(handle: u32, identity: &Identity) -> Value {
    let chain: Vec<String> = identity.chain_der().map(base64).collect();
    json!({
        "identity": handle,
        "serial_number": identity.serial_number(),
        "key_algorithm": identity.key_algorithm().as_str(),
        "algorithm": identity.algorithm().as_str(),
        "subject": identity.subject(),
        "issuer": identity.issuer(),
        "not_before": identity.not_before().unix_seconds(),
        "not_after": identity.not_after().unix_seconds(),
        "certificate_der": base64(identity.certificate_der()),
        "chain_der": chain,
    })
}

pub(crate) fn pending(handle: u32, pending: &PendingSignature) -> Value {
    json!({
        "pending_signature": handle,
        "canonical_request": pending.canonical_request(),
        "string_to_sign": base64(pending.string_to_sign()),
        "signed_headers": pending.signed_headers(),
        "credential_scope": pending.credential_scope(),
        "request": signing_request(&pending.request()),
        "unsigned_request": http_request(pending.unsigned_request()),
    })
}

pub(crate) fn signing_request(request: &SigningRequest) -> Value {
    let mut facts = json!({
        "message": base64(&request.message),
        "scheme": request.scheme.as_str(),
        "key_algorithm": request.key_algorithm.as_str(),
        "certificate_der": base64(&request.certificate_der),
    });
    if let (Some(digest), Some(facts)) = (&request.digest, facts.as_object_mut()) {
        facts.insert("digest".into(), base64(digest).into());
    }
    facts
}

pub(crate) fn http_request(request: &HttpRequest) -> Value {
    json!({
        "method": request.method,
        "url": request.url,
        "headers": request.headers,
        "body": base64(&request.body),
    })
}

pub(crate) fn event(event: &Event) -> Value {
    match event {
        Event::Refreshed { expiration } => {
            json!({ "name": event.name(), "expiration": expiration.unix_seconds() })
        }
        Event::RefreshFailed { error } => json!({ "name": event.name(), "error": failed(error) }),
        Event::ClockCorrected { offset_seconds } => {
            json!({ "name": event.name(), "offset_seconds": offset_seconds })
        }
        Event::CertificateExpiring { not_after } => {
            json!({ "name": event.name(), "not_after": not_after.unix_seconds() })
        }
        _ => json!({ "name": event.name() }),
    }
}
