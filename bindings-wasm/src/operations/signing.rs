//! The four stages of signing, for any request, and signatures by themselves.

use crate::Instance;
use crate::answer;
use crate::arguments::{Arguments, wrong};
use crate::handles::Object as Kept;
use crate::json::{Json, Object};
use rolesanywhere_core::encoding::{base64, sha256_hex};
use rolesanywhere_core::error::Result;
use rolesanywhere_core::signing::encode_signature;
use rolesanywhere_core::sigv4::canonical::{
    CanonicalRequest, PathEncoding, canonical_path, normalize_path,
};
use rolesanywhere_core::sigv4::{credential_scope, string_to_sign as join_string_to_sign};
use rolesanywhere_core::{Backend, PendingSignature, SignableRequest, Signature};
use std::borrow::Cow;

pub(super) fn sign(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let key = instance.handles.private_key(arguments)?;
    let signature = key.sign(&arguments.bytes("message")?)?;
    Ok(told(&signature))
}

/// Checks a signature's form; raw ECDSA becomes DER.
pub(super) fn encode(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let identity = instance.handles.identity(arguments)?;
    let signature = signature(arguments)?;
    let encoded = encode_signature(identity.public_key(), &signature, arguments.encoding()?)?;
    Ok(told(&encoded))
}

/// With the key of an identity or of a private key.
pub(super) fn verify(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let public_key = match instance.handles.optional_private_key(arguments)? {
        Some(key) => key.public_key(),
        None => instance.handles.identity(arguments)?.public_key(),
    };
    let signature = signature(arguments)?;
    let signature = encode_signature(public_key, &signature, arguments.encoding()?)?;
    let message = arguments.bytes("message")?;
    instance.backend.verify(public_key, &message, &signature)?;
    Ok(told(&signature))
}

pub(super) fn canonical_request(_: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let mut path = Cow::Borrowed(arguments.text("path")?);
    if arguments.flag("normalize")? {
        path = Cow::Owned(normalize_path(&path));
    }
    let encodings = match arguments.whole("path_encodings")? {
        1 => PathEncoding::Once,
        2 => PathEncoding::Twice,
        _ => return Err(wrong("path_encodings", "1 or 2")),
    };
    let canonical = CanonicalRequest::new(
        arguments.text("method")?,
        &canonical_path(&path, encodings),
        arguments.text("query")?,
        &arguments.pairs("headers")?,
        &sha256_hex(&arguments.bytes("body")?),
    );
    Ok(Object::new()
        .text("canonical_request", canonical.as_str())
        .text("signed_headers", canonical.signed_headers())
        .done())
}

pub(super) fn string_to_sign(_: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let now = arguments.time("now")?;
    let scope = credential_scope(now, arguments.text("region")?, arguments.text("service")?);
    let canonical = arguments.text("canonical_request")?;
    let algorithm = arguments.text("algorithm")?;
    let string_to_sign = join_string_to_sign(algorithm, now, &scope, canonical);
    Ok(Object::new()
        .text("string_to_sign", &string_to_sign)
        .text("credential_scope", &scope)
        .done())
}

pub(super) fn prepare(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let request = SignableRequest {
        method: arguments.text("method")?,
        url: arguments.text("url")?,
        headers: &arguments.pairs("headers")?,
        body: &arguments.optional_bytes("body")?.unwrap_or_default(),
        region: arguments.text("region")?,
        service: arguments
            .optional_text("service")?
            .unwrap_or("rolesanywhere"),
    };
    let identity = instance.handles.identity(arguments)?;
    let pending = request.prepare(identity, arguments.time("now")?)?;
    keep(instance, pending)
}

/// Keeps the pending signature for as long as the host wants to finish it.
pub(super) fn keep(instance: &mut Instance, pending: PendingSignature) -> Result<Json> {
    let object = Kept::PendingSignature(pending.clone());
    let handle = instance.handles.insert(object)?;
    Ok(answer::pending(handle, &pending))
}

pub(super) fn pending_sign(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let pending = instance.handles.pending_signature(arguments)?.clone();
    let request = pending.sign(instance.handles.private_key(arguments)?)?;
    Ok(answer::http_request(&request))
}

pub(super) fn pending_finish(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let pending = instance.handles.pending_signature(arguments)?.clone();
    let request = pending.finish(&signature(arguments)?, arguments.encoding()?)?;
    Ok(answer::http_request(&request))
}

pub(super) fn pending_verify(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let pending = instance.handles.pending_signature(arguments)?;
    let (signature, encoding) = (signature(arguments)?, arguments.encoding()?);
    pending.verify(&signature, encoding, &instance.backend)?;
    Ok(Json::null())
}

fn told(signature: &Signature) -> Json {
    let encoded = base64(signature.as_bytes());
    Object::new().text("signature", &encoded).done()
}

pub(super) fn signature(arguments: &Arguments) -> Result<Signature> {
    Ok(Signature::new(arguments.bytes("signature")?.to_vec()))
}
