//! A CA, a configuration that trusts it, and a client: the signing core.

use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::encoding::{hex, sha256_hex};
use rolesanywhere_core::session::{CreateSession, CreateSessionOptions};
use rolesanywhere_core::sigv4::canonical::CanonicalRequest;
use rolesanywhere_core::sigv4::{credential_scope, string_to_sign};
use rolesanywhere_core::{Backend, Identity, PrivateKey, Timestamp};
use rolesanywhere_emulator::pki::{Authority, IssuedLeaf, KeyType, LeafOptions};
use rolesanywhere_emulator::{Clock, Config, Record, Reply, Request, Service};
use serde_json::Value;

/// 2026-11-21T05:53:19Z
pub(crate) const NOW: i64 = 1_795_240_399;

pub(crate) struct World {
    pub(crate) root: Authority,
    pub(crate) config: Config,
}

impl World {
    pub(crate) fn new() -> Self {
        let root = Authority::generate_at(KeyType::P256, NOW).unwrap();
        Self::trusting(root)
    }

    /// One whose trust anchor is this CA.
    pub(crate) fn trusting(root: Authority) -> Self {
        let pem = root.certificate_pem();
        let config = Config::example("eu-west-1", "111122223333", &pem).unwrap();
        Self { root, config }
    }

    /// A good leaf's options; add what is to be wrong.
    pub(crate) fn leaf_options() -> LeafOptions {
        LeafOptions::new()
            .issued_at(NOW)
            .subject("CN=build-7,O=Example Corp")
    }

    pub(crate) fn leaf(&self) -> IssuedLeaf {
        self.root.issue(&Self::leaf_options()).unwrap()
    }

    pub(crate) fn service(&self) -> Service {
        Service::new(&self.config, Clock::fixed(NOW)).unwrap()
    }

    /// CreateSession as the core signs it, for the configuration's first of each.
    pub(crate) fn sign(&self, leaf: &IssuedLeaf) -> Request {
        self.sign_with(leaf, |_| {})
    }

    /// The same with other options.
    pub(crate) fn sign_with<'a>(
        &'a self,
        leaf: &IssuedLeaf,
        change: impl FnOnce(&mut CreateSessionOptions<'a>),
    ) -> Request {
        let mut options = CreateSessionOptions {
            trust_anchor_arn: &self.config.trust_anchors[0].trust_anchor_arn,
            profile_arn: &self.config.profiles[0].profile_arn,
            role_arn: &self.config.roles[0].role_arn,
            endpoint: Some("http://127.0.0.1:9912"),
            ..CreateSessionOptions::default()
        };
        change(&mut options);
        let session = CreateSession::new(&options).unwrap();
        let chain = leaf.chain_pem();
        let chain = (!chain.is_empty()).then_some(chain.as_bytes());
        let identity = Identity::from_pem(leaf.certificate_pem().as_bytes(), chain).unwrap();
        let key = PrivateKey::from_pem(leaf.private_key_pem().unwrap().as_bytes(), None).unwrap();
        let key = AwsLc.signing_key(key).unwrap();
        let now = Timestamp::from_unix_seconds(NOW).unwrap();
        let signed = session.sign(&identity, &*key, now).unwrap();
        let (host, target) = signed
            .url
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .unwrap();
        let request = Request::new(&signed.method, &format!("/{target}")).header("host", host);
        let add = |request: Request, (name, value): &(String, String)| {
            request.header(name, value.as_str())
        };
        signed.headers.iter().fold(request, add).body(signed.body)
    }
}

/// The request signed anew by the leaf, whatever has been done to it.
pub(crate) fn sign_again(request: &Request, leaf: &IssuedLeaf) -> Request {
    let request = without_header(request, "authorization");
    let identity = Identity::from_pem(leaf.certificate_pem().as_bytes(), None).unwrap();
    let key = PrivateKey::from_pem(leaf.private_key_pem().unwrap().as_bytes(), None).unwrap();
    let key = AwsLc.signing_key(key).unwrap();
    let now = Timestamp::from_unix_seconds(NOW).unwrap();
    let headers = request.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), std::str::from_utf8(value).unwrap()))
        .collect();
    let (path, query) = request
        .target
        .split_once('?')
        .unwrap_or((&request.target, ""));
    let hash = sha256_hex(&request.body);
    let canonical = CanonicalRequest::new(&request.method, path, query, &headers, &hash);
    let scope = credential_scope(now, "eu-west-1", "rolesanywhere");
    let algorithm = identity.algorithm().as_str();
    let text = string_to_sign(algorithm, now, &scope, canonical.as_str());
    let authorization = format!(
        "{algorithm} Credential={}/{scope}, SignedHeaders={}, Signature={}",
        identity.serial_number(),
        canonical.signed_headers(),
        hex(key.sign(text.as_bytes()).unwrap().as_bytes()),
    );
    request.header("authorization", authorization)
}

/// Answers, and says what the journal made of it.
pub(crate) fn answer(service: &Service, request: &Request) -> (Reply, Record) {
    let reply = service.answer(request);
    (reply, service.requests().pop().unwrap())
}

pub(crate) fn json(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap()
}

/// The request with one header's value changed.
pub(crate) fn with_header(
    request: &Request,
    name: &str,
    change: impl Fn(String) -> String,
) -> Request {
    let mut changed = request.clone();
    for (_, value) in changed
        .headers
        .iter_mut()
        .filter(|(n, _)| n.eq_ignore_ascii_case(name))
    {
        *value = change(String::from_utf8(value.clone()).unwrap()).into_bytes();
    }
    changed
}

/// The request without one header.
pub(crate) fn without_header(request: &Request, name: &str) -> Request {
    let mut changed = request.clone();
    changed
        .headers
        .retain(|(n, _)| !n.eq_ignore_ascii_case(name));
    changed
}
