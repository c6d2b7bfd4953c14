//! `rolesanywhere_private_key`: a key at hand.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, borrow, free};
use crate::identity::IdentityHandle;
use crate::signature::{SignatureHandle, encoding};
use crate::slice::{OwnedText, Text, bytes, optional_bytes};
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::Result;
use rolesanywhere::core::signing::encode_signature;
use rolesanywhere::core::{Backend as _, PrivateKey, PublicKey, Signature, SigningKey};
use std::sync::Arc;

/// A private key. Signs, and never leaves. Immutable: any number of threads may use one.
pub struct PrivateKeyHandle {
    key: Arc<dyn SigningKey>,
    key_algorithm: OwnedText,
}

impl PrivateKeyHandle {
    pub(crate) fn new(key: Box<dyn SigningKey>) -> Self {
        Self {
            key_algorithm: OwnedText::new(key.public_key().algorithm().as_str()),
            key: key.into(),
        }
    }

    /// The key for somebody who may outlive the handle.
    pub(crate) fn share(&self) -> Box<dyn SigningKey> {
        Box::new(SharedKey(Arc::clone(&self.key)))
    }

    pub(crate) fn key(&self) -> &dyn SigningKey {
        &*self.key
    }
}

#[derive(Debug)]
struct SharedKey(Arc<dyn SigningKey>);

impl SigningKey for SharedKey {
    fn public_key(&self) -> &PublicKey {
        self.0.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        self.0.sign(message)
    }
}

/// Reads one private key from PEM or DER: PKCS#8, SEC1, PKCS#1, PKCS#8 under a passphrase, PKCS#12.
/// `passphrase` may be NULL.
///
/// `*private_key` is the caller's, to be freed with `rolesanywhere_private_key_free`. Any thread. Fails
/// with a code of kind `identity`.
///
/// # Safety
/// The pointers are NULL or point to as many bytes as their lengths say; `private_key` and `error` are
/// NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_private_key_from_pem(
    data: *const u8,
    data_length: usize,
    passphrase: *const u8,
    passphrase_length: usize,
    private_key: *mut *mut PrivateKeyHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(private_key, "private_key")?;
            let data = bytes(data, data_length, "data")?;
            let passphrase = optional_bytes(passphrase, passphrase_length, "passphrase")?;
            let key = PrivateKey::from_pem(data, passphrase)?;
            out.give(PrivateKeyHandle::new(AwsLc.signing_key(key)?));
            Ok(())
        })
    }
}

/// The key's algorithm: `rsa`, `p256`, … Borrowed from the key.
///
/// # Safety
/// `private_key` is NULL or a key that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_private_key_algorithm(
    private_key: *const PrivateKeyHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(private_key, Text::NONE, |it| Some(it.key_algorithm.lend())) }
}

/// Whether the key belongs to the identity's leaf; false for NULL.
///
/// # Safety
/// The handles are NULL or not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_private_key_matches(
    private_key: *const PrivateKeyHandle,
    identity: *const IdentityHandle,
) -> bool {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(private_key, false, |it| {
            let identity = identity.as_ref()?.identity();
            Some(it.key.public_key() == identity.public_key())
        })
    }
}

/// Signs a message, which for SigV4 is the string to sign: RSASSA-PKCS1-v1_5 or ECDSA with SHA-256
/// (ASN.1 DER), or ML-DSA.
///
/// `*signature` is the caller's, to be freed with `rolesanywhere_signature_free`. Any thread. Fails
/// with `signing_failed`.
///
/// # Safety
/// `private_key` is NULL or a key that is not freed meanwhile; `message` points to as many bytes as its
/// length says; `signature` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_private_key_sign(
    private_key: *const PrivateKeyHandle,
    message: *const u8,
    message_length: usize,
    signature: *mut *mut SignatureHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(signature, "signature")?;
            let key = borrow(private_key, "private_key")?;
            let message = bytes(message, message_length, "message")?;
            let signature = key.key.sign(message)?;
            out.give(SignatureHandle::new(signature.as_bytes()));
            Ok(())
        })
    }
}

/// Verifies a signature over a message with the key's public half. `signature_encoding` is a
/// `ROLESANYWHERE_SIGNATURE_ENCODING_…`. Any thread. Fails with `signature_malformed`,
/// `signature_invalid`.
///
/// # Safety
/// `private_key` is NULL or a key that is not freed meanwhile; `message` and `signature` point to as
/// many bytes as their lengths say; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_private_key_verify(
    private_key: *const PrivateKeyHandle,
    message: *const u8,
    message_length: usize,
    signature: *const u8,
    signature_length: usize,
    signature_encoding: u32,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let public_key = borrow(private_key, "private_key")?.key.public_key();
            let message = bytes(message, message_length, "message")?;
            let given = bytes(signature, signature_length, "signature")?;
            let given = Signature::new(given.to_vec());
            let signature = encode_signature(public_key, &given, encoding(signature_encoding)?)?;
            AwsLc.verify(public_key, message, &signature)
        })
    }
}

/// Ends a key; it is wiped. NULL is fine.
///
/// # Safety
/// `private_key` is NULL or a key that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_private_key_free(private_key: *mut PrivateKeyHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(private_key) }
}
