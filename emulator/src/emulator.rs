//! The services on a port of this machine, in a thread of their own.

use crate::clock::Clock;
use crate::config::{Config, Profile, Role, Settings, TrustAnchor};
use crate::fault::Fault;
use crate::journal::Record;
use crate::pki::Authority;
use crate::server;
use crate::service::Service;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::net::{SocketAddr, TcpListener};
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

    /// The endpoint, `http://127.0.0.1:PORT`, for IAM Roles Anywhere and STS alike.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
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

/// Describes an emulator before it starts.
#[derive(Debug, Default)]
pub struct Builder {
    config: Config,
    clock: Clock,
    listen: Option<SocketAddr>,
}

impl Builder {
    /// Trusts this CA through a trust anchor, a profile and a role with well-known ARNs in
    /// `us-east-1`, account `111122223333`.
    ///
    /// # Errors
    /// None today; the certificate is checked at the start.
    pub fn trust(self, authority: &Authority) -> Result<Self> {
        let example = Config::example("us-east-1", "111122223333", &authority.certificate_pem())?;
        Ok(self.config(example))
    }

    /// Takes the whole configuration, in place of what was there.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// One more trust anchor.
    #[must_use]
    pub fn trust_anchor(mut self, trust_anchor: TrustAnchor) -> Self {
        self.config.trust_anchors.push(trust_anchor);
        self
    }

    /// One more profile.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.config.profiles.push(profile);
        self
    }

    /// One more role.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.config.roles.push(role);
        self
    }

    /// Where it is to be stricter or more lenient.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.config.settings = settings;
        self
    }

    /// The clock to go by.
    #[must_use]
    pub fn clock(mut self, clock: impl Into<Clock>) -> Self {
        self.clock = clock.into();
        self
    }

    /// The address and port to listen on; port 0 for a free one.
    ///
    /// The replies hold secrets and are not encrypted: keep to loopback.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = Some(address);
        self
    }

    /// Starts it; when this returns, it accepts connections.
    ///
    /// # Errors
    /// As [`Service::new`], and `connection_failed` when the port cannot be had.
    pub fn start(self) -> Result<Emulator> {
        let service = Arc::new(Service::new(&self.config, self.clock)?);
        let address = self
            .listen
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
        let listener = TcpListener::bind(address).and_then(|listener| {
            listener.set_nonblocking(true)?;
            Ok((listener.local_addr()?, listener))
        });
        let (address, listener) = listener.map_err(|error| {
            let message = format!("{address} cannot be listened on: {error}");
            Error::new(ErrorCode::ConnectionFailed, message)
                .with_hint("choose another port, or 0 for a free one")
        })?;
        let (stop, stopped) = oneshot::channel();
        let thread = server::spawn(listener, Arc::clone(&service), stopped)?;
        Ok(Emulator {
            address,
            config: self.config,
            service,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}
