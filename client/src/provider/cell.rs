//! The state behind its lock, once for each process that uses it.

use super::steady::SteadySlots;
use super::{Plan, ProviderState};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::refresh::{Now, RefreshPolicy};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::time::Duration;

/// How long a waiter sleeps before it looks at the clock again: an injected one moves as it likes,
/// and a machine that was suspended has missed the end of the wait.
const LONGEST_SLEEP: Duration = Duration::from_millis(100);

/// How often a forked child tries its parent's lock, and how long it waits between.
const TRIES_AFTER_FORK: u32 = 20;
const PAUSE_AFTER_FORK: Duration = Duration::from_millis(1);

/// A lock that a thread of the parent held while the parent forked stays locked in the child for
/// ever. So each process has a cell of its own, which takes over the parent's state when its lock
/// is free, and begins anew when it is not.
pub(super) struct Cell {
    process: u32,
    fresh: Fresh,
    guarded: Mutex<Guarded>,
    changed: Condvar,
    pub(super) steady: SteadySlots,
    next: OnceLock<Box<Self>>,
}

/// What a state is made from.
#[derive(Clone)]
pub(super) struct Fresh {
    pub(super) plan: Arc<Plan>,
    pub(super) policy: RefreshPolicy,
}

pub(super) struct Guarded {
    pub(super) state: ProviderState,
    closed: bool,
}

impl Cell {
    pub(super) fn new(process: u32, fresh: Fresh) -> Self {
        let guarded = Guarded {
            state: fresh.state(),
            closed: false,
        };
        Self::with(process, fresh, guarded)
    }

    fn with(process: u32, fresh: Fresh, guarded: Guarded) -> Self {
        Self {
            process,
            fresh,
            guarded: Mutex::new(guarded),
            changed: Condvar::new(),
            steady: SteadySlots::default(),
            next: OnceLock::new(),
        }
    }

    /// The youngest cell. It is this process's own unless the process has been forked and not come
    /// by [`own`](Self::own) yet: what it says is steady is true all the same.
    pub(super) fn youngest(&self) -> &Self {
        let mut cell = self;
        while let Some(next) = cell.next.get() {
            cell = next;
        }
        cell
    }

    /// The cell of the process with this id.
    pub(super) fn own(&self, process: u32, now: Now) -> &Self {
        let cell = self.youngest();
        if cell.process == process {
            return cell;
        }
        let inherit = || Box::new(Self::with(process, cell.fresh.clone(), cell.bequeath(now)));
        cell.next.get_or_init(inherit)
    }

    fn bequeath(&self, now: Now) -> Guarded {
        let state = self.fresh.state();
        for _ in 0..TRIES_AFTER_FORK {
            let mut guarded = match self.guarded.try_lock() {
                Ok(guarded) => guarded,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => {
                    std::thread::sleep(PAUSE_AFTER_FORK);
                    continue;
                }
            };
            let closed = guarded.closed;
            let mut state = std::mem::replace(&mut guarded.state, state);
            // Whoever was fetching stayed behind in the parent.
            state.cancel(now);
            return Guarded { state, closed };
        }
        Guarded {
            state,
            closed: false,
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Guarded> {
        self.guarded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of the lock until somebody reports, or the time is over, or a moment has passed.
    pub(super) fn wait<'g>(
        &self,
        guarded: MutexGuard<'g, Guarded>,
        time: Duration,
    ) -> MutexGuard<'g, Guarded> {
        let time = time.clamp(Duration::from_millis(1), LONGEST_SLEEP);
        let waited = self.changed.wait_timeout(guarded, time);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Makes known what may be served without asking.
    pub(super) fn note_steady(&self, guarded: &Guarded, now: Now) {
        let steady = guarded.state.steady(now).filter(|_| !guarded.closed);
        self.steady.set(steady);
    }

    /// The same after a change, for which others may be waiting.
    pub(super) fn publish(&self, guarded: &Guarded, now: Now) {
        self.note_steady(guarded, now);
        self.changed.notify_all();
    }

    pub(super) fn close(&self, now: Now) {
        let mut guarded = self.lock();
        guarded.closed = true;
        guarded.state.invalidate();
        self.publish(&guarded, now);
    }
}

impl Guarded {
    pub(super) fn check_open(&self) -> Result<()> {
        if self.closed {
            return Err(Error::new(
                ErrorCode::ProviderClosed,
                "the provider is closed",
            ));
        }
        Ok(())
    }
}

impl Fresh {
    fn state(&self) -> ProviderState {
        ProviderState::with_plan(Arc::clone(&self.plan), self.policy.clone())
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Cell")
            .field("plan", &self.fresh.plan)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolesanywhere_core::CreateSession;
    use rolesanywhere_core::refresh::Next;
    use rolesanywhere_core::session::CreateSessionOptions;

    fn cell() -> Cell {
        let create = CreateSession::new(&CreateSessionOptions {
            trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/1",
            profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/2",
            role_arn: "arn:aws:iam::111122223333:role/app",
            ..CreateSessionOptions::default()
        });
        let nobody = || Err(Error::new(ErrorCode::FileNotFound, "nobody"));
        let plan = Plan::new(create.unwrap(), Arc::new(nobody));
        let fresh = Fresh {
            plan: Arc::new(plan),
            policy: RefreshPolicy::default(),
        };
        Cell::new(1, fresh)
    }

    const NOW: Now = Now {
        unix_millis: 1_795_240_400_000,
        monotonic_millis: 0,
    };

    fn fetches(cell: &Cell) -> bool {
        let mut guarded = cell.lock();
        match guarded.state.poll(NOW).next {
            Next::Fetch(fetch) => {
                drop(guarded.state.attempt(fetch));
                true
            }
            _ => false,
        }
    }

    #[test]
    fn a_process_keeps_its_cell() {
        let cell = cell();
        assert!(std::ptr::eq(cell.own(1, NOW), &cell));
        assert!(fetches(cell.own(1, NOW)));
        assert!(!fetches(cell.own(1, NOW)), "one fetches already");
        let child = cell.own(2, NOW);
        assert!(std::ptr::eq(cell.own(2, NOW), child));
        assert!(std::ptr::eq(cell.youngest(), child));
    }

    #[test]
    fn a_child_does_not_wait_for_what_its_parent_was_fetching() {
        let cell = cell();
        assert!(fetches(cell.own(1, NOW)));
        assert!(fetches(cell.own(2, NOW)));
    }

    #[test]
    fn a_child_does_not_need_a_lock_that_nobody_will_ever_release() {
        let cell = cell();
        let held = cell.lock();
        assert!(fetches(cell.own(2, NOW)));
        drop(held);
    }

    #[test]
    fn a_closed_provider_stays_closed_in_the_child() {
        let cell = cell();
        cell.close(NOW);
        assert!(cell.own(2, NOW).lock().check_open().is_err());
    }
}
