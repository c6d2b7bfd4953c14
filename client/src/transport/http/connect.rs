//! What ureq does not do itself: resolving without a thread, and plain requests through a proxy.

use super::proxy::{Route, host_and_port};
use std::net::ToSocketAddrs;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport,
};

/// As many addresses as ureq's list of them holds.
const MOST_ADDRESSES: usize = 16;

/// The system's resolver, in this thread; a forwarded request resolves its proxy instead.
#[derive(Debug)]
pub(super) struct SystemResolver {
    forward: Option<Uri>,
}

impl SystemResolver {
    pub(super) fn new(route: &Route) -> Self {
        Self {
            forward: match route {
                Route::Forward(proxy) => Some(proxy.uri().clone()),
                Route::Direct | Route::Tunnel(_) => None,
            },
        }
    }
}

impl Resolver for SystemResolver {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        _timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = host_and_port(self.forward.as_ref().unwrap_or(uri))
            .to_socket_addrs()
            .map_err(|_| ureq::Error::HostNotFound)?;
        let mut addresses = self.empty();
        for address in found.take(MOST_ADDRESSES) {
            addresses.push(address);
        }
        if addresses.is_empty() {
            Err(ureq::Error::HostNotFound)
        } else {
            Ok(addresses)
        }
    }
}

/// Turns `POST /path` into `POST http://host/path`, as a proxy wants it (RFC 9112 §3.2.2).
#[derive(Debug)]
pub(super) struct ForwardConnector {
    origin: Option<String>,
}

impl ForwardConnector {
    pub(super) fn new(route: &Route, uri: &Uri) -> Self {
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        Self {
            origin: match route {
                Route::Forward(_) => Some(format!("http://{authority}")),
                Route::Direct | Route::Tunnel(_) => None,
            },
        }
    }
}

impl<In: Transport> Connector<In> for ForwardConnector {
    type Out = Either<In, ForwardTransport<In>>;

    fn connect(
        &self,
        _details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(chained.map(|inner| match self.origin.clone() {
            Some(origin) => Either::B(ForwardTransport {
                inner,
                origin: Some(origin),
            }),
            None => Either::A(inner),
        }))
    }
}

/// Inserts the origin into the first bytes that go out, which are the request line.
#[derive(Debug)]
pub(super) struct ForwardTransport<In> {
    inner: In,
    origin: Option<String>,
}

impl<In: Transport> Transport for ForwardTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let amount = match self.origin.take() {
            Some(origin) => insert_origin(self.inner.buffers().output(), amount, &origin)
                .ok_or_else(|| {
                    ureq::Error::BadUri("no room for the proxy's request line".into())
                })?,
            None => amount,
        };
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }
}

/// The new amount; `None` where the buffer is too small or holds no request line.
fn insert_origin(output: &mut [u8], amount: usize, origin: &str) -> Option<usize> {
    let method = output
        .get(..amount)?
        .iter()
        .position(|byte| *byte == b' ')?;
    let target = method.checked_add(1)?;
    let total = amount.checked_add(origin.len())?;
    let moved = output.get_mut(target..total)?;
    let kept = amount.checked_sub(target)?;
    moved.copy_within(..kept, origin.len());
    moved
        .get_mut(..origin.len())?
        .copy_from_slice(origin.as_bytes());
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::insert_origin;

    #[test]
    fn the_origin_stands_before_the_path() {
        let mut output = [0; 64];
        let line = b"POST /sessions HTTP/1.1\r\n";
        output[..line.len()].copy_from_slice(line);
        let amount = insert_origin(&mut output, line.len(), "http://service.test:8080").unwrap();
        assert_eq!(
            std::str::from_utf8(&output[..amount]).unwrap(),
            "POST http://service.test:8080/sessions HTTP/1.1\r\n"
        );
        assert_eq!(
            insert_origin(&mut output, 60, "http://service.test:8080"),
            None
        );
        assert_eq!(insert_origin(&mut [b'x'; 8], 4, "h"), None);
    }
}
