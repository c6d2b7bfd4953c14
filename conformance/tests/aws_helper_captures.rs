//! What AWS's credential helper sent for each key type: canonical request and string to sign equal
//! ours, deterministic signatures are the same bytes, the others verify, and ours verify elsewhere.

use rolesanywhere_conformance::oracle::{OpenSsl, Oracle, Python};
use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_conformance::{Result, foreign, hex, private_key};
use rolesanywhere_core::crypto::{AwsLc, RustCrypto, RustCryptoRsa};
use rolesanywhere_core::sigv4::{PendingSignature, SignatureEncoding};
use rolesanywhere_core::{
    Backend, Identity, KeyAlgorithm, SignableRequest, Signature, SigningKey, Timestamp,
};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Any seed will do: it changes no signature.
static RUST_CRYPTO_RSA: RustCryptoRsa = RustCryptoRsa::new([1; 32]);

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("aws_helper_captures");
    match foreign::shared("aws-helper-captures") {
        Ok(root) => {
            let directories = foreign::directories(&root)?;
            equal("number of captures", directories.len(), 10)?;
            let oracles = Oracles::find();
            for directory in directories {
                add(&mut suite, &Arc::new(Capture::read(&directory)?), &oracles);
            }
        }
        Err(reason) => suite.skip("all", &reason),
    }
    Ok(suite.run())
}

fn add(suite: &mut Suite, capture: &Arc<Capture>, oracles: &Oracles) {
    let name = foreign::name(&capture.directory);
    let shared = Arc::clone(capture);
    suite.add(format!("request::{name}"), move || shared.compare_request());
    for (backend_name, backend) in capture.backends() {
        let shared = Arc::clone(capture);
        suite.add(format!("keys::{backend_name}::{name}"), move || {
            shared.compare_keys(backend)
        });
        let shared = Arc::clone(capture);
        suite.add(format!("recorded::{backend_name}::{name}"), move || {
            shared.verify_recorded(backend)
        });
        if capture.is_same_bytes(backend_name) {
            let shared = Arc::clone(capture);
            suite.add(format!("signature::{backend_name}::{name}"), move || {
                shared.compare_signature(backend)
            });
        }
        oracles.add(
            suite,
            format!("elsewhere::{backend_name}::{name}"),
            capture,
            backend,
        );
    }
}

/// Another implementation, or why there is none.
type Found = core::result::Result<Arc<dyn Oracle>, String>;

struct Oracles {
    openssl: Found,
    python: Found,
}

impl Oracles {
    fn find() -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
        Self {
            openssl: OpenSsl::find(directory).map(shared),
            python: Python::find(directory).map(shared),
        }
    }

    fn add(
        &self,
        suite: &mut Suite,
        trial: String,
        capture: &Arc<Capture>,
        backend: &'static dyn Backend,
    ) {
        let oracle = if capture.is_ml_dsa() {
            &self.python
        } else {
            &self.openssl
        };
        match oracle.clone() {
            Ok(oracle) => {
                let (shared, name) = (Arc::clone(capture), trial.clone());
                suite.add(trial, move || {
                    shared.verify_elsewhere(&name, backend, &*oracle)
                });
            }
            Err(reason) => suite.skip(trial, &reason),
        }
    }
}

fn shared(oracle: impl Oracle + 'static) -> Arc<dyn Oracle> {
    Arc::new(oracle)
}

struct Capture {
    directory: PathBuf,
    recorded: Recorded,
    identity: Identity,
}

#[derive(Deserialize)]
struct Recorded {
    deterministic: bool,
    region: String,
    serial_number: String,
    request: Request,
    canonical_request: String,
    string_to_sign: String,
    authorization: String,
    signature: String,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Capture {
    fn read(directory: &Path) -> Result<Self> {
        let leaf = foreign::read(directory, "leaf.pem")?;
        let chain = foreign::read(directory, "chain.pem")?;
        let chain = (!chain.is_empty()).then_some(chain.as_slice());
        Ok(Self {
            directory: directory.to_owned(),
            recorded: serde_json::from_slice(&foreign::read(directory, "capture.json")?)?,
            identity: Identity::from_pem(&leaf, chain)?,
        })
    }

    fn algorithm(&self) -> KeyAlgorithm {
        self.identity.public_key().algorithm()
    }

    fn is_ml_dsa(&self) -> bool {
        use KeyAlgorithm::{MlDsa44, MlDsa65, MlDsa87};
        [MlDsa44, MlDsa65, MlDsa87].contains(&self.algorithm())
    }

    fn backends(&self) -> [(&'static str, &'static dyn Backend); 2] {
        if self.algorithm() == KeyAlgorithm::Rsa {
            [("aws_lc", &AwsLc), ("rust_crypto_rsa", &RUST_CRYPTO_RSA)]
        } else {
            [("aws_lc", &AwsLc), ("rust_crypto", &RustCrypto)]
        }
    }

    /// AWS-LC hedges its ML-DSA signatures.
    fn is_same_bytes(&self, backend_name: &str) -> bool {
        self.recorded.deterministic && !(self.is_ml_dsa() && backend_name == "aws_lc")
    }

    /// The request with the headers that the helper signed, but for those that signing adds.
    fn prepare(&self) -> Result<PendingSignature> {
        let request = &self.recorded.request;
        let header = |wanted: &str| {
            let mut headers = request.headers.iter();
            let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found
                .map(|(_, value)| value.as_str())
                .ok_or("a header is missing")
        };
        let own = ["host", "x-amz-date", "x-amz-x509", "x-amz-x509-chain"];
        let headers: Vec<(&str, &str)> = request
            .headers
            .iter()
            .filter(|(name, _)| !own.iter().any(|own| own.eq_ignore_ascii_case(name)))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let signable = SignableRequest {
            method: &request.method,
            url: &format!("http://{}{}", header("host")?, request.target),
            headers: &headers,
            body: request.body.as_bytes(),
            region: &self.recorded.region,
            service: "rolesanywhere",
        };
        let now = Timestamp::parse_amz_date(header("x-amz-date")?)?;
        Ok(signable.prepare(&self.identity, now)?)
    }

    fn compare_request(&self) -> Result<()> {
        let recorded = &self.recorded;
        equal(
            "serial number",
            self.identity.serial_number(),
            &recorded.serial_number,
        )?;
        let pending = self.prepare()?;
        equal(
            "canonical request",
            pending.canonical_request(),
            &recorded.canonical_request,
        )?;
        let string_to_sign = str::from_utf8(pending.string_to_sign())?;
        equal("string to sign", string_to_sign, &recorded.string_to_sign)?;
        // With the helper's own signature the header is the helper's own, whatever made it.
        let signature = Signature::new(hex::decode(&recorded.signature)?);
        let request = pending.finish(&signature, SignatureEncoding::Der)?;
        let mut headers = request.headers.iter();
        let ours = headers.find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        equal(
            "authorization",
            ours.map(|(_, value)| value),
            Some(&recorded.authorization),
        )
    }

    fn key(&self, backend: &dyn Backend) -> Result<Box<dyn SigningKey>> {
        Ok(private_key::load(
            backend,
            &foreign::read(&self.directory, "key.pem")?,
        )?)
    }

    /// Every form of the key in the directory has the leaf's public half.
    fn compare_keys(&self, backend: &dyn Backend) -> Result<()> {
        let mut compared = 0;
        for file in ["key.pem", "key-both.pem", "key-sec1.pem", "key-pkcs1.pem"] {
            if self.directory.join(file).is_file() {
                let key = private_key::load(backend, &foreign::read(&self.directory, file)?)?;
                equal(file, key.public_key(), self.identity.public_key())?;
                compared += 1;
            }
        }
        equal("number of key files", compared, 2)
    }

    fn verify_recorded(&self, backend: &dyn Backend) -> Result<()> {
        let signature = Signature::new(hex::decode(&self.recorded.signature)?);
        let pending = self.prepare()?;
        Ok(pending.verify(&signature, SignatureEncoding::Der, backend)?)
    }

    fn compare_signature(&self, backend: &dyn Backend) -> Result<()> {
        let (_, signature) = self.sign(backend)?;
        equal(
            "signature",
            signature.to_hex(),
            self.recorded.signature.clone(),
        )
    }

    /// The other implementation takes our signature, and not for another message.
    fn verify_elsewhere(
        &self,
        name: &str,
        backend: &dyn Backend,
        oracle: &dyn Oracle,
    ) -> Result<()> {
        let leaf = self.directory.join("leaf.pem");
        let (message, signature) = self.sign(backend)?;
        oracle.verify(name, &leaf, &message, signature.as_bytes())?;
        let other = oracle.verify(name, &leaf, b"another message", signature.as_bytes());
        equal("whether another message is refused", other.is_err(), true)
    }

    fn sign(&self, backend: &dyn Backend) -> Result<(Vec<u8>, Signature)> {
        let message = self.prepare()?.string_to_sign().to_vec();
        let signature = self.key(backend)?.sign(&message)?;
        Ok((message, signature))
    }
}
