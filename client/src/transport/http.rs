//! The built-in transport: HTTP/1.1 by ureq, TLS by rustls on AWS-LC, one connection per request.

mod classify;
mod connect;
mod no_proxy;
mod options;
mod probe;
mod proxy;
mod roots;

pub use options::HttpOptions;
pub use probe::{Probe, ProbeStep};

use super::{HttpResponse, Transport};
use crate::bounded::{ReadFailure, read_bounded};
use crate::environment::Environment;
use classify::Target;
use connect::{ForwardConnector, SystemResolver};
use proxy::{ProxySettings, Route};
use rolesanywhere_core::HttpRequest;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use roots::RootSource;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::{Request, Response, Uri, header};
use ureq::tls::TlsConfig;
use ureq::unversioned::transport::{
    ConnectProxyConnector, Connector, RustlsConnector, SocksConnector, TcpConnector,
};
use ureq::{Agent, Body};

/// The largest reply that is read, in bytes.
const RESPONSE_LIMIT: usize = 1 << 20;

/// The largest head of a reply, in bytes.
const RESPONSE_HEAD_LIMIT: usize = 16 << 10;

/// The built-in [`Transport`].
///
/// Follows no redirect, keeps no connection, and starts no thread. Proxies come from `HTTPS_PROXY`,
/// `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (lower case too), read when it is made; loopback is
/// never proxied. Root certificates come from the CA bundle option, `AWS_CA_BUNDLE`,
/// `SSL_CERT_FILE` or the system, and are read at each https request, never for http.
#[derive(Debug)]
pub struct HttpTransport {
    options: HttpOptions,
    proxies: ProxySettings,
    roots: RootSource,
}

impl HttpTransport {
    /// Takes proxies and CA bundle from the environment where the options do not name them.
    ///
    /// Opens neither file nor connection.
    ///
    /// # Errors
    /// `option_invalid` for a proxy or a `NO_PROXY` entry that cannot be read.
    pub fn new(options: HttpOptions, environment: &Environment<'_>) -> Result<Self> {
        let proxies = ProxySettings::from_environment(environment)?;
        let roots = RootSource::choose(&options, environment);
        Ok(Self {
            options,
            proxies,
            roots,
        })
    }

    fn agent(
        &self,
        request: &HttpRequest,
        uri: &Uri,
        route: &Route,
        time_limit: Duration,
    ) -> Result<Agent> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(self.options.connect_timeout))
            .timeout_global(Some(time_limit))
            .user_agent(user_agent(&self.options.client))
            .accept("")
            .accept_encoding("")
            .max_idle_connections(0)
            .max_response_header_size(RESPONSE_HEAD_LIMIT)
            .input_buffer_size(RESPONSE_HEAD_LIMIT.saturating_add(4096))
            .output_buffer_size(head_size(request).saturating_add(4096))
            .proxy(route.tunnel());
        if uri.scheme_str() == Some("https") || route.speaks_tls() {
            config = config.tls_config(self.tls_config()?);
        }
        let connector =
            ().chain(SocksConnector::default())
                .chain(ConnectProxyConnector::default())
                .chain(TcpConnector::default())
                .chain(ForwardConnector::new(route, uri))
                .chain(RustlsConnector::default());
        Ok(Agent::with_parts(
            config.build(),
            connector,
            SystemResolver::new(route),
        ))
    }

    fn tls_config(&self) -> Result<TlsConfig> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
        Ok(if self.options.verify {
            config.root_certs(self.roots.load()?).build()
        } else {
            config.disable_verification(true).build()
        })
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse> {
        self.send_within(request, self.options.total_timeout)
    }

    fn send_within(&self, request: &HttpRequest, time_limit: Duration) -> Result<HttpResponse> {
        let time_limit = time_limit.min(self.options.total_timeout);
        let uri: Uri = request.url.parse().map_err(|_| malformed("its URL"))?;
        let route = self.proxies.route(&uri)?;
        let target = Target::new(&uri, &route);
        let outgoing = outgoing(request, &uri, &route)?;
        let response = self
            .agent(request, &uri, &route, time_limit)?
            .run(outgoing)
            .map_err(|error| target.classify(error))?;
        incoming(response, &target)
    }
}

/// The request as signed; only the proxy's own header is added.
fn outgoing<'r>(request: &'r HttpRequest, uri: &Uri, route: &Route) -> Result<Request<&'r [u8]>> {
    let mut builder = Request::builder()
        .method(request.method.as_str())
        .uri(uri.clone());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    // As it was signed: in lower case, which ureq would not make it.
    builder = builder.header(header::HOST, host_header(uri));
    if let Some(authorization) = route.forward_authorization() {
        builder = builder.header(header::PROXY_AUTHORIZATION, authorization.as_str());
    }
    builder
        .body(request.body.as_slice())
        .map_err(|_| malformed("a header"))
}

fn host_header(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    match (uri.scheme_str(), uri.port_u16()) {
        (_, None) | (Some("https"), Some(443)) | (Some("http"), Some(80)) => host,
        (_, Some(port)) => format!("{host}:{port}"),
    }
}

fn incoming(response: Response<Body>, target: &Target) -> Result<HttpResponse> {
    let (parts, mut body) = response.into_parts();
    let expected = body
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let content = read_bounded(&mut body.as_reader(), expected.unwrap_or(0), RESPONSE_LIMIT)
        .map_err(|failure| match failure {
            ReadFailure::TooLarge => classify::too_large(RESPONSE_LIMIT),
            ReadFailure::Io(error) => target.classify(ureq::Error::from(error)),
        })?;
    let headers = parts
        .headers
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    Ok(HttpResponse::new(parts.status.as_u16(), headers, content))
}

/// ureq wants the whole head to fit into its output buffer.
fn head_size(request: &HttpRequest) -> usize {
    request
        .headers
        .iter()
        .map(|(name, value)| name.len().saturating_add(value.len()).saturating_add(4))
        .fold(request.url.len(), usize::saturating_add)
}

fn user_agent(client: &str) -> String {
    use std::env::consts::{ARCH, OS};
    format!(
        "rolesanywhere/{} ({OS}; {ARCH}) {client}",
        env!("CARGO_PKG_VERSION")
    )
}

fn malformed(what: &str) -> Error {
    Error::new(
        ErrorCode::RequestMalformed,
        format!("the request cannot be sent: {what} is malformed"),
    )
}

/// The first of `names` that is set and not empty, with its name.
fn first_set<'n>(environment: &Environment<'_>, names: &[&'n str]) -> Option<(&'n str, String)> {
    names.iter().find_map(|name| {
        environment(name)
            .filter(|value| !value.is_empty())
            .map(|value| (*name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_unset() {
        let environment = |name: &str| match name {
            "EMPTY" => Some(String::new()),
            "FULL" => Some("value".into()),
            _ => None,
        };
        assert_eq!(
            first_set(&environment, &["UNSET", "EMPTY", "FULL"]),
            Some(("FULL", "value".into()))
        );
        assert_eq!(first_set(&environment, &["EMPTY"]), None);
    }
}
