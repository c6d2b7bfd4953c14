//! Where a certificate or a key comes from.

use super::Settings;
use rolesanywhere::Source;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::error::Result;

impl Settings<'_> {
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
