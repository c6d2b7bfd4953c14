use super::certificate::{Contents, unencodable};
use super::extension;
use super::key::KeyPair;
use super::key_type::KeyType;
use super::leaf::{IssuedLeaf, LeafOptions};
use super::pem;
use super::revocation;
use super::serial::Serial;
use super::signature::SignatureAlgorithm;
use crate::clock::Clock;
use der::{Decode, Encode};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::str::FromStr;
use x509_cert::certificate::{CertificateInner, Raw, Version};
use x509_cert::ext::pkix::KeyUsages;
use x509_cert::name::Name;

const YEAR: i64 = 365 * 86_400;

/// A CA that issues leaves: a root, or an intermediate below one.
#[derive(Debug)]
pub struct Authority {
    certificate: Vec<u8>,
    subject: Name,
    key: KeyPair,
    /// From this CA's own certificate up to the root, the root left out; empty for a root.
    chain: Vec<Vec<u8>>,
}

impl Authority {
    /// A new root, valid from a day ago for ten years.
    ///
    /// # Errors
    /// `option_invalid` for a key type that signs no certificates.
    pub fn generate(key_type: KeyType) -> Result<Self> {
        Self::generate_at(key_type, Clock::system().now())
    }

    /// The same, with the time of issue in Unix seconds.
    ///
    /// # Errors
    /// `option_invalid` for a key type that signs no certificates.
    pub fn generate_at(key_type: KeyType, now: i64) -> Result<Self> {
        let key = KeyPair::generate(key_type)?;
        let subject = name(&format!("CN=Emulator root {key_type},O=Example Corp"))?;
        let contents = ca_contents(&subject, &subject, &key, &key, now)?;
        let certificate = contents.sign(&key, SignatureAlgorithm::Usual)?;
        Ok(Self {
            certificate,
            subject,
            key,
            chain: Vec::new(),
        })
    }

    /// An intermediate below this CA, valid from a day ago for ten years.
    ///
    /// # Errors
    /// `option_invalid` for a key type that signs no certificates.
    pub fn intermediate(&self, key_type: KeyType) -> Result<Self> {
        self.intermediate_at(key_type, Clock::system().now())
    }

    /// The same, with the time of issue in Unix seconds.
    ///
    /// # Errors
    /// `option_invalid` for a key type that signs no certificates.
    pub fn intermediate_at(&self, key_type: KeyType, now: i64) -> Result<Self> {
        let key = KeyPair::generate(key_type)?;
        let level = self.chain.len() + 1;
        let subject = name(&format!("CN=Emulator intermediate {level},O=Example Corp"))?;
        let contents = ca_contents(&self.subject, &subject, &self.key, &key, now)?;
        let certificate = contents.sign(&self.key, SignatureAlgorithm::Usual)?;
        let mut chain = vec![certificate.clone()];
        chain.extend(self.chain.iter().cloned());
        Ok(Self {
            certificate,
            subject,
            key,
            chain,
        })
    }

    /// Takes up a CA from its certificate and key; `chain` is the PEM from the CA's own certificate
    /// up to the root, the root left out, and empty for a root.
    ///
    /// Does not check that the key fits the certificate.
    ///
    /// # Errors
    /// `pem_malformed`, `certificate_malformed`, `private_key_malformed`.
    pub fn from_pem(certificate: &str, private_key: &str, chain: &str) -> Result<Self> {
        let certificate = pem::decode("CERTIFICATE", certificate)?;
        let parsed = parse(&certificate)?;
        Ok(Self {
            subject: parsed.tbs_certificate().subject().clone(),
            certificate,
            key: KeyPair::from_pem(private_key)?,
            chain: pem::certificates(chain)?,
        })
    }

    /// Issues a leaf, right or wrong.
    ///
    /// # Errors
    /// `option_invalid` when no certificate can be written with these options.
    pub fn issue(&self, options: &LeafOptions) -> Result<IssuedLeaf> {
        options.issue(&self.subject, &self.key, &self.chain)
    }

    /// Issues a certificate for a TLS server with these names: DNS names and IP addresses.
    ///
    /// # Errors
    /// `option_invalid` for a name that is not ASCII.
    pub fn issue_server(&self, names: &[&str]) -> Result<IssuedLeaf> {
        let subject = LeafOptions::new().subject("CN=Emulator TLS").for_server();
        let options = names
            .iter()
            .fold(subject, |options, name| match name.parse() {
                Ok(address) => options.ip_address(address),
                Err(_) => options.dns_name(name),
            });
        self.issue(&options)
    }

    /// A revocation list in PEM: these of this CA's certificates are no longer good. From now for
    /// thirty days.
    ///
    /// # Errors
    /// `option_invalid` for a serial number that cannot be written.
    pub fn revoke(&self, serials: &[&Serial]) -> Result<String> {
        let serials: Vec<_> = serials.iter().map(|serial| (*serial).clone()).collect();
        let now = Clock::system().now();
        let der = revocation::sign(&self.subject, &self.key, &serials, now)?;
        pem::encode("X509 CRL", &der)
    }

    /// The serial number of the CA's certificate.
    ///
    /// # Errors
    /// `certificate_malformed`
    pub fn serial(&self) -> Result<Serial> {
        let parsed = parse(&self.certificate)?;
        let serial = parsed.tbs_certificate().serial_number();
        Ok(Serial::from_content_octets(serial.as_bytes()))
    }

    /// The CA's certificate in PEM: what a trust anchor is made of.
    #[must_use]
    pub fn certificate_pem(&self) -> String {
        pem::encode("CERTIFICATE", &self.certificate).unwrap_or_default()
    }

    /// The CA's certificate in DER.
    #[must_use]
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }

    /// The CA's private key as PKCS#8 in PEM.
    ///
    /// # Errors
    /// `internal` when the key cannot be written.
    pub fn private_key_pem(&self) -> Result<String> {
        self.key.to_pem()
    }
}

fn parse(certificate: &[u8]) -> Result<CertificateInner<Raw>> {
    CertificateInner::<Raw>::from_der(certificate).map_err(|_| {
        let message = "the CA certificate cannot be read";
        Error::new(ErrorCode::CertificateMalformed, message)
    })
}

fn ca_contents(
    issuer: &Name,
    subject: &Name,
    issuer_key: &KeyPair,
    key: &KeyPair,
    now: i64,
) -> Result<Contents> {
    let public_key_info = key.public_key_info()?;
    let issuer_key_info = issuer_key.public_key_info()?;
    let extensions = [
        extension::basic_constraints(true),
        extension::key_usage(KeyUsages::KeyCertSign | KeyUsages::CRLSign),
        extension::subject_key_identifier(&public_key_info),
        extension::authority_key_identifier(&issuer_key_info),
    ];
    let extensions: der::Result<Vec<_>> = extensions.into_iter().collect();
    Ok(Contents {
        version: Version::V3,
        serial: Serial::random()?,
        issuer: issuer.clone(),
        subject: subject.clone(),
        not_before: now - 86_400,
        not_after: now + 10 * YEAR,
        public_key_info,
        extensions: extensions.map_err(unencodable)?,
    })
}

/// A name in RFC 4514's form; the empty text is the empty name.
pub(super) fn name(text: &str) -> Result<Name> {
    let parsed = if text.is_empty() {
        Ok(Name::default())
    } else {
        Name::from_str(text)
    };
    let parsed = parsed.and_then(|name| name.to_der().map(|_| name));
    parsed.map_err(|_| {
        Error::new(
            ErrorCode::OptionInvalid,
            "the subject is not a distinguished name",
        )
        .with_hint("write it as in `CN=build-7,O=Example Corp`")
    })
}
