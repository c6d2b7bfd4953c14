use super::yes;
use serde::{Deserialize, Serialize};

/// A certificate revocation list, imported for a trust anchor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Crl {
    /// Whether it is looked into.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The list in PEM: one block `X509 CRL`.
    pub crl_data: String,
}

impl Crl {
    /// An enabled list. Whose it is is checked when it is looked into: one that a certificate's issuer
    /// has not signed says nothing of that certificate.
    #[must_use]
    pub fn new(pem: &str) -> Self {
        Self {
            enabled: true,
            crl_data: pem.to_owned(),
        }
    }

    /// The same, not enabled.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }
}
