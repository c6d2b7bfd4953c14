//! A service that always answers the same: so that a client's time is the client's.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

const BODY: &str = concat!(
    r#"{"credentialSet":[{"assumedRoleUser":{"#,
    r#""arn":"arn:aws:sts::111122223333:assumed-role/Bench/01","assumedRoleId":"AROAEXAMPLE:01"},"#,
    r#""credentials":{"accessKeyId":"ASIAEXAMPLEEXAMPLE00","secretAccessKey":"example","#,
    r#""sessionToken":"example","expiration":"2099-01-01T00:00:00Z"},"#,
    r#""packedPolicySize":10,"roleArn":"arn:aws:iam::111122223333:role/Bench","sourceIdentity":"CN=bench"}],"#,
    r#""subjectArn":"arn:aws:rolesanywhere:us-east-1:111122223333:subject/0"}"#,
);

/// Answers on loopback until this process ends; returns the URL.
pub(crate) fn start() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away in the middle is the client's affair.
            let _answered = answer(stream);
        }
    });
    Ok(url)
}

fn answer(stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line.is_empty() {
            break;
        }
    }
    std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink())?;
    write!(
        reader.get_mut(),
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{BODY}",
        BODY.len()
    )
}
