//! Nothing but the test `sts`: `cargo test -p rolesanywhere-aws-sdk-tests --features sdk`.
#![forbid(unsafe_code)]
