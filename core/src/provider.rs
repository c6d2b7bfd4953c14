//! A provider without clock, lock and wait: [`Refresh`](crate::Refresh) with an identity that rotates
//! and a CreateSession. Every host drives this one machine, each in its own way of waiting.
//!
//! Hosts whose language can hold the values of an attempt use [`ProviderState`] and [`Attempt`]; for
//! those that only pass messages there is [`Machine`], which is the same by ids.

mod attempt;
mod event;
mod machine;
mod plan;
mod snapshot;
mod state;
mod step;

pub use attempt::{Attempt, Identified, Outcome, Prepared, Signed};
pub use event::{IdentityDetails, ProviderEvent};
pub use machine::{Action, Machine};
pub use plan::Plan;
pub use snapshot::{IdentitySource, Snapshot};
pub use state::ProviderState;
pub use step::Step;

/// What a signer outside raised; it becomes the cause of `signing_failed`.
pub type SignerError = alloc::boxed::Box<dyn core::error::Error + Send + Sync>;

#[cfg(test)]
mod tests;
