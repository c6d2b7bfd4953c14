//! `rolesanywhere_pending_signature`: a request that lacks only its signature.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, borrow, free};
use crate::http_request::HttpRequestHandle;
use crate::signature::encoding;
use crate::signing_request::SigningRequestHandle;
use crate::slice::{Bytes, OwnedText, Text, bytes};
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::{PendingSignature, Signature};
use std::ptr::null;

/// A request that lacks only its signature. Immutable: any number of threads may read one.
///
/// What it lends lives as long as it does.
pub struct PendingSignatureHandle {
    pending: PendingSignature,
    canonical_request: OwnedText,
    signed_headers: OwnedText,
    credential_scope: OwnedText,
    request: SigningRequestHandle,
    unsigned_request: HttpRequestHandle,
}

impl PendingSignatureHandle {
    pub(crate) fn new(pending: PendingSignature) -> Self {
        Self {
            canonical_request: OwnedText::new(pending.canonical_request()),
            signed_headers: OwnedText::new(pending.signed_headers()),
            credential_scope: OwnedText::new(pending.credential_scope()),
            request: SigningRequestHandle::new(pending.request()),
            unsigned_request: HttpRequestHandle::new(pending.unsigned_request()),
            pending,
        }
    }
}

/// The canonical request. Borrowed from the pending signature.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_canonical_request(
    pending: *const PendingSignatureHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(pending, Text::NONE, |it| Some(it.canonical_request.lend())) }
}

/// The string to sign. Borrowed from the pending signature.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_string_to_sign(
    pending: *const PendingSignatureHandle,
) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(pending, Bytes::NONE, |it| {
            Some(Bytes::of(it.pending.string_to_sign()))
        })
    }
}

/// The names of the signed headers, joined by `;`. Borrowed from the pending signature.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_signed_headers(
    pending: *const PendingSignatureHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(pending, Text::NONE, |it| Some(it.signed_headers.lend())) }
}

/// `YYYYMMDD/region/service/aws4_request`. Borrowed from the pending signature.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_credential_scope(
    pending: *const PendingSignatureHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(pending, Text::NONE, |it| Some(it.credential_scope.lend())) }
}

/// What a signer gets: message, digest, scheme, key algorithm, certificate. Borrowed from the pending
/// signature; NULL for NULL.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_request(
    pending: *const PendingSignatureHandle,
) -> *const SigningRequestHandle {
    // SAFETY: the caller's promise above.
    unsafe { ask(pending, null(), |it| Some(&raw const it.request)) }
}

/// The request without its signature, for programs that explain it; do not send it. Borrowed from the
/// pending signature; NULL for NULL.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_unsigned_request(
    pending: *const PendingSignatureHandle,
) -> *const HttpRequestHandle {
    // SAFETY: the caller's promise above.
    unsafe { ask(pending, null(), |it| Some(&raw const it.unsigned_request)) }
}

/// The signed request, from a signature that somebody made. Its length and encoding are checked, and
/// not whether it holds: `rolesanywhere_pending_signature_verify` does that. The pending signature stays
/// as it is, the caller's.
///
/// `*http_request` is the caller's, to be freed with `rolesanywhere_http_request_free`. Any thread.
/// Fails with `signature_malformed`.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile; `signature` points to as many
/// bytes as its length says; `http_request` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_finish(
    pending: *const PendingSignatureHandle,
    signature: *const u8,
    signature_length: usize,
    signature_encoding: u32,
    http_request: *mut *mut HttpRequestHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(http_request, "http_request")?;
            let pending = borrow(pending, "pending")?.pending.clone();
            let signature =
                Signature::new(bytes(signature, signature_length, "signature")?.to_vec());
            let request = pending.finish(&signature, encoding(signature_encoding)?)?;
            out.give(HttpRequestHandle::new(&request));
            Ok(())
        })
    }
}

/// Verifies a signature with the leaf's public key. Any thread. Fails with `signature_malformed`,
/// `signature_invalid`.
///
/// # Safety
/// `pending` is NULL or a pending signature that is not freed meanwhile; `signature` points to as many
/// bytes as its length says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_verify(
    pending: *const PendingSignatureHandle,
    signature: *const u8,
    signature_length: usize,
    signature_encoding: u32,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let pending = &borrow(pending, "pending")?.pending;
            let signature =
                Signature::new(bytes(signature, signature_length, "signature")?.to_vec());
            pending.verify(&signature, encoding(signature_encoding)?, &AwsLc)
        })
    }
}

/// Ends a pending signature and what it lent. NULL is fine.
///
/// # Safety
/// `pending` is NULL or a pending signature that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pending_signature_free(
    pending: *mut PendingSignatureHandle,
) {
    // SAFETY: the caller's promise above.
    unsafe { free(pending) }
}
