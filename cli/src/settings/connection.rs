//! How the transport connects.

use super::{Settings, given};
use crate::flags;
use rolesanywhere::HttpOptions;
use rolesanywhere::core::error::Result;
use rolesanywhere::provider::http_options;
use std::time::Duration;

/// The longest timeout that can be set, in seconds.
const LONGEST: u64 = 3600;

impl Settings<'_> {
    /// How the transport connects.
    ///
    /// # Errors
    /// `option_invalid`
    pub(crate) fn connection(&self) -> Result<HttpOptions> {
        let mut connection = http_options(self.options()).with_client("cli");
        if let Some(timeout) = self.seconds("connect-timeout")? {
            connection = connection.with_connect_timeout(timeout);
        }
        if let Some(timeout) = self.seconds("timeout")? {
            connection = connection.with_total_timeout(timeout);
        }
        Ok(connection)
    }

    /// A number of seconds, from its flag or else from its variable.
    fn seconds(&self, name: &str) -> Result<Option<Duration>> {
        let variable = flags::find(name).and_then(|flag| flag.variable);
        let (text, origin) = match (self.flags.text(name), variable) {
            (Some(text), _) => (text.to_owned(), format!("--{name}")),
            (None, Some(variable)) => match (self.environment)(variable) {
                Some(text) if !text.is_empty() => (text, variable.to_owned()),
                _ => return Ok(None),
            },
            (None, None) => return Ok(None),
        };
        match text.parse() {
            Ok(seconds @ 1..=LONGEST) => Ok(Some(Duration::from_secs(seconds))),
            _ => Err(given::invalid(
                &text,
                &origin,
                "a number of seconds from 1 to 3600",
            )),
        }
    }
}
