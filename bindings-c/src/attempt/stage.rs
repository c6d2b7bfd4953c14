//! How far an attempt has come. Whatever ends it, its provider is told.

use crate::http_request::HttpRequestHandle;
use crate::http_response::HttpResponseHandle;
use crate::signing_request::SigningRequestHandle;
use rolesanywhere::Provider;
use rolesanywhere::core::Signature;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::refresh::Fetch;
use rolesanywhere::core::sigv4::SignatureEncoding;
use rolesanywhere::provider::{Attempt, Outcome, Prepared, Signed};

/// One attempt to fetch credentials, in steps: prepare, sign or finish, send, receive or fail. Of one
/// thread at a time, which need not be the one that polled.
pub struct AttemptHandle {
    provider: Provider,
    fetch: Fetch,
    stage: Stage,
}

enum Stage {
    Begun(Box<Attempt>),
    Prepared(Box<Prepared>, SigningRequestHandle),
    Signed(Box<Signed>, HttpRequestHandle),
    Ended,
}

impl AttemptHandle {
    pub(crate) fn new(attempt: Attempt, provider: Provider) -> Self {
        Self {
            provider,
            fetch: attempt.fetch(),
            stage: Stage::Begun(Box::new(attempt)),
        }
    }

    pub(super) fn prepare(&mut self) -> Result<()> {
        let prepared = match self.take() {
            Stage::Begun(attempt) => attempt.prepare(),
            other => return Err(self.not_now(other)),
        };
        let prepared = self.or_report(prepared)?;
        let request = SigningRequestHandle::new(prepared.pending().request());
        self.stage = Stage::Prepared(Box::new(prepared), request);
        Ok(())
    }

    pub(super) fn sign(&mut self) -> Result<()> {
        if let Stage::Begun(_) = self.stage {
            self.prepare()?;
        }
        match self.take() {
            Stage::Prepared(prepared, _) => self.signed(prepared.sign()),
            other => Err(self.not_now(other)),
        }
    }

    pub(super) fn finish(
        &mut self,
        signature: &Signature,
        encoding: SignatureEncoding,
    ) -> Result<()> {
        match self.take() {
            Stage::Prepared(prepared, _) => {
                self.signed(prepared.finish(signature, encoding, &AwsLc))
            }
            other => Err(self.not_now(other)),
        }
    }

    pub(super) fn receive(&mut self, response: &mut HttpResponseHandle) -> Result<()> {
        match self.take() {
            Stage::Signed(signed, _) => self.report(signed.receive(response.take().taken(0))),
            other => Err(self.not_now(other)),
        }
    }

    pub(super) fn fail(&mut self, error: Error) -> Result<()> {
        let outcome = match self.take() {
            Stage::Begun(attempt) => attempt.fail(error),
            Stage::Prepared(prepared, _) => prepared.fail(error),
            Stage::Signed(signed, _) => signed.receive(Err(error)),
            Stage::Ended => return Err(self.not_now(Stage::Ended)),
        };
        self.provider.report(outcome);
        Ok(())
    }

    pub(super) const fn signing_request(&self) -> Option<&SigningRequestHandle> {
        match &self.stage {
            Stage::Prepared(_, request) => Some(request),
            _ => None,
        }
    }

    pub(super) const fn http_request(&self) -> Option<&HttpRequestHandle> {
        match &self.stage {
            Stage::Signed(_, request) => Some(request),
            _ => None,
        }
    }

    fn signed(&mut self, signed: std::result::Result<Signed, Outcome>) -> Result<()> {
        let signed = self.or_report(signed)?;
        let request = HttpRequestHandle::new(signed.request());
        self.stage = Stage::Signed(Box::new(signed), request);
        Ok(())
    }

    /// Tells the provider of a failed step, and the caller what it was.
    fn or_report<T>(&self, step: std::result::Result<T, Outcome>) -> Result<T> {
        step.map_err(|outcome| {
            let error = outcome.error().cloned();
            self.provider.report(outcome);
            error.unwrap_or_else(|| {
                Error::new(ErrorCode::Internal, "a step failed without a reason")
            })
        })
    }

    fn report(&self, outcome: Outcome) -> Result<()> {
        let error = outcome.error().cloned();
        self.provider.report(outcome);
        error.map_or(Ok(()), Err)
    }

    const fn take(&mut self) -> Stage {
        std::mem::replace(&mut self.stage, Stage::Ended)
    }

    /// A step out of turn changes nothing.
    fn not_now(&mut self, stage: Stage) -> Error {
        let is = match &stage {
            Stage::Begun(_) => "not prepared",
            Stage::Prepared(..) => "not signed",
            Stage::Signed(..) => "signed already",
            Stage::Ended => "over",
        };
        self.stage = stage;
        Error::new(ErrorCode::ArgumentInvalid, format!("the attempt is {is}"))
    }
}

impl Drop for AttemptHandle {
    fn drop(&mut self) {
        if !matches!(self.stage, Stage::Ended) {
            self.provider.give_up(self.fetch);
        }
    }
}
