//! Proxies that lead every name to one address.

use crate::server::{join, read_request};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Opens tunnels on CONNECT and answers everything else itself.
    pub(crate) fn http(target: SocketAddr) -> Self {
        Self::start(move |connection, seen| http(connection, target, seen))
    }

    /// Answers everything with this.
    pub(crate) fn refusing(answer: &'static str) -> Self {
        Self::start(move |mut connection, seen| {
            seen.lock().unwrap().push(read_request(&mut connection)?);
            connection.write_all(answer.as_bytes())
        })
    }

    /// SOCKS5 without authentication (RFC 1928).
    pub(crate) fn socks5(target: SocketAddr) -> Self {
        Self::start(move |connection, seen| socks5(connection, target, seen))
    }

    fn start(
        serve: impl Fn(TcpStream, &Mutex<Vec<String>>) -> io::Result<()> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let _ = serve(connection.unwrap(), &record);
            }
        });
        Self { address, seen }
    }

    /// What the proxy was asked for.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn http(
    mut connection: TcpStream,
    target: SocketAddr,
    seen: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let request = read_request(&mut connection)?;
    let is_tunnel = request.starts_with("CONNECT ");
    seen.lock().unwrap().push(request);
    if !is_tunnel {
        return connection.write_all(b"HTTP/1.1 203 Via proxy\r\nContent-Length: 0\r\n\r\n");
    }
    let upstream = TcpStream::connect(target)?;
    connection.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    join(&connection, &upstream);
    Ok(())
}

fn socks5(
    mut connection: TcpStream,
    target: SocketAddr,
    seen: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let mut greeting = [0; 2];
    connection.read_exact(&mut greeting)?;
    connection.read_exact(&mut vec![0; usize::from(greeting[1])])?;
    connection.write_all(&[5, 0])?;
    let mut request = [0; 5];
    connection.read_exact(&mut request)?;
    assert_eq!(request[..4], [5, 1, 0, 3], "connect to a name");
    let mut name = vec![0; usize::from(request[4]) + 2];
    connection.read_exact(&mut name)?;
    name.truncate(name.len() - 2);
    seen.lock().unwrap().push(String::from_utf8(name).unwrap());
    let upstream = TcpStream::connect(target)?;
    connection.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    join(&connection, &upstream);
    Ok(())
}
