//! A local IAM Roles Anywhere and STS that verifies everything: for the demo, and for the tests of
//! whoever gets AWS credentials from a certificate.
//!
//! It answers `POST /sessions` (CreateSession) and `POST /` (STS `GetCallerIdentity`) as the services
//! do, after checking all that they are documented to check. It has its own reading of SigV4's rules,
//! so that it does not repeat a mistake of the signing core; chains are validated by rustls-webpki.
//! What it cannot know is what the services do and no document says; where it had to choose, the item
//! in question says so.
//!
//! [`Emulator`] runs on a port in process; [`Service`] is the same without sockets; [`pki`] makes the
//! certificates; [`directory`] keeps it all in files, as the binary does.
#![forbid(unsafe_code)]

mod arn;
mod attribute;
mod certificate;
mod chain;
mod clock;
pub mod config;
mod control;
mod cors;
mod credentials;
mod date;
pub mod directory;
mod emulator;
mod fault;
mod follow;
mod journal;
mod json;
mod message;
mod model;
pub mod pki;
mod policy;
mod refusal;
mod server;
mod service;
mod session;
mod sigv4;
mod sts;
mod tls;
mod verification;

/// The guide's Rust is run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/emulator.md")]
struct Guide;

pub use clock::{Clock, ManualClock};
pub use config::Config;
pub use emulator::{Builder, Emulator};
pub use fault::{Fault, Reset};
pub use journal::{Operation, Record, Verdict};
pub use message::{Reply, Request};
pub use service::Service;
