//! Credentials at hand, and the two clocks' readings between which they are good.

use super::policy::millis;
use super::{Jitter, Now, RefreshPolicy};
use crate::credentials::Credentials;
use crate::time::Timestamp;
use alloc::sync::Arc;

#[derive(Debug)]
pub(super) struct Held {
    credentials: Arc<Credentials>,
    expires: Now,
    refresh_at: Now,
}

impl Held {
    /// `server_time` is the service's clock now: how long the session still lives is counted on it
    /// and then measured on this machine's clocks, which need not agree with it. `None` when
    /// nothing of the life is left.
    pub(super) fn new(
        credentials: Credentials,
        identity_not_after: Option<Timestamp>,
        server_time: Timestamp,
        now: Now,
        jitter: Jitter,
        policy: &RefreshPolicy,
    ) -> Option<Self> {
        let left = |end: Timestamp| {
            u64::try_from(end.seconds_since(server_time))
                .ok()
                .map(millis)
        };
        let life = left(credentials.expiration()).filter(|&life| life > 0)?;
        let regular = life.saturating_sub(policy.lead_millis(life, jitter));
        let margin = millis(policy.certificate_margin_seconds);
        // Pulled forward only while that leaves some time, or an ending certificate would mean one
        // request after the other.
        let before_certificate_ends = identity_not_after
            .and_then(left)
            .map(|ends| ends.saturating_sub(margin))
            .filter(|&pulled| pulled >= margin);
        let refresh_in = before_certificate_ends.map_or(regular, |pulled| pulled.min(regular));
        Some(Self {
            credentials: Arc::new(credentials),
            expires: now.plus(life),
            refresh_at: now.plus(refresh_in),
        })
    }

    pub(super) fn credentials(&self) -> Arc<Credentials> {
        Arc::clone(&self.credentials)
    }

    pub(super) fn expiration(&self) -> Timestamp {
        self.credentials.expiration()
    }

    pub(super) const fn refresh_at(&self) -> u64 {
        self.refresh_at.monotonic_millis
    }

    pub(super) const fn is_expired(&self, now: Now) -> bool {
        now.has_reached(self.expires)
    }

    pub(super) const fn is_due(&self, now: Now) -> bool {
        now.has_reached(self.refresh_at)
    }
}

impl Held {
    /// The earlier of the end and this point in monotonic milliseconds.
    pub(super) fn end_or(&self, monotonic_millis: u64) -> Now {
        Now {
            unix_millis: self.expires.unix_millis,
            monotonic_millis: self.expires.monotonic_millis.min(monotonic_millis),
        }
    }

    pub(super) const fn due(&self) -> Now {
        self.refresh_at
    }
}

impl Now {
    const fn plus(self, duration_millis: u64) -> Self {
        Self {
            unix_millis: self.unix_millis.saturating_add(duration_millis),
            monotonic_millis: self.monotonic_millis.saturating_add(duration_millis),
        }
    }

    /// Whether either clock has: the wall clock goes on while a machine sleeps, and the monotonic
    /// clock does not go back when somebody sets the wall clock.
    #[must_use]
    pub const fn has_reached(self, point: Self) -> bool {
        self.unix_millis >= point.unix_millis || self.monotonic_millis >= point.monotonic_millis
    }
}
