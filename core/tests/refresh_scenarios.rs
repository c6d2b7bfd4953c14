//! The refresh machine, scenario by scenario: what it answers and when.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use rolesanywhere_core::error::{Error, ErrorCode, ServiceDetails};
use rolesanywhere_core::refresh::{Event, Fetch, Jitter, Next, Now, Refresh, RefreshPolicy};
use rolesanywhere_core::{Credentials, Timestamp};

const START: u64 = 1_795_240_000;

/// A machine, a host with two clocks, and a service with a true one.
struct Host {
    refresh: Refresh,
    true_seconds: u64,
    wall_offset: i64,
    monotonic: u64,
}

impl Host {
    fn new() -> Self {
        let refresh = Refresh::new(RefreshPolicy::default());
        Self {
            refresh,
            true_seconds: START,
            wall_offset: 0,
            monotonic: 5_000,
        }
    }

    fn now(&self) -> Now {
        let wall = self
            .true_seconds
            .checked_add_signed(self.wall_offset)
            .unwrap();
        Now {
            unix_millis: wall * 1000,
            monotonic_millis: self.monotonic,
        }
    }

    fn pass(&mut self, seconds: u64) {
        self.true_seconds += seconds;
        self.monotonic += seconds * 1000;
    }

    fn service_time(&self) -> Timestamp {
        Timestamp::from_unix_seconds(i64::try_from(self.true_seconds).unwrap()).unwrap()
    }

    #[track_caller]
    fn fetch(&mut self) -> Fetch {
        match self.refresh.poll(self.now()).next {
            Next::Fetch(fetch) => fetch,
            other => panic!("expected a fetch, got {other:?}"),
        }
    }

    fn serves(&mut self) -> bool {
        self.refresh.poll(self.now()).credentials.is_some()
    }

    fn is_idle(&mut self) -> bool {
        matches!(self.refresh.poll(self.now()).next, Next::Idle)
    }

    fn succeed(&mut self, fetch: Fetch, life: i64, certificate_left: Option<i64>) {
        let at = |seconds: i64| {
            Timestamp::from_unix_seconds(self.service_time().unix_seconds() + seconds).unwrap()
        };
        let credentials = Credentials::new(
            "ASIA".to_owned(),
            "s".to_owned().into(),
            "t".to_owned().into(),
            at(life),
        );
        let (ends, date, now) = (certificate_left.map(at), self.service_time(), self.now());
        self.refresh
            .on_success(fetch.id, credentials, ends, Some(date), now, half());
    }

    fn fail(&mut self, fetch: Fetch, error: Error) {
        let now = self.now();
        self.refresh.on_failure(fetch.id, error, now, half());
    }

    fn refusal(&self, code: ErrorCode) -> Error {
        let mut details = ServiceDetails::default();
        details.status = 403;
        details.date = Some(self.service_time());
        Error::new(code, "refused").with_service(details)
    }

    #[track_caller]
    fn wait_seconds(&mut self) -> u64 {
        match self.refresh.poll(self.now()).next {
            Next::Wait(until) => (until - self.monotonic) / 1000,
            other => panic!("expected a wait, got {other:?}"),
        }
    }

    fn error(&mut self) -> Option<ErrorCode> {
        self.refresh
            .poll(self.now())
            .error
            .map(|error| error.code())
    }
}

fn half() -> Jitter {
    Jitter::from_fraction(0.5)
}

fn unreachable() -> Error {
    Error::new(ErrorCode::ConnectionFailed, "nobody there")
}

#[test]
fn one_fetch_then_idle_until_the_lead() {
    let mut host = Host::new();
    let fetch = host.fetch();
    assert_eq!(
        host.wait_seconds(),
        30,
        "others wait for the one that fetches"
    );
    host.succeed(fetch, 3600, None);
    host.pass(40 * 60 - 1);
    assert!(host.is_idle());
    host.pass(1);
    let advisory = host.fetch();
    assert_eq!(
        advisory.deadline,
        host.monotonic + 5_000,
        "an advisory refresh is short"
    );
    assert!(host.serves(), "the old ones are served meanwhile");
    host.succeed(advisory, 3600, None);
    assert!(host.is_idle());
    assert_eq!(
        host.refresh.next_refresh(),
        Some(host.monotonic + 40 * 60_000)
    );
}

#[test]
fn three_attempts_without_credentials_then_a_pause_with_the_error() {
    let mut host = Host::new();
    for attempt in 1..=3 {
        let fetch = host.fetch();
        host.fail(fetch, unreachable());
        if attempt < 3 {
            assert_eq!(host.error(), None, "the fetch goes on");
            host.pass(20);
        }
    }
    assert_eq!(host.error(), Some(ErrorCode::ConnectionFailed));
    assert_eq!(host.wait_seconds(), 15);
    host.pass(16);
    let fetch = host.fetch();
    host.succeed(fetch, 3600, None);
    assert_eq!(host.error(), None);
    assert!(host.serves());
}

#[test]
fn a_permanent_refusal_is_told_at_once_and_heals() {
    let mut host = Host::new();
    let fetch = host.fetch();
    host.fail(fetch, host.refusal(ErrorCode::AccessDenied));
    assert_eq!(host.error(), Some(ErrorCode::AccessDenied));
    assert_eq!(host.wait_seconds(), 15);
    host.pass(15);
    let fetch = host.fetch();
    host.succeed(fetch, 900, None);
    assert!(host.serves());
}

#[test]
fn valid_credentials_outlive_a_dead_service_until_they_expire() {
    let mut host = Host::new();
    let fetch = host.fetch();
    host.succeed(fetch, 3600, None);
    host.pass(40 * 60);
    let fetch = host.fetch();
    host.fail(fetch, unreachable());
    assert!(host.serves() && host.error() == Some(ErrorCode::ConnectionFailed));
    assert_eq!(host.wait_seconds(), 15, "one attempt while valid");
    host.pass(20 * 60 - 1);
    assert!(host.serves());
    host.pass(1);
    assert!(!host.serves());
    let events = host.refresh.take_events();
    assert!(matches!(
        events[..2],
        [Event::Refreshed { .. }, Event::RefreshFailed { .. }]
    ));
}

#[test]
fn retry_after_is_heeded() {
    let asks = |seconds| {
        let mut details = ServiceDetails::default();
        details.status = 429;
        details.retry_after = Some(seconds);
        Error::new(ErrorCode::Throttled, "slow down").with_service(details)
    };
    let mut host = Host::new();
    let fetch = host.fetch();
    host.fail(fetch, asks(7));
    assert_eq!(host.wait_seconds(), 7, "within the fetch");
    host.pass(7);
    let fetch = host.fetch();
    host.fail(fetch, asks(100));
    assert_eq!(
        host.error(),
        Some(ErrorCode::Throttled),
        "too long for a caller to wait"
    );
    assert_eq!(host.wait_seconds(), 100);
    host.pass(100);
    let fetch = host.fetch();
    host.fail(fetch, asks(1_000_000));
    assert_eq!(host.wait_seconds(), 900, "cut to the policy's maximum");
}

#[test]
fn a_wrong_clock_is_corrected_once_and_the_life_is_counted_right() {
    for wall_offset in [600, -600, 20 * 365 * 86_400, -20 * 365 * 86_400] {
        let mut host = Host::new();
        host.wall_offset = wall_offset;
        let fetch = host.fetch();
        host.fail(fetch, host.refusal(ErrorCode::AccessDenied));
        let corrected = host.fetch();
        assert_eq!(corrected.signing_time, host.service_time());
        host.succeed(corrected, 3600, None);
        let corrections = host.refresh.take_events();
        assert_eq!(
            corrections[0],
            Event::ClockCorrected {
                offset_seconds: -wall_offset
            }
        );
        host.pass(3599);
        let again = host.fetch();
        assert_eq!(
            again.signing_time,
            host.service_time(),
            "the correction stays"
        );
        assert!(host.serves(), "{wall_offset}");
        host.pass(1);
        assert!(!host.serves(), "{wall_offset}");
    }
}

#[test]
fn a_corrected_request_that_is_refused_is_clock_skewed_with_both_times() {
    let mut host = Host::new();
    host.wall_offset = -86_400;
    for _ in 0..2 {
        let fetch = host.fetch();
        host.fail(fetch, host.refusal(ErrorCode::AccessDenied));
    }
    let error = host.refresh.poll(host.now()).error.unwrap();
    assert_eq!(error.code(), ErrorCode::ClockSkewed);
    let wall = Timestamp::from_unix_seconds(i64::try_from(START).unwrap() - 86_400).unwrap();
    assert!(error.message().contains(&wall.rfc3339()), "{error}");
    assert!(
        error.message().contains(&host.service_time().rfc3339()),
        "{error}"
    );
}

#[test]
fn a_clock_that_somebody_sets_right_drops_the_correction() {
    let mut host = Host::new();
    host.wall_offset = 7200;
    let fetch = host.fetch();
    host.fail(fetch, host.refusal(ErrorCode::AccessDenied));
    let fetch = host.fetch();
    host.succeed(fetch, 900, None);
    host.wall_offset = 0;
    host.pass(900);
    let fetch = host.fetch();
    assert_ne!(fetch.signing_time, host.service_time());
    host.fail(fetch, host.refusal(ErrorCode::AccessDenied));
    assert_eq!(host.fetch().signing_time, host.service_time());
}

#[test]
fn an_ending_certificate_pulls_the_refresh_forward_once() {
    let mut host = Host::new();
    let fetch = host.fetch();
    host.succeed(fetch, 3600, Some(1200));
    host.pass(899);
    assert!(host.is_idle());
    host.pass(1);
    let fetch = host.fetch();
    host.succeed(fetch, 3600, Some(300));
    host.pass(60);
    assert!(host.is_idle(), "not one request after the other");
    let told = host.refresh.take_events();
    let expiring = |event: &&Event| matches!(event, Event::CertificateExpiring { .. });
    assert_eq!(
        told.iter().filter(expiring).count(),
        1,
        "the same end is told once"
    );
}

#[test]
fn forfeited_cancelled_and_stale() {
    let mut host = Host::new();
    let lost = host.fetch();
    host.pass(30);
    let second = host.fetch();
    assert_ne!(lost.id, second.id);
    host.succeed(lost, 3600, None);
    assert!(!host.serves(), "a stale reply is ignored");
    host.refresh.cancel(second.id, host.now());
    let third = host.fetch();
    host.refresh.cancel(third.id, host.now());
    assert_eq!(
        host.error(),
        Some(ErrorCode::Timeout),
        "three attempts are all there are"
    );
    host.succeed(third, 3600, None);
    host.fail(second, unreachable());
    assert_eq!(host.error(), Some(ErrorCode::Timeout));
}

#[test]
fn invalidate_and_request_refresh() {
    let mut host = Host::new();
    let fetch = host.fetch();
    host.succeed(fetch, 3600, None);
    host.refresh.request_refresh();
    let fetch = host.fetch();
    assert!(host.serves());
    host.succeed(fetch, 3600, None);
    assert!(host.is_idle());
    host.refresh.invalidate();
    assert_eq!(host.refresh.next_refresh(), None);
    host.fetch();
    assert!(!host.serves());
}

#[test]
fn jumping_wall_clocks_and_sleep() {
    let mut host = Host::new();
    let fetch = host.fetch();
    host.succeed(fetch, 3600, None);
    host.wall_offset = -86_400;
    host.pass(3600);
    assert!(
        !host.serves(),
        "a wall clock set back does not prolong a session"
    );

    let mut host = Host::new();
    let fetch = host.fetch();
    host.succeed(fetch, 3600, None);
    host.true_seconds += 3600;
    assert!(
        !host.serves(),
        "a machine that slept wakes with expired credentials"
    );
}

#[test]
fn credentials_that_come_expired_are_an_error() {
    let mut host = Host::new();
    let fetch = host.fetch();
    host.succeed(fetch, 0, None);
    assert_eq!(host.refresh.take_events().len(), 1);
    assert!(!host.serves());
}

#[test]
fn what_is_steady_needs_no_poll_until_its_end() {
    let mut host = Host::new();
    let fetch = host.fetch();
    assert!(host.refresh.steady(host.now()).is_none());
    host.succeed(fetch, 3600, None);
    let (_, due) = host.refresh.steady(host.now()).unwrap();
    assert_eq!(Some(due.monotonic_millis), host.refresh.next_refresh());
    host.pass(2400);
    assert!(
        host.refresh.steady(host.now()).is_none(),
        "a poll says fetch"
    );
    let fetch = host.fetch();
    let (_, until) = host.refresh.steady(host.now()).unwrap();
    assert_eq!(until.monotonic_millis, fetch.deadline, "while one fetches");
    host.fail(fetch, unreachable());
    let (_, until) = host.refresh.steady(host.now()).unwrap();
    let pause = (until.monotonic_millis - host.monotonic) / 1000;
    assert_eq!(pause, host.wait_seconds(), "while nothing may be sent");
    host.refresh.invalidate();
    assert!(host.refresh.steady(host.now()).is_none());
    assert!(host.refresh.credentials(host.now()).is_none());
}
