//! Options of the identity.

use super::Options;
use rolesanywhere::core::error::Result;
use rolesanywhere::{IdentitySources, Source};

impl Options<'_> {
    /// Where certificate, key and chain come from.
    ///
    /// # Errors
    /// `option_missing` without a certificate, `feature_unavailable`
    pub(crate) fn identity(&self) -> Result<IdentitySources> {
        let certificate = self.required("certificate")?;
        let certificate = Source::parse(&certificate.text, certificate.origin)?;
        let mut sources = IdentitySources::new(certificate);
        if let Some(private_key) = self.source("private-key")? {
            sources = sources.with_private_key(private_key);
        }
        if let Some(intermediates) = self.source("intermediates")? {
            sources = sources.with_intermediates(intermediates);
        }
        Ok(sources)
    }

    /// The source that a flag or its variable names.
    ///
    /// # Errors
    /// `feature_unavailable`
    fn source(&self, name: &str) -> Result<Option<Source>> {
        self.given(name)
            .map(|given| Source::parse(&given.text, given.origin))
            .transpose()
    }
}
