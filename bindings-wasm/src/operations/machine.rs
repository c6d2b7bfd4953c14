//! The whole provider: what a host drives with its own timers and its own way to send.

use super::config::resolved;
use super::refresh::{error, polled};
use super::session::response;
use super::signing::signature;
use crate::Instance;
use crate::answer;
use crate::arguments::{Arguments, Bytes, Moment};
use crate::backend::PureRust;
use crate::handles::Object as Kept;
use crate::json::Object;
use rolesanywhere_core::RefreshPolicy;
use rolesanywhere_core::config::{OptionName, Options};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::identity::load_identity;
use rolesanywhere_core::provider::{Action, Machine, ProviderEvent, ProviderState, Snapshot};
use std::fmt;
use std::sync::{Arc, OnceLock};
use zeroize::Zeroizing;

/// Options as for `resolve_options`, and under `bytes` those that are no text.
pub(super) fn new(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let options = resolved(given)?;
    let backend = instance.backend.clone();
    let is_awaited = options.is_given(OptionName::Sign);
    let state = match read(&options, given.object("bytes")) {
        // Whoever brings the identity at each refresh is asked, and not this.
        Ok(None) => state(&options, || {
            let message = "the host brings the identity and did not";
            Err(Error::new(ErrorCode::IdentityUnavailable, message))
        }),
        Ok(Some(files)) => {
            // They never change, and a key under a passphrase takes its time.
            let known = OnceLock::new();
            let verifier = backend.clone();
            let read = move || {
                let snapshot = || files.snapshot(is_awaited, &verifier);
                known.get_or_init(snapshot).clone()
            };
            state(&options, read)
        }
        Err(error) => options.create_session().and(Err(error)),
    };
    let machine = Machine::new(state?, Box::new(backend));
    let kept = Kept::Machine(Box::new(machine));
    answer.texts("notes", options.notes());
    instance.handles.keep(given, answer, kept)
}

fn state(
    options: &Options,
    read: impl Fn() -> Result<Arc<Snapshot>> + Send + Sync + 'static,
) -> Result<ProviderState> {
    ProviderState::from_options(options, Arc::new(read), RefreshPolicy::default())
}

pub(super) fn poll(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let now = given.now();
    let machine = instance.handles.machine(given)?;
    polled(answer, &machine.poll(now));
    if let Some(until) = machine.cacheable_until(now) {
        answer.seconds("cacheable_until", until.unix_seconds());
    }
    Ok(())
}

/// Without `identity` and `code` the options' own; with `identity` what the host has read now; with
/// `code` why it could not be read.
pub(super) fn identify(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let read = match given.object("identity") {
        Some(identity) => {
            let files = Files::of(&|name| Ok(identity.optional_bytes(name)));
            let is_awaited = identity.flag("sign");
            given.checked()?;
            Some(files.and_then(|files| files.snapshot(is_awaited, &instance.backend)))
        }
        None if given.get("code").is_some() => Some(Err(error(given))),
        None => None,
    };
    let Moment { id, now, jitter } = given.moment();
    let machine = instance.handles.machine(given)?;
    tell(answer, &machine.identify(id, read, now, jitter))
}

/// What a signer raised. The library's own error of text brings the tables along that printing any
/// text for programmers takes.
#[derive(Debug)]
struct Raised(String);

impl fmt::Display for Raised {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Raised {}

/// `signature` and `encoding`, or `cause`: what the signer raised.
pub(super) fn signed(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let signed = match given.optional_text("cause") {
        Some(cause) => Err(Raised(cause.to_owned()).into()),
        None => Ok((signature(given), given.encoding())),
    };
    let Moment { id, now, jitter } = given.moment();
    let machine = instance.handles.machine(given)?;
    tell(answer, &machine.signed(id, signed, now, jitter))
}

pub(super) fn received(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let response = response(given);
    let Moment { id, now, jitter } = given.moment();
    let machine = instance.handles.machine(given)?;
    tell(answer, &machine.received(id, Ok(response), now, jitter))
}

pub(super) fn failed(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let error = error(given);
    let Moment { id, now, jitter } = given.moment();
    let machine = instance.handles.machine(given)?;
    tell(answer, &machine.fail(id, error, now, jitter))
}

pub(super) fn invalidate(
    instance: &mut Instance,
    given: Arguments<'_>,
    _: &mut Object,
) -> Result<()> {
    instance.handles.machine(given)?.invalidate();
    Ok(())
}

pub(super) fn request_refresh(
    instance: &mut Instance,
    given: Arguments<'_>,
    _: &mut Object,
) -> Result<()> {
    instance.handles.machine(given)?.request_refresh();
    Ok(())
}

/// In monotonic milliseconds; left out without credentials.
pub(super) fn next_refresh(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let machine = instance.handles.machine(given)?;
    answer.optional_number("next_refresh", machine.next_refresh());
    Ok(())
}

/// What happened since this was last called.
pub(super) fn events(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let machine = instance.handles.machine(given)?;
    answer.list("events");
    for event in machine.take_events() {
        describe(answer.element(), &event);
        answer.end();
    }
    answer.end_list();
    Ok(())
}

/// Certificate, key and chain as they were given.
struct Files {
    parts: Vec<Bytes>,
    passphrase: Option<Bytes>,
}

impl Files {
    fn of(given: &dyn Fn(&str) -> Result<Option<Bytes>>) -> Result<Self> {
        let mut parts = Vec::new();
        for name in ["certificate", "private_key", "intermediates"] {
            parts.extend(given(name)?);
        }
        let passphrase = given("private_key_passphrase")?;
        Ok(Self { parts, passphrase })
    }

    fn snapshot(&self, is_awaited: bool, backend: &PureRust) -> Result<Arc<Snapshot>> {
        let parts: Vec<&[u8]> = self.parts.iter().map(|part| part.as_slice()).collect();
        let passphrase = self.passphrase.as_ref().map(|it| it.as_slice());
        let snapshot = match load_identity(&parts, passphrase, backend)? {
            (identity, _) if is_awaited => Snapshot::awaited(identity),
            (identity, Some(key)) => Snapshot::new(identity, key),
            (_, None) => {
                let message = "no private key is given, and the certificate's text holds none";
                return Err(Error::new(ErrorCode::PrivateKeyMissing, message));
            }
        };
        Ok(Arc::new(snapshot))
    }
}

/// `None` where the host brings the identity. Text is the content: there are no files here.
fn read(options: &Options, given: Option<Arguments<'_>>) -> Result<Option<Files>> {
    if options.is_given(OptionName::Identity) {
        return Ok(None);
    }
    let files = Files::of(&|name| {
        if let Some(bytes) = given.and_then(|given| given.optional_bytes(name)) {
            return Ok(Some(bytes));
        }
        let option = OptionName::all().find(|option| option.as_str() == name);
        let Some(text) = option.and_then(|option| options.text(option)) else {
            return Ok(None);
        };
        if name.ends_with("passphrase") || is_pem(text) {
            return Ok(Some(Zeroizing::new(text.as_bytes().to_vec())));
        }
        let message = format!("`{name}` is no PEM, and there are no files here");
        let error = Error::new(ErrorCode::FeatureUnavailable, message);
        Err(error.with_hint("give the PEM as text, or PEM, DER or PKCS#12 as bytes"))
    });
    files.map(Some)
}

fn is_pem(text: &str) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN";
    let mut runs = text.as_bytes().windows(BEGIN.len());
    runs.any(|run| run == BEGIN)
}

fn tell(answer: &mut Object, action: &Action) -> Result<()> {
    match action {
        Action::Sign(request) => {
            answer::signing_request(answer.object("sign"), request);
            answer.end();
        }
        Action::Send(request) => {
            answer::http_request(answer.object("send"), request);
            answer.end();
        }
        _ => {}
    }
    Ok(())
}

fn describe(facts: &mut Object, event: &ProviderEvent) {
    if let ProviderEvent::Refresh(event) = event {
        return answer::event(facts, event);
    }
    facts.text("name", event.name());
    match event {
        ProviderEvent::IdentityChanged(details) => {
            facts
                .text("serial_number", &details.serial_number)
                .text("subject", &details.subject)
                .seconds("not_after", details.not_after.unix_seconds());
        }
        ProviderEvent::IdentityFailed(error) => {
            answer::failed(facts.object("error"), error);
            facts.end();
        }
        _ => {}
    }
}
