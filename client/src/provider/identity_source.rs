//! The identity as it is now, however often somebody replaces it.

use super::external::{ExternalKey, SignCallback};
use crate::environment::process_environment;
use crate::snapshot::{IdentitySources, Parts, Snapshot};
use crate::source::{Source, SourceReader};
use rolesanywhere_core::encoding::sha256;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::provider::IdentitySource;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often a rotation that was caught half way is read anew, and after what pause.
const READS: u32 = 5;
const PAUSE: Duration = Duration::from_millis(20);

type OwnedEnvironment = dyn Fn(&str) -> Option<String> + Send + Sync;

/// An identity in files (or variables), read anew each time and parsed when the bytes changed.
///
/// Certificate, key and chain are read twice and have to be the same both times and to belong
/// together; otherwise somebody may be replacing them just now, and they are read again after 20 ms,
/// at most 5 times. What no replacing explains, such as a key of an algorithm that the service does
/// not take, is told at once. The same bytes are parsed once, and a key under a passphrase is derived
/// once. Between two refreshes only their SHA-256 is kept.
///
/// # Examples
/// ```
/// use rolesanywhere::{IdentityFiles, IdentitySource, IdentitySources, Source};
///
/// # fn main() -> Result<(), rolesanywhere::core::Error> {
/// let sources = IdentitySources::new(Source::parse("/run/identity/tls.crt", "certificate")?)
///     .with_private_key(Source::parse("/run/identity/tls.key", "private_key")?);
/// let identity = IdentityFiles::new(sources);
/// assert_eq!(identity.snapshot().unwrap_err().code().as_str(), "file_not_found");
/// # Ok(())
/// # }
/// ```
pub struct IdentityFiles {
    sources: IdentitySources,
    environment: Box<OwnedEnvironment>,
    key: Key,
    last: Mutex<Option<Known>>,
}

/// Where the key is.
enum Key {
    InSources,
    /// With somebody who signs while we wait.
    Called(Arc<SignCallback>),
    /// With somebody whose signatures the host brings.
    Awaited,
}

/// What the bytes were, and what they are when parsed.
#[derive(Clone)]
struct Known {
    digests: Vec<[u8; 32]>,
    snapshot: Arc<Snapshot>,
}

/// What the bytes were, and why they are no identity.
struct Refused {
    digests: Vec<[u8; 32]>,
    error: Error,
}

impl IdentityFiles {
    /// Reads nothing yet. Variables come from the process's environment.
    #[must_use]
    pub fn new(sources: IdentitySources) -> Self {
        Self {
            sources,
            environment: Box::new(process_environment),
            key: Key::InSources,
            last: Mutex::new(None),
        }
    }

    /// The same with what opens the key, where nothing named it before.
    #[must_use]
    pub fn with_passphrase(mut self, passphrase: Source) -> Self {
        self.sources = self.sources.with_passphrase(passphrase);
        self
    }

    /// The same with variables from elsewhere.
    #[must_use]
    pub fn with_environment(
        mut self,
        environment: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.environment = Box::new(environment);
        self
    }

    /// The same with a key that is elsewhere; a key among the sources is not used.
    #[must_use]
    pub fn with_sign(mut self, sign: Arc<SignCallback>) -> Self {
        self.key = Key::Called(sign);
        self
    }

    /// The same with a key that is elsewhere and answers later: see [`Snapshot::awaited`].
    #[must_use]
    pub fn with_awaited_signatures(mut self) -> Self {
        self.key = Key::Awaited;
        self
    }

    /// `refused` is what was parsed in vain before, and takes what is now.
    fn read_once(&self, refused: &mut Option<Refused>) -> Result<Known> {
        let mut reader = SourceReader::new(&*self.environment);
        let parts = self.sources.read(&mut reader)?;
        let digests = digests(&parts);
        if let Some(known) = self.known(&digests) {
            return Ok(known);
        }
        if let Some(refused) = refused.as_ref().filter(|it| it.digests == digests) {
            return Err(refused.error.clone());
        }
        if self.sources.may_change() && !parts.same_as(&self.sources.read(&mut reader)?) {
            let message = "certificate and key were being replaced while they were read";
            return Err(Error::new(ErrorCode::KeyMismatch, message));
        }
        match self.parse(&parts) {
            Ok(snapshot) => Ok(Known {
                digests,
                snapshot: Arc::new(snapshot),
            }),
            Err(error) => {
                let known = refused.insert(Refused { digests, error });
                Err(known.error.clone())
            }
        }
    }

    fn parse(&self, parts: &Parts<'_>) -> Result<Snapshot> {
        match (parts.parse()?, &self.key) {
            ((identity, _), Key::Called(sign)) => {
                Ok(ExternalKey::snapshot(identity, Arc::clone(sign)))
            }
            ((identity, _), Key::Awaited) => Ok(Snapshot::awaited(identity)),
            ((identity, Some(key)), Key::InSources) => Ok(Snapshot::new(identity, key)),
            ((_, None), Key::InSources) => Err(self.sources.private_key_missing()),
        }
    }

    fn known(&self, digests: &[[u8; 32]]) -> Option<Known> {
        // Tried only: in a forked child the lock may belong to a thread that is no more.
        let last = self.last.try_lock().ok()?;
        last.clone().filter(|known| known.digests == digests)
    }
}

impl IdentitySource for IdentityFiles {
    fn snapshot(&self) -> Result<Arc<Snapshot>> {
        let mut refused = None;
        let mut result = self.read_once(&mut refused);
        for _ in 1..READS {
            match &result {
                Err(error) if self.sources.may_be_in_rotation(error.code()) => {}
                _ => break,
            }
            std::thread::sleep(PAUSE);
            result = self.read_once(&mut refused);
        }
        let known = result?;
        let snapshot = Arc::clone(&known.snapshot);
        if let Ok(mut last) = self.last.try_lock() {
            *last = Some(known);
        }
        Ok(snapshot)
    }
}

fn digests(parts: &Parts<'_>) -> Vec<[u8; 32]> {
    parts.contents().map(sha256).collect()
}

impl fmt::Debug for IdentityFiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("IdentityFiles")
            .field("sources", &self.sources)
            .finish_non_exhaustive()
    }
}
