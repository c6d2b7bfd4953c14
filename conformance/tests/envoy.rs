//! Envoy's six fixed requests: canonical request, string to sign, signature and `Authorization`, byte
//! for byte, by both backends that do RSA.
//!
//! Two of them name the self-signed root as their chain, which an `Identity` leaves out, as it is
//! told to. So all six go through the stages one by one, with Envoy's headers, and the four without a
//! chain through `SignableRequest` as well.

use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_conformance::{Result, foreign, private_key};
use rolesanywhere_core::crypto::{AwsLc, RustCryptoRsa};
use rolesanywhere_core::encoding::sha256_hex;
use rolesanywhere_core::sigv4::canonical::{CanonicalRequest, PathEncoding, canonical_path};
use rolesanywhere_core::sigv4::{authorization, credential_scope, string_to_sign};
use rolesanywhere_core::{Backend, Identity, SignableRequest, SigningAlgorithm, Timestamp};
use serde::Deserialize;
use std::process::ExitCode;
use std::sync::Arc;

/// Any seed will do: it changes no signature.
static RUST_CRYPTO_RSA: RustCryptoRsa = RustCryptoRsa::new([1; 32]);
static BACKENDS: [(&str, &dyn Backend); 2] =
    [("aws_lc", &AwsLc), ("rust_crypto_rsa", &RUST_CRYPTO_RSA)];

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("envoy");
    match foreign::shared("envoy-rolesanywhere") {
        Ok(directory) => add_all(&mut suite, &directory)?,
        Err(reason) => suite.skip("all", &reason),
    }
    Ok(suite.run())
}

fn add_all(suite: &mut Suite, directory: &std::path::Path) -> Result<()> {
    let expected: Expected = serde_json::from_slice(&foreign::read(directory, "expected.json")?)?;
    let vectors = Arc::new(Vectors {
        leaf: foreign::read(directory, "rsa-leaf.pem")?,
        chain: foreign::read(directory, "rsa-chain.pem")?,
        key: foreign::read(directory, "rsa-leaf-key.pem")?,
        expected,
    });
    equal("number of requests", vectors.expected.cases.len(), 6)?;
    for (index, case) in vectors.expected.cases.iter().enumerate() {
        let shared = Arc::clone(&vectors);
        suite.add(format!("request::{}", case.name), move || {
            shared.compare_request(index)
        });
        if !case.chain {
            let shared = Arc::clone(&vectors);
            suite.add(format!("signable_request::{}", case.name), move || {
                shared.compare_signable_request(index)
            });
        }
        for (name, backend) in BACKENDS {
            let shared = Arc::clone(&vectors);
            let trial = format!("signature::{name}::{}", case.name);
            suite.add(trial, move || shared.compare_signature(index, backend));
        }
    }
    Ok(())
}

/// What the core makes of a case.
struct Stages {
    canonical: CanonicalRequest,
    scope: String,
    string_to_sign: String,
}

struct Vectors {
    leaf: Vec<u8>,
    chain: Vec<u8>,
    key: Vec<u8>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    region: String,
    host: String,
    method: String,
    path: String,
    content_type: String,
    signed_headers_nochain: String,
    signed_headers_chain: String,
    serial: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    chain: bool,
    date: String,
    body: String,
    content_sha256: String,
    signature: String,
}

impl Vectors {
    fn case(&self, index: usize) -> Result<&Case> {
        Ok(self.expected.cases.get(index).ok_or("no such case")?)
    }

    fn compare_request(&self, index: usize) -> Result<()> {
        let case = self.case(index)?;
        let stages = self.stages(case)?;
        let canonical = self.canonical_request(case)?;
        equal("canonical request", stages.canonical.as_str(), &canonical)?;
        let string_to_sign = self.string_to_sign(case)?;
        equal("string to sign", stages.string_to_sign, string_to_sign)
    }

    fn compare_signable_request(&self, index: usize) -> Result<()> {
        let case = self.case(index)?;
        let request = SignableRequest {
            method: &self.expected.method,
            url: &format!("https://{}{}", self.expected.host, self.expected.path),
            headers: &[
                ("content-type", &self.expected.content_type),
                ("x-amz-content-sha256", &case.content_sha256),
            ],
            body: case.body.as_bytes(),
            region: &self.expected.region,
            service: "rolesanywhere",
        };
        let identity = Identity::from_pem(&self.leaf, None)?;
        let pending = request.prepare(&identity, Timestamp::parse_amz_date(&case.date)?)?;
        let canonical = self.canonical_request(case)?;
        equal("canonical request", pending.canonical_request(), &canonical)?;
        let ours = str::from_utf8(pending.string_to_sign())?.to_owned();
        equal("string to sign", ours, self.string_to_sign(case)?)?;
        let request = pending.sign(&*private_key::load(&AwsLc, &self.key)?)?;
        let mut headers = request.headers.into_iter();
        let ours = headers.find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        equal(
            "authorization",
            ours.map(|(_, value)| value),
            Some(self.authorization(case)?),
        )
    }

    fn compare_signature(&self, index: usize, backend: &dyn Backend) -> Result<()> {
        let case = self.case(index)?;
        let stages = self.stages(case)?;
        let key = private_key::load(backend, &self.key)?;
        let signature = key.sign(stages.string_to_sign.as_bytes())?;
        equal("signature", signature.to_hex(), case.signature.clone())?;
        let identity = Identity::from_pem(&self.leaf, None)?;
        let ours = authorization(
            identity.algorithm(),
            identity.serial_number(),
            &stages.scope,
            stages.canonical.signed_headers(),
            &signature,
        );
        equal("authorization", ours, self.authorization(case)?)
    }

    /// The core's, from Envoy's headers.
    fn stages(&self, case: &Case) -> Result<Stages> {
        let expected = &self.expected;
        let leaf = base64_of(&self.leaf)?;
        let chain = base64_of(&self.chain)?;
        let mut headers = vec![
            ("Host", expected.host.as_str()),
            ("Content-Type", &expected.content_type),
            ("X-Amz-Date", &case.date),
            ("X-Amz-Content-Sha256", &case.content_sha256),
            ("X-Amz-X509", &leaf),
        ];
        if case.chain {
            headers.push(("X-Amz-X509-Chain", &chain));
        }
        let path = canonical_path(&expected.path, PathEncoding::Twice);
        let payload_hash = sha256_hex(case.body.as_bytes());
        let canonical = CanonicalRequest::new(&expected.method, &path, "", &headers, &payload_hash);
        let now = Timestamp::parse_amz_date(&case.date)?;
        let scope = credential_scope(now, &expected.region, "rolesanywhere");
        let token = SigningAlgorithm::RsaSha256.as_str();
        let string_to_sign = string_to_sign(token, now, &scope, canonical.as_str());
        Ok(Stages {
            canonical,
            scope,
            string_to_sign,
        })
    }

    fn signed_headers(&self, case: &Case) -> &str {
        if case.chain {
            &self.expected.signed_headers_chain
        } else {
            &self.expected.signed_headers_nochain
        }
    }

    fn scope(&self, case: &Case) -> Result<String> {
        let date = case.date.get(..8).ok_or("a date without a day")?;
        Ok(format!(
            "{date}/{}/rolesanywhere/aws4_request",
            self.expected.region
        ))
    }

    fn string_to_sign(&self, case: &Case) -> Result<String> {
        let hash = sha256_hex(self.canonical_request(case)?.as_bytes());
        let scope = self.scope(case)?;
        Ok(format!(
            "AWS4-X509-RSA-SHA256\n{}\n{scope}\n{hash}",
            case.date
        ))
    }

    fn authorization(&self, case: &Case) -> Result<String> {
        let (serial, scope) = (&self.expected.serial, self.scope(case)?);
        let (signed_headers, signature) = (self.signed_headers(case), &case.signature);
        Ok(format!(
            "AWS4-X509-RSA-SHA256 Credential={serial}/{scope}, SignedHeaders={signed_headers}, \
             Signature={signature}"
        ))
    }

    /// Envoy's test gives the signature of it, not the text: put together here without the core.
    fn canonical_request(&self, case: &Case) -> Result<String> {
        let expected = &self.expected;
        let mut headers = vec![
            ("content-type", expected.content_type.clone()),
            ("host", expected.host.clone()),
            ("x-amz-content-sha256", case.content_sha256.clone()),
            ("x-amz-date", case.date.clone()),
            ("x-amz-x509", base64_of(&self.leaf)?),
        ];
        if case.chain {
            headers.push(("x-amz-x509-chain", base64_of(&self.chain)?));
        }
        let headers: String = headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let signed_headers = self.signed_headers(case);
        let head = format!("{}\n{}\n\n{headers}", expected.method, expected.path);
        Ok(format!("{head}\n{signed_headers}\n{}", case.content_sha256))
    }
}

/// What stands between the lines of a PEM file with one block.
fn base64_of(pem: &[u8]) -> Result<String> {
    let text = str::from_utf8(pem)?;
    Ok(text
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .map(str::trim)
        .collect())
}
