use super::Emulator;
use crate::clock::Clock;
use crate::config::{Config, Profile, Role, Settings, TrustAnchor};
use crate::pki::{Authority, IssuedLeaf};
use crate::service::Service;
use crate::{server, tls};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::oneshot;

/// Describes an emulator before it starts.
#[derive(Debug, Default)]
pub struct Builder {
    config: Config,
    clock: Clock,
    listen: Option<SocketAddr>,
    tls: Option<IssuedLeaf>,
    cors: Option<String>,
    follow: Option<PathBuf>,
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
    /// The replies hold secrets that open nothing but this emulator; keep to loopback all the same.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = Some(address);
        self
    }

    /// Speaks TLS with this certificate, as [`Authority::issue_server`] makes one; its clients trust that
    /// authority's [`certificate_pem`](Authority::certificate_pem).
    #[must_use]
    pub fn tls(mut self, certificate: IssuedLeaf) -> Self {
        self.tls = Some(certificate);
        self
    }

    /// Lets pages of an origin ask it, such as `http://localhost:5173`, or of all with `*`.
    #[must_use]
    pub fn cors(mut self, origin: &str) -> Self {
        self.cors = Some(origin.to_owned());
        self
    }

    /// Goes by a configuration file from the first request on, as [`Service::follow`]. Where it listens
    /// does not follow.
    #[must_use]
    pub fn follow(mut self, path: &Path) -> Self {
        self.follow = Some(path.to_path_buf());
        self
    }

    /// Starts it; when this returns, it accepts connections.
    ///
    /// # Errors
    /// As [`Service::new`] and [`Service::cors`], and `connection_failed` when the port cannot be had.
    pub fn start(self) -> Result<Emulator> {
        let mut service = Service::new(&self.config, self.clock)?;
        if let Some(origin) = &self.cors {
            service = service.cors(origin)?;
        }
        if let Some(path) = &self.follow {
            service = service.follow(path);
        }
        let service = Arc::new(service);
        let tls = self.tls.as_ref().map(tls::acceptor).transpose()?;
        let encrypted = tls.is_some();
        let (address, listener) = listen(self.listen)?;
        let (stop, stopped) = oneshot::channel();
        let thread = server::spawn(listener, Arc::clone(&service), tls, stopped)?;
        Ok(Emulator {
            address,
            tls: encrypted,
            config: self.config,
            service,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

/// A free port of loopback unless an address is given.
fn listen(address: Option<SocketAddr>) -> Result<(SocketAddr, TcpListener)> {
    let address = address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    let listener = TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok((listener.local_addr()?, listener))
    });
    listener.map_err(|error| {
        let message = format!("{address} cannot be listened on: {error}");
        Error::new(ErrorCode::ConnectionFailed, message)
            .with_hint("choose another port, or 0 for a free one")
    })
}
