use super::{Crl, yes};
use serde::{Deserialize, Serialize};

/// A trust anchor: the CA certificates that leaves may chain to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct TrustAnchor {
    /// Its ARN, by id.
    pub trust_anchor_arn: String,
    /// Names it may also be asked for by, as in `…:alias/trust-anchor/NAME`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Whether it may be used.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// One or more CA certificates in PEM, roots or intermediates.
    pub x509_certificate_data: String,
    /// The revocation lists imported for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crls: Vec<Crl>,
}

impl TrustAnchor {
    /// An enabled trust anchor. What the certificates are is checked when the emulator starts.
    #[must_use]
    pub fn new(arn: &str, certificate_pem: &str) -> Self {
        Self {
            trust_anchor_arn: arn.to_owned(),
            aliases: Vec::new(),
            enabled: true,
            x509_certificate_data: certificate_pem.to_owned(),
            crls: Vec::new(),
        }
    }

    /// One more name it may be asked for by.
    #[must_use]
    pub fn alias(mut self, name: &str) -> Self {
        self.aliases.push(name.to_owned());
        self
    }

    /// Imports one more revocation list.
    #[must_use]
    pub fn crl(mut self, crl: Crl) -> Self {
        self.crls.push(crl);
        self
    }

    /// The same, not enabled.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }
}
