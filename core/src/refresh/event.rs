//! What a host may want to log.

use super::RefreshPolicy;
use crate::error::Error;
use crate::time::Timestamp;
use alloc::{sync::Arc, vec::Vec};

/// Something that happened inside the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A fetch brought credentials.
    Refreshed {
        /// When they end, by the service's clock.
        expiration: Timestamp,
    },
    /// A fetch failed, with all its attempts.
    RefreshFailed {
        /// Why.
        error: Arc<Error>,
    },
    /// The service's clock differs from this machine's, and requests carry the service's time.
    ClockCorrected {
        /// What was added to this machine's clock, in seconds.
        offset_seconds: i64,
    },
    /// The leaf ends soon. Told once for each leaf.
    CertificateExpiring {
        /// When it ends.
        not_after: Timestamp,
    },
}

impl Event {
    /// The event's name in every language: `refreshed`, `refresh_failed`, …
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Refreshed { .. } => "refreshed",
            Self::RefreshFailed { .. } => "refresh_failed",
            Self::ClockCorrected { .. } => "clock_corrected",
            Self::CertificateExpiring { .. } => "certificate_expiring",
        }
    }
}

const MAX_EVENTS: usize = 32;

#[derive(Debug, Default)]
pub(super) struct Events {
    waiting: Vec<Event>,
    warned_of: Option<Timestamp>,
}

impl Events {
    pub(super) fn push(&mut self, event: Event) {
        if self.waiting.len() >= MAX_EVENTS {
            self.waiting.remove(0);
        }
        self.waiting.push(event);
    }

    pub(super) fn certificate(
        &mut self,
        not_after: Timestamp,
        now: Timestamp,
        policy: &RefreshPolicy,
    ) {
        let left = u64::try_from(not_after.seconds_since(now)).unwrap_or(0);
        if left < policy.certificate_warning_seconds && self.warned_of != Some(not_after) {
            self.warned_of = Some(not_after);
            self.push(Event::CertificateExpiring { not_after });
        }
    }

    pub(super) fn take(&mut self) -> Vec<Event> {
        core::mem::take(&mut self.waiting)
    }
}
