//! The refresh machine under random schedules: clocks that jump, machines that sleep, replies that
//! come late, twice or never, callers that give up.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use rolesanywhere_core::error::{Error, ErrorCode, ServiceDetails};
use rolesanywhere_core::refresh::{Fetch, Jitter, Next, Now, Refresh, RefreshPolicy};
use rolesanywhere_core::{Credentials, Timestamp};

const START: i64 = 1_795_240_000;

#[derive(Debug, Clone)]
enum Step {
    /// Both clocks and the true time go on.
    Pass(u32),
    /// The machine sleeps: the monotonic clock stands still.
    Sleep(u32),
    /// Somebody sets the wall clock.
    Jump(i32),
    /// A caller asks; if told to fetch, the fetch is in its hands.
    Poll,
    /// The service answers the fetch that was handed out at this position.
    Succeed {
        which: usize,
        life: u32,
        with_date: bool,
    },
    Fail {
        which: usize,
        how: Failure,
    },
    Cancel {
        which: usize,
    },
    Invalidate,
    RequestRefresh,
}

#[derive(Debug, Clone, Copy)]
enum Failure {
    Unreachable,
    Refused,
    ThrottledFor(u32),
    Identity,
}

/// What the test knows and the machine does not.
struct World {
    refresh: Refresh,
    true_seconds: i64,
    wall_offset: i64,
    monotonic: u64,
    handed_out: Vec<Fetch>,
    live: Option<Fetch>,
    expiry: Option<i64>,
    starts_since_success: Vec<u64>,
    jitter: f64,
}

impl World {
    fn new() -> Self {
        Self {
            refresh: Refresh::new(RefreshPolicy::default()),
            true_seconds: START,
            wall_offset: 0,
            monotonic: 0,
            handed_out: Vec::new(),
            live: None,
            expiry: None,
            starts_since_success: Vec::new(),
            jitter: 0.0,
        }
    }

    fn now(&self) -> Now {
        let wall = u64::try_from((self.true_seconds + self.wall_offset).max(0)).unwrap();
        Now {
            unix_millis: wall * 1000,
            monotonic_millis: self.monotonic,
        }
    }

    fn jitter(&mut self) -> Jitter {
        self.jitter = (self.jitter + 0.381_966).fract();
        Jitter::from_fraction(self.jitter)
    }

    fn date(&self) -> Timestamp {
        Timestamp::from_unix_seconds(self.true_seconds).unwrap()
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Pass(seconds) => {
                self.true_seconds += i64::from(seconds);
                self.monotonic += u64::from(seconds) * 1000;
            }
            Step::Sleep(seconds) => self.true_seconds += i64::from(seconds),
            Step::Jump(seconds) => self.wall_offset += i64::from(seconds),
            Step::Poll => self.poll(),
            Step::Succeed {
                which,
                life,
                with_date,
            } => {
                if let Some(fetch) = self.pick(which) {
                    self.succeed(fetch, life, with_date);
                }
            }
            Step::Fail { which, how } => {
                if let Some(fetch) = self.pick(which) {
                    self.fail(fetch, how);
                }
            }
            Step::Cancel { which } => {
                if let Some(fetch) = self.pick(which) {
                    self.forget(fetch);
                    self.refresh.cancel(fetch.id, self.now());
                }
            }
            Step::Invalidate => {
                self.refresh.invalidate();
                self.expiry = None;
            }
            Step::RequestRefresh => self.refresh.request_refresh(),
        }
    }

    fn poll(&mut self) {
        let poll = self.refresh.poll(self.now());
        // A late reply still counts while nobody has asked since.
        self.live.take_if(|live| self.monotonic >= live.deadline);
        if poll.credentials.is_some() {
            let expiry = self.expiry.expect("served credentials that never came");
            assert!(self.true_seconds < expiry, "served an expired credential");
        }
        match poll.next {
            Next::Fetch(fetch) => {
                assert!(self.live.is_none(), "two live fetches");
                assert!(
                    self.handed_out.iter().all(|other| other.id != fetch.id),
                    "id used twice"
                );
                assert!(
                    fetch.deadline > self.monotonic,
                    "a fetch that is forfeit from the start"
                );
                self.live = Some(fetch);
                self.handed_out.push(fetch);
                self.starts_since_success.push(self.monotonic);
                self.check_pace();
            }
            Next::Wait(until) => assert!(until > self.monotonic, "waits for what is past"),
            _ => assert!(poll.credentials.is_some(), "idle without credentials"),
        }
    }

    /// Three attempts and one corrected one are a fetch; the next fetch is an interval away.
    fn check_pace(&self) {
        let policy = RefreshPolicy::default();
        let in_one_fetch = usize::try_from(policy.attempts).unwrap() + 1;
        for window in self.starts_since_success.windows(in_one_fetch + 1) {
            let span = window[in_one_fetch] - window[0];
            assert!(
                span >= policy.minimum_interval_seconds * 1000,
                "faster than the interval"
            );
        }
    }

    fn pick(&self, which: usize) -> Option<Fetch> {
        let from_the_end = which % self.handed_out.len().max(1);
        self.handed_out.iter().rev().nth(from_the_end).copied()
    }

    fn forget(&mut self, fetch: Fetch) -> bool {
        self.live.take_if(|live| live.id == fetch.id).is_some()
    }

    fn succeed(&mut self, fetch: Fetch, life: u32, with_date: bool) {
        let expiration = self.true_seconds + i64::from(life);
        if self.forget(fetch) {
            self.expiry = Some(expiration);
            self.starts_since_success.clear();
        }
        let credentials = Credentials::new(
            "ASIA".to_owned(),
            "s".to_owned().into(),
            "t".to_owned().into(),
            Timestamp::from_unix_seconds(expiration).unwrap(),
        );
        let date = (with_date || self.wall_offset != 0).then(|| self.date());
        let (now, jitter) = (self.now(), self.jitter());
        self.refresh
            .on_success(fetch.id, credentials, None, date, now, jitter);
    }

    fn fail(&mut self, fetch: Fetch, how: Failure) {
        self.forget(fetch);
        let mut details = ServiceDetails::default();
        details.date = Some(self.date());
        let error = match how {
            Failure::Unreachable => Error::new(ErrorCode::ConnectionFailed, "x"),
            Failure::Identity => Error::new(ErrorCode::FileNotFound, "x"),
            Failure::Refused => Error::new(ErrorCode::AccessDenied, "x").with_service(details),
            Failure::ThrottledFor(seconds) => {
                details.retry_after = Some(seconds);
                Error::new(ErrorCode::Throttled, "x").with_service(details)
            }
        };
        let (now, jitter) = (self.now(), self.jitter());
        self.refresh.on_failure(fetch.id, error, now, jitter);
    }

    /// From whatever state: once the service answers, credentials come within the longest pause.
    fn recover(&mut self) {
        let policy = RefreshPolicy::default();
        let longest = policy.retry_after_maximum_seconds
            + policy.minimum_interval_seconds
            + policy.mandatory_deadline_seconds
            + policy.backoff_cap_seconds;
        for _ in 0..=longest {
            let poll = self.refresh.poll(self.now());
            if let Next::Fetch(fetch) = poll.next {
                self.live = Some(fetch);
                self.handed_out.push(fetch);
                self.succeed(fetch, 3600, true);
                self.poll();
                let served = self.refresh.poll(self.now()).credentials;
                assert!(
                    served.is_some(),
                    "the service answered and nothing is served"
                );
                return;
            }
            if matches!(poll.next, Next::Idle) {
                return;
            }
            self.step(&Step::Pass(1));
        }
        panic!("never recovered");
    }
}

fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        Just(Failure::Unreachable),
        Just(Failure::Refused),
        (0..2000_u32).prop_map(Failure::ThrottledFor),
        Just(Failure::Identity),
    ]
}

/// A clock set back while the machine sleeps hides the sleep from both clocks: no machine can know
/// better, so a schedule has either sleeps or jumps.
fn step(sleeps: bool) -> impl Strategy<Value = Step> {
    let which = prop_oneof![4 => Just(0_usize), 1 => 0..8_usize];
    let odd = if sleeps {
        (1..100_000_u32).prop_map(Step::Sleep).boxed()
    } else {
        (-100_000..100_000_i32).prop_map(Step::Jump).boxed()
    };
    prop_oneof![
        6 => prop_oneof![0..30_u32, 0..4000_u32].prop_map(Step::Pass),
        1 => odd,
        8 => Just(Step::Poll),
        4 => (which.clone(), 1..50_000_u32, any::<bool>())
            .prop_map(|(which, life, with_date)| Step::Succeed { which, life, with_date }),
        4 => (which.clone(), failure()).prop_map(|(which, how)| Step::Fail { which, how }),
        1 => which.prop_map(|which| Step::Cancel { which }),
        1 => Just(Step::Invalidate),
        1 => Just(Step::RequestRefresh),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_schedule(
        steps in any::<bool>().prop_flat_map(|sleeps| prop::collection::vec(step(sleeps), 1..200))
    ) {
        let mut world = World::new();
        for step in &steps {
            world.step(step);
        }
        world.recover();
    }
}
