//! The services without a wire: a request in, a reply out.

use crate::clock::Clock;
use crate::config::Config;
use crate::cors::Cors;
use crate::credentials::{Mint, fill};
use crate::fault::{Fault, Faults};
use crate::follow::Followed;
use crate::journal::{Journal, Operation, Record, Verdict};
use crate::message::{Reply, Request};
use crate::model::Model;
use crate::refusal::Refusal;
use crate::session::{self, Context};
use crate::sigv4::Trace;
use crate::{control, date, sts};
use rolesanywhere_core::Timestamp;
use rolesanywhere_core::error::Result;
use serde_json::json;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

/// IAM Roles Anywhere, STS and the emulator's own pages, without sockets.
///
/// [`Emulator`](crate::Emulator) puts it on a port. Latency, hangs and resets need a connection and
/// do nothing here.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::{Clock, Request, Service, config::Config};
///
/// let service = Service::new(&Config::default(), Clock::system())?;
/// let reply = service.answer(&Request::new("POST", "/sessions"));
/// assert_eq!(reply.status, 403);
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Service {
    model: RwLock<Arc<Model>>,
    cors: Option<Cors>,
    followed: Option<Followed>,
    clock: Clock,
    mint: Mint,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
}

impl Service {
    /// A service with its own key for the credentials it hands out.
    ///
    /// # Errors
    /// `arn_malformed`, `duration_out_of_range`, `pem_malformed`, `certificate_missing` or
    /// `certificate_malformed` for what is wrong in the configuration.
    pub fn new(config: &Config, clock: Clock) -> Result<Self> {
        Ok(Self {
            model: RwLock::new(Arc::new(Model::new(config)?)),
            cors: None,
            followed: None,
            clock,
            mint: Mint::new()?,
            journal: Journal::default(),
            faults: Faults::default(),
        })
    }

    /// The same, open to the pages of an origin such as `http://localhost:5173`, or of all with `*`.
    ///
    /// # Errors
    /// `option_invalid` for what is no origin.
    pub fn cors(mut self, origin: &str) -> Result<Self> {
        self.cors = Some(Cors::new(origin)?);
        Ok(self)
    }

    /// The same, going by a configuration file: each request sees what the file says then. While the
    /// file is wrong, what it said before stays in force; `GET /_emulator/health` and standard error
    /// say why.
    #[must_use]
    pub fn follow(mut self, path: &Path) -> Self {
        self.followed = Some(Followed::new(path.to_path_buf()));
        self
    }

    /// Goes by another configuration from now on. Sessions, faults and the log of requests stay.
    ///
    /// # Errors
    /// As [`new`](Self::new); the configuration of before then stays in force.
    pub fn set_config(&self, config: &Config) -> Result<()> {
        let model = Arc::new(Model::new(config)?);
        *self.model.write().unwrap_or_else(PoisonError::into_inner) = model;
        Ok(())
    }

    /// Answers a request: verifies it, and records it with what became of it.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Reply {
        let fault = self.next_fault(request);
        self.answer_with(request, fault.as_ref())
    }

    /// The last requests, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Record> {
        self.journal.records()
    }

    /// Lets a fault meet the next requests.
    pub fn fault(&self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Takes the fault that is to meet this request.
    pub(crate) fn next_fault(&self, request: &Request) -> Option<Fault> {
        self.faults.take(operation(request)?)
    }

    /// Answers a request that a fault may meet.
    pub(crate) fn answer_with(&self, request: &Request, fault: Option<&Fault>) -> Reply {
        self.look();
        let skew = fault.and_then(|fault| fault.skew).unwrap_or(0);
        let now = date::saturating(self.clock.now().saturating_add(skew));
        let request_id = request_id();
        let preflight = self.cors.as_ref().and_then(|cors| cors.preflight(request));
        let reply = match (preflight, operation(request)) {
            (Some(reply), _) => reply,
            (None, Some(operation)) => {
                self.answer_operation(operation, request, fault, now, &request_id)
            }
            (None, None) => control::answer(self, request),
        };
        let reply = match &self.cors {
            Some(cors) => cors.open(request, reply),
            None => reply,
        };
        let has_date = reply
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("date"));
        let reply = reply.with_header("x-amzn-RequestId", &request_id);
        if has_date {
            reply
        } else {
            reply.with_header("Date", &date::http_date(now))
        }
    }

    /// Why the file that is followed is not in force, if it is not.
    pub(crate) fn problem(&self) -> Option<String> {
        self.followed.as_ref().and_then(Followed::problem)
    }

    fn look(&self) {
        if let Some(followed) = &self.followed {
            followed.look(|config| self.set_config(config));
        }
    }

    fn answer_operation(
        &self,
        operation: Operation,
        request: &Request,
        fault: Option<&Fault>,
        now: Timestamp,
        request_id: &str,
    ) -> Reply {
        let mut trace = Trace::default();
        let expires_in = fault.and_then(|fault| fault.expires_in);
        let model = self.model.read().unwrap_or_else(PoisonError::into_inner);
        let model = Arc::clone(&model);
        let context = Context {
            model: &model,
            mint: &self.mint,
            now,
            expires_in,
        };
        let outcome = match (fault.and_then(Fault::canned_reply), operation) {
            (Some(reply), _) => Ok((Verdict::Fault, reply)),
            (None, Operation::CreateSession) => {
                session::create_session(request, context, &mut trace)
                    .map(|reply| (Verdict::Accepted, reply))
            }
            (None, Operation::Sts) => sts::answer(request, context, request_id, &mut trace)
                .map(|reply| (Verdict::Accepted, reply)),
        };
        let (verdict, reply, refusal) = match outcome {
            Ok((verdict, reply)) => (verdict, reply, None),
            Err(refusal) => (
                Verdict::Refused,
                refuse(operation, &refusal, request_id),
                Some(refusal),
            ),
        };
        let record = Record::new(request_id, now, operation, request, verdict, reply.status);
        self.journal
            .push(record.with_refusal(refusal).with_trace(trace));
        reply
    }
}

/// Which operation a request is for; none for the emulator's own pages and for what is not there.
fn operation(request: &Request) -> Option<Operation> {
    match (request.method.as_str(), request.path()) {
        ("POST", "/sessions") => Some(Operation::CreateSession),
        ("GET" | "POST", "/") => Some(Operation::Sts),
        _ => None,
    }
}

/// A refusal in the operation's own form.
fn refuse(operation: Operation, refusal: &Refusal, request_id: &str) -> Reply {
    match operation {
        Operation::CreateSession => {
            let body = json!({ "message": refusal.message, "emulatorReason": refusal.reason });
            Reply::json(refusal.status, &body).with_header("x-amzn-ErrorType", refusal.error_type)
        }
        Operation::Sts => sts::refuse(refusal, request_id),
    }
}

/// A random UUID. Without randomness nothing else works either, so that zeros do.
fn request_id() -> String {
    let mut random = [0; 16];
    let _ = fill(&mut random);
    let hex = rolesanywhere_core::encoding::hex(&random);
    let mut characters = hex.chars();
    [8, 4, 4, 4, 12]
        .map(|length| characters.by_ref().take(length).collect::<String>())
        .join("-")
}
