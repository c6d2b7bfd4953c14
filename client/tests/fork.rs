//! A provider in a process that forks while its threads are busy: the child has one thread, and
//! whatever the others held and did stays behind.
//!
//! In a binary of its own, because a fork copies the locks of every other test's threads too.
#![cfg(all(unix, feature = "http"))]

#[cfg(test)]
#[path = "faults/world.rs"]
#[expect(dead_code, reason = "the fault tests use the rest of it")]
mod world;

#[cfg(test)]
mod tests {
    use super::world::{World, id};
    use fork::{Fork, WEXITSTATUS, WIFEXITED};
    use rolesanywhere::core::HttpRequest;
    use rolesanywhere::core::error::Result;
    use rolesanywhere::{HttpResponse, Provider, Transport};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
    use std::thread;
    use std::time::Duration;

    const STUCK: i32 = 102;

    /// One test after the other: a fork amid another's threads would copy their locks.
    fn alone() -> MutexGuard<'static, ()> {
        static ONE: Mutex<()> = Mutex::new(());
        ONE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs this in a child, which ends itself if it is stuck; the exit status, 0 when all was well.
    #[must_use]
    fn in_child(run: impl FnOnce()) -> i32 {
        let Fork::Parent(child) = fork::fork().unwrap() else {
            thread::spawn(|| {
                thread::sleep(Duration::from_secs(60));
                std::process::exit(STUCK);
            });
            let outcome = catch_unwind(AssertUnwindSafe(run));
            std::process::exit(if outcome.is_ok() { 0 } else { 101 });
        };
        let status = fork::waitpid(child).unwrap();
        if WIFEXITED(status) {
            WEXITSTATUS(status)
        } else {
            -1
        }
    }

    #[test]
    fn a_child_is_served_and_fetches_for_itself() {
        let _alone = alone();
        let world = World::new("fork-warm");
        let provider = world.provider();
        let first = id(provider.credentials());
        let child = in_child(|| {
            assert_eq!(id(provider.credentials()), first);
            assert_eq!(world.sent(), 1, "the parent's");
            let second = id(provider.refresh());
            assert_ne!(second, first);
            assert_eq!((world.sent(), id(provider.credentials())), (1, second));
            let grandchild = in_child(|| {
                provider.invalidate();
                provider.credentials().unwrap();
                assert_eq!(world.sent(), 1);
            });
            assert_eq!(grandchild, 0);
        });
        assert_eq!(child, 0);
        assert_eq!(id(provider.credentials()), first, "nobody told the parent");
        assert_eq!((world.sent(), world.answered()), (1, 3));
    }

    /// Keeps its first caller until it is let go.
    #[derive(Debug)]
    struct Slow {
        rest: Arc<dyn Transport>,
        callers: AtomicUsize,
        go_on: Mutex<mpsc::Receiver<()>>,
    }

    impl Transport for Slow {
        fn send(&self, request: &HttpRequest) -> Result<HttpResponse> {
            if self.callers.fetch_add(1, Ordering::SeqCst) == 0 {
                self.go_on.lock().unwrap().recv().unwrap();
            }
            self.rest.send(request)
        }
    }

    #[test]
    fn a_child_does_not_wait_for_a_thread_that_stayed_behind() {
        let _alone = alone();
        let world = World::new("fork-fetching");
        let (let_go, go_on) = mpsc::channel();
        let slow = Arc::new(Slow {
            rest: world.transport.clone(),
            callers: AtomicUsize::new(0),
            go_on: Mutex::new(go_on),
        });
        let provider = world.builder().transport(slow.clone()).build();
        thread::scope(|scope| {
            let fetching = scope.spawn(|| id(provider.credentials()));
            let waiting = scope.spawn(|| id(provider.credentials()));
            while slow.callers.load(Ordering::SeqCst) == 0 {
                thread::yield_now();
            }
            let child = in_child(|| {
                provider.credentials().unwrap();
                assert_eq!(world.sent(), 1, "its own");
            });
            let_go.send(()).unwrap();
            assert_eq!(child, 0);
            assert_eq!(fetching.join().unwrap(), waiting.join().unwrap());
        });
        assert_eq!((world.sent(), world.answered()), (1, 2));
    }

    /// A provider that a thread of this name does not leave before it is let go: it stops where it
    /// asks the clock for the nth time, which it also does with the lock held.
    fn stopping(
        world: &World,
        nth: usize,
        stopped: mpsc::Sender<()>,
        go_on: mpsc::Receiver<()>,
    ) -> Provider {
        let (time, go_on, asked) = (world.time.clone(), Mutex::new(go_on), AtomicUsize::new(0));
        let clock = move || {
            let is_watched = thread::current().name() == Some("stopping");
            if is_watched && asked.fetch_add(1, Ordering::SeqCst) + 1 == nth {
                stopped.send(()).unwrap();
                go_on.lock().unwrap().recv().unwrap();
            }
            time.now()
        };
        world.builder().clock(clock).build()
    }

    #[test]
    fn a_child_does_not_miss_a_lock_that_a_thread_held() {
        let _alone = alone();
        for nth in 1..=5 {
            let world = World::new(&format!("fork-locked-{nth}"));
            let ((stopped, has_stopped), (let_go, go_on)) = (mpsc::channel(), mpsc::channel());
            let provider = stopping(&world, nth, stopped, go_on);
            thread::scope(|scope| {
                let call = || id(provider.credentials());
                let thread = thread::Builder::new().name("stopping".to_owned());
                let thread = thread.spawn_scoped(scope, call).unwrap();
                has_stopped.recv().unwrap();
                let child = in_child(|| drop(provider.credentials().unwrap()));
                let_go.send(()).unwrap();
                assert_eq!(child, 0, "at the clock's {nth}th reading");
                thread.join().unwrap();
            });
            assert_eq!(world.answered(), 2);
        }
    }
}
