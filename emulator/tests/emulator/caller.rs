//! A client of STS: signs with temporary credentials, as the SDKs do.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use rolesanywhere_core::Timestamp;
use rolesanywhere_core::encoding::{hex, sha256_hex};
use rolesanywhere_core::sigv4::canonical::CanonicalRequest;
use rolesanywhere_core::sigv4::{credential_scope, string_to_sign};
use rolesanywhere_emulator::Request;
use serde_json::Value;

pub(crate) struct Credentials {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) session_token: String,
}

impl Credentials {
    /// Those of a reply to CreateSession.
    pub(crate) fn of(reply: &Value) -> Self {
        let credentials = &reply["credentialSet"][0]["credentials"];
        let text = |name: &str| credentials[name].as_str().unwrap().to_owned();
        Self {
            access_key_id: text("accessKeyId"),
            secret_access_key: text("secretAccessKey"),
            session_token: text("sessionToken"),
        }
    }

    /// Those of a reply to AssumeRole.
    pub(crate) fn of_xml(reply: &str) -> Self {
        Self {
            access_key_id: element(reply, "AccessKeyId"),
            secret_access_key: element(reply, "SecretAccessKey"),
            session_token: element(reply, "SessionToken"),
        }
    }
}

/// The text of an element.
pub(crate) fn element(xml: &str, name: &str) -> String {
    let (_, after) = xml.split_once(&format!("<{name}>")).unwrap();
    after.split_once('<').unwrap().0.to_owned()
}

/// A request as the SDKs sign it, at a time.
pub(crate) fn signed(
    credentials: &Credentials,
    method: &str,
    target: &str,
    body: &str,
    now: i64,
) -> Request {
    let now = Timestamp::from_unix_seconds(now).unwrap();
    let date = now.amz_date();
    let headers = [
        (
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
        ),
        ("host", "127.0.0.1:9912"),
        ("x-amz-date", &date),
        ("x-amz-security-token", &credentials.session_token),
    ];
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let canonical =
        CanonicalRequest::new(method, path, query, &headers, &sha256_hex(body.as_bytes()));
    let scope = credential_scope(now, "us-east-1", "sts");
    let text = string_to_sign("AWS4-HMAC-SHA256", now, &scope, canonical.as_str());
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={}, Signature={}",
        credentials.access_key_id,
        canonical.signed_headers(),
        signature(credentials, &scope, &text),
    );
    let request = Request::new(method, target)
        .header("Authorization", authorization)
        .body(body);
    headers.iter().fold(request, |request, (name, value)| {
        request.header(name, *value)
    })
}

/// A presigned URL's target: the query without the signature, sorted, and then the signature.
pub(crate) fn presigned(credentials: &Credentials, now: i64, expires: u32) -> Request {
    let now = Timestamp::from_unix_seconds(now).unwrap();
    let scope = credential_scope(now, "us-east-1", "sts");
    let encode = |text: &str| {
        text.replace('/', "%2F")
            .replace('+', "%2B")
            .replace('=', "%3D")
    };
    let query = format!(
        "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&\
         X-Amz-Credential={}&X-Amz-Date={}&X-Amz-Expires={expires}&X-Amz-Security-Token={}&\
         X-Amz-SignedHeaders=host",
        encode(&format!("{}/{scope}", credentials.access_key_id)),
        now.amz_date(),
        encode(&credentials.session_token),
    );
    let headers = [("host", "127.0.0.1:9912")];
    let canonical = CanonicalRequest::new("GET", "/", &query, &headers, &sha256_hex(b""));
    let text = string_to_sign("AWS4-HMAC-SHA256", now, &scope, canonical.as_str());
    let signature = signature(credentials, &scope, &text);
    Request::new("GET", &format!("/?{query}&X-Amz-Signature={signature}"))
        .header("host", "127.0.0.1:9912")
}

fn signature(credentials: &Credentials, scope: &str, text: &str) -> String {
    let start = format!("AWS4{}", credentials.secret_access_key).into_bytes();
    let key = scope.split('/').fold(start, |key, part| hmac(&key, part));
    hex(&hmac(&key, text))
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    sign(&Key::new(HMAC_SHA256, key), message.as_bytes())
        .as_ref()
        .to_vec()
}
