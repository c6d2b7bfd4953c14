//! The emulator against foreign captures, the signing core, its own wrong certificates, and garbage.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on may panic"
)]

mod caller;
mod captures;
mod chained_roles;
mod chains;
mod changes;
mod configuration;
mod cors;
mod envoy;
mod files;
mod guide;
mod leaves;
mod presigned;
mod readings;
mod requests;
mod revocation;
mod sts;
mod tags;
mod tls;
mod trust;
mod wire;
mod world;
