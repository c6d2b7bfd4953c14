//! `rolesanywhere_signature`: what a signer returns.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{ask, borrow_mut, free};
use crate::slice::{Bytes, bytes, text};
use rolesanywhere::core::Signature;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::sigv4::SignatureEncoding;
use std::ffi::c_char;

/// ASN.1 DER for ECDSA, and the only form of RSA and ML-DSA signatures.
pub const ROLESANYWHERE_SIGNATURE_ENCODING_DER: u32 = 1;
/// For ECDSA r and s, big-endian, each of the curve's length, as PKCS#11 returns them.
pub const ROLESANYWHERE_SIGNATURE_ENCODING_RAW: u32 = 2;

/// A signature: one that a call made, or the place where a signer of the host's puts its own.
pub struct SignatureHandle {
    bytes: Option<Vec<u8>>,
    encoding: SignatureEncoding,
    message: Option<String>,
}

impl SignatureHandle {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self {
            bytes: Some(bytes.to_vec()),
            ..Self::empty()
        }
    }

    /// For a signer to fill.
    pub(crate) const fn empty() -> Self {
        Self {
            bytes: None,
            encoding: SignatureEncoding::Der,
            message: None,
        }
    }

    /// What the signer put in, or what it said of its failure.
    pub(crate) fn taken(self, code: ResultCode) -> std::result::Result<Signed, String> {
        match (code, self.bytes) {
            (0, Some(bytes)) => Ok((Signature::new(bytes), self.encoding)),
            (0, None) => Err("it returned no signature".to_owned()),
            _ => Err(self
                .message
                .unwrap_or_else(|| format!("it returned {code}"))),
        }
    }
}

type Signed = (Signature, SignatureEncoding);

/// The encoding of this number.
pub(crate) fn encoding(number: u32) -> Result<SignatureEncoding> {
    match number {
        ROLESANYWHERE_SIGNATURE_ENCODING_DER => Ok(SignatureEncoding::Der),
        ROLESANYWHERE_SIGNATURE_ENCODING_RAW => Ok(SignatureEncoding::Raw),
        _ => {
            let message = format!("{number} is no ROLESANYWHERE_SIGNATURE_ENCODING");
            Err(Error::new(ErrorCode::ArgumentInvalid, message))
        }
    }
}

/// Puts a signature in; it is copied. For a signer of the host's, within its callback and on its
/// thread. `signature_encoding` is a `ROLESANYWHERE_SIGNATURE_ENCODING_…`.
///
/// # Safety
/// `signature` is NULL or what the callback got; `data` points to as many bytes as its length says;
/// `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signature_set(
    signature: *mut SignatureHandle,
    data: *const u8,
    data_length: usize,
    signature_encoding: u32,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let signature = borrow_mut(signature, "signature")?;
            let encoding = encoding(signature_encoding)?;
            signature.bytes = Some(bytes(data, data_length, "data")?.to_vec());
            signature.encoding = encoding;
            Ok(())
        })
    }
}

/// Says why there is no signature; it is copied, and becomes part of the error's message. Within the
/// callback, which then returns something else than 0.
///
/// # Safety
/// `signature` is NULL or what the callback got; `message` points to as many bytes as its length says;
/// `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signature_set_message(
    signature: *mut SignatureHandle,
    message: *const c_char,
    message_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let signature = borrow_mut(signature, "signature")?;
            signature.message = Some(text(message, message_length, "message")?.to_owned());
            Ok(())
        })
    }
}

/// The signature's bytes. Borrowed from the signature.
///
/// # Safety
/// `signature` is NULL or a signature that is neither changed nor freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signature_bytes(signature: *const SignatureHandle) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(signature, Bytes::NONE, |it| {
            it.bytes.as_deref().map(Bytes::of)
        })
    }
}

/// Ends a signature that a call made; not one that a callback got. NULL is fine.
///
/// # Safety
/// `signature` is NULL or a signature that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signature_free(signature: *mut SignatureHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(signature) }
}
