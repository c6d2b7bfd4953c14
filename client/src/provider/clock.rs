//! The two clocks and the randomness of the process, or a caller's.

use rolesanywhere_core::refresh::{Jitter, Now};
use std::hash::{BuildHasher, RandomState};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Tells both clocks' time. Any function that returns [`Now`] is one.
pub trait Clock: Send + Sync {
    /// Both clocks now.
    fn now(&self) -> Now;
}

impl<F: Fn() -> Now + Send + Sync> Clock for F {
    fn now(&self) -> Now {
        self()
    }
}

/// The system's clocks; the monotonic one counts from when this was made.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock(Instant);

impl SystemClock {
    /// The system's clocks.
    #[must_use]
    pub fn new() -> Self {
        Self(Instant::now())
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    /// A wall clock before 1970 reads as 1970: the service's reply then brings the true time.
    fn now(&self) -> Now {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        let millis = |elapsed: std::time::Duration| {
            elapsed
                .as_secs()
                .saturating_mul(1000)
                .saturating_add(u64::from(elapsed.subsec_millis()))
        };
        Now {
            unix_millis: since_epoch.map_or(0, millis),
            monotonic_millis: millis(self.0.elapsed()),
        }
    }
}

/// Random enough to spread a fleet: the standard library's hash keys, which the system's generator
/// seeds. No secret depends on it.
pub(super) fn system_jitter() -> Jitter {
    let random = RandomState::new().hash_one(Instant::now());
    let top = u32::try_from(random >> 32).unwrap_or(0);
    Jitter::from_fraction(f64::from(top) / f64::from(u32::MAX))
}
