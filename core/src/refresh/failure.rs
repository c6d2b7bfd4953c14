//! What follows a failed attempt: another with a corrected date, another after a back-off, or the
//! end of the fetch.

use super::policy::millis;
use super::{Event, Held, Jitter, Now, Refresh};
use crate::error::{Error, ErrorCode};
use crate::time::Timestamp;
use alloc::{format, sync::Arc};

impl Refresh {
    pub(super) fn failed(
        &mut self,
        error: Error,
        signing_time: Option<Timestamp>,
        now: Now,
        jitter: Jitter,
    ) {
        let date = error.service().and_then(|details| details.date);
        if let (Some(date), Some(signing_time), true) = (date, signing_time, blames_clock(&error)) {
            if self.correct_clock(date, signing_time, now) {
                return;
            }
            if self.corrected {
                return self.fail(skewed(&error, date, now), now, jitter);
            }
        }
        if self.may_try_again(&error, now) {
            let backoff = self.policy.backoff_millis(self.attempts, jitter);
            let asked = retry_after_millis(&error);
            self.not_before = now.monotonic_millis.saturating_add(backoff.max(asked));
            return;
        }
        self.fail(error, now, jitter);
    }

    /// Ends the fetch: the error is told, and nothing is sent for the minimum interval, longer
    /// where the service asks for it or keeps failing. A permanent refusal waits no longer than
    /// that, so that a trust policy that somebody mends works again by itself.
    pub(super) fn fail(&mut self, error: Error, now: Now, jitter: Jitter) {
        self.failed_fetches = self.failed_fetches.saturating_add(1);
        let backoff = if error.is_retryable() {
            self.policy.backoff_millis(self.failed_fetches, jitter)
        } else {
            0
        };
        let asked = retry_after_millis(&error).min(millis(self.policy.retry_after_maximum_seconds));
        let pause = millis(self.policy.minimum_interval_seconds)
            .saturating_add(backoff)
            .max(asked);
        self.not_before = now.monotonic_millis.saturating_add(pause);
        let error = Arc::new(error);
        self.events.push(Event::RefreshFailed {
            error: Arc::clone(&error),
        });
        self.error = Some(error);
        self.refresh_requested = false;
        self.end_fetch();
    }

    pub(super) fn forfeit_if_late(&mut self, now: Now) {
        if self
            .in_flight
            .take_if(|fetch| now.monotonic_millis >= fetch.deadline)
            .is_some()
        {
            self.forfeited(now);
        }
    }

    /// Nobody will report on the attempt any more. Somebody else may make the next one at once.
    pub(super) fn forfeited(&mut self, now: Now) {
        let error = Error::new(
            ErrorCode::Timeout,
            "whoever was fetching credentials gave up",
        );
        if !self.may_try_again(&error, now) {
            self.fail(error, now, Jitter::from_fraction(0.0));
        }
    }

    /// Whether another attempt belongs to the same fetch. While credentials are served there is
    /// only one attempt: the next refresh comes soon enough.
    fn may_try_again(&self, error: &Error, now: Now) -> bool {
        let serves = self
            .held
            .as_ref()
            .is_some_and(|held: &Held| !held.is_expired(now));
        let waits_too_long = retry_after_millis(error) > millis(self.policy.backoff_cap_seconds);
        error.is_retryable() && !serves && !waits_too_long && self.attempts < self.policy.attempts
    }

    /// Whether the next attempt, made at once, carries another date than this one did.
    fn correct_clock(&mut self, date: Timestamp, signing_time: Timestamp, now: Now) -> bool {
        let signed_off = date.seconds_since(signing_time).unsigned_abs();
        if self.corrected || signed_off <= self.policy.skew_threshold_seconds {
            return false;
        }
        self.offset.observe(date, now, &self.policy);
        self.corrected = true;
        self.not_before = now.monotonic_millis;
        self.events.push(Event::ClockCorrected {
            offset_seconds: self.offset.seconds(),
        });
        true
    }
}

/// Whether a wrong date may be behind the refusal.
fn blames_clock(error: &Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::AccessDenied
            | ErrorCode::ServiceRefused
            | ErrorCode::ClockSkewed
            | ErrorCode::CertificateExpired
            | ErrorCode::CertificateNotYetValid
    )
}

fn skewed(error: &Error, date: Timestamp, now: Now) -> Error {
    let here = Timestamp::from_unix_seconds(now.unix_seconds()).unwrap_or(Timestamp::EPOCH);
    let message = format!(
        "this machine's clock says {} and the service's {}, and a request with the service's time \
         was refused too: {}",
        here.rfc3339(),
        date.rfc3339(),
        error.message()
    );
    let skewed = Error::new(ErrorCode::ClockSkewed, message).with_retryable(false);
    match error.service() {
        Some(details) => skewed.with_service(details.clone()),
        None => skewed,
    }
}

fn retry_after_millis(error: &Error) -> u64 {
    let asked = error.service().and_then(|details| details.retry_after);
    asked.map_or(0, |seconds| millis(u64::from(seconds)))
}
