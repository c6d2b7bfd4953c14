//! An identity: the end-entity certificate, its chain, and what must hold before it is used.

mod finding;
mod findings;
mod load;

pub use finding::{Finding, Severity};
pub use load::{LoadFailure, Loaded, load_identity, load_parts};

use crate::error::Result;
use crate::signing::{Backend, KeyAlgorithm, PublicKey, SigningAlgorithm, SigningKey};
use crate::time::Timestamp;
use crate::x509::Certificate;
use crate::x509::chain::{self, Chain};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// The end-entity certificate and its intermediates, ordered as `X-Amz-X509-Chain` wants them.
///
/// Self-signed roots, duplicates and other end-entity certificates are left out of the chain; what
/// links to nothing stays in it, at its end, and is a finding. The leaf's key is of an algorithm that the service takes. What else may be wrong with the
/// certificates is for [`findings`](Self::findings) to say.
///
/// # Examples
/// ```
/// use rolesanywhere_core::{Identity, SigningAlgorithm, Timestamp};
///
/// let identity = Identity::from_pem(include_bytes!("../tests/data/certificates/leaf.pem"), None)?;
/// assert_eq!(identity.algorithm(), SigningAlgorithm::EcdsaSha256);
/// assert_eq!(identity.subject(), "CN=leaf,O=Example,C=DE");
/// assert_eq!(identity.serial_number(), "258");
/// assert_eq!(identity.chain_der().count(), 0);
///
/// let during_its_validity = Timestamp::parse_rfc3339("2030-01-01T00:00:00Z")?;
/// assert!(identity.check(during_its_validity, None).is_ok());
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Identity {
    leaf: Certificate,
    public_key: PublicKey,
    chain: Chain,
}

impl Identity {
    /// Reads the leaf (and any chain) from PEM or DER.
    ///
    /// The leaf is the only certificate of the first input that issued none of the others in it;
    /// what else there is belongs to the chain. Private keys and other blocks are skipped.
    ///
    /// # Errors
    /// `certificate_missing`, `certificate_malformed`, `leaf_ambiguous`, `chain_too_long`;
    /// `key_algorithm_unsupported` and `key_too_small` for the leaf's key; and those of
    /// [`pem::blocks`](crate::pem::blocks).
    pub fn from_pem(certificate: &[u8], chain: Option<&[u8]>) -> Result<Self> {
        let mut certificates = chain::distinct(Certificate::all_from_pem(certificate)?);
        let leaf = chain::end_entity(&certificates)?.clone();
        if let Some(chain) = chain {
            certificates.extend(Certificate::all_from_pem(chain)?);
        }
        let public_key = leaf.public_key()?;
        Self::new(leaf, public_key, certificates)
    }

    /// `given` may hold the leaf and anything else: [`Chain::new`] tells.
    fn new(leaf: Certificate, public_key: PublicKey, given: Vec<Certificate>) -> Result<Self> {
        let chain = Chain::new(&leaf, given)?;
        Ok(Self {
            leaf,
            public_key,
            chain,
        })
    }

    /// Everything that the clock, the key or the service's documented rules say against it.
    ///
    /// Checked are (IAM Roles Anywhere user guide, "Trust model" and "Signing process"):
    /// the key belongs to the leaf, where one is given; the leaf is no CA, is of version 3, is
    /// signed with SHA-256 or stronger, may sign, has a subject, and is valid at `now`; the chain
    /// links up by names and key identifiers; what becomes of the names in a session. Not checked
    /// are signatures of certificates, which [`findings_with`](Self::findings_with) verifies, and
    /// whether a trust anchor would accept them: that the service says.
    ///
    /// Findings come in a fixed order, which is that of specificity: one that explains others comes
    /// before them, and what depends on the clock comes last.
    #[must_use]
    pub fn findings(&self, now: Timestamp, key: Option<&dyn SigningKey>) -> Vec<Finding> {
        findings::all(self, now, key, None)
    }

    /// The same, with the signatures between leaf and chain verified by a backend.
    ///
    /// One that does not hold is `chain_signature_invalid`. The note `chain_signature_unchecked`
    /// is left where the backend does not know the algorithm. The signature of the trust anchor,
    /// above the chain, nobody can verify without it.
    #[must_use]
    pub fn findings_with(
        &self,
        now: Timestamp,
        key: Option<&dyn SigningKey>,
        backend: &dyn Backend,
    ) -> Vec<Finding> {
        findings::all(self, now, key, Some(backend))
    }

    /// The most specific error among the [findings](Self::findings): the first one.
    ///
    /// # Errors
    /// `certificate_is_ca`, `key_mismatch`, `certificate_version`, `certificate_signature_weak`,
    /// `certificate_key_usage`, `certificate_subject_empty`, `chain_unlinked`,
    /// `certificate_expired`, `certificate_not_yet_valid`; in this order
    pub fn check(&self, now: Timestamp, key: Option<&dyn SigningKey>) -> Result<()> {
        let mut findings = self.findings(now, key).into_iter();
        match findings.find(|finding| finding.severity == Severity::Error) {
            Some(finding) => Err(finding.error),
            None => Ok(()),
        }
    }

    /// The leaf's serial number in decimal, however long.
    #[must_use]
    pub fn serial_number(&self) -> &str {
        self.leaf.serial_number()
    }

    /// The leaf's public key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The algorithm of the leaf's public key.
    #[must_use]
    pub const fn key_algorithm(&self) -> KeyAlgorithm {
        self.public_key.algorithm()
    }

    /// The SigV4 token, from the leaf's public key.
    #[must_use]
    pub const fn algorithm(&self) -> SigningAlgorithm {
        self.key_algorithm().signing_algorithm()
    }

    /// The leaf's subject as RFC 4514 prints it.
    #[must_use]
    pub fn subject(&self) -> String {
        self.leaf.subject().to_string()
    }

    /// The leaf's issuer as RFC 4514 prints it.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.leaf.issuer().to_string()
    }

    /// The first second of the leaf's validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        self.leaf.not_before()
    }

    /// The last second of the leaf's validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.leaf.not_after()
    }

    /// The leaf's DER.
    #[must_use]
    pub fn certificate_der(&self) -> &[u8] {
        self.leaf.der()
    }

    /// The DER of each intermediate, the leaf's issuer first.
    pub fn chain_der(&self) -> impl Iterator<Item = &[u8]> {
        self.chain.certificates().iter().map(Certificate::der)
    }

    /// The issuer of the last certificate that links to the leaf, or the leaf's own: the subject
    /// that the trust anchor's certificate, or one below it, has to have.
    #[must_use]
    pub fn topmost_issuer(&self) -> &str {
        let topmost = self.chain.linked().last().unwrap_or(&self.leaf);
        topmost.issuer().as_str()
    }

    /// The leaf.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.leaf
    }
}

#[cfg(test)]
mod tests;
