//! AWS's signing test suite, from cargo's own copy of the crate `aws-sigv4`.
//!
//! Its 38 complete cases each carry `context.json`; the suite signs with HMAC, so that canonical
//! request and string to sign are what can be compared, the latter with its first line replaced.
//! Two more directories, without a context, hold paths of services that encode twice.

use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_conformance::{Result, foreign};
use rolesanywhere_core::Timestamp;
use rolesanywhere_core::encoding::sha256_hex;
use rolesanywhere_core::sigv4::canonical::{
    CanonicalRequest, PathEncoding, canonical_path, normalize_path,
};
use rolesanywhere_core::sigv4::{credential_scope, string_to_sign};
use serde::Deserialize;
use std::path::Path;
use std::process::ExitCode;

const TOKEN: &str = "AWS4-X509-RSA-SHA256";

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("aws_signing_suite");
    let mut complete = 0;
    let root = foreign::registry_copy("aws-sigv4")?.join("aws-signing-test-suite/v4");
    for case in foreign::directories(&root)? {
        let name = foreign::name(&case);
        if case.join("context.json").is_file() {
            complete += 1;
            let (one, other) = (case.clone(), case);
            suite.add(format!("canonical_request::{name}"), move || {
                canonical_request(&one)
            });
            suite.add(format!("string_to_sign::{name}"), move || {
                strings_to_sign(&other)
            });
        } else {
            suite.add(format!("path_encoded_twice::{name}"), move || {
                path_encoded_twice(&case)
            });
        }
    }
    equal("number of complete cases", complete, 38)?;
    Ok(suite.run())
}

fn canonical_request(case: &Path) -> Result<()> {
    let theirs = foreign::read_text(case, "header-canonical-request.txt")?;
    equal(
        "canonical request",
        Case::read(case)?.canonical_request()?.as_str(),
        &theirs,
    )
}

fn strings_to_sign(case: &Path) -> Result<()> {
    let theirs = foreign::read_text(case, "header-string-to-sign.txt")?;
    let theirs = theirs.replacen("AWS4-HMAC-SHA256\n", &format!("{TOKEN}\n"), 1);
    let case = Case::read(case)?;
    let now = Timestamp::parse_rfc3339(&case.context.timestamp)?;
    let scope = credential_scope(now, &case.context.region, &case.context.service);
    let canonical = case.canonical_request()?;
    equal(
        "string to sign",
        string_to_sign(TOKEN, now, &scope, canonical.as_str()),
        theirs,
    )
}

/// The rest of these two is of another date than their request.
fn path_encoded_twice(case: &Path) -> Result<()> {
    let theirs = foreign::read_text(case, "header-canonical-request.txt")?;
    let request = Request::parse(&foreign::read_text(case, "request.txt")?)?;
    let ours = canonical_path(&request.path, PathEncoding::Twice);
    equal("path", Some(ours.as_str()), theirs.lines().nth(1))
}

struct Case {
    context: Context,
    request: Request,
}

#[derive(Deserialize)]
struct Context {
    credentials: Credentials,
    normalize: bool,
    #[serde(default)]
    omit_session_token: bool,
    region: String,
    service: String,
    sign_body: bool,
    timestamp: String,
}

#[derive(Deserialize)]
struct Credentials {
    token: Option<String>,
}

impl Case {
    fn read(directory: &Path) -> Result<Self> {
        let context = serde_json::from_slice(&foreign::read(directory, "context.json")?)?;
        let request = Request::parse(&foreign::read_text(directory, "request.txt")?)?;
        Ok(Self { context, request })
    }

    /// With the headers that the suite's signer adds to those of the request.
    fn canonical_request(&self) -> Result<CanonicalRequest> {
        let now = Timestamp::parse_rfc3339(&self.context.timestamp)?.amz_date();
        let payload_hash = sha256_hex(self.request.body.as_bytes());
        let given = self.request.headers.iter();
        let mut headers: Vec<(&str, &str)> = given
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        headers.push(("X-Amz-Date", &now));
        if self.context.sign_body {
            headers.push(("x-amz-content-sha256", &payload_hash));
        }
        match &self.context.credentials.token {
            Some(token) if !self.context.omit_session_token => {
                headers.push(("X-Amz-Security-Token", token));
            }
            _ => {}
        }
        let path = if self.context.normalize {
            normalize_path(&self.request.path)
        } else {
            self.request.path.clone()
        };
        Ok(CanonicalRequest::new(
            &self.request.method,
            &canonical_path(&path, PathEncoding::Once),
            &self.request.query,
            &headers,
            &payload_hash,
        ))
    }
}

struct Request {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Request {
    /// Reads a request as the suite writes it: LF, raw spaces in the path, folded header lines.
    fn parse(text: &str) -> Result<Self> {
        let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
        let mut lines = head.lines();
        let (method, rest) = lines
            .next()
            .and_then(|line| line.split_once(' '))
            .ok_or("no request line")?;
        let target = rest.strip_suffix(" HTTP/1.1").ok_or("no HTTP version")?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            match (line.starts_with(' '), headers.last_mut()) {
                (true, Some((_, value))) => value.push_str(line),
                _ => {
                    let (name, value) = line.split_once(':').ok_or("a header without a colon")?;
                    headers.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        let [method, path, query, body] = [method, path, query, body].map(str::to_owned);
        Ok(Self {
            method,
            path,
            query,
            headers,
            body,
        })
    }
}
