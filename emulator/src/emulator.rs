//! The services on a port of this machine, in a thread of their own.

mod builder;

pub use builder::Builder;

use crate::config::Config;
use crate::fault::Fault;
use crate::journal::Record;
use crate::service::Service;
use rolesanywhere_core::error::Result;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// A running emulator. Dropping it ends it, its connections and its thread.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};
/// use rolesanywhere_emulator::{Clock, Emulator, Fault};
///
/// let root = Authority::generate(KeyType::P256)?;
/// let leaf = root.issue(&LeafOptions::new().subject("CN=build-7"))?;
/// let emulator = Emulator::builder().trust(&root)?.clock(Clock::system()).start()?;
///
/// // What a client needs: where to go, what to ask for, and with which certificate.
/// assert!(emulator.url().starts_with("http://127.0.0.1:"));
/// assert!(emulator.role_arn().ends_with("role/EmulatorRole"));
/// assert!(leaf.private_key_pem()?.contains("PRIVATE KEY"));
///
/// // What went wrong on the way, on purpose or not.
/// emulator.fault(Fault::from_json(r#"{ "status": 500, "count": 3 }"#)?);
/// assert!(emulator.requests().is_empty());
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    tls: bool,
    config: Config,
    service: Arc<Service>,
    /// Dropped to end the thread.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Nothing trusted yet, the system's clock, a free port on loopback.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The endpoint, `http://127.0.0.1:PORT` or with TLS `https://…`, for IAM Roles Anywhere and STS alike.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// The address and port it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The first trust anchor's ARN; empty when there is none.
    #[must_use]
    pub fn trust_anchor_arn(&self) -> &str {
        self.config
            .trust_anchors
            .first()
            .map_or("", |anchor| &anchor.trust_anchor_arn)
    }

    /// The first profile's ARN; empty when there is none.
    #[must_use]
    pub fn profile_arn(&self) -> &str {
        self.config
            .profiles
            .first()
            .map_or("", |profile| &profile.profile_arn)
    }

    /// The first role's ARN; empty when there is none.
    #[must_use]
    pub fn role_arn(&self) -> &str {
        self.config.roles.first().map_or("", |role| &role.role_arn)
    }

    /// Goes by another configuration from now on, as when a trust policy is repaired while clients run.
    /// Sessions, faults and the log of requests stay, and so do the ARNs above.
    ///
    /// # Errors
    /// As [`Service::new`]; the configuration of before then stays in force.
    pub fn set_config(&self, config: &Config) -> Result<()> {
        self.service.set_config(config)
    }

    /// The configuration it was started with.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The last requests, oldest first, each with its verdict.
    #[must_use]
    pub fn requests(&self) -> Vec<Record> {
        self.service.requests()
    }

    /// Lets a fault meet the next requests.
    pub fn fault(&self, fault: Fault) {
        self.service.fault(fault);
    }

    /// Forgets the faults that have not met a request yet.
    pub fn clear_faults(&self) {
        self.service.faults.clear();
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in there has already been printed.
            let _ = thread.join();
        }
    }
}
