//! Options of the connection.

use super::Options;
use rolesanywhere::HttpOptions;
use rolesanywhere::core::error::Result;
use std::time::Duration;

/// The longest timeout that can be set, in seconds.
const LONGEST: u64 = 3600;

impl Options<'_> {
    /// How the transport connects.
    ///
    /// # Errors
    /// `option_invalid`
    pub(crate) fn connection(&self) -> Result<HttpOptions> {
        let mut options = HttpOptions::default()
            .with_client("cli")
            .with_verify(!self.switch("no-verify-ssl"));
        if let Some(timeout) = self.seconds("connect-timeout")? {
            options = options.with_connect_timeout(timeout);
        }
        if let Some(timeout) = self.seconds("timeout")? {
            options = options.with_total_timeout(timeout);
        }
        Ok(match self.given("ca-bundle") {
            Some(bundle) => options.with_ca_bundle(bundle.text.as_str(), bundle.origin),
            None => options,
        })
    }

    fn seconds(&self, name: &str) -> Result<Option<Duration>> {
        let Some(given) = self.given(name) else {
            return Ok(None);
        };
        match given.text.parse::<u64>() {
            Ok(seconds @ 1..=LONGEST) => Ok(Some(Duration::from_secs(seconds))),
            _ => Err(given.invalid("a number of seconds from 1 to 3600")),
        }
    }
}
