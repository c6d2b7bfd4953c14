//! Which way a request takes: straight, or through which proxy.

use super::first_set;
use super::no_proxy::NoProxy;
use crate::environment::Environment;
use base64ct::{Base64, Encoding};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::fmt;
use std::net::IpAddr;
use ureq::http::Uri;
use ureq::{Proxy, ProxyProtocol};
use zeroize::Zeroizing;

/// The proxies that the environment names. `Debug` does not show them: their URLs hold passwords.
pub(super) struct ProxySettings {
    http: Option<Proxy>,
    https: Option<Proxy>,
    no_proxy: NoProxy,
}

/// The way of one request.
pub(super) enum Route {
    /// Straight to the service.
    Direct,
    /// Through a connection that the proxy opens to the service (CONNECT or SOCKS).
    Tunnel(Proxy),
    /// A plain http request, handed to the proxy with its whole URL.
    Forward(Proxy),
}

impl ProxySettings {
    /// As Go reads them: upper case first, and loopback is never proxied; `ALL_PROXY` as in curl.
    pub(super) fn from_environment(environment: &Environment<'_>) -> Result<Self> {
        // In a CGI program HTTP_PROXY is the client's header `Proxy` (CVE-2016-5385).
        let http: &[&str] = match environment("REQUEST_METHOD") {
            Some(_) => &["http_proxy", "ALL_PROXY", "all_proxy"],
            None => &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
        };
        let https = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
        let no_proxy = first_set(environment, &["NO_PROXY", "no_proxy"]);
        Ok(Self {
            http: first_set(environment, http).map(parse).transpose()?,
            https: first_set(environment, &https).map(parse).transpose()?,
            no_proxy: no_proxy
                .map(|(_, text)| NoProxy::parse(&text))
                .unwrap_or_default(),
        })
    }

    /// The way to a URL.
    pub(super) fn route(&self, uri: &Uri) -> Result<Route> {
        let secure = uri.scheme_str() == Some("https");
        let Some(proxy) = (if secure { &self.https } else { &self.http }) else {
            return Ok(Route::Direct);
        };
        let (host, port) = host_and_port(uri);
        Ok(if is_loopback(host) || self.no_proxy.covers(host, port) {
            Route::Direct
        } else if !secure && proxy.protocol() == ProxyProtocol::Http {
            Route::Forward(proxy.clone())
        } else {
            Route::Tunnel(proxy.clone())
        })
    }
}

impl fmt::Debug for ProxySettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ProxySettings")
            .field("http", &self.http.is_some())
            .field("https", &self.https.is_some())
            .field("no_proxy", &self.no_proxy)
            .finish()
    }
}

impl Route {
    /// The proxy that ureq has to know.
    pub(super) fn tunnel(&self) -> Option<Proxy> {
        match self {
            Self::Tunnel(proxy) => Some(proxy.clone()),
            Self::Direct | Self::Forward(_) => None,
        }
    }

    /// Whether the proxy itself is reached by TLS.
    pub(super) fn speaks_tls(&self) -> bool {
        matches!(self, Self::Tunnel(proxy) if proxy.protocol() == ProxyProtocol::Https)
    }

    /// `Proxy-Authorization` of a forwarded request; a tunnel's goes with its CONNECT.
    pub(super) fn forward_authorization(&self) -> Option<Zeroizing<String>> {
        let Self::Forward(proxy) = self else {
            return None;
        };
        let user = proxy.username()?;
        let pair = Zeroizing::new(format!("{user}:{}", proxy.password().unwrap_or_default()));
        Some(Zeroizing::new(format!(
            "Basic {}",
            Base64::encode_string(pair.as_bytes())
        )))
    }

    /// The proxy's host and port.
    pub(super) fn proxy_address(&self) -> Option<String> {
        match self {
            Self::Direct => None,
            Self::Tunnel(proxy) | Self::Forward(proxy) => {
                Some(format!("{}:{}", proxy.host(), proxy.port()))
            }
        }
    }
}

/// A URL's host without brackets, and its port.
pub(super) fn host_and_port(uri: &Uri) -> (&str, u16) {
    let host = uri.host().unwrap_or_default();
    let default = match uri.scheme_str() {
        Some("https") => 443,
        Some(scheme) if scheme.starts_with("socks") => 1080,
        _ => 80,
    };
    (
        host.trim_matches(['[', ']']),
        uri.port_u16().unwrap_or(default),
    )
}

fn is_loopback(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The value is not repeated in the message: it may hold a password.
fn parse((name, url): (&str, String)) -> Result<Proxy> {
    Proxy::new(&url).map_err(|_| {
        Error::new(
            ErrorCode::OptionInvalid,
            format!("`{name}` is not the URL of a proxy"),
        )
        .with_hint("write it as `http://[user:password@]host[:port]`, percent-encoded")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables = &'static [(&'static str, &'static str)];

    fn settings(variables: Variables) -> Result<ProxySettings> {
        ProxySettings::from_environment(&|name: &str| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    fn way(variables: Variables, url: &str) -> String {
        match settings(variables)
            .unwrap()
            .route(&url.parse().unwrap())
            .unwrap()
        {
            Route::Direct => "direct".to_owned(),
            Route::Tunnel(proxy) => format!("tunnel {}:{}", proxy.host(), proxy.port()),
            Route::Forward(proxy) => format!("forward {}:{}", proxy.host(), proxy.port()),
        }
    }

    #[test]
    fn the_environment_decides() {
        const HTTPS: &str = "https://service.test/sessions";
        const HTTP: &str = "http://service.test/sessions";
        let table: &[(Variables, &str, &str)] = &[
            (&[], HTTPS, "direct"),
            (&[("HTTPS_PROXY", "http://p:3128")], HTTPS, "tunnel p:3128"),
            (&[("https_proxy", "p:3128")], HTTPS, "tunnel p:3128"),
            (&[("HTTPS_PROXY", "http://p:3128")], HTTP, "direct"),
            (&[("HTTPS_PROXY", "https://p")], HTTPS, "tunnel p:443"),
            (&[("HTTP_PROXY", "http://p")], HTTP, "forward p:80"),
            (&[("HTTP_PROXY", "https://p")], HTTP, "tunnel p:443"),
            (&[("HTTP_PROXY", "http://p")], HTTPS, "direct"),
            (
                &[("HTTP_PROXY", "http://p"), ("REQUEST_METHOD", "GET")],
                HTTP,
                "direct",
            ),
            (
                &[("http_proxy", "http://p"), ("REQUEST_METHOD", "GET")],
                HTTP,
                "forward p:80",
            ),
            (&[("ALL_PROXY", "socks5://p")], HTTPS, "tunnel p:1080"),
            (&[("all_proxy", "socks5h://p:9")], HTTP, "tunnel p:9"),
            (
                &[("ALL_PROXY", "http://a"), ("HTTPS_PROXY", "http://b")],
                HTTPS,
                "tunnel b:80",
            ),
            (
                &[("HTTPS_PROXY", ""), ("https_proxy", "http://b")],
                HTTPS,
                "tunnel b:80",
            ),
            (
                &[("HTTPS_PROXY", "http://p"), ("NO_PROXY", "service.test")],
                HTTPS,
                "direct",
            ),
            (
                &[("HTTPS_PROXY", "http://p"), ("no_proxy", "*")],
                HTTPS,
                "direct",
            ),
            (
                &[("HTTP_PROXY", "http://p")],
                "http://localhost:8080/",
                "direct",
            ),
            (
                &[("HTTP_PROXY", "http://p")],
                "http://127.0.0.2:8080/",
                "direct",
            ),
            (
                &[("HTTP_PROXY", "http://p")],
                "http://[::1]:8080/",
                "direct",
            ),
        ];
        for (variables, url, expected) in table {
            assert_eq!(way(variables, url), *expected, "{variables:?} {url}");
        }
    }

    #[test]
    fn a_bad_proxy_is_named_and_its_password_is_not() {
        let error = settings(&[("HTTPS_PROXY", "ftp://user:hunter2@p")]).unwrap_err();
        assert_eq!(error.code(), ErrorCode::OptionInvalid);
        assert!(error.message().contains("HTTPS_PROXY"));
        let good = settings(&[("HTTPS_PROXY", "http://user:hunter2@p")]).unwrap();
        assert!(!format!("{error:?}{good:?}").contains("hunter2"));
    }

    #[test]
    fn a_forwarded_request_carries_the_proxys_credentials() {
        let proxies = settings(&[("HTTP_PROXY", "http://user:p%40ss@p")]).unwrap();
        let route = proxies
            .route(&"http://service.test/".parse().unwrap())
            .unwrap();
        assert_eq!(
            *route.forward_authorization().unwrap(),
            "Basic dXNlcjpwQHNz"
        );
    }
}
