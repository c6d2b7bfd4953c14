//! One consistent view of certificate, key and chain.

use crate::error::{Error, ErrorCode, Result};
use crate::identity::Identity;
use crate::signing::{PublicKey, Signature, SigningKey};
use alloc::{boxed::Box, sync::Arc};

/// Yields certificate, chain and key as one snapshot, asked at each refresh. May be shared by
/// several providers. Any function that returns a snapshot is one.
pub trait IdentitySource: Send + Sync {
    /// The identity as it is now.
    ///
    /// # Errors
    /// codes of kind `identity`; with an earlier snapshot at hand the provider goes on with that.
    fn snapshot(&self) -> Result<Arc<Snapshot>>;
}

impl<F: Fn() -> Result<Arc<Snapshot>> + Send + Sync> IdentitySource for F {
    fn snapshot(&self) -> Result<Arc<Snapshot>> {
        self()
    }
}

/// A certificate, its chain and its key, read at one moment.
#[derive(Debug)]
#[non_exhaustive]
pub struct Snapshot {
    /// The end-entity certificate and its intermediates.
    pub identity: Identity,
    /// The key that belongs to it.
    pub key: Box<dyn SigningKey>,
    awaited: bool,
}

impl Snapshot {
    /// A snapshot of one's own making.
    #[must_use]
    pub const fn new(identity: Identity, key: Box<dyn SigningKey>) -> Self {
        let awaited = false;
        Self {
            identity,
            key,
            awaited,
        }
    }

    /// An identity whose signatures the host brings: the key is elsewhere, and answers later.
    #[must_use]
    pub fn awaited(identity: Identity) -> Self {
        let key = Box::new(AwaitedKey(identity.public_key().clone()));
        Self {
            identity,
            key,
            awaited: true,
        }
    }

    /// Whether the host has to bring the signature.
    #[must_use]
    pub const fn is_awaited(&self) -> bool {
        self.awaited
    }
}

/// The leaf's public half alone.
#[derive(Debug)]
struct AwaitedKey(PublicKey);

impl SigningKey for AwaitedKey {
    fn public_key(&self) -> &PublicKey {
        &self.0
    }

    fn sign(&self, _: &[u8]) -> Result<Signature> {
        let message = "the key is elsewhere, and its signature has to be waited for";
        Err(Error::new(ErrorCode::SigningFailed, message))
    }
}
