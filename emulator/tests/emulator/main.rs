//! The emulator against foreign captures, the signing core, its own wrong certificates, and garbage.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on may panic"
)]

mod captures;
mod chains;
mod envoy;
mod files;
mod leaves;
mod readings;
mod requests;
mod sts;
mod wire;
mod world;
