//! The whole provider: what a host drives with its own timers and its own way to send.

use super::config::resolved;
use super::refresh::{error, polled};
use super::session::response;
use super::signing::signature;
use crate::Instance;
use crate::answer;
use crate::arguments::{Arguments, bytes};
use crate::backend::PureRust;
use crate::handles::Object as Kept;
use crate::json::{Json, Object};
use rolesanywhere_core::RefreshPolicy;
use rolesanywhere_core::config::{OptionName, Options};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::identity::load_identity;
use rolesanywhere_core::provider::{Action, Machine, ProviderEvent, ProviderState, Snapshot};
use std::fmt;
use std::sync::{Arc, OnceLock};
use zeroize::Zeroizing;

/// Options as for `resolve_options`, and under `bytes` those that are no text.
pub(super) fn new(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let options = resolved(arguments)?;
    let given = arguments.object("bytes")?;
    let backend = instance.backend.clone();
    let is_awaited = options.is_given(OptionName::Sign);
    let state = match read(&options, given.as_ref()) {
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
    let handle = instance.handles.insert(Kept::Machine(Box::new(machine)))?;
    Ok(Object::new()
        .number("machine", handle.into())
        .member("notes", &Json::texts(options.notes()))
        .done())
}

fn state(
    options: &Options,
    read: impl Fn() -> Result<Arc<Snapshot>> + Send + Sync + 'static,
) -> Result<ProviderState> {
    ProviderState::from_options(options, Arc::new(read), RefreshPolicy::default())
}

pub(super) fn poll(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let machine = instance.handles.machine(arguments)?;
    let now = arguments.now()?;
    let mut facts = polled(&machine.poll(now));
    if let Some(until) = machine.cacheable_until(now) {
        facts.seconds("cacheable_until", until.unix_seconds());
    }
    Ok(facts.done())
}

/// Without `identity` and `code` the options' own; with `identity` what the host has read now; with
/// `code` why it could not be read.
pub(super) fn identify(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let read = match arguments.object("identity")? {
        Some(identity) => {
            let files = Files::of(&|name| match identity.get(name) {
                Some(value) => bytes(name, value).map(Some),
                None => Ok(None),
            });
            let is_awaited = identity.flag("sign")?;
            Some(files.and_then(|files| files.snapshot(is_awaited, &instance.backend)))
        }
        None if arguments.get("code").is_some() => Some(Err(error(arguments)?)),
        None => None,
    };
    let machine = instance.handles.machine(arguments)?;
    let (now, jitter) = (arguments.now()?, arguments.jitter()?);
    Ok(action(&machine.identify(
        arguments.whole("id")?,
        read,
        now,
        jitter,
    )))
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
pub(super) fn signed(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let signed = match arguments.optional_text("cause")? {
        Some(cause) => Err(Raised(cause.to_owned()).into()),
        None => Ok((signature(arguments)?, arguments.encoding()?)),
    };
    let machine = instance.handles.machine(arguments)?;
    let (now, jitter) = (arguments.now()?, arguments.jitter()?);
    Ok(action(&machine.signed(
        arguments.whole("id")?,
        signed,
        now,
        jitter,
    )))
}

pub(super) fn received(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let response = response(arguments)?;
    let machine = instance.handles.machine(arguments)?;
    let (now, jitter) = (arguments.now()?, arguments.jitter()?);
    Ok(action(&machine.received(
        arguments.whole("id")?,
        Ok(response),
        now,
        jitter,
    )))
}

pub(super) fn failed(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let error = error(arguments)?;
    let machine = instance.handles.machine(arguments)?;
    let (now, jitter) = (arguments.now()?, arguments.jitter()?);
    Ok(action(&machine.fail(
        arguments.whole("id")?,
        error,
        now,
        jitter,
    )))
}

pub(super) fn invalidate(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    instance.handles.machine(arguments)?.invalidate();
    Ok(Json::null())
}

pub(super) fn request_refresh(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    instance.handles.machine(arguments)?.request_refresh();
    Ok(Json::null())
}

/// In monotonic milliseconds; left out without credentials.
pub(super) fn next_refresh(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let machine = instance.handles.machine(arguments)?;
    let next_refresh = machine.next_refresh();
    Ok(Object::new()
        .optional_number("next_refresh", next_refresh)
        .done())
}

/// What happened since this was last called.
pub(super) fn events(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let machine = instance.handles.machine(arguments)?;
    let events = Json::list(machine.take_events().iter().map(event));
    Ok(Object::new().member("events", &events).done())
}

type Content = Zeroizing<Vec<u8>>;

/// Certificate, key and chain as they were given.
struct Files {
    parts: Vec<Content>,
    passphrase: Option<Content>,
}

impl Files {
    fn of(given: &dyn Fn(&str) -> Result<Option<Content>>) -> Result<Self> {
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
fn read(options: &Options, given: Option<&Arguments>) -> Result<Option<Files>> {
    if options.is_given(OptionName::Identity) {
        return Ok(None);
    }
    let files = Files::of(&|name| {
        let option = OptionName::all().find(|option| option.as_str() == name);
        let text = option.and_then(|option| options.text(option));
        match (given.and_then(|given| given.get(name)), text) {
            (Some(value), _) => bytes(name, value).map(Some),
            (None, Some(text)) if name.ends_with("passphrase") || is_pem(text) => {
                Ok(Some(Zeroizing::new(text.as_bytes().to_vec())))
            }
            (None, Some(_)) => {
                let message = format!("`{name}` is no PEM, and there are no files here");
                let error = Error::new(ErrorCode::FeatureUnavailable, message);
                Err(error.with_hint("give the PEM as text, or PEM, DER or PKCS#12 as bytes"))
            }
            (None, None) => Ok(None),
        }
    });
    files.map(Some)
}

fn is_pem(text: &str) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN";
    let mut runs = text.as_bytes().windows(BEGIN.len());
    runs.any(|run| run == BEGIN)
}

fn action(action: &Action) -> Json {
    let mut facts = Object::new();
    match action {
        Action::Sign(request) => facts.member("sign", &answer::signing_request(request)),
        Action::Send(request) => facts.member("send", &answer::http_request(request)),
        _ => &mut facts,
    };
    facts.done()
}

fn event(event: &ProviderEvent) -> Json {
    let mut facts = Object::new();
    facts.text("name", event.name());
    match event {
        ProviderEvent::Refresh(event) => return answer::event(event),
        ProviderEvent::IdentityChanged(details) => facts
            .text("serial_number", &details.serial_number)
            .text("subject", &details.subject)
            .seconds("not_after", details.not_after.unix_seconds()),
        ProviderEvent::IdentityFailed(error) => facts.member("error", &answer::failed(error)),
        _ => &mut facts,
    };
    facts.done()
}
