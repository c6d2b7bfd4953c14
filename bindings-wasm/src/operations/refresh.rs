//! The refresh machine by itself, for hosts with credentials of another kind.

use super::credentials;
use crate::Instance;
use crate::answer;
use crate::arguments::{Arguments, Moment};
use crate::handles::Object as Kept;
use crate::json::Object;
use rolesanywhere_core::error::{Error, ErrorCode, Result, ServiceDetails};
use rolesanywhere_core::json::Value;
use rolesanywhere_core::refresh::{Next, Poll};
use rolesanywhere_core::{Refresh, RefreshPolicy};

pub(super) fn new(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let refresh = Refresh::new(RefreshPolicy::default());
    let kept = Kept::Refresh(refresh);
    instance.handles.keep(given, answer, kept)
}

pub(super) fn poll(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let now = given.now();
    let refresh = instance.handles.refresh(given)?;
    polled(answer, &refresh.poll(now));
    since(answer, refresh)
}

pub(super) fn success(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let credentials = credentials::given(given);
    let identity_not_after = given.optional_time("identity_not_after");
    let server_date = given.optional_time("server_date");
    let Moment { id, now, jitter } = given.moment();
    let refresh = instance.handles.refresh(given)?;
    refresh.on_success(
        id,
        credentials,
        identity_not_after,
        server_date,
        now,
        jitter,
    );
    since(answer, refresh)
}

pub(super) fn failure(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let error = error(given);
    let Moment { id, now, jitter } = given.moment();
    let refresh = instance.handles.refresh(given)?;
    refresh.on_failure(id, error, now, jitter);
    since(answer, refresh)
}

pub(super) fn cancel(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let (id, now) = (given.whole("id"), given.now());
    let refresh = instance.handles.refresh(given)?;
    refresh.cancel(id, now);
    since(answer, refresh)
}

pub(super) fn invalidate(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let refresh = instance.handles.refresh(given)?;
    refresh.invalidate();
    since(answer, refresh)
}

pub(super) fn request(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let refresh = instance.handles.refresh(given)?;
    refresh.request_refresh();
    since(answer, refresh)
}

/// What a host's own error is in the machine: `code`, and what else is known of it.
pub(super) fn error(given: Arguments<'_>) -> Error {
    let wanted = given.text("code");
    let mut codes = ErrorCode::ALL.iter();
    let code = codes.find(|code| code.as_str() == wanted);
    if code.is_none() {
        given.wrong("code", "one of the error codes");
    }
    let message = given
        .optional_text("message")
        .unwrap_or("the host has met an error of its own");
    let code = *code.unwrap_or(&ErrorCode::Internal);
    let mut error = Error::new(code, message.to_owned());
    if let Some(Value::Bool(retryable)) = given.get("retryable") {
        error = error.with_retryable(*retryable);
    }
    let mut details = ServiceDetails::default();
    details.retry_after = given.optional_small("retry_after");
    details.date = given.optional_time("server_date");
    if details.retry_after.is_some() || details.date.is_some() {
        error = error.with_service(details);
    }
    error
}

/// An answer of either machine: `credentials`, `fetch` or `wait_until` or neither, `error`.
pub(super) fn polled(facts: &mut Object, poll: &Poll) {
    if let Some(held) = &poll.credentials {
        credentials::facts(facts.object("credentials"), held);
        facts.end();
    }
    match poll.next {
        Next::Fetch(fetch) => {
            facts
                .object("fetch")
                .number("id", fetch.id)
                .seconds("signing_time", fetch.signing_time.unix_seconds())
                .number("deadline", fetch.deadline)
                .end();
        }
        Next::Wait(until) => {
            facts.number("wait_until", until);
        }
        _ => {}
    }
    if let Some(error) = &poll.error {
        answer::failed(facts.object("error"), error);
        facts.end();
    }
}

/// What happened, and when the next refresh is due.
fn since(facts: &mut Object, refresh: &mut Refresh) -> Result<()> {
    facts
        .optional_number("next_refresh", refresh.next_refresh())
        .list("events");
    for event in refresh.take_events() {
        answer::event(facts.element(), &event);
        facts.end();
    }
    facts.end_list();
    Ok(())
}
