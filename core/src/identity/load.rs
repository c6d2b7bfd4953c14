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
) -> Result<(Identity, Option<Box<dyn SigningKey>>)> {
    let Contents {
        certificates,
        keys,
        barren,
    } = Contents::read(parts, passphrase)?;
    if certificates.is_empty() {
        return Err(barren.unwrap_or_else(|| missing(keys.first().map(Block::label))));
    }
    // Without a key the barren part may be the one meant to hold it: that is for the caller to say.
    if let Some(error) = barren
        && !keys.is_empty()
    {
        return Err(error);
    }
    let keys = signing_keys(&keys, backend)?;
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

/// What the parts hold, each thing once.
#[derive(Default)]
struct Contents<'a> {
    certificates: Vec<Certificate>,
    keys: Vec<Block<'a>>,
    /// What to say of the first part that holds neither.
    barren: Option<Error>,
}

impl<'a> Contents<'a> {
    fn read(parts: &[&'a [u8]], passphrase: Option<&[u8]>) -> Result<Self> {
        let mut contents = Self::default();
        for part in parts {
            contents.read_part(part, passphrase)?;
        }
        contents.certificates = chain::distinct(contents.certificates);
        Ok(contents)
    }

    fn read_part(&mut self, part: &'a [u8], passphrase: Option<&[u8]>) -> Result<()> {
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
        } else if !self.keys.iter().any(|known| known.der() == block.der()) {
            self.keys.push(block);
        }
        Ok(())
    }
}

/// Takes the keys into the backend, each once.
fn signing_keys(blocks: &[Block<'_>], backend: &dyn Backend) -> Result<Vec<Box<dyn SigningKey>>> {
    let mut keys: Vec<Box<dyn SigningKey>> = Vec::with_capacity(blocks.len());
    for block in blocks {
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
    let mut pairs = keys.into_iter().filter_map(|key| {
        let belongs = |public_key: &Result<PublicKey>| public_key.as_ref() == Ok(key.public_key());
        let owners: Vec<Certificate> = certificates
            .iter()
            .zip(&public_keys)
            .filter(|(_, public_key)| belongs(public_key))
            .map(|(certificate, _)| certificate.clone())
            .collect();
        (!owners.is_empty()).then_some((key, owners))
    });
    match (pairs.next(), pairs.next()) {
        (Some((key, owners)), None) => Ok((key, chain::end_entity(&owners)?.clone())),
        (None, _) if !several => Err(mismatch(certificates, public_keys)),
        _ => Err(key::ambiguous()),
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
