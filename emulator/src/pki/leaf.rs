mod issued;

pub use issued::IssuedLeaf;

use super::alternative_name::AlternativeName;
use super::authority::name;
use super::certificate::{Contents, unencodable};
use super::extension;
use super::key::KeyPair;
use super::key_type::KeyType;
use super::pem;
use super::serial::Serial;
use super::signature::SignatureAlgorithm;
use crate::clock::Clock;
use rolesanywhere_core::error::Result;
use std::net::IpAddr;
use x509_cert::certificate::Version;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::KeyUsages;
use x509_cert::ext::pkix::name::GeneralNames;
use x509_cert::name::Name;

const DAY: i64 = 86_400;

/// What a leaf's `keyUsage` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum KeyUsage {
    /// `digitalSignature`, as the service asks.
    #[default]
    DigitalSignature,
    /// `keyEncipherment` alone, which the service refuses.
    KeyEncipherment,
    /// The extension is left out.
    Absent,
}

/// What kind of leaf to issue; the default is one the service accepts.
#[derive(Debug, Clone)]
pub struct LeafOptions {
    key_type: KeyType,
    public_key_info: Option<Vec<u8>>,
    subject: String,
    serial: Option<Serial>,
    issued_at: Option<i64>,
    /// Seconds from the time of issue.
    validity: (i64, i64),
    ca: bool,
    key_usage: KeyUsage,
    alternative_names: Vec<AlternativeName>,
    for_server: bool,
    signature: SignatureAlgorithm,
    version: Version,
}

impl LeafOptions {
    /// A P-256 leaf `CN=emulator-leaf,O=Example Corp`, valid from an hour ago for a year.
    #[must_use]
    pub fn new() -> Self {
        Self {
            key_type: KeyType::P256,
            public_key_info: None,
            subject: "CN=emulator-leaf,O=Example Corp".to_owned(),
            serial: None,
            issued_at: None,
            validity: (-3600, 365 * DAY),
            ca: false,
            key_usage: KeyUsage::DigitalSignature,
            alternative_names: Vec::new(),
            for_server: false,
            signature: SignatureAlgorithm::Usual,
            version: Version::V3,
        }
    }

    /// The kind of key to make.
    #[must_use]
    pub fn key_type(mut self, key_type: KeyType) -> Self {
        self.key_type = key_type;
        self
    }

    /// Issue for the public key in this PEM block `PUBLIC KEY` instead of a new key: for keys in a
    /// token, or of a kind that is not made here.
    ///
    /// # Errors
    /// `pem_malformed`
    pub fn public_key_pem(mut self, text: &str) -> Result<Self> {
        self.public_key_info = Some(pem::decode("PUBLIC KEY", text)?);
        Ok(self)
    }

    /// The subject in RFC 4514's form, such as `CN=build-7,O=Example Corp`; empty for none.
    #[must_use]
    pub fn subject(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// One more DNS name among the subject alternative names.
    #[must_use]
    pub fn dns_name(mut self, name: &str) -> Self {
        self.alternative_names
            .push(AlternativeName::Dns(name.to_owned()));
        self
    }

    /// One more URI among the subject alternative names, such as a SPIFFE ID.
    #[must_use]
    pub fn uri(mut self, uri: &str) -> Self {
        self.alternative_names
            .push(AlternativeName::Uri(uri.to_owned()));
        self
    }

    /// One more IP address among the subject alternative names.
    #[must_use]
    pub fn ip_address(mut self, address: IpAddr) -> Self {
        self.alternative_names.push(AlternativeName::Ip(address));
        self
    }

    /// One more directory name among the subject alternative names, in RFC 4514's form.
    #[must_use]
    pub fn directory_name(mut self, name: &str) -> Self {
        self.alternative_names
            .push(AlternativeName::Directory(name.to_owned()));
        self
    }

    /// For a TLS server: with the extended key usage `serverAuth`.
    #[must_use]
    pub fn for_server(mut self) -> Self {
        self.for_server = true;
        self
    }

    /// The serial number; random when not set.
    #[must_use]
    pub fn serial(mut self, serial: Serial) -> Self {
        self.serial = Some(serial);
        self
    }

    /// The time of issue in Unix seconds; the system's clock when not set.
    #[must_use]
    pub fn issued_at(mut self, unix_seconds: i64) -> Self {
        self.issued_at = Some(unix_seconds);
        self
    }

    /// Valid for so many days from the time of issue.
    #[must_use]
    pub fn days(mut self, days: u32) -> Self {
        self.validity.1 = i64::from(days) * DAY;
        self
    }

    /// Wrong: its validity ended a day before the time of issue.
    #[must_use]
    pub fn expired(mut self) -> Self {
        self.validity = (-31 * DAY, -DAY);
        self
    }

    /// Wrong: its validity begins a day after the time of issue.
    #[must_use]
    pub fn not_yet_valid(mut self) -> Self {
        self.validity = (DAY, 31 * DAY);
        self
    }

    /// Wrong: a CA certificate.
    #[must_use]
    pub fn ca(mut self) -> Self {
        self.ca = true;
        self
    }

    /// Another key usage, or none.
    #[must_use]
    pub fn key_usage(mut self, key_usage: KeyUsage) -> Self {
        self.key_usage = key_usage;
        self
    }

    /// Wrong: signed with SHA-1. The CA's key must be P-256.
    #[must_use]
    pub fn sha1(mut self) -> Self {
        self.signature = SignatureAlgorithm::EcdsaSha1;
        self
    }

    /// Wrong: X.509 version 1, which has no extensions.
    #[must_use]
    pub fn version_1(mut self) -> Self {
        self.version = Version::V1;
        self
    }

    pub(super) fn issue(
        &self,
        issuer: &Name,
        issuer_key: &KeyPair,
        chain: &[Vec<u8>],
    ) -> Result<IssuedLeaf> {
        let (key, public_key_info) = self.key()?;
        let now = self.issued_at.unwrap_or_else(|| Clock::system().now());
        let names = self.alternative_names.iter().map(AlternativeName::encode);
        let names = names.collect::<Result<Vec<_>>>()?;
        let issuer_key_info = issuer_key.public_key_info()?;
        let extensions = self.extensions(&public_key_info, &issuer_key_info, names);
        let serial = self.serial.clone().map_or_else(Serial::random, Ok)?;
        let contents = Contents {
            version: self.version,
            serial: serial.clone(),
            issuer: issuer.clone(),
            subject: name(&self.subject)?,
            not_before: now + self.validity.0,
            not_after: now + self.validity.1,
            public_key_info,
            extensions: extensions.map_err(unencodable)?,
        };
        let certificate = contents.sign(issuer_key, self.signature)?;
        Ok(IssuedLeaf {
            certificate,
            serial,
            key,
            chain: chain.to_vec(),
        })
    }

    fn key(&self) -> Result<(Option<KeyPair>, Vec<u8>)> {
        if let Some(public_key_info) = &self.public_key_info {
            return Ok((None, public_key_info.clone()));
        }
        let key = KeyPair::generate(self.key_type)?;
        let public_key_info = key.public_key_info()?;
        Ok((Some(key), public_key_info))
    }

    fn extensions(
        &self,
        key_info: &[u8],
        issuer_key_info: &[u8],
        names: GeneralNames,
    ) -> der::Result<Vec<Extension>> {
        if self.version == Version::V1 {
            return Ok(Vec::new());
        }
        let mut extensions = vec![extension::basic_constraints(self.ca)?];
        match self.key_usage {
            KeyUsage::DigitalSignature => {
                extensions.push(extension::key_usage(KeyUsages::DigitalSignature)?);
            }
            KeyUsage::KeyEncipherment => {
                extensions.push(extension::key_usage(KeyUsages::KeyEncipherment)?);
            }
            KeyUsage::Absent => {}
        }
        if self.for_server {
            extensions.push(extension::server_auth()?);
        }
        if !names.is_empty() {
            extensions.push(extension::subject_alternative_names(names)?);
        }
        extensions.push(extension::subject_key_identifier(key_info)?);
        extensions.push(extension::authority_key_identifier(issuer_key_info)?);
        Ok(extensions)
    }
}

impl Default for LeafOptions {
    fn default() -> Self {
        Self::new()
    }
}
