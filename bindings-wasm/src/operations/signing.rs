//! The four stages of signing, for any request, and signatures by themselves.

use crate::Instance;
use crate::answer;
use crate::arguments::Arguments;
use crate::handles::Object as Kept;
use crate::json::Object;
use rolesanywhere_core::encoding::sha256_hex;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::signing::encode_signature;
use rolesanywhere_core::sigv4::canonical::{
    CanonicalRequest, PathEncoding, canonical_path, normalize_path,
};
use rolesanywhere_core::sigv4::{credential_scope, string_to_sign as join_string_to_sign};
use rolesanywhere_core::{Backend, PendingSignature, SignableRequest, Signature};
use std::borrow::Cow;
use std::mem;

pub(super) fn sign(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let message = given.bytes("message");
    let signature = instance.handles.private_key(given)?.sign(&message)?;
    tell(answer, &signature);
    Ok(())
}

/// Checks a signature's form; raw ECDSA becomes DER.
pub(super) fn encode(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let (signature, encoding) = (signature(given), given.encoding());
    let identity = instance.handles.identity(given)?;
    let encoded = encode_signature(identity.public_key(), &signature, encoding)?;
    tell(answer, &encoded);
    Ok(())
}

/// With the key of an identity or of a private key.
pub(super) fn verify(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let (message, encoding) = (given.bytes("message"), given.encoding());
    let public_key = match instance.handles.optional_private_key(given)? {
        Some(key) => key.public_key(),
        None => instance.handles.identity(given)?.public_key(),
    };
    let signature = encode_signature(public_key, &signature(given), encoding)?;
    instance.backend.verify(public_key, &message, &signature)?;
    tell(answer, &signature);
    Ok(())
}

pub(super) fn canonical_request(
    _: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let mut path = Cow::Borrowed(given.text("path"));
    if given.flag("normalize") {
        path = Cow::Owned(normalize_path(&path));
    }
    let encodings = match given.whole("path_encodings") {
        1 => PathEncoding::Once,
        2 => PathEncoding::Twice,
        _ => {
            given.wrong("path_encodings", "1 or 2");
            return Ok(());
        }
    };
    let canonical = CanonicalRequest::new(
        given.text("method"),
        &canonical_path(&path, encodings),
        given.text("query"),
        &given.pairs("headers"),
        &sha256_hex(&given.bytes("body")),
    );
    answer
        .text("canonical_request", canonical.as_str())
        .text("signed_headers", canonical.signed_headers());
    Ok(())
}

pub(super) fn string_to_sign(
    _: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let now = given.time("now");
    let scope = credential_scope(now, given.text("region"), given.text("service"));
    let canonical = given.text("canonical_request");
    let string_to_sign = join_string_to_sign(given.text("algorithm"), now, &scope, canonical);
    answer
        .text("string_to_sign", &string_to_sign)
        .text("credential_scope", &scope);
    Ok(())
}

pub(super) fn prepare(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let request = SignableRequest {
        method: given.text("method"),
        url: given.text("url"),
        headers: &given.pairs("headers"),
        body: &given.optional_bytes("body").unwrap_or_default(),
        region: given.text("region"),
        service: given.optional_text("service").unwrap_or("rolesanywhere"),
    };
    let now = given.time("now");
    let pending = request.prepare(instance.handles.identity(given)?, now)?;
    keep(instance, given, answer, pending)
}

/// Keeps the pending signature for as long as the host wants to finish it.
pub(super) fn keep(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
    pending: PendingSignature,
) -> Result<()> {
    answer::pending(answer, &pending);
    let kept = Kept::PendingSignature(pending);
    instance.handles.keep(given, answer, kept)
}

pub(super) fn pending_sign(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let pending = instance.handles.pending_signature(given)?;
    let request = pending.sign(instance.handles.private_key(given)?)?;
    answer::http_request(answer, &request);
    Ok(())
}

pub(super) fn pending_finish(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let (signature, encoding) = (signature(given), given.encoding());
    let pending = instance.handles.pending_signature(given)?;
    answer::http_request(answer, &pending.finish(&signature, encoding)?);
    Ok(())
}

pub(super) fn pending_verify(
    instance: &mut Instance,
    given: Arguments<'_>,
    _: &mut Object,
) -> Result<()> {
    let (signature, encoding) = (signature(given), given.encoding());
    let pending = instance.handles.pending_signature(given)?;
    pending.verify(&signature, encoding, &instance.backend)
}

fn tell(answer: &mut Object, signature: &Signature) {
    answer.bytes("signature", signature.as_bytes());
}

pub(super) fn signature(given: Arguments<'_>) -> Signature {
    Signature::new(mem::take(&mut *given.bytes("signature")))
}
