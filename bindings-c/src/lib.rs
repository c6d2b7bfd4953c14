//! IAM Roles Anywhere for C. What each function does for its caller is said beside it, and cbindgen
//! carries it into `include/rolesanywhere.h`; `README.md` says how to build and link.
//!
//! One file for each type that C sees. `boundary`, `handle`, `slice` and `callback` hold what they
//! share: panics and errors, ownership, texts and bytes, functions of the host's.
#![expect(
    unsafe_code,
    reason = "pointers come from C; each block says why it may use them"
)]
#![expect(
    unreachable_pub,
    reason = "C is out of the compiler's sight, and cbindgen takes what is `pub`"
)]

#[cfg(panic = "abort")]
compile_error!("a panic must not kill the program this is loaded into: build with unwinding");

mod arn;
mod attempt;
mod boundary;
mod callback;
mod canonical_request;
mod config;
mod create_session;
mod credentials;
mod endpoint;
mod error;
mod error_code;
mod event;
mod findings;
mod handle;
mod http_request;
mod http_response;
mod identity;
mod name_value;
mod option;
mod options;
mod pem;
mod pending_signature;
mod poll;
mod private_key;
mod provider;
mod refresh;
mod refresh_poll;
mod signable_request;
mod signature;
mod signing_request;
mod slice;
mod snapshot;
mod string;
mod string_to_sign;
mod transport;
mod version;
