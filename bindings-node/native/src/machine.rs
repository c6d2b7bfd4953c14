//! `Machine`: what decides for `fromRolesAnywhere`. The loop in TypeScript does what it says.
//!
//! Reading files, deriving keys and signing happen on another thread, which holds no lock.

use crate::error::{HostError, refused_options, to_json};
use crate::guard::guarded;
use crate::identity::copied;
use crate::options::{OptionSources, resolved};
use crate::pending::{HttpRequest, SigningRequest, encoding};
use crate::refresh::{RefreshEvent, event, number, signed, unsigned, whole};
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi::{Env, Task};
use napi_derive::napi;
use rolesanywhere::core::config::{OptionName, Options};
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::http::HttpResponse;
use rolesanywhere::core::refresh::{Jitter, Next, Now};
use rolesanywhere::core::{RefreshPolicy, Signature};
use rolesanywhere::provider::{self, Attempt, Identified, IdentityFiles, IdentitySource};
use rolesanywhere::provider::{Outcome, ProviderEvent, ProviderState, identity_sources_with};
use rolesanywhere::{IdentitySources, Source};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the asking caller does: fetch, or wait until then, or (neither) nothing.
#[napi(object, object_from_js = false)]
pub struct MachinePoll {
    pub credentials: Option<MachineCredentials>,
    pub fetch: Option<MachineFetch>,
    /// Monotonic milliseconds.
    pub wait_until: Option<f64>,
    /// JSON, as errors are thrown.
    pub error: Option<String>,
}

/// An attempt, and its end in monotonic milliseconds.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct MachineFetch {
    pub id: i64,
    pub deadline: f64,
}

/// Credentials, and what a cache that asks 5 minutes early is told of their end.
#[napi(object, object_from_js = false)]
pub struct MachineCredentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    pub account_id: Option<String>,
    /// Unix seconds.
    pub expiration: i64,
    /// Unix seconds.
    pub cacheable_until: i64,
}

/// One of the two, or neither: then the attempt is over.
#[napi(object, object_from_js = false)]
pub struct Action {
    pub sign: Option<SigningRequest>,
    pub send: Option<HttpRequest>,
}

/// What a user's function says of an identity: the contents, not the places.
#[napi(object)]
pub struct IdentityParts {
    pub certificate: Uint8Array,
    pub private_key: Option<Uint8Array>,
    pub intermediates: Option<Uint8Array>,
    pub private_key_passphrase: Option<Uint8Array>,
    /// Whether the host brings the signatures.
    pub awaited: bool,
}

/// What the transport brought.
#[napi(object)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Uint8Array,
}

/// An event of the provider's.
#[napi(object, object_from_js = false)]
#[derive(Debug, Default)]
pub struct MachineEvent {
    pub name: String,
    /// Unix seconds: the credentials' end.
    pub expiration: Option<i64>,
    /// Unix seconds: the leaf's end.
    pub not_after: Option<i64>,
    pub offset_seconds: Option<i64>,
    pub serial_number: Option<String>,
    pub subject: Option<String>,
    /// JSON, as errors are thrown.
    pub error: Option<String>,
}

/// The machine. It answers at once.
#[napi]
#[derive(Debug)]
pub struct Machine(Arc<Mutex<provider::Machine>>);

/// The machine that options describe; `bytes` are those that have no text, by their snake_case names.
#[napi]
pub fn machine(sources: OptionSources, bytes: Vec<(String, Uint8Array)>) -> napi::Result<Machine> {
    let options = guarded(|| resolved(&sources))?;
    let state = state(&options, &bytes).map_err(|error| refused_options(&error, &options))?;
    let machine = provider::Machine::new(state, Box::new(AwsLc));
    Ok(Machine(Arc::new(Mutex::new(machine))))
}

fn state(options: &Options, bytes: &[(String, Uint8Array)]) -> Result<ProviderState> {
    // What is wrong with the request is told before what is wrong with the identity.
    options.create_session()?;
    let identity: Arc<dyn IdentitySource> = if options.is_given(OptionName::Identity) {
        Arc::new(|| {
            Err(Error::new(
                ErrorCode::Internal,
                "the host reads the identity",
            ))
        })
    } else {
        let given = |name: OptionName| {
            let found = bytes.iter().find(|(known, _)| known == name.as_str());
            found.map(|(_, content)| copied(content))
        };
        let sources = identity_sources_with(options, &given)?;
        Arc::new(files(sources, options.is_given(OptionName::Sign)))
    };
    ProviderState::from_options(options, identity, RefreshPolicy::default())
}

fn files(sources: IdentitySources, awaited: bool) -> IdentityFiles {
    let files = IdentityFiles::new(sources);
    if awaited {
        files.with_awaited_signatures()
    } else {
        files
    }
}

#[napi]
impl Machine {
    #[napi]
    pub fn poll(&self, unix_millis: f64, monotonic_millis: f64) -> napi::Result<MachinePoll> {
        let now = now(unix_millis, monotonic_millis);
        guarded(|| {
            let mut machine = self.lock();
            let poll = machine.poll(now);
            let cacheable_until = machine.cacheable_until(now);
            let credentials = poll.credentials.map(|it| MachineCredentials {
                access_key_id: it.access_key_id().to_owned(),
                secret_access_key: it.secret_access_key().to_owned(),
                session_token: it.session_token().to_owned(),
                account_id: it.account_id().map(str::to_owned),
                expiration: it.expiration().unix_seconds(),
                cacheable_until: cacheable_until.unwrap_or(it.expiration()).unix_seconds(),
            });
            let (fetch, wait_until) = match poll.next {
                Next::Fetch(fetch) => (Some(fetch), None),
                Next::Wait(until) => (None, Some(number(until))),
                _ => (None, None),
            };
            Ok(MachinePoll {
                credentials,
                fetch: fetch.map(|fetch| MachineFetch {
                    id: signed(fetch.id),
                    deadline: number(fetch.deadline),
                }),
                wait_until,
                error: poll.error.map(|error| to_json(&error)),
            })
        })
    }

    /// Reads, derives and signs on another thread. `null` where the attempt is not there.
    #[napi(ts_return_type = "Promise<Action> | null")]
    pub fn identify(
        &self,
        id: i64,
        identity: Option<IdentityParts>,
        unix_millis: f64,
        monotonic_millis: f64,
        jitter: f64,
    ) -> napi::Result<Option<AsyncTask<Identify>>> {
        guarded(|| {
            let Some(attempt) = self.lock().begin(unsigned(id)) else {
                return Ok(None);
            };
            Ok(Some(AsyncTask::new(Identify {
                machine: Arc::clone(&self.0),
                id: unsigned(id),
                attempt: Some(attempt),
                identity: identity.map(IdentityParts::into_files),
                now: now(unix_millis, monotonic_millis),
                jitter: Jitter::from_fraction(jitter),
            })))
        })
    }

    /// The user's function for the identity failed.
    #[napi]
    pub fn identity_failed(
        &self,
        id: i64,
        error: HostError,
        unix_millis: f64,
        monotonic_millis: f64,
        jitter: f64,
    ) -> napi::Result<Action> {
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        guarded(|| {
            let read = Some(Err(error.into_error()));
            Ok(self.lock().identify(unsigned(id), read, now, jitter).into())
        })
    }

    #[napi]
    pub fn signed(
        &self,
        id: i64,
        signature: &[u8],
        encoding: String,
        unix_millis: f64,
        monotonic_millis: f64,
        jitter: f64,
    ) -> napi::Result<Action> {
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        guarded(|| {
            let signature = Signature::new(signature.to_vec());
            let signed = Ok((signature, self::encoding(&encoding)?));
            Ok(self.lock().signed(unsigned(id), signed, now, jitter).into())
        })
    }

    #[napi]
    pub fn signer_failed(
        &self,
        id: i64,
        message: String,
        unix_millis: f64,
        monotonic_millis: f64,
        jitter: f64,
    ) -> napi::Result<Action> {
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        guarded(|| {
            let failed = Err(message.into());
            Ok(self.lock().signed(unsigned(id), failed, now, jitter).into())
        })
    }

    #[napi]
    pub fn received(
        &self,
        id: i64,
        reply: Reply,
        unix_millis: f64,
        monotonic_millis: f64,
        jitter: f64,
    ) -> napi::Result<Action> {
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        guarded(|| {
            let reply = HttpResponse::new(reply.status, reply.headers, copied(&reply.body));
            let reply = Ok(reply);
            Ok(self
                .lock()
                .received(unsigned(id), reply, now, jitter)
                .into())
        })
    }

    /// Ends the attempt with an error of the host's.
    #[napi]
    pub fn failed(
        &self,
        id: i64,
        error: HostError,
        unix_millis: f64,
        monotonic_millis: f64,
        jitter: f64,
    ) -> napi::Result<Action> {
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        guarded(|| {
            let error = error.into_error();
            Ok(self.lock().fail(unsigned(id), error, now, jitter).into())
        })
    }

    #[napi]
    pub fn invalidate(&self) {
        self.lock().invalidate();
    }

    #[napi]
    pub fn request_refresh(&self) {
        self.lock().request_refresh();
    }

    /// Monotonic milliseconds.
    #[napi]
    #[must_use]
    pub fn next_refresh(&self) -> Option<f64> {
        self.lock().next_refresh().map(number)
    }

    #[napi]
    pub fn take_events(&self) -> napi::Result<Vec<MachineEvent>> {
        guarded(|| {
            Ok(self
                .lock()
                .take_events()
                .iter()
                .map(MachineEvent::from)
                .collect())
        })
    }

    fn lock(&self) -> MutexGuard<'_, provider::Machine> {
        locked(&self.0)
    }
}

/// Only this thread takes the lock, and a panic under it leaves a machine whose attempt is forfeit.
fn locked(machine: &Mutex<provider::Machine>) -> MutexGuard<'_, provider::Machine> {
    machine.lock().unwrap_or_else(PoisonError::into_inner)
}

fn now(unix_millis: f64, monotonic_millis: f64) -> Now {
    Now {
        unix_millis: whole(unix_millis),
        monotonic_millis: whole(monotonic_millis),
    }
}

/// An attempt on another thread.
#[derive(Debug)]
pub struct Identify {
    machine: Arc<Mutex<provider::Machine>>,
    id: u64,
    attempt: Option<Attempt>,
    identity: Option<IdentityFiles>,
    now: Now,
    jitter: Jitter,
}

impl Task for Identify {
    type Output = Identified;
    type JsValue = Action;

    fn compute(&mut self) -> napi::Result<Identified> {
        let (attempt, identity) = (self.attempt.take(), self.identity.take());
        let identified = catch_unwind(AssertUnwindSafe(|| {
            let read = identity.map(|files| files.snapshot());
            attempt.map(|attempt| attempt.identify(read))
        }));
        Ok(identified.ok().flatten().unwrap_or_else(|| {
            let error = Error::new(ErrorCode::Panic, "the native module panicked");
            Identified::Failed(Box::new(Outcome::broken_off(self.id, error)))
        }))
    }

    fn resolve(&mut self, _: Env, identified: Identified) -> napi::Result<Action> {
        guarded(|| {
            let mut machine = locked(&self.machine);
            let action = machine.identified(self.id, identified, self.now, self.jitter);
            Ok(action.into())
        })
    }
}

impl IdentityParts {
    fn into_files(self) -> IdentityFiles {
        let source = |content: Uint8Array, option| Source::bytes(copied(&content), option);
        let mut sources = IdentitySources::new(source(self.certificate, "certificate"));
        if let Some(key) = self.private_key {
            sources = sources.with_private_key(source(key, "privateKey"));
        }
        if let Some(chain) = self.intermediates {
            sources = sources.with_intermediates(source(chain, "intermediates"));
        }
        if let Some(passphrase) = self.private_key_passphrase {
            sources = sources.with_passphrase(source(passphrase, "privateKeyPassphrase"));
        }
        files(sources, self.awaited)
    }
}

impl From<provider::Action> for Action {
    fn from(action: provider::Action) -> Self {
        let (sign, send) = match action {
            provider::Action::Sign(request) => (Some(request.into()), None),
            provider::Action::Send(request) => (None, Some(request.into())),
            _ => (None, None),
        };
        Self { sign, send }
    }
}

impl From<&ProviderEvent> for MachineEvent {
    fn from(told: &ProviderEvent) -> Self {
        let mut members = Self {
            name: told.name().to_owned(),
            ..Self::default()
        };
        match told {
            ProviderEvent::Refresh(told) => {
                let told: RefreshEvent = event(told);
                members.expiration = told.expiration;
                members.not_after = told.not_after;
                members.offset_seconds = told.offset_seconds;
                members.error = told.error;
            }
            ProviderEvent::IdentityChanged(leaf) => {
                members.not_after = Some(leaf.not_after.unix_seconds());
                members.serial_number = Some(leaf.serial_number.clone());
                members.subject = Some(leaf.subject.clone());
            }
            ProviderEvent::IdentityFailed(error) => members.error = Some(to_json(error)),
            _ => {}
        }
        members
    }
}
