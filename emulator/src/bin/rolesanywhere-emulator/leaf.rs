use crate::unusable;
use clap::Args;
use rolesanywhere_core::error::{ErrorCode, Result};
use rolesanywhere_emulator::pki::{KeyType, KeyUsage, LeafOptions, Serial};
use std::path::PathBuf;

/// What makes a leaf wrong.
type Wrong = fn(LeafOptions) -> LeafOptions;

/// What the leaf is to be like.
#[derive(Debug, Args)]
pub(crate) struct LeafArguments {
    /// The leaf's key: rsa2048, rsa3072, rsa4096, rsa8192, p256, p384, p521, ml-dsa-44, ml-dsa-65,
    /// ml-dsa-87, or ed25519, which the service does not take
    #[arg(long, default_value = "p256")]
    key_type: KeyType,
    /// Issue for the public key in this PEM file (`openssl pkey -pubout`) instead of a new key
    #[arg(long, value_name = "FILE", conflicts_with = "key_type")]
    public_key: Option<PathBuf>,
    /// The subject, such as CN=build-7,O=Example
    #[arg(long)]
    subject: Option<String>,
    /// A DNS name among the subject alternative names; may be repeated
    #[arg(long, value_name = "NAME")]
    dns: Vec<String>,
    /// A URI among the subject alternative names; may be repeated
    #[arg(long, value_name = "URI")]
    uri: Vec<String>,
    /// The serial number, decimal or 0x and hexadecimal; random when left out
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    serial: Option<Serial>,
    /// Valid for so many days
    #[arg(long, conflicts_with_all = ["expired", "not_yet_valid"])]
    days: Option<u32>,
    /// Wrong: its validity has ended
    #[arg(long, conflicts_with = "not_yet_valid")]
    expired: bool,
    /// Wrong: its validity has not begun
    #[arg(long)]
    not_yet_valid: bool,
    /// Wrong: a CA certificate
    #[arg(long)]
    ca: bool,
    /// Wrong: a keyUsage without digitalSignature
    #[arg(long, conflicts_with = "no_key_usage")]
    no_digital_signature: bool,
    /// Without keyUsage
    #[arg(long)]
    no_key_usage: bool,
    /// Wrong: signed with SHA-1
    #[arg(long)]
    sha1: bool,
    /// Wrong: without a subject
    #[arg(long, conflicts_with = "subject")]
    empty_subject: bool,
    /// Wrong: X.509 version 1
    #[arg(long)]
    v1: bool,
}

impl LeafArguments {
    pub(crate) fn options(&self) -> Result<LeafOptions> {
        let mut options = LeafOptions::new().key_type(self.key_type);
        if let Some(path) = &self.public_key {
            let unreadable = |error| unusable(ErrorCode::FileUnreadable, path, error);
            let text = std::fs::read_to_string(path).map_err(unreadable)?;
            options = options.public_key_pem(&text)?;
        }
        if let Some(subject) = &self.subject {
            options = options.subject(subject);
        }
        for name in &self.dns {
            options = options.dns_name(name);
        }
        for uri in &self.uri {
            options = options.uri(uri);
        }
        if let Some(serial) = &self.serial {
            options = options.serial(serial.clone());
        }
        if let Some(days) = self.days {
            options = options.days(days);
        }
        if self.no_digital_signature {
            options = options.key_usage(KeyUsage::KeyEncipherment);
        }
        if self.no_key_usage {
            options = options.key_usage(KeyUsage::Absent);
        }
        let wrongs: [(bool, Wrong); 6] = [
            (self.expired, LeafOptions::expired),
            (self.not_yet_valid, LeafOptions::not_yet_valid),
            (self.ca, LeafOptions::ca),
            (self.sha1, LeafOptions::sha1),
            (self.empty_subject, |options| options.subject("")),
            (self.v1, LeafOptions::version_1),
        ];
        let asked = wrongs.into_iter().filter(|(asked, _)| *asked);
        Ok(asked.fold(options, |options, (_, wrong)| wrong(options)))
    }
}
