//! What every attempt of a provider has in common.

use super::snapshot::IdentitySource;
use super::step::Step;
use crate::session::CreateSession;
use crate::signing::Backend;
use alloc::{boxed::Box, sync::Arc};
use core::fmt;

type OnStep = dyn Fn(&Step<'_>) + Send + Sync;

/// What is asked for, as whom.
pub struct Plan {
    pub(super) create: CreateSession,
    pub(super) identity: Arc<dyn IdentitySource>,
    pub(super) account_id: bool,
    pub(super) chain_verifier: Option<Box<dyn Backend>>,
    on_step: Option<Box<OnStep>>,
}

impl Plan {
    /// Asks for what `create` says, as whom `identity` says.
    #[must_use]
    pub const fn new(create: CreateSession, identity: Arc<dyn IdentitySource>) -> Self {
        Self {
            create,
            identity,
            account_id: true,
            chain_verifier: None,
            on_step: None,
        }
    }

    /// Whether credentials name the role's account; they do unless switched off.
    #[must_use]
    pub const fn with_account_id(mut self, account_id: bool) -> Self {
        self.account_id = account_id;
        self
    }

    /// Verifies the chain's signatures before anything is sent; without, the service alone does.
    #[must_use]
    pub fn with_chain_verifier(mut self, verifier: Box<dyn Backend>) -> Self {
        self.chain_verifier = Some(verifier);
        self
    }

    /// Told of each attempt's steps. Requests and replies hold secrets.
    #[must_use]
    pub fn with_on_step(mut self, on_step: impl Fn(&Step<'_>) + Send + Sync + 'static) -> Self {
        self.on_step = Some(Box::new(on_step));
        self
    }

    /// Tells whoever watches, if anybody does.
    pub fn tell(&self, step: &Step<'_>) {
        if let Some(on_step) = &self.on_step {
            on_step(step);
        }
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Plan")
            .field("create", &self.create)
            .finish_non_exhaustive()
    }
}
