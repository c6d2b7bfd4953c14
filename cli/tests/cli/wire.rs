//! A service that answers with whatever bytes a test wants.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// How the service treats its one connection.
pub(crate) enum Behaviour {
    /// These bytes, then the end.
    Answer(Vec<u8>),
    /// Reads the request and says nothing.
    Hang,
    /// Closes with the request unread, which resets the connection.
    Reset,
    /// Half of a reply, then the end.
    Cut,
    /// One byte of a reply every now and then, without end.
    Drip,
}

/// Listens, and treats each connection so; returns the URL.
pub(crate) fn serve(behaviour: Behaviour) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for connection in listener.incoming() {
            // A client that gave up is no concern of the service's.
            let _ = treat(connection.unwrap(), &behaviour);
        }
    });
    url
}

/// A reply with its head.
pub(crate) fn reply(status: u16, content_type: &str, body: &str) -> Behaviour {
    let length = body.len();
    Behaviour::Answer(
        format!(
            "HTTP/1.1 {status} Said\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        )
        .into_bytes(),
    )
}

fn treat(mut connection: TcpStream, behaviour: &Behaviour) -> std::io::Result<()> {
    match behaviour {
        Behaviour::Reset => {
            // One byte is enough to know that the rest is on its way.
            connection.read_exact(&mut [0])?;
            thread::sleep(std::time::Duration::from_millis(50));
            Ok(())
        }
        Behaviour::Answer(bytes) => {
            read_request(&mut connection)?;
            connection.write_all(bytes)
        }
        Behaviour::Hang => {
            read_request(&mut connection)?;
            // Until the client closes.
            connection.read(&mut [0]).map(|_| ())
        }
        Behaviour::Cut => {
            read_request(&mut connection)?;
            connection.write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"cred")
        }
        Behaviour::Drip => {
            read_request(&mut connection)?;
            connection.write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n")?;
            loop {
                connection.write_all(b" ")?;
                thread::sleep(std::time::Duration::from_millis(100));
            }
        }
    }
}

/// Reads head and body, so that closing does not reset.
fn read_request(connection: &mut TcpStream) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        connection.read_exact(&mut byte)?;
        request.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |length| length.trim().parse().unwrap());
    connection.read_exact(&mut vec![0; length])
}
