//! The native half of the npm package `rolesanywhere`: values in, one call of the Rust client,
//! values out. The API that users see, its checks of types and its documentation are TypeScript.
//!
//! Every function throws an `Error` whose message is the JSON of `error`; the TypeScript half
//! turns it into a `RolesAnywhereError`. A panic becomes the code `panic`.
#![deny(unsafe_code)]
#![expect(
    missing_debug_implementations,
    unnameable_types,
    unreachable_pub,
    reason = "Rust sees nothing of this library: what is public is so for Node-API"
)]
#![cfg_attr(test, allow(dead_code, reason = "only Node calls it"))]

#[cfg(panic = "abort")]
compile_error!("a caught panic under abort ends the host: build with panic = \"unwind\"");

mod building_blocks;
mod credentials;
mod error;
mod guard;
mod identity;
mod machine;
mod options;
mod pending;
mod refresh;
mod session;
