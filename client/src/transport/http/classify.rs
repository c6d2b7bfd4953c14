//! What a failed exchange means, in our codes and words.

use super::proxy::{Route, host_and_port};
use rolesanywhere_core::error::{Error, ErrorCode};
use rustls::{CertificateError, Error as TlsError};
use std::io;
use ureq::http::Uri;

/// Who was asked, for messages.
pub(super) struct Target {
    service: String,
    proxy: Option<String>,
}

impl Target {
    pub(super) fn new(uri: &Uri, route: &Route) -> Self {
        let (host, port) = host_and_port(uri);
        Self {
            service: format!("{host}:{port}"),
            proxy: route.proxy_address(),
        }
    }

    /// The error for what ureq reports. No message repeats a URL, which could hold a password.
    pub(super) fn classify(&self, error: ureq::Error) -> Error {
        match error {
            ureq::Error::Io(error) => self.io(error),
            ureq::Error::Timeout(phase) => self.timed_out(phase),
            ureq::Error::Rustls(error) => self.tls(&error),
            ureq::Error::Tls(_) | ureq::Error::TlsRequired | ureq::Error::Pem(_) => {
                self.tls_failed("no secure connection could be made")
            }
            ureq::Error::HostNotFound => self.unreachable("its name does not resolve"),
            ureq::Error::ConnectProxyFailed(reason) => self.proxy_refused(&reason),
            ureq::Error::LargeResponseHeader(_, limit) => too_large(limit),
            ureq::Error::Protocol(_) => Error::new(
                ErrorCode::ResponseMalformed,
                format!("what {} answers is not HTTP", self.peer()),
            ),
            _ => self.unreachable("the connection could not be made"),
        }
    }

    fn io(&self, error: io::Error) -> Error {
        if let Some(tls) = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<TlsError>())
        {
            return self.tls(tls);
        }
        match error.kind() {
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof => Error::new(
                ErrorCode::ConnectionReset,
                format!(
                    "{} closed the connection before its reply was complete",
                    self.peer()
                ),
            ),
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Error::new(
                ErrorCode::Timeout,
                format!("{} did not answer in time", self.peer()),
            ),
            io::ErrorKind::ConnectionRefused => self.unreachable("the connection was refused"),
            io::ErrorKind::HostUnreachable => self.unreachable("there is no way to the host"),
            io::ErrorKind::NetworkUnreachable => self.unreachable("there is no way to the network"),
            _ => self.unreachable("the connection could not be made"),
        }
    }

    fn timed_out(&self, phase: ureq::Timeout) -> Error {
        let what = match phase {
            ureq::Timeout::Connect => "could not be connected to in time",
            _ => "did not answer in time",
        };
        Error::new(ErrorCode::Timeout, format!("{} {what}", self.peer()))
    }

    fn tls(&self, error: &TlsError) -> Error {
        match error {
            TlsError::InvalidCertificate(reason) => self.certificate(reason),
            TlsError::AlertReceived(_) | TlsError::PeerIncompatible(_) => {
                self.tls_failed("the two sides have no way to speak TLS in common")
            }
            TlsError::InvalidMessage(_) => self.tls_failed("the other side does not speak TLS"),
            _ => self.tls_failed("the TLS handshake failed"),
        }
    }

    fn certificate(&self, reason: &CertificateError) -> Error {
        use CertificateError as Reason;
        match reason {
            Reason::Expired | Reason::ExpiredContext { .. } => {
                self.tls_failed("its TLS certificate has expired by this machine's clock")
            }
            Reason::NotValidYet | Reason::NotValidYetContext { .. } => {
                self.tls_failed("its TLS certificate is not yet valid by this machine's clock")
            }
            Reason::NotValidForName | Reason::NotValidForNameContext { .. } => {
                self.tls_failed("its TLS certificate is for another name")
            }
            Reason::UnknownIssuer => self
                .tls_failed("its TLS certificate comes from an authority that is not trusted here"),
            _ => self.tls_failed("its TLS certificate is not valid"),
        }
    }

    fn tls_failed(&self, why: &str) -> Error {
        Error::new(
            ErrorCode::TlsFailed,
            format!("no secure connection to {}: {why}", self.service),
        )
    }

    fn proxy_refused(&self, reason: &str) -> Error {
        // The reason reads `proxy server responded 407/407`; a status is all that is worth keeping.
        let status = reason
            .rsplit('/')
            .next()
            .filter(|text| text.parse::<u16>().is_ok());
        let why = match status {
            Some(status) => format!("the proxy answered {status}"),
            None => "the proxy did not answer".to_owned(),
        };
        let refused = self.unreachable(&why);
        match status {
            Some("407") => refused.with_hint("give the proxy's user and password in its URL"),
            _ => refused,
        }
    }

    fn unreachable(&self, why: &str) -> Error {
        let message = match &self.proxy {
            None => format!("{} could not be reached: {why}", self.service),
            Some(proxy) => {
                format!(
                    "{} could not be reached through the proxy {proxy}: {why}",
                    self.service
                )
            }
        };
        Error::new(ErrorCode::ConnectionFailed, message)
    }

    fn peer(&self) -> String {
        match &self.proxy {
            None => self.service.clone(),
            Some(proxy) => format!("{} (through the proxy {proxy})", self.service),
        }
    }
}

pub(super) fn too_large(limit: usize) -> Error {
    Error::new(
        ErrorCode::ResponseTooLarge,
        format!("the reply is larger than {limit} bytes"),
    )
}
