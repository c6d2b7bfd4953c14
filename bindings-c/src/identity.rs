//! `rolesanywhere_identity`: the end-entity certificate and its chain.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::findings::FindingsHandle;
use crate::handle::{Out, ask, borrow, free};
use crate::private_key::PrivateKeyHandle;
use crate::signature::{SignatureHandle, encoding};
use crate::slice::{Bytes, OwnedText, Text, bytes, optional_bytes};
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::identity::load_identity;
use rolesanywhere::core::signing::encode_signature;
use rolesanywhere::core::{Backend as _, Identity, Signature, SigningKey, Timestamp};
use std::ptr::null_mut;

/// The end-entity certificate and its intermediates. Immutable: any number of threads may read one.
///
/// The texts and bytes that it lends live as long as the identity.
pub struct IdentityHandle {
    identity: Identity,
    serial_number: OwnedText,
    key_algorithm: OwnedText,
    algorithm: OwnedText,
    subject: OwnedText,
    issuer: OwnedText,
}

impl IdentityHandle {
    pub(crate) fn new(identity: Identity) -> Self {
        Self {
            serial_number: OwnedText::new(identity.serial_number()),
            key_algorithm: OwnedText::new(identity.key_algorithm().as_str()),
            algorithm: OwnedText::new(identity.algorithm().as_str()),
            subject: OwnedText::new(&identity.subject()),
            issuer: OwnedText::new(&identity.issuer()),
            identity,
        }
    }

    pub(crate) const fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// Reads the leaf, and any chain, from PEM or DER. One file with everything is fine: keys and other
/// blocks are skipped. `chain` may be NULL.
///
/// `*identity` is the caller's, to be freed with `rolesanywhere_identity_free`. Any thread. Fails with
/// a code of kind `identity`.
///
/// # Safety
/// The pointers are NULL or point to as many bytes as their lengths say; `identity` and `error` are
/// NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_from_pem(
    certificate: *const u8,
    certificate_length: usize,
    chain: *const u8,
    chain_length: usize,
    identity: *mut *mut IdentityHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(identity, "identity")?;
            let certificate = bytes(certificate, certificate_length, "certificate")?;
            let chain = optional_bytes(chain, chain_length, "chain")?;
            out.give(IdentityHandle::new(Identity::from_pem(certificate, chain)?));
            Ok(())
        })
    }
}

/// Reads an identity and, where there is one, its private key from any mix of PEM, DER and PKCS#12.
/// The leaf is the certificate that the key belongs to; without a key the only one that issued none of
/// the others. `passphrase` may be NULL.
///
/// `*identity` and `*private_key` are the caller's, to be freed each with its function; `*private_key`
/// becomes NULL where the parts hold no key. Any thread. Fails with a code of kind `identity`.
///
/// # Safety
/// `parts` points to `part_count` slices; these and `passphrase` point to as many bytes as they say.
/// `identity`, `private_key` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_load_identity(
    parts: *const Bytes,
    part_count: usize,
    passphrase: *const u8,
    passphrase_length: usize,
    identity: *mut *mut IdentityHandle,
    private_key: *mut *mut PrivateKeyHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(identity, "identity")?;
            let key_out = Out::new(private_key, "private_key")?;
            let passphrase = optional_bytes(passphrase, passphrase_length, "passphrase")?;
            let mut contents = Vec::new();
            for index in 0..part_count {
                let part = borrow(parts.wrapping_add(index), "parts")?;
                contents.push(bytes(part.data, part.length, "parts")?);
            }
            let (identity, key) = load_identity(&contents, passphrase, &AwsLc)?;
            match key {
                Some(key) => key_out.give(PrivateKeyHandle::new(key)),
                None => key_out.set(null_mut()),
            }
            out.give(IdentityHandle::new(identity));
            Ok(())
        })
    }
}

/// The leaf's serial number in decimal. Borrowed from the identity.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_serial_number(
    identity: *const IdentityHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(identity, Text::NONE, |it| Some(it.serial_number.lend())) }
}

/// The algorithm of the leaf's key: `rsa`, `p256`, `p384`, `p521`, `ml_dsa_44`, `ml_dsa_65` or
/// `ml_dsa_87`. Borrowed from the identity.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_key_algorithm(
    identity: *const IdentityHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(identity, Text::NONE, |it| Some(it.key_algorithm.lend())) }
}

/// The SigV4 algorithm, such as `AWS4-X509-ECDSA-SHA256`. Borrowed from the identity.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_algorithm(identity: *const IdentityHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(identity, Text::NONE, |it| Some(it.algorithm.lend())) }
}

/// The leaf's subject as RFC 4514 prints it. Borrowed from the identity; may hold a NUL inside, so
/// that its length counts.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_subject(identity: *const IdentityHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(identity, Text::NONE, |it| Some(it.subject.lend())) }
}

/// The leaf's issuer as RFC 4514 prints it. Borrowed from the identity; may hold a NUL inside, so
/// that its length counts.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_issuer(identity: *const IdentityHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(identity, Text::NONE, |it| Some(it.issuer.lend())) }
}

/// The first second of the leaf's validity, in Unix seconds; 0 for NULL.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_not_before(identity: *const IdentityHandle) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(identity, 0, |it| {
            Some(it.identity.not_before().unix_seconds())
        })
    }
}

/// The last second of the leaf's validity, in Unix seconds; 0 for NULL.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_not_after(identity: *const IdentityHandle) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(identity, 0, |it| {
            Some(it.identity.not_after().unix_seconds())
        })
    }
}

/// The leaf in DER. Borrowed from the identity.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_certificate_der(
    identity: *const IdentityHandle,
) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(identity, Bytes::NONE, |it| {
            Some(Bytes::of(it.identity.certificate_der()))
        })
    }
}

/// How many intermediates there are; 0 for NULL.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_chain_count(
    identity: *const IdentityHandle,
) -> usize {
    // SAFETY: the caller's promise above.
    unsafe { ask(identity, 0, |it| Some(it.identity.chain_der().count())) }
}

/// An intermediate in DER, the leaf's issuer at index 0. Borrowed from the identity; none beyond the
/// last.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_chain_der(
    identity: *const IdentityHandle,
    index: usize,
) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(identity, Bytes::NONE, |it| {
            it.identity.chain_der().nth(index).map(Bytes::of)
        })
    }
}

/// Checks what can be checked without the service: the key (where `private_key` is not NULL), the
/// certificate's usage, version, hash, validity at `now` (Unix seconds), the chain's links. Not checked
/// are the signatures of the certificates.
///
/// Any thread. Fails with the most specific code of kind `identity`.
///
/// # Safety
/// `identity` and `private_key` are NULL or handles that are not freed meanwhile; `error` is NULL or
/// may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_check(
    identity: *const IdentityHandle,
    private_key: *const PrivateKeyHandle,
    now: i64,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let identity = borrow(identity, "identity")?;
            let key = private_key.as_ref().map(PrivateKeyHandle::key);
            identity.identity.check(at(now)?, key)
        })
    }
}

/// Everything that can be said against the identity, also what is no error. Arguments as for
/// `rolesanywhere_identity_check`.
///
/// `*findings` is the caller's, to be freed with `rolesanywhere_findings_free`; it borrows nothing. Any
/// thread. Fails with `null_argument` and `timestamp_malformed` alone.
///
/// # Safety
/// `identity` and `private_key` are NULL or handles that are not freed meanwhile; `findings` and
/// `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_findings(
    identity: *const IdentityHandle,
    private_key: *const PrivateKeyHandle,
    now: i64,
    findings: *mut *mut FindingsHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(findings, "findings")?;
            let identity = borrow(identity, "identity")?;
            let key: Option<&dyn SigningKey> = private_key.as_ref().map(PrivateKeyHandle::key);
            out.give(FindingsHandle::new(
                identity.identity.findings(at(now)?, key),
            ));
            Ok(())
        })
    }
}

/// Verifies a signature over a message with the leaf's public key, for programs that test a signer of
/// theirs. `encoding` is a `ROLESANYWHERE_SIGNATURE_ENCODING_…`.
///
/// `encoded` may be NULL; `*encoded` becomes the signature as it goes into `Authorization`, the
/// caller's, to be freed with `rolesanywhere_signature_free`. Any thread. Fails with
/// `signature_malformed`, `signature_invalid`.
///
/// # Safety
/// `identity` is NULL or an identity that is not freed meanwhile; the other pointers are NULL, or point
/// to as many bytes as their lengths say or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_verify(
    identity: *const IdentityHandle,
    message: *const u8,
    message_length: usize,
    signature: *const u8,
    signature_length: usize,
    signature_encoding: u32,
    encoded: *mut *mut SignatureHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let public_key = borrow(identity, "identity")?.identity.public_key();
            let message = bytes(message, message_length, "message")?;
            let given = bytes(signature, signature_length, "signature")?;
            let given = Signature::new(given.to_vec());
            let signature = encode_signature(public_key, &given, encoding(signature_encoding)?)?;
            AwsLc.verify(public_key, message, &signature)?;
            if let Ok(out) = Out::new(encoded, "encoded") {
                out.give(SignatureHandle::new(signature.as_bytes()));
            }
            Ok(())
        })
    }
}

/// Ends an identity and what it lent. NULL is fine.
///
/// # Safety
/// `identity` is NULL or an identity that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_identity_free(identity: *mut IdentityHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(identity) }
}

/// Unix seconds from C.
pub(crate) fn at(seconds: i64) -> rolesanywhere::core::error::Result<Timestamp> {
    Timestamp::from_unix_seconds(seconds)
}
