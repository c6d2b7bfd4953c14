//! Where certificate, key and chain come from.

use super::Settings;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::error::Result;
use rolesanywhere::provider::passphrase_source;
use rolesanywhere::{IdentitySources, Source};

impl Settings<'_> {
    /// Where certificate, key and chain come from.
    ///
    /// # Errors
    /// `option_missing` without a certificate, `feature_unavailable`
    pub(crate) fn identity(&self) -> Result<IdentitySources> {
        let mut sources = IdentitySources::new(self.source(OptionName::Certificate)?);
        if self.options().is_given(OptionName::PrivateKey) {
            sources = sources.with_private_key(self.source(OptionName::PrivateKey)?);
        }
        if self.options().is_given(OptionName::Intermediates) {
            sources = sources.with_intermediates(self.source(OptionName::Intermediates)?);
        }
        if let Some(passphrase) = passphrase_source(self.options())? {
            sources = sources.with_passphrase(passphrase);
        }
        Ok(sources)
    }

    /// The source that an option names.
    ///
    /// # Errors
    /// `option_missing`, `feature_unavailable`
    pub(crate) fn source(&self, name: OptionName) -> Result<Source> {
        match (self.options().text(name), self.options().origin(name)) {
            (Some(text), Some(origin)) => Source::parse(text, origin.name().to_owned()),
            _ => Err(Self::missing(name)),
        }
    }
}
