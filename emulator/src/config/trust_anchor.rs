use super::yes;
use serde::{Deserialize, Serialize};

/// A trust anchor: the CA certificates that leaves may chain to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct TrustAnchor {
    /// Its ARN, by id.
    pub trust_anchor_arn: String,
    /// Whether it may be used.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// One or more CA certificates in PEM, roots or intermediates.
    pub x509_certificate_data: String,
}

impl TrustAnchor {
    /// An enabled trust anchor. What the certificates are is checked when the emulator starts.
    #[must_use]
    pub fn new(arn: &str, certificate_pem: &str) -> Self {
        Self {
            trust_anchor_arn: arn.to_owned(),
            enabled: true,
            x509_certificate_data: certificate_pem.to_owned(),
        }
    }

    /// The same, not enabled.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }
}
