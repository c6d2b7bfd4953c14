//! The numbers behind the decisions.

use super::Jitter;

/// When to refresh, how often to try, how long to wait. Seconds unless a name says otherwise.
///
/// The defaults refresh an hour's session with 20 minutes left, a 12-hour session with 4 hours
/// left, a 15-minute session with 6 minutes left, each spread by ±10 % of that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefreshPolicy {
    /// The lead: a refresh is due when the session's life divided by this is left …
    pub lead_divisor: u64,
    /// … but no later than with this much left …
    pub lead_minimum_seconds: u64,
    /// … and no earlier than with this percentage of the life left.
    pub lead_maximum_percent: u64,
    /// How far the jitter moves the lead, to both sides, in percent of it.
    pub spread_percent: u64,
    /// Attempts in one fetch while there are no credentials to serve. With some there is one.
    pub attempts: u32,
    /// How long an attempt may take while valid credentials are at hand: it blocks its caller.
    pub advisory_deadline_seconds: u64,
    /// How long an attempt may take while there are none.
    pub mandatory_deadline_seconds: u64,
    /// The first back-off's upper bound, in milliseconds; each further one doubles it.
    pub backoff_base_millis: u64,
    /// The upper bound of every back-off.
    pub backoff_cap_seconds: u64,
    /// Nothing is sent for this long after a fetch has failed.
    pub minimum_interval_seconds: u64,
    /// A `Retry-After` beyond this is cut to it.
    pub retry_after_maximum_seconds: u64,
    /// A difference of clocks up to this is none.
    pub skew_threshold_seconds: u64,
    /// A certificate that ends before the session does pulls the refresh to this long before its
    /// end.
    pub certificate_margin_seconds: u64,
    /// A certificate that ends within this is worth an event.
    pub certificate_warning_seconds: u64,
}

impl Default for RefreshPolicy {
    fn default() -> Self {
        Self {
            lead_divisor: 3,
            lead_minimum_seconds: 15 * 60,
            lead_maximum_percent: 40,
            spread_percent: 10,
            attempts: 3,
            advisory_deadline_seconds: 5,
            mandatory_deadline_seconds: 30,
            backoff_base_millis: 500,
            backoff_cap_seconds: 20,
            minimum_interval_seconds: 15,
            retry_after_maximum_seconds: 15 * 60,
            skew_threshold_seconds: 240,
            certificate_margin_seconds: 300,
            certificate_warning_seconds: 24 * 60 * 60,
        }
    }
}

impl RefreshPolicy {
    /// How long before its end a session of `life` milliseconds is refreshed, in milliseconds.
    pub(super) fn lead_millis(&self, life: u64, jitter: Jitter) -> u64 {
        let at_most = life.saturating_mul(self.lead_maximum_percent.min(100)) / 100;
        let lead = (life / self.lead_divisor.max(1))
            .max(millis(self.lead_minimum_seconds))
            .min(at_most);
        let spread = lead.saturating_mul(self.spread_percent.min(100)) / 100;
        lead.saturating_sub(spread)
            .saturating_add(jitter.of(spread.saturating_mul(2)))
            .min(life)
    }

    /// Full jitter: anything between nothing and the bound.
    pub(super) fn backoff_millis(&self, failures: u32, jitter: Jitter) -> u64 {
        let factor = 1_u64
            .checked_shl(failures.saturating_sub(1))
            .unwrap_or(u64::MAX);
        let bound = self.backoff_base_millis.saturating_mul(factor);
        jitter.of(bound.min(millis(self.backoff_cap_seconds)))
    }

    pub(super) const fn deadline(&self, has_credentials: bool) -> u64 {
        if has_credentials {
            millis(self.advisory_deadline_seconds)
        } else {
            millis(self.mandatory_deadline_seconds)
        }
    }
}

pub(super) const fn millis(seconds: u64) -> u64 {
    seconds.saturating_mul(1000)
}

#[cfg(test)]
mod tests {
    use super::{Jitter, RefreshPolicy};

    #[test]
    fn default_leads() {
        let policy = RefreshPolicy::default();
        for (life_minutes, lead_minutes) in
            [(60, 20), (12 * 60, 4 * 60), (15, 6), (30, 12), (40, 15)]
        {
            let lead = policy.lead_millis(life_minutes * 60_000, Jitter::from_fraction(0.5));
            assert_eq!(lead, lead_minutes * 60_000, "{life_minutes} min");
        }
        assert_eq!(
            policy.lead_millis(3_600_000, Jitter::from_fraction(0.0)),
            18 * 60_000
        );
        assert_eq!(
            policy.lead_millis(3_600_000, Jitter::from_fraction(1.0)),
            22 * 60_000
        );
    }

    #[test]
    fn backoff_doubles_up_to_its_cap() {
        let policy = RefreshPolicy::default();
        let bounds = [
            (1, 500),
            (2, 1000),
            (3, 2000),
            (6, 16_000),
            (7, 20_000),
            (500, 20_000),
        ];
        for (failures, bound) in bounds {
            assert_eq!(
                policy.backoff_millis(failures, Jitter::from_fraction(1.0)),
                bound
            );
        }
        assert_eq!(policy.backoff_millis(3, Jitter::from_fraction(0.0)), 0);
    }
}
