//! The two clocks, and how far this machine's is from the service's.

use super::RefreshPolicy;
use crate::time::Timestamp;

/// Both clocks at one moment.
///
/// Expiry goes by wall time and by monotonic time, whichever is stricter; intervals go by monotonic
/// time alone. So a clock that jumps can neither serve expired credentials nor hammer the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a machine has these two clocks")]
pub struct Now {
    /// Wall time in milliseconds since 1970.
    pub unix_millis: u64,
    /// Milliseconds of a clock that never goes back; its zero means nothing.
    pub monotonic_millis: u64,
}

/// A random fraction from the host, between 0 and 1, that spreads a fleet's requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jitter {
    millionths: u32,
}

impl Jitter {
    /// From a fraction; outside 0 to 1 it is cut off, not a number is 0.
    #[must_use]
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "there is no other conversion from a float, and the value is clamped before it"
    )]
    pub fn from_fraction(fraction: f64) -> Self {
        Self {
            millionths: (fraction.clamp(0.0, 1.0) * 1_000_000.0) as u32,
        }
    }

    /// This fraction of `whole`.
    pub(super) fn of(self, whole: u64) -> u64 {
        whole.saturating_mul(u64::from(self.millionths)) / 1_000_000
    }
}

/// What to add to this machine's clock to get the service's, where the two differ by too much.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ClockOffset {
    seconds: i64,
}

impl ClockOffset {
    /// The service's time, as well as it is known.
    pub(super) fn apply(self, now: Now) -> Timestamp {
        let seconds = now.unix_seconds().saturating_add(self.seconds);
        // Out of range only where the machine's clock is: then the epoch, which is refused and
        // brings the true date with the refusal.
        Timestamp::from_unix_seconds(seconds).unwrap_or(Timestamp::EPOCH)
    }

    /// Takes note of the service's clock. A small difference is none.
    pub(super) fn observe(&mut self, date: Timestamp, now: Now, policy: &RefreshPolicy) {
        let difference = date.unix_seconds().saturating_sub(now.unix_seconds());
        let is_large = difference.unsigned_abs() > policy.skew_threshold_seconds;
        self.seconds = if is_large { difference } else { 0 };
    }

    pub(super) const fn seconds(self) -> i64 {
        self.seconds
    }
}

impl Now {
    pub(super) fn unix_seconds(self) -> i64 {
        i64::try_from(self.unix_millis / 1000).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::Jitter;

    #[test]
    fn jitter_is_a_fraction() {
        assert_eq!(Jitter::from_fraction(0.25).of(1000), 250);
        assert_eq!(Jitter::from_fraction(7.0).of(1000), 1000);
        assert_eq!(Jitter::from_fraction(-1.0).of(1000), 0);
        assert_eq!(Jitter::from_fraction(f64::NAN).of(1000), 0);
    }
}
