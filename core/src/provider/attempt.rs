//! One attempt to fetch, in steps that belong to the host: read and prepare, sign, send, read the
//! reply. Nothing here waits for anybody but the identity's source and signer, and no lock is held.

use super::SignerError;
use super::plan::Plan;
use super::snapshot::Snapshot;
use super::step::{Step, preflight};
use crate::credentials::Credentials;
use crate::error::{Error, ErrorCode, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::refresh::Fetch;
use crate::session::{explain_refusal, reply_date};
use crate::signing::{Backend, Signature};
use crate::sigv4::{PendingSignature, SignatureEncoding};
use crate::time::Timestamp;
use alloc::{boxed::Box, sync::Arc};

/// One attempt: begin with [`prepare`](Self::prepare). Its [`Outcome`] goes back to the
/// [`ProviderState`](super::ProviderState) it came from.
#[derive(Debug)]
pub struct Attempt {
    fetch: Fetch,
    plan: Arc<Plan>,
    identity: Reading,
}

/// The identity that an attempt uses, and why it is not a newer one.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) snapshot: Option<Arc<Snapshot>>,
    pub(super) failure: Option<Error>,
}

/// An attempt that lacks its signature.
#[derive(Debug)]
pub struct Prepared {
    attempt: Attempt,
    snapshot: Arc<Snapshot>,
    pending: PendingSignature,
}

/// An attempt whose request is ready to be sent, once.
#[derive(Debug)]
pub struct Signed {
    attempt: Attempt,
    snapshot: Arc<Snapshot>,
    request: HttpRequest,
}

/// How far an attempt comes without its host.
#[derive(Debug)]
#[non_exhaustive]
pub enum Identified {
    /// The host has to bring the signature.
    Awaited(Box<Prepared>),
    /// The request can be sent.
    Signed(Box<Signed>),
    /// The attempt is over.
    Failed(Box<Outcome>),
}

/// How an attempt ended.
#[derive(Debug)]
pub struct Outcome {
    pub(super) id: u64,
    pub(super) identity: Reading,
    pub(super) result: Result<Box<Granted>>,
}

/// What a reply brought.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) credentials: Credentials,
    pub(super) identity_not_after: Timestamp,
    pub(super) server_date: Option<Timestamp>,
}

impl Attempt {
    pub(super) const fn new(fetch: Fetch, plan: Arc<Plan>, current: Option<Arc<Snapshot>>) -> Self {
        let identity = Reading {
            snapshot: current,
            failure: None,
        };
        Self {
            fetch,
            plan,
            identity,
        }
    }

    /// What [`Refresh`](crate::refresh::Refresh) said: id, signing time and deadline.
    #[must_use]
    pub const fn fetch(&self) -> Fetch {
        self.fetch
    }

    /// What it is an attempt at.
    #[must_use]
    pub fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.plan)
    }

    /// Reads the identity as it is now, checks it, and prepares the request. An identity that
    /// cannot be read leaves the one from before in use.
    ///
    /// # Errors
    /// The outcome to report, with a code of kind `identity`.
    pub fn prepare(self) -> core::result::Result<Prepared, Outcome> {
        let read = self.plan.identity.snapshot();
        self.prepare_with(read)
    }

    /// The same with what the host has read in place of the plan's source.
    ///
    /// # Errors
    /// As [`prepare`](Self::prepare)
    pub fn prepare_with(
        mut self,
        read: Result<Arc<Snapshot>>,
    ) -> core::result::Result<Prepared, Outcome> {
        let snapshot = match (read, &self.identity.snapshot) {
            (Ok(snapshot), _) => snapshot,
            (Err(error), Some(current)) => {
                self.identity.failure = Some(error);
                Arc::clone(current)
            }
            (Err(error), None) => return Err(self.fail(error)),
        };
        self.identity.snapshot = Some(Arc::clone(&snapshot));
        let signing_time = self.fetch.signing_time;
        let verifier = self.plan.chain_verifier.as_deref();
        let pending = preflight(&snapshot, signing_time, verifier, |step| {
            self.plan.tell(step)
        })
        .and_then(|()| self.plan.create.prepare(&snapshot.identity, signing_time));
        match pending {
            Ok(pending) => {
                self.plan.tell(&Step::Prepared(&pending));
                Ok(Prepared {
                    attempt: self,
                    snapshot,
                    pending,
                })
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    /// [Prepares](Self::prepare) and signs, where the key is at hand. `read` is what the host has
    /// read; without it the plan's source is asked.
    #[must_use]
    pub fn identify(self, read: Option<Result<Arc<Snapshot>>>) -> Identified {
        let prepared = match read {
            Some(read) => self.prepare_with(read),
            None => self.prepare(),
        };
        let signed = match prepared {
            Ok(prepared) if prepared.is_awaited() => {
                return Identified::Awaited(Box::new(prepared));
            }
            Ok(prepared) => prepared.sign(),
            Err(outcome) => Err(outcome),
        };
        match signed {
            Ok(signed) => Identified::Signed(Box::new(signed)),
            Err(outcome) => Identified::Failed(Box::new(outcome)),
        }
    }

    /// The outcome of an attempt that failed on the host's side.
    #[must_use]
    pub fn fail(self, error: Error) -> Outcome {
        Outcome {
            id: self.fetch.id,
            identity: self.identity,
            result: Err(error),
        }
    }
}

impl Prepared {
    /// Whether [`finish`](Self::finish) is the way on, and not [`sign`](Self::sign).
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        self.snapshot.is_awaited()
    }

    /// What has to be signed, for hosts whose signer is awaited.
    #[must_use]
    pub const fn pending(&self) -> &PendingSignature {
        &self.pending
    }

    /// Signs with the snapshot's own key.
    ///
    /// # Errors
    /// The outcome to report: `key_mismatch`, `signing_failed`, `signature_malformed` or
    /// `signature_invalid`.
    pub fn sign(self) -> core::result::Result<Signed, Outcome> {
        let request = self.pending.sign(self.snapshot.key.as_ref());
        Signed::new(self.attempt, self.snapshot, request)
    }

    /// Takes a signature from elsewhere, after `verifier` has verified it; one that does not know the
    /// algorithm leaves it at the form.
    ///
    /// # Errors
    /// The outcome to report: `signature_malformed` or `signature_invalid`.
    pub fn finish(
        self,
        signature: &Signature,
        encoding: SignatureEncoding,
        verifier: &dyn Backend,
    ) -> core::result::Result<Signed, Outcome> {
        let verified = match self.pending.verify(signature, encoding, verifier) {
            Err(error) if error.code() == ErrorCode::FeatureUnavailable => Ok(()),
            verified => verified,
        };
        let request = verified.and_then(|()| self.pending.finish(signature, encoding));
        Signed::new(self.attempt, self.snapshot, request)
    }

    /// The outcome of an attempt that failed on the host's side.
    #[must_use]
    pub fn fail(self, error: Error) -> Outcome {
        self.attempt.fail(error)
    }

    /// The outcome when the signer failed; what it raised becomes the cause.
    #[must_use]
    pub fn signer_failed(self, cause: SignerError) -> Outcome {
        let error = Error::new(ErrorCode::SigningFailed, "the external signer failed");
        self.attempt.fail(error.with_cause(cause))
    }
}

impl Signed {
    fn new(
        attempt: Attempt,
        snapshot: Arc<Snapshot>,
        request: Result<HttpRequest>,
    ) -> core::result::Result<Self, Outcome> {
        match request {
            Ok(request) => Ok(Self {
                attempt,
                snapshot,
                request,
            }),
            Err(error) => Err(attempt.fail(error)),
        }
    }

    /// The request.
    #[must_use]
    pub const fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// Reads what the transport brought.
    #[must_use]
    pub fn receive(self, response: Result<HttpResponse>) -> Outcome {
        match response.and_then(|response| self.read(&response)) {
            Ok(granted) => Outcome {
                id: self.attempt.fetch.id,
                identity: self.attempt.identity,
                result: Ok(Box::new(granted)),
            },
            Err(error) => self.attempt.fail(error),
        }
    }

    fn read(&self, response: &HttpResponse) -> Result<Granted> {
        let plan = &self.attempt.plan;
        let signing_time = self.attempt.fetch.signing_time;
        let credentials = plan
            .create
            .parse_response(
                response.status,
                &response.headers,
                &response.body,
                Some(signing_time),
            )
            .map_err(|error| explain_refusal(error, &self.snapshot.identity, signing_time))?;
        Ok(Granted {
            credentials: if plan.account_id {
                credentials
            } else {
                credentials.without_account_id()
            },
            identity_not_after: self.snapshot.identity.not_after(),
            server_date: reply_date(&response.headers),
        })
    }
}

impl Outcome {
    /// Why it failed; `None` when it brought credentials.
    #[must_use]
    pub const fn error(&self) -> Option<&Error> {
        match &self.result {
            Ok(_) => None,
            Err(error) => Some(error),
        }
    }

    /// An attempt that ended without having come to any step's end: something panicked.
    #[must_use]
    pub fn broken_off(id: u64, error: Error) -> Self {
        Self {
            id,
            identity: Reading::default(),
            result: Err(error),
        }
    }
}
