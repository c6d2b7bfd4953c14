//! An absolute http or https URL, split and normalised so that what is signed is what is sent.
//!
//! The host becomes lower case and a default port goes, because HTTP clients do the same to `Host`.

use crate::encoding::split_once;
use crate::error::{Error, ErrorCode, Result, shown};
use alloc::{format, string::String};
use core::net::{IpAddr, Ipv6Addr};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url {
    scheme: Scheme,
    /// Lower case; an IPv6 address in its brackets.
    host: String,
    port: Option<u16>,
    /// Begins with `/`.
    path: String,
    query: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

impl Url {
    /// `code` is the error's: an endpoint is an option, a request's URL is an argument.
    pub(crate) fn parse(text: &str, code: ErrorCode) -> Result<Self> {
        let refuse = |reason| Error::new(code, format!("{} {reason}", shown(text)));
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refuse("holds a character that has to be percent-encoded"));
        }
        let (scheme, rest) =
            split_scheme(text).ok_or_else(|| refuse("is not an http or https URL"))?;
        if rest.as_bytes().contains(&b'#') {
            return Err(refuse("has a fragment"));
        }
        let authority_end = rest.bytes().position(|octet| matches!(octet, b'/' | b'?'));
        let authority_end = authority_end.unwrap_or(rest.len());
        let (authority, target) = rest.split_at_checked(authority_end).unwrap_or((rest, ""));
        if authority.as_bytes().contains(&b'@') {
            // Not shown: what stands before the `@` is a secret.
            return Err(Error::new(code, "the URL holds a user name or a password"));
        }
        let (host, port) =
            split_port(authority).ok_or_else(|| refuse("does not have a valid host and port"))?;
        let (path, query) = match split_once(target, b'?') {
            Some((path, query)) => (path, Some(query.into())),
            None => (target, None),
        };
        Ok(Self {
            scheme,
            host: host.to_ascii_lowercase(),
            port: port.filter(|&port| port != scheme.default_port()),
            path: if path.is_empty() {
                "/".into()
            } else {
                path.into()
            },
            query,
        })
    }

    /// The value of `Host`.
    pub(crate) fn authority(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn query(&self) -> &str {
        self.query.as_deref().unwrap_or_default()
    }

    pub(crate) fn has_query(&self) -> bool {
        self.query.is_some()
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Scheme, host and port: everything before the path.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme.as_str(), self.authority())
    }

    /// Whether the host is this machine, by address or by the reserved name (RFC 6761 §6.3).
    pub(crate) fn is_loopback(&self) -> bool {
        let host = unbracketed(&self.host).unwrap_or(&self.host);
        let is_reserved_name = host == "localhost" || host.ends_with(".localhost");
        is_reserved_name
            || host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }
}

impl core::fmt::Display for Url {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "{}{}", self.origin(), self.path)?;
        match &self.query {
            Some(query) => write!(formatter, "?{query}"),
            None => Ok(()),
        }
    }
}

impl Scheme {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

fn split_scheme(text: &str) -> Option<(Scheme, &str)> {
    let (scheme, rest) = split_once(text, b':')?;
    let rest = rest.strip_prefix("//")?;
    [Scheme::Http, Scheme::Https]
        .into_iter()
        .find(|known| scheme.eq_ignore_ascii_case(known.as_str()))
        .map(|known| (known, rest))
}

fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let mut octets = authority.bytes();
    let host_end = if authority.starts_with("[") {
        octets.position(|octet| octet == b']')?.checked_add(1)
    } else {
        octets.position(|octet| octet == b':')
    };
    let (host, rest) = authority.split_at_checked(host_end.unwrap_or(authority.len()))?;
    let port = match rest.strip_prefix(":") {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let port: u32 = digits.parse().ok()?;
            Some(u16::try_from(port).ok().filter(|&port| port != 0)?)
        }
        Some(_) => return None,
        None if rest.is_empty() => None,
        None => return None,
    };
    is_host(host).then_some((host, port))
}

/// An IPv6 address.
fn unbracketed(host: &str) -> Option<&str> {
    host.strip_prefix("[")?.strip_suffix("]")
}

fn is_host(host: &str) -> bool {
    match unbracketed(host) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
            (1..=253).contains(&host.len())
                && host.bytes().all(fits)
                && !matches!(host.as_bytes(), [b'.' | b'-', ..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Url;
    use crate::error::ErrorCode;
    use alloc::string::ToString;

    fn parse(text: &str) -> Result<Url, crate::Error> {
        Url::parse(text, ErrorCode::EndpointMalformed)
    }

    #[test]
    fn normalised_as_clients_do() {
        for (text, normalised) in [
            ("https://Example.COM:443", "https://example.com/"),
            ("HTTP://localhost:80/a/b", "http://localhost/a/b"),
            (
                "http://127.0.0.1:9911?x=%2F",
                "http://127.0.0.1:9911/?x=%2F",
            ),
            ("https://[::1]:443/a?", "https://[::1]/a?"),
            ("https://h:80/A%2fb", "https://h:80/A%2fb"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), normalised);
        }
    }

    #[test]
    fn damaged_ones_are_refused() {
        for text in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https:///sessions",
            "https://h:/",
            "https://h:0",
            "https://h:65536",
            "https://h:+1",
            "https://[::1",
            "https://[zz]/",
            "https://::1/",
            "https://a b/",
            "https://é/",
            "https://h/#f",
            "https://.h",
            "https://h\n",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        let error = parse("https://user:hunter2@h/").unwrap_err();
        assert!(!error.message().contains("hunter2"));
    }

    #[test]
    fn loopback() {
        for text in [
            "http://127.9.9.9",
            "http://[::1]:1",
            "http://LOCALHOST",
            "http://a.localhost",
        ] {
            assert!(parse(text).unwrap().is_loopback(), "{text}");
        }
        for text in [
            "http://128.0.0.1",
            "http://localhost.example",
            "http://127.0.0.1.example",
        ] {
            assert!(!parse(text).unwrap().is_loopback(), "{text}");
        }
    }
}
