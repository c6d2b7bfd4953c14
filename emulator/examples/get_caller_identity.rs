//! The smallest STS client: `sts:GetCallerIdentity` over plain http, signed with SigV4.
//!
//! Takes the emulator's URL, reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
//! `AWS_SESSION_TOKEN` and `AWS_REGION`, and prints the reply. For machines with no AWS CLI.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use rolesanywhere_core::Timestamp;
use rolesanywhere_core::encoding::{hex, sha256_hex};
use rolesanywhere_core::sigv4::canonical::CanonicalRequest;
use rolesanywhere_core::sigv4::{credential_scope, string_to_sign};
use std::env;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const BODY: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";
const TIME_LIMIT: Duration = Duration::from_secs(10);

fn main() -> Result<(), Box<dyn Error>> {
    let url = env::args()
        .nth(1)
        .ok_or("usage: get_caller_identity http://HOST:PORT")?;
    let host = url
        .strip_prefix("http://")
        .ok_or("the URL must begin with http://")?;
    let host = host.trim_end_matches('/');
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let now = Timestamp::from_unix_seconds(i64::try_from(elapsed)?)?;
    let (status, body) = send(host, &signed_request(host, now)?)?;
    println!("{body}");
    if status == "200" {
        Ok(())
    } else {
        Err(format!("STS answered {status}").into())
    }
}

/// The whole request, as it goes on the wire.
fn signed_request(host: &str, now: Timestamp) -> Result<String, Box<dyn Error>> {
    let token = variable("AWS_SESSION_TOKEN")?;
    let date = now.amz_date();
    let headers = [
        ("Content-Type", CONTENT_TYPE),
        ("Host", host),
        ("X-Amz-Date", &date),
        ("X-Amz-Security-Token", &token),
    ];
    let authorization = authorization(&headers, now)?;
    let mut request = String::from("POST / HTTP/1.1\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Authorization: {authorization}\r\n"));
    request.push_str(&format!(
        "Content-Length: {}\r\nConnection: close\r\n\r\n{BODY}",
        BODY.len()
    ));
    Ok(request)
}

fn authorization(headers: &[(&str, &str)], now: Timestamp) -> Result<String, Box<dyn Error>> {
    let region = variable("AWS_REGION")?;
    let scope = credential_scope(now, &region, "sts");
    let canonical = CanonicalRequest::new("POST", "/", "", headers, &sha256_hex(BODY.as_bytes()));
    let text = string_to_sign("AWS4-HMAC-SHA256", now, &scope, canonical.as_str());
    let mut key = format!("AWS4{}", variable("AWS_SECRET_ACCESS_KEY")?).into_bytes();
    for part in scope.split('/') {
        key = hmac(&key, part);
    }
    Ok(format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={}, Signature={}",
        variable("AWS_ACCESS_KEY_ID")?,
        canonical.signed_headers(),
        hex(&hmac(&key, &text)),
    ))
}

fn send(host: &str, request: &str) -> Result<(String, String), Box<dyn Error>> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(TIME_LIMIT))?;
    stream.write_all(request.as_bytes())?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    let status = reply.split(' ').nth(1).unwrap_or_default().to_owned();
    let body = reply.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok((status, body.to_owned()))
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    sign(&Key::new(HMAC_SHA256, key), message.as_bytes())
        .as_ref()
        .to_vec()
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("{name} is not set"))
}
