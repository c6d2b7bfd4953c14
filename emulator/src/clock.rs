//! The clock the emulator goes by: the system's, or one a test sets.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time in Unix seconds. Certificates, request dates, sessions and the `Date` header all
/// go by it.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::Clock;
///
/// assert_eq!(Clock::fixed(1_795_240_399).now(), 1_795_240_399);
/// ```
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::from_fn(|| {
            let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
            since_epoch.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
        })
    }

    /// A clock that stands still.
    #[must_use]
    pub fn fixed(unix_seconds: i64) -> Self {
        Self::from_fn(move || unix_seconds)
    }

    /// A clock of the caller's making: a function that returns Unix seconds.
    pub fn from_fn(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Unix seconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Clock").field(&self.now()).finish()
    }
}

/// A clock that moves only when told to; its clones share one hand.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::{Clock, ManualClock};
///
/// let hand = ManualClock::new(1_800_000_000);
/// let clock = Clock::from(hand.clone());
/// hand.advance(60);
/// assert_eq!(clock.now(), 1_800_000_060);
/// ```
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `unix_seconds`.
    #[must_use]
    pub fn new(unix_seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(unix_seconds)))
    }

    /// Sets it to `unix_seconds`.
    pub fn set(&self, unix_seconds: i64) {
        self.0.store(unix_seconds, Ordering::SeqCst);
    }

    /// Moves it by `seconds`, back when negative.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl From<ManualClock> for Clock {
    fn from(clock: ManualClock) -> Self {
        Self::from_fn(move || clock.0.load(Ordering::SeqCst))
    }
}
