//! `refresh`: runs a script of calls against the machine.

use super::operation::Operation;
use super::{Problem, Subject};
use crate::model::refresh::{
    Call, EventExpected, Failure, FetchExpected, NextExpected, PollExpected, RefreshExpected,
    RefreshInput, Step, StepExpected, Success,
};
use rolesanywhere_core::error::ServiceDetails;
use rolesanywhere_core::refresh::{Event, Jitter, Next, Now};
use rolesanywhere_core::{Credentials, Error, ErrorCode, RefreshPolicy, Timestamp, refresh};
use std::sync::Arc;

pub(super) struct Refresh;

impl Operation for Refresh {
    type Input = RefreshInput;
    type Expected = RefreshExpected;
    const NAME: &'static str = "refresh";
    const FOLDER: &'static str = "project";

    fn answer(
        input: &RefreshInput,
        _: Option<&RefreshExpected>,
        _: &Subject,
    ) -> Result<RefreshExpected, Problem> {
        let mut machine = refresh::Refresh::new(RefreshPolicy::default());
        let steps: Result<Vec<StepExpected>, Problem> = input
            .steps
            .iter()
            .map(|given| step(&mut machine, given))
            .collect();
        Ok(RefreshExpected { steps: steps? })
    }
}

fn step(machine: &mut refresh::Refresh, step: &Step) -> Result<StepExpected, Problem> {
    let now = Now {
        unix_millis: step.at.0,
        monotonic_millis: step.at.1,
    };
    let mut poll = None;
    match &step.call {
        Call::Poll => {
            let seen = machine.credentials(now);
            let answer = machine.poll(now);
            agrees(seen.as_deref(), &answer, machine.steady(now))?;
            let cached = machine.cacheable_until(now).map(Timestamp::unix_seconds);
            if cached != cacheable(&answer, machine.next_refresh(), now) {
                return Err(Problem::broken("cacheable_until", format!("{cached:?}")));
            }
            poll = Some(polled(answer)?);
        }
        Call::Success(success) => succeed(machine, success, now)?,
        Call::Failure(failure) => {
            let jitter = Jitter::from_fraction(failure.jitter);
            machine.on_failure(failure.id, error(failure)?, now, jitter);
        }
        Call::Cancel(id) => machine.cancel(*id, now),
        Call::Invalidate => machine.invalidate(),
        Call::RequestRefresh => machine.request_refresh(),
    }
    let events: Result<Vec<EventExpected>, Problem> =
        machine.take_events().into_iter().map(event).collect();
    Ok(StepExpected {
        poll,
        events: events?,
        next_refresh: machine.next_refresh(),
    })
}

/// Whether those who only look see what who polls gets: `seen` before, `steady` from then on.
fn agrees(
    seen: Option<&Credentials>,
    poll: &refresh::Poll,
    steady: Option<(Arc<Credentials>, Now)>,
) -> Result<(), Problem> {
    let served = poll.credentials.as_deref().map(Credentials::expiration);
    let steady = steady.map(|(credentials, _)| credentials.expiration());
    for (stage, other) in [
        ("credentials", seen.map(Credentials::expiration)),
        ("steady", steady),
    ] {
        if other != served {
            return Err(Problem::broken(stage, format!("{other:?} and {poll:?}")));
        }
    }
    Ok(())
}

/// Five minutes after the refresh is due, and no later than the credentials' end.
fn cacheable(poll: &refresh::Poll, next_refresh: Option<u64>, now: Now) -> Option<i64> {
    let end = poll.credentials.as_deref()?.expiration().unix_seconds();
    let wait = next_refresh?.saturating_sub(now.monotonic_millis);
    let due = i64::try_from((now.unix_millis + wait) / 1000).ok()?;
    Some(end.min(due + 300))
}

fn succeed(machine: &mut refresh::Refresh, success: &Success, now: Now) -> Result<(), Problem> {
    let credentials = Credentials::new(
        "ASIAEXAMPLE".to_owned(),
        "secret".to_owned().into(),
        "token".to_owned().into(),
        Timestamp::from_unix_seconds(success.expiration)?,
    );
    machine.on_success(
        success.id,
        credentials,
        at(success.identity_not_after)?,
        at(success.server_date)?,
        now,
        Jitter::from_fraction(success.jitter),
    );
    Ok(())
}

fn error(failure: &Failure) -> Result<Error, Problem> {
    let mut codes = ErrorCode::ALL.iter();
    let code = codes.find(|code| code.as_str() == failure.code);
    let code = code.ok_or_else(|| format!("there is no code `{}`", failure.code))?;
    let mut error = Error::new(*code, "as the script says");
    if let Some(retryable) = failure.retryable {
        error = error.with_retryable(retryable);
    }
    if failure.retry_after.is_some() || failure.server_date.is_some() {
        let mut details = ServiceDetails::default();
        details.retry_after = failure.retry_after;
        details.date = at(failure.server_date)?;
        error = error.with_service(details);
    }
    Ok(error)
}

fn polled(poll: refresh::Poll) -> Result<PollExpected, Problem> {
    let next = match poll.next {
        Next::Fetch(fetch) => NextExpected::Fetch(FetchExpected {
            id: fetch.id,
            signing_time: fetch.signing_time.unix_seconds(),
            deadline: fetch.deadline,
        }),
        Next::Wait(until) => NextExpected::Wait(until),
        Next::Idle => NextExpected::Idle,
        other => return Err(Problem::broken("next", format!("{other:?}"))),
    };
    Ok(PollExpected {
        credentials: poll.credentials.map(|it| it.expiration().unix_seconds()),
        next,
        error: poll.error.map(|error| error.code().as_str().to_owned()),
    })
}

fn event(event: Event) -> Result<EventExpected, Problem> {
    let name = event.name();
    let expected = match event {
        Event::Refreshed { expiration } => EventExpected::Refreshed(expiration.unix_seconds()),
        Event::RefreshFailed { error } => {
            EventExpected::RefreshFailed(error.code().as_str().to_owned())
        }
        Event::ClockCorrected { offset_seconds } => EventExpected::ClockCorrected(offset_seconds),
        Event::CertificateExpiring { not_after } => {
            EventExpected::CertificateExpiring(not_after.unix_seconds())
        }
        other => return Err(Problem::broken("events", format!("{other:?}"))),
    };
    // The key of an event in the vectors is its name in every language.
    match serde_json::to_value(&expected) {
        Ok(json) if json.get(name).is_some() => Ok(expected),
        _ => Err(Problem::broken(
            "events",
            format!("{expected:?} is called `{name}`"),
        )),
    }
}

fn at(seconds: Option<i64>) -> Result<Option<Timestamp>, Problem> {
    Ok(match seconds {
        Some(seconds) => Some(Timestamp::from_unix_seconds(seconds)?),
        None => None,
    })
}
