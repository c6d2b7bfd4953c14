//! The refresh machine by itself, for hosts with credentials of another kind.

use super::credentials;
use crate::Instance;
use crate::answer;
use crate::arguments::{Arguments, wrong};
use crate::handles::Object as Kept;
use crate::json::{Json, Object};
use rolesanywhere_core::error::{Error, ErrorCode, Result, ServiceDetails};
use rolesanywhere_core::json::Value;
use rolesanywhere_core::refresh::{Next, Poll};
use rolesanywhere_core::{Credentials, Refresh, RefreshPolicy};
use zeroize::Zeroizing;

pub(super) fn new(instance: &mut Instance, _: &Arguments) -> Result<Json> {
    let refresh = Refresh::new(RefreshPolicy::default());
    let handle = instance.handles.insert(Kept::Refresh(refresh))?;
    Ok(Object::new().number("refresh", handle.into()).done())
}

pub(super) fn poll(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let refresh = instance.handles.refresh(arguments)?;
    let poll = refresh.poll(arguments.now()?);
    Ok(since(polled(&poll), refresh))
}

pub(super) fn success(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let secret = |name| {
        let text = arguments.optional_text(name);
        text.map(|text| Zeroizing::new(text.unwrap_or_default().to_owned()))
    };
    let credentials = Credentials::new(
        arguments
            .optional_text("access_key_id")?
            .unwrap_or_default()
            .to_owned(),
        secret("secret_access_key")?,
        secret("session_token")?,
        arguments.time("expiration")?,
    );
    let refresh = instance.handles.refresh(arguments)?;
    refresh.on_success(
        arguments.whole("id")?,
        credentials,
        arguments.optional_time("identity_not_after")?,
        arguments.optional_time("server_date")?,
        arguments.now()?,
        arguments.jitter()?,
    );
    Ok(since(Object::new(), refresh))
}

pub(super) fn failure(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let error = error(arguments)?;
    let refresh = instance.handles.refresh(arguments)?;
    let (now, jitter) = (arguments.now()?, arguments.jitter()?);
    refresh.on_failure(arguments.whole("id")?, error, now, jitter);
    Ok(since(Object::new(), refresh))
}

pub(super) fn cancel(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let refresh = instance.handles.refresh(arguments)?;
    refresh.cancel(arguments.whole("id")?, arguments.now()?);
    Ok(since(Object::new(), refresh))
}

pub(super) fn invalidate(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let refresh = instance.handles.refresh(arguments)?;
    refresh.invalidate();
    Ok(since(Object::new(), refresh))
}

pub(super) fn request(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let refresh = instance.handles.refresh(arguments)?;
    refresh.request_refresh();
    Ok(since(Object::new(), refresh))
}

/// What a host's own error is in the machine: `code`, and what else is known of it.
pub(super) fn error(arguments: &Arguments) -> Result<Error> {
    let wanted = arguments.text("code")?;
    let mut codes = ErrorCode::ALL.iter();
    let code = codes.find(|code| code.as_str() == wanted);
    let code = code.ok_or_else(|| wrong("code", "one of the error codes"))?;
    let message = arguments
        .optional_text("message")?
        .unwrap_or("the host has met an error of its own");
    let mut error = Error::new(*code, message.to_owned());
    if let Some(Value::Bool(retryable)) = arguments.get("retryable") {
        error = error.with_retryable(*retryable);
    }
    let retry_after = arguments.optional_small("retry_after")?;
    let date = arguments.optional_time("server_date")?;
    if retry_after.is_some() || date.is_some() {
        let mut details = ServiceDetails::default();
        details.retry_after = retry_after;
        details.date = date;
        error = error.with_service(details);
    }
    Ok(error)
}

/// An answer of either machine: `credentials`, `fetch` or `wait_until` or neither, `error`.
pub(super) fn polled(poll: &Poll) -> Object {
    let mut facts = Object::new();
    if let Some(held) = &poll.credentials {
        facts.member("credentials", &credentials::facts(held));
    }
    match poll.next {
        Next::Fetch(fetch) => {
            let fetch = Object::new()
                .number("id", fetch.id)
                .seconds("signing_time", fetch.signing_time.unix_seconds())
                .number("deadline", fetch.deadline)
                .done();
            facts.member("fetch", &fetch)
        }
        Next::Wait(until) => facts.number("wait_until", until),
        _ => &mut facts,
    };
    if let Some(error) = &poll.error {
        facts.member("error", &answer::failed(error));
    }
    facts
}

/// With what happened, and when the next refresh is due.
fn since(mut facts: Object, refresh: &mut Refresh) -> Json {
    let events = Json::list(refresh.take_events().iter().map(answer::event));
    facts
        .member("events", &events)
        .optional_number("next_refresh", refresh.next_refresh())
        .done()
}
