//! IAM Roles Anywhere on an operating system: where the identity comes from, how the request
//! travels, and a provider that keeps the credentials fresh.
//!
//! What is decided (canonicalisation, checks, the meaning of a reply) is decided in
//! [`rolesanywhere_core`]; this crate reads files and environment, asks the clock and opens the
//! connection. Without the default feature `http` it has no transport, and callers bring theirs.
//!
//! # Examples
//! ```no_run
//! use rolesanywhere::core::session::{CreateSession, CreateSessionOptions};
//! use rolesanywhere::{HttpOptions, HttpTransport, IdentityFiles, IdentitySources};
//! use rolesanywhere::{Provider, Source, process_environment};
//! use std::sync::Arc;
//!
//! # fn main() -> Result<(), rolesanywhere::core::Error> {
//! let identity = IdentitySources::new(Source::parse("fullchain.pem", "certificate")?)
//!     .with_private_key(Source::parse("key.pem", "private_key")?);
//! let create = CreateSession::new(&CreateSessionOptions {
//!     trust_anchor_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/1",
//!     profile_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:profile/2",
//!     role_arn: "arn:aws:iam::123456789012:role/app",
//!     ..CreateSessionOptions::default()
//! })?;
//! let transport = HttpTransport::new(HttpOptions::default(), &process_environment)?;
//! let identity = Arc::new(IdentityFiles::new(identity));
//! let provider = Provider::builder(create, identity, Arc::new(transport)).build();
//! println!("{:?}", provider.credentials()?);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod bounded;
pub mod environment;
pub mod provider;
pub mod snapshot;
pub mod source;
pub mod transport;

pub use environment::{Environment, process_environment};
pub use provider::{IdentityFiles, IdentitySource, Provider, ProviderEvent};
pub use rolesanywhere_core as core;
pub use snapshot::{IdentitySources, Snapshot};
pub use source::{Source, SourceReader};
#[cfg(feature = "http")]
pub use transport::{HttpOptions, HttpTransport, Probe, ProbeStep};
pub use transport::{HttpResponse, Transport};
