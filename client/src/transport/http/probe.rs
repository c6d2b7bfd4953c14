//! Whether the service can be reached, step by step, for whoever looks for the step that fails.

use super::proxy::host_and_port;
use super::{HttpTransport, malformed};
use crate::transport::Transport;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::session::reply_date;
use rolesanywhere_core::{HttpRequest, Timestamp};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use ureq::http::Uri;

/// What reaching a host came to.
#[derive(Debug)]
#[non_exhaustive]
pub struct Probe {
    /// The steps that were made, in their order; after one that failed there is none.
    pub steps: Vec<ProbeStep>,
    /// The other side's clock when it answered: the reply's `Date`.
    pub date: Option<Timestamp>,
}

/// One step on the way.
#[derive(Debug)]
#[non_exhaustive]
pub struct ProbeStep {
    /// `proxy`, `dns`, `tcp`, and `https` or `http`.
    pub name: &'static str,
    /// What was found, in a few words, or why it failed.
    pub outcome: Result<String>,
    /// How long it took.
    pub elapsed: Duration,
}

impl HttpTransport {
    /// Asks for `url` without any credential, and tells the steps apart that a
    /// [`send`](Transport::send) makes in one: proxy, name, connection, TLS with an answer.
    ///
    /// Any answer is a success, whatever its status.
    #[must_use]
    pub fn probe(&self, url: &str) -> Probe {
        let mut probe = Probe {
            steps: Vec::new(),
            date: None,
        };
        // The step that failed is the last one in the list.
        let _ = self.walk(url, &mut probe);
        probe
    }

    fn walk(&self, url: &str, probe: &mut Probe) -> Option<()> {
        let uri = probe.step("proxy", || {
            let uri: Uri = url.parse().map_err(|_| malformed("its URL"))?;
            let proxy = self.proxies.route(&uri)?.proxy_address();
            let found = match &proxy {
                Some(proxy) => format!("through {proxy}"),
                None => "none".to_owned(),
            };
            Ok((found, (uri, proxy)))
        });
        let (uri, proxy) = uri?;
        let (host, port) = match &proxy {
            Some(proxy) => split(proxy),
            None => {
                let (host, port) = host_and_port(&uri);
                (host.to_owned(), port)
            }
        };
        let limit = self.options.connect_timeout;
        let addresses = probe.step("dns", || {
            let addresses = resolve(&host, port, limit)?;
            Ok((listed(&host, &addresses), addresses))
        })?;
        probe.step("tcp", || {
            let address = connect(&addresses, &host, limit)?;
            Ok((format!("connected to {address}"), ()))
        })?;
        let name = match uri.scheme_str() {
            Some("https") => "https",
            _ => "http",
        };
        let response = probe.step(name, || {
            let request = HttpRequest::unsigned("GET".to_owned(), url.to_owned());
            let response = self.send(&request)?;
            Ok((format!("status {}", response.status), response))
        })?;
        probe.date = reply_date(&response.headers);
        Some(())
    }
}

impl Probe {
    fn step<T>(
        &mut self,
        name: &'static str,
        make: impl FnOnce() -> Result<(String, T)>,
    ) -> Option<T> {
        let started = Instant::now();
        let made = make();
        let (outcome, value) = match made {
            Ok((found, value)) => (Ok(found), Some(value)),
            Err(error) => (Err(error), None),
        };
        self.steps.push(ProbeStep {
            name,
            outcome,
            elapsed: started.elapsed(),
        });
        value
    }
}

/// The system's resolver knows no time limit, so a thread asks it, and may be left behind.
fn resolve(host: &str, port: u16, limit: Duration) -> Result<Vec<SocketAddr>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let name = host.to_owned();
    thread::spawn(move || {
        let found = (name.as_str(), port).to_socket_addrs();
        // Nobody is left to take it once the wait is over.
        let _ = sender.send(found.map(Iterator::collect));
    });
    let failed = |why: &str| {
        let message = format!("the name `{host}` {why}");
        Error::new(ErrorCode::ConnectionFailed, message)
            .with_hint("check the endpoint's spelling and this machine's name servers")
    };
    match receiver.recv_timeout(limit) {
        Ok(Ok(addresses)) => {
            let addresses: Vec<SocketAddr> = addresses;
            match addresses.is_empty() {
                true => Err(failed("has no address")),
                false => Ok(addresses),
            }
        }
        Ok(Err(_)) => Err(failed("does not resolve")),
        Err(_) => Err(failed("does not resolve in time")),
    }
}

/// The first address that answers, each with its share of the time.
fn connect(addresses: &[SocketAddr], host: &str, limit: Duration) -> Result<SocketAddr> {
    let count = u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
    let share = limit.checked_div(count).unwrap_or(limit);
    let mut last = None;
    for address in addresses {
        match TcpStream::connect_timeout(address, share) {
            Ok(_) => return Ok(*address),
            Err(error) => last = Some((address, error.kind())),
        }
    }
    let (port, why) = match last {
        Some((address, std::io::ErrorKind::TimedOut)) => (address.port(), "nothing answers"),
        Some((address, std::io::ErrorKind::ConnectionRefused)) => {
            (address.port(), "the connection was refused")
        }
        Some((address, _)) => (address.port(), "there is no way to it"),
        None => (0, "it has no address"),
    };
    let message = format!("`{host}` port {port} cannot be connected to: {why}");
    Err(Error::new(ErrorCode::ConnectionFailed, message))
}

fn listed(host: &str, addresses: &[SocketAddr]) -> String {
    let listed: Vec<String> = addresses
        .iter()
        .map(|address| address.ip().to_string())
        .collect();
    format!("{host} is {}", listed.join(", "))
}

fn split(proxy: &str) -> (String, u16) {
    let (host, port) = proxy.rsplit_once(':').unwrap_or((proxy, ""));
    let host = host.trim_matches(['[', ']']).to_owned();
    (host, port.parse().unwrap_or(80))
}
