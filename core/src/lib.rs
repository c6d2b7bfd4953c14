//! IAM Roles Anywhere without an operating system: SigV4-X509 signing, CreateSession, identity checks.
//!
//! Nothing in here reads a clock, a file, a socket, the environment or a source of randomness. Time
//! is an argument, bytes come in and bytes go out; whoever calls does the rest.
#![no_std]
#![forbid(unsafe_code)]
#![deny(
    clippy::alloc_instead_of_core,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core
)]

extern crate alloc;
#[cfg(any(test, feature = "aws-lc-rs"))]
extern crate std;

pub mod arn;
pub mod config;
pub mod credentials;
pub mod crypto;
pub mod encoding;
pub mod endpoint;
pub mod error;
mod fields;
pub mod http;
pub mod identity;
#[doc(hidden)]
pub mod json;
pub mod key;
mod lowercase;
pub mod pem;
pub mod provider;
pub mod refresh;
pub mod session;
pub mod signing;
pub mod sigv4;
pub mod time;
pub mod x509;

pub use arn::{ProfileArn, RoleArn, TrustAnchorArn};
pub use credentials::Credentials;
pub use error::{Error, ErrorCode, ErrorKind};
pub use http::{HttpRequest, HttpResponse};
pub use identity::Identity;
pub use key::PrivateKey;
pub use refresh::{Refresh, RefreshPolicy};
pub use session::CreateSession;
pub use signing::{Backend, KeyAlgorithm, PublicKey, Signature, SigningAlgorithm, SigningKey};
pub use sigv4::{PendingSignature, SignableRequest};
pub use time::Timestamp;
