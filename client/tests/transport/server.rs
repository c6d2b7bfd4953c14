//! A server that records requests and gives one answer to all of them.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::request::data;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Plain http.
    pub(crate) fn plain(answer: impl Into<Vec<u8>>) -> Self {
        Self::start(answer.into(), None)
    }

    /// TLS with the certificate in this file.
    pub(crate) fn tls(certificate: &str, answer: impl Into<Vec<u8>>) -> Self {
        let certificate = CertificateDer::from_pem_file(data(certificate)).unwrap();
        let key = PrivateKeyDer::from_pem_file(data("server-key.pem")).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        Self::start(answer.into(), Some(Arc::new(config)))
    }

    fn start(answer: Vec<u8>, tls: Option<Arc<ServerConfig>>) -> Self {
        // All of loopback, so that tests have addresses that no certificate names.
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&requests);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let connection = connection.unwrap();
                // A client that gives up is what some tests are about.
                let _ = match &tls {
                    None => serve(connection, &answer, &record),
                    Some(config) => {
                        let session = ServerConnection::new(Arc::clone(config)).unwrap();
                        serve(StreamOwned::new(session, connection), &answer, &record)
                    }
                };
            }
        });
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            requests,
        }
    }

    /// `SCHEME://HOST:PORT/sessions`
    pub(crate) fn url(&self, scheme: &str, host: &str) -> String {
        format!("{scheme}://{host}:{}/sessions", self.address.port())
    }

    /// What came in so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: impl Read + Write,
    answer: &[u8],
    record: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let request = read_request(&mut stream)?;
    record.lock().unwrap().push(request);
    stream.write_all(answer)?;
    stream.flush()
}

/// Reads one request, head and body.
pub(crate) fn read_request(stream: &mut impl Read) -> io::Result<String> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        request.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body)?;
    request.extend_from_slice(&body);
    Ok(String::from_utf8(request).unwrap())
}

/// Copies bytes both ways until both sides are done.
pub(crate) fn join(one: &TcpStream, other: &TcpStream) {
    let (mut from, mut to) = (one.try_clone().unwrap(), other.try_clone().unwrap());
    let forth = thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
    let (mut from, mut to) = (other, one);
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(std::net::Shutdown::Write);
    forth.join().unwrap();
}
