//! `NO_PROXY`: which hosts are reached directly.

use std::net::IpAddr;

/// The entries of a `NO_PROXY`, read as Go's and curl's users write them.
///
/// Entries are separated by commas or spaces: `*`; a name, which also covers the names below it; a
/// name with a leading `.` or `*.`, which covers only those; an address; a network as in
/// `10.0.0.0/8`. Each but the first and the last may end in a port. What cannot be read covers
/// nothing, as everywhere else.
#[derive(Debug, Default, Clone)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug, Clone)]
enum Entry {
    Everything,
    Address {
        address: IpAddr,
        port: Option<u16>,
    },
    Network {
        address: IpAddr,
        prefix: u32,
    },
    Name {
        name: String,
        itself: bool,
        port: Option<u16>,
    },
}

impl NoProxy {
    pub(super) fn parse(text: &str) -> Self {
        let words = text.split([',', ' ', '\t']).filter(|word| !word.is_empty());
        Self(words.filter_map(Entry::parse).collect())
    }

    /// Whether `host` (without brackets) at `port` is to be reached directly.
    pub(super) fn covers(&self, host: &str, port: u16) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let address = host.parse::<IpAddr>().ok();
        self.0
            .iter()
            .any(|entry| entry.covers(&host, address, port))
    }
}

impl Entry {
    fn parse(word: &str) -> Option<Self> {
        if word == "*" {
            return Some(Self::Everything);
        }
        if let Some((address, prefix)) = word.split_once('/') {
            let address: IpAddr = address.parse().ok()?;
            let prefix: u32 = prefix.parse().ok()?;
            return (prefix <= bits(address).1).then_some(Self::Network { address, prefix });
        }
        let (host, port) = split_port(word)?;
        if let Ok(address) = host.parse() {
            return Some(Self::Address { address, port });
        }
        let host = host.to_ascii_lowercase();
        let below = host.strip_prefix("*.").or_else(|| host.strip_prefix('.'));
        let name = below.unwrap_or(&host).trim_end_matches('.').to_owned();
        (!name.is_empty()).then_some(Self::Name {
            name,
            itself: below.is_none(),
            port,
        })
    }

    fn covers(&self, host: &str, address: Option<IpAddr>, port: u16) -> bool {
        let at = |wanted: &Option<u16>| wanted.is_none_or(|wanted| wanted == port);
        match self {
            Self::Everything => true,
            Self::Address {
                address: wanted,
                port,
            } => address == Some(*wanted) && at(port),
            Self::Network {
                address: network,
                prefix,
            } => address.is_some_and(|address| same_network(address, *network, *prefix)),
            Self::Name { name, itself, port } => {
                let below = host.strip_suffix(name.as_str());
                let matches = match below {
                    Some("") => *itself,
                    Some(rest) => rest.ends_with('.'),
                    None => false,
                };
                matches && at(port)
            }
        }
    }
}

/// `host:port`, `[address]:port`, or either alone; a bare IPv6 address has colons of its own.
fn split_port(word: &str) -> Option<(&str, Option<u16>)> {
    if let Some(bracketed) = word.strip_prefix('[') {
        let (host, rest) = bracketed.split_once(']')?;
        return match rest.strip_prefix(':') {
            Some(port) => Some((host, Some(port.parse().ok()?))),
            None => Some((host, None)),
        };
    }
    match word.split_once(':') {
        Some((host, port)) if !port.contains(':') => Some((host, Some(port.parse().ok()?))),
        _ => Some((word, None)),
    }
}

fn same_network(address: IpAddr, network: IpAddr, prefix: u32) -> bool {
    let (address, width) = bits(address);
    let (network, network_width) = bits(network);
    let shift = width.saturating_sub(prefix);
    width == network_width
        && address.checked_shr(shift).unwrap_or(0) == network.checked_shr(shift).unwrap_or(0)
}

fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::NoProxy;

    #[test]
    fn entries_cover_what_their_writers_mean() {
        let service = "rolesanywhere.eu-central-1.amazonaws.com";
        let table: &[(&str, &str, u16, bool)] = &[
            ("", service, 443, false),
            ("*", service, 443, true),
            (service, service, 443, true),
            ("amazonaws.com", service, 443, true),
            (".amazonaws.com", service, 443, true),
            ("*.amazonaws.com", service, 443, true),
            ("AmazonAWS.com", service, 443, true),
            ("amazonaws.com.", service, 443, true),
            ("azonaws.com", service, 443, false),
            ("example.com", "example.com", 443, true),
            (".example.com", "example.com", 443, false),
            ("*.example.com", "example.com", 443, false),
            ("example.com", "example.com.", 443, true),
            ("a.test, example.com b.test", "b.test", 80, true),
            ("a.test,,example.com", "example.com", 80, true),
            ("example.com:8443", "example.com", 8443, true),
            ("example.com:8443", "example.com", 443, false),
            ("example.com:port", "example.com", 443, false),
            ("10.1.2.3", "10.1.2.3", 80, true),
            ("10.1.2.3:80", "10.1.2.3", 80, true),
            ("10.1.2.3:80", "10.1.2.3", 81, false),
            ("10.1.2.3", "10.1.2.4", 80, false),
            ("10.0.0.0/8", "10.255.0.1", 80, true),
            ("10.0.0.0/8", "11.0.0.1", 80, false),
            ("0.0.0.0/0", "11.0.0.1", 80, true),
            ("0.0.0.0/0", "::1", 80, false),
            ("10.1.2.3/32", "10.1.2.3", 80, true),
            ("10.0.0.0/33", "10.0.0.0", 80, false),
            ("10.0.0.0/8", "example.com", 80, false),
            ("fd00::/8", "fd12::1", 80, true),
            ("fd00::/8", "fe80::1", 80, false),
            ("::/0", "fe80::1", 80, true),
            ("fd12::1", "fd12::1", 80, true),
            ("[fd12::1]:80", "fd12::1", 80, true),
            ("[fd12::1]:80", "fd12::1", 81, false),
            ("[fd12::1", "fd12::1", 80, false),
        ];
        for (text, host, port, covered) in table {
            assert_eq!(
                NoProxy::parse(text).covers(host, *port),
                *covered,
                "{text} {host}:{port}"
            );
        }
    }
}
