use crate::pki::key::KeyPair;
use crate::pki::pem;
use crate::pki::serial::Serial;
use rolesanywhere_core::error::Result;

/// A leaf with its key and its chain.
#[derive(Debug)]
pub struct IssuedLeaf {
    pub(super) certificate: Vec<u8>,
    pub(super) serial: Serial,
    pub(super) key: Option<KeyPair>,
    pub(super) chain: Vec<Vec<u8>>,
}

impl IssuedLeaf {
    /// The leaf's certificate in PEM.
    #[must_use]
    pub fn certificate_pem(&self) -> String {
        pem::encode("CERTIFICATE", &self.certificate).unwrap_or_default()
    }

    /// The leaf's certificate in DER.
    #[must_use]
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }

    /// The leaf's serial number.
    #[must_use]
    pub fn serial(&self) -> &Serial {
        &self.serial
    }

    /// The leaf's private key as PKCS#8 in PEM; empty when it was issued for a public key.
    ///
    /// # Errors
    /// `internal` when the key cannot be written.
    pub fn private_key_pem(&self) -> Result<String> {
        self.key
            .as_ref()
            .map_or_else(|| Ok(String::new()), KeyPair::to_pem)
    }

    /// The intermediates between leaf and root in PEM, leaf's issuer first; empty below a root.
    #[must_use]
    pub fn chain_pem(&self) -> String {
        let blocks = self.chain.iter().map(|der| pem::encode("CERTIFICATE", der));
        blocks.map(Result::unwrap_or_default).collect()
    }
}
