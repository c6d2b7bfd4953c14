//! From any mix of certificates and keys to one identity and its key.

use super::Identity;
use crate::error::{Error, ErrorCode, Result};
use crate::key::{self, PrivateKey};
use crate::pem::{self, Block};
use crate::signing::{Backend, PublicKey, SigningKey};
use crate::x509::Certificate;
use crate::x509::certificate::{is_certificate, missing};
use crate::x509::chain;
use alloc::{boxed::Box, string::String, vec::Vec};

/// Reads an identity and, where there is one, its private key from any mix of PEM, DER and PKCS#12.
///
/// The passphrase is that of every part that needs one; see [`PrivateKey::from_pem`].
///
/// The leaf is the certificate that matches the key; without a key the only one that issued none
/// of the others. Of several keys, the one that matches a certificate is taken. The same
/// certificate or key may come more than once, a key also in two formats.
///
/// # Errors
/// `certificate_missing`, also when there is a key and one part holds neither; `leaf_ambiguous`;
/// `key_mismatch` when the key belongs to no certificate; `private_key_ambiguous` unless exactly
/// one of several keys belongs to one; those of [`Identity::from_pem`], [`PrivateKey::from_pem`]
/// and [`Backend::signing_key`].
pub fn load_identity(
    parts: &[&[u8]],
    passphrase: Option<&[u8]>,
    backend: &dyn Backend,
) -> Result<Loaded> {
    let mut contents = Contents::default();
    for part in parts {
        contents.read(part, passphrase)?;
    }
    let keys: Vec<&Block<'_>> = contents.keys.iter().collect();
    let barren = contents.barren.as_ref();
    conclude(contents.certificates, &keys, barren, backend)
}

/// An identity, and its private key where there is one.
pub type Loaded = (Identity, Option<Box<dyn SigningKey>>);

/// Why nothing could be loaded, and which part is to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadFailure {
    /// What is wrong.
    pub error: Error,
    /// The index of the one part that is wrong by itself; `None` for what several get wrong together.
    pub part: Option<usize>,
}

/// As [`load_identity`], and says which part is to blame. Each part is read, and each key derived,
/// once.
///
/// # Errors
/// Those of [`load_identity`]
pub fn load_parts(
    parts: &[&[u8]],
    passphrase: Option<&[u8]>,
    backend: &dyn Backend,
) -> core::result::Result<Loaded, LoadFailure> {
    let mut contents = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let mut content = Contents::default();
        let read = content.read(part, passphrase);
        read.map_err(|error| LoadFailure {
            error,
            part: Some(index),
        })?;
        contents.push(content);
    }
    conclude_all(&contents, backend).map_err(|error| LoadFailure {
        part: culprit(&contents, backend, &error),
        error,
    })
}

/// The one part that by itself gives the same error.
fn culprit(contents: &[Contents<'_>], backend: &dyn Backend, error: &Error) -> Option<usize> {
    let mut culprit = None;
    for (index, content) in contents.iter().enumerate() {
        let alone = conclude_all(core::slice::from_ref(content), backend);
        if alone.is_err_and(|own| own == *error) && culprit.replace(index).is_some() {
            return None;
        }
    }
    culprit
}

fn conclude_all(contents: &[Contents<'_>], backend: &dyn Backend) -> Result<Loaded> {
    let certificates = contents.iter().flat_map(|it| it.certificates.iter());
    let keys: Vec<&Block<'_>> = contents.iter().flat_map(|it| &it.keys).collect();
    let barren = contents.iter().find_map(|it| it.barren.as_ref());
    conclude(certificates.cloned().collect(), &keys, barren, backend)
}

/// What was read from the parts, put together; `barren` is what to say of the first part that holds
/// neither certificate nor key.
fn conclude(
    certificates: Vec<Certificate>,
    keys: &[&Block<'_>],
    barren: Option<&Error>,
    backend: &dyn Backend,
) -> Result<Loaded> {
    let certificates = chain::distinct(certificates);
    if certificates.is_empty() {
        return Err(match barren {
            Some(error) => error.clone(),
            None => missing(keys.first().map(|key| key.label())),
        });
    }
    // Without a key the barren part may be the one meant to hold it: that is for the caller to say.
    if let Some(error) = barren
        && !keys.is_empty()
    {
        return Err(error.clone());
    }
    let keys = signing_keys(keys, backend)?;
    if keys.is_empty() {
        let leaf = chain::end_entity(&certificates)?.clone();
        let public_key = leaf.public_key()?;
        return Ok((Identity::new(leaf, public_key, certificates)?, None));
    }
    let (key, leaf) = matching(&certificates, keys)?;
    let public_key = key.public_key().clone();
    let identity = Identity::new(leaf, public_key, certificates)?;
    Ok((identity, Some(key)))
}

/// What parts hold.
#[derive(Default)]
struct Contents<'a> {
    certificates: Vec<Certificate>,
    keys: Vec<Block<'a>>,
    /// What to say of the first part that holds neither.
    barren: Option<Error>,
}

impl<'a> Contents<'a> {
    fn read(&mut self, part: &'a [u8], passphrase: Option<&[u8]>) -> Result<()> {
        let mut fruitful = false;
        let mut other: Option<String> = None;
        for block in pem::blocks(part)? {
            let block = block?;
            if key::is_private_key(&block) {
                for block in key::unpack(block, passphrase)? {
                    self.add(block)?;
                }
                fruitful = true;
            } else if is_certificate(&block) {
                self.add(block)?;
                fruitful = true;
            } else {
                other.get_or_insert_with(|| block.label().into());
            }
        }
        if !fruitful && self.barren.is_none() {
            self.barren = Some(missing(other.as_deref()));
        }
        Ok(())
    }

    fn add(&mut self, block: Block<'a>) -> Result<()> {
        if is_certificate(&block) {
            self.certificates.push(Certificate::from_der(block.der())?);
        } else {
            self.keys.push(block);
        }
        Ok(())
    }
}

/// Takes the keys into the backend, each once.
fn signing_keys(blocks: &[&Block<'_>], backend: &dyn Backend) -> Result<Vec<Box<dyn SigningKey>>> {
    let mut keys: Vec<Box<dyn SigningKey>> = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        let mut before = blocks.iter().take(index);
        if before.any(|known| known.der() == block.der()) {
            continue;
        }
        let key = backend.signing_key(PrivateKey::from_block(block)?)?;
        if keys
            .iter()
            .all(|known| known.public_key() != key.public_key())
        {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// The one key that belongs to a certificate, and that certificate.
fn matching(
    certificates: &[Certificate],
    keys: Vec<Box<dyn SigningKey>>,
) -> Result<(Box<dyn SigningKey>, Certificate)> {
    let several = keys.len() > 1;
    let public_keys: Vec<Result<PublicKey>> =
        certificates.iter().map(Certificate::public_key).collect();
    let mut pair = None;
    for key in keys {
        let mut owners = Vec::new();
        for (certificate, public_key) in certificates.iter().zip(&public_keys) {
            if public_key.as_ref() == Ok(key.public_key()) {
                owners.push(certificate.clone());
            }
        }
        if !owners.is_empty() && pair.replace((key, owners)).is_some() {
            return Err(key::ambiguous());
        }
    }
    match pair {
        Some((key, owners)) => Ok((key, chain::end_entity(&owners)?.clone())),
        None if several => Err(key::ambiguous()),
        None => Err(mismatch(certificates, public_keys)),
    }
}

/// A single certificate whose own key is not taken is refused for that.
fn mismatch(certificates: &[Certificate], public_keys: Vec<Result<PublicKey>>) -> Error {
    match (certificates, public_keys.into_iter().next()) {
        ([_], Some(Err(error))) => error,
        _ => Error::new(
            ErrorCode::KeyMismatch,
            "the private key belongs to none of the certificates",
        ),
    }
}
