//! The warm path: credentials that every caller gets until a known point in time.

use rolesanywhere_core::Credentials;
use rolesanywhere_core::refresh::Now;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Slots, over which threads are spread.
const SLOTS: usize = 16;

/// One slot for each of a few threads: a lock and a reference count that two processors write to
/// cost more than all the rest of a call.
#[derive(Default)]
pub(super) struct SteadySlots([Slot; SLOTS]);

/// Alone on its cache lines (two, because processors fetch them in pairs).
#[derive(Default)]
#[repr(align(128))]
struct Slot(RwLock<Option<Steady>>);

struct Steady {
    credentials: Arc<Credentials>,
    until: Now,
}

impl SteadySlots {
    /// `None` where the state has to be asked. Never waits.
    pub(super) fn get(&self, now: Now) -> Option<Arc<Credentials>> {
        let Self(slots) = self;
        let slot = THREAD.with(|thread| slots.get(*thread))?;
        let steady = slot.0.try_read().ok()?;
        let steady = steady.as_ref().filter(|it| !now.has_reached(it.until))?;
        Some(Arc::clone(&steady.credentials))
    }

    pub(super) fn set(&self, steady: Option<(Arc<Credentials>, Now)>) {
        for slot in &self.0 {
            let steady = steady.as_ref().map(|(credentials, until)| Steady {
                // Of its own: a clone of the Arc would share its reference count.
                credentials: Arc::new(credentials.share()),
                until: *until,
            });
            *slot.0.write().unwrap_or_else(PoisonError::into_inner) = steady;
        }
    }
}

thread_local! {
    /// This thread's slot.
    static THREAD: usize = {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        NEXT.fetch_add(1, Ordering::Relaxed) % SLOTS
    };
}

impl fmt::Debug for SteadySlots {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SteadySlots")
    }
}
