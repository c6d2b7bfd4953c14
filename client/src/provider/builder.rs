//! What a provider is made from.

use super::cell::{Cell, Fresh};
use super::clock::{Clock, SystemClock, system_jitter};
use super::{IdentitySource, Inner, Plan, Provider, ProviderEvent, Step};
use crate::transport::Transport;
use rolesanywhere_core::CreateSession;
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::refresh::{Jitter, RefreshPolicy};
use std::fmt;
use std::sync::Arc;

pub(super) type OnEvent = dyn Fn(&ProviderEvent) + Send + Sync;
pub(super) type JitterSource = dyn Fn() -> Jitter + Send + Sync;

/// Describes a [`Provider`].
pub struct ProviderBuilder {
    plan: Plan,
    policy: RefreshPolicy,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    jitter: Box<JitterSource>,
    on_event: Option<Box<OnEvent>>,
    background_refresh: bool,
}

impl ProviderBuilder {
    pub(super) fn new(
        create: CreateSession,
        identity: Arc<dyn IdentitySource>,
        transport: Arc<dyn Transport>,
    ) -> Self {
        Self {
            plan: Plan::new(create, identity).with_chain_verifier(Box::new(AwsLc)),
            policy: RefreshPolicy::default(),
            transport,
            clock: Arc::new(SystemClock::new()),
            jitter: Box::new(system_jitter),
            on_event: None,
            background_refresh: false,
        }
    }

    /// Whether credentials name the role's account; they do unless switched off.
    #[must_use]
    pub fn account_id(mut self, account_id: bool) -> Self {
        self.plan = self.plan.with_account_id(account_id);
        self
    }

    /// When to fetch.
    #[must_use]
    pub fn policy(mut self, policy: RefreshPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Another transport.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = transport;
        self
    }

    /// Other clocks than the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Other randomness than the system's: fractions between 0 and 1.
    #[must_use]
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Box::new(move || Jitter::from_fraction(jitter()));
        self
    }

    /// Told of what happens, on the thread it happens on and never under a lock. A panic in it is
    /// ignored.
    #[must_use]
    pub fn on_event(mut self, on_event: impl Fn(&ProviderEvent) + Send + Sync + 'static) -> Self {
        self.on_event = Some(Box::new(on_event));
        self
    }

    /// Told of each attempt's steps, on the thread that makes it and never under a lock. For logs
    /// that say more than [`on_event`](Self::on_event), and need more care: requests and replies
    /// hold secrets.
    #[must_use]
    pub fn on_step(mut self, on_step: impl Fn(&Step<'_>) + Send + Sync + 'static) -> Self {
        self.plan = self.plan.with_on_step(on_step);
        self
    }

    /// Whether a refresh while credentials are still valid runs on a thread of its own, started for
    /// it and ended with it, instead of keeping its caller for up to 5 seconds.
    #[must_use]
    pub const fn background_refresh(mut self, background_refresh: bool) -> Self {
        self.background_refresh = background_refresh;
        self
    }

    /// The provider. Nothing is read or sent before it is asked.
    #[must_use]
    pub fn build(self) -> Provider {
        let fresh = Fresh {
            plan: Arc::new(self.plan),
            policy: self.policy,
        };
        Provider(Arc::new(Inner {
            cell: Cell::new(std::process::id(), fresh),
            transport: self.transport,
            clock: self.clock,
            jitter: self.jitter,
            on_event: self.on_event,
            background_refresh: self.background_refresh,
        }))
    }
}

impl fmt::Debug for ProviderBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ProviderBuilder")
            .field("plan", &self.plan)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
