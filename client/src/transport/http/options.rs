//! What the built-in transport may be told.

use std::borrow::Cow;
use std::time::Duration;

/// How the built-in transport connects.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    pub(super) connect_timeout: Duration,
    pub(super) total_timeout: Duration,
    pub(super) ca_bundle: Option<(String, Cow<'static, str>)>,
    pub(super) verify: bool,
    pub(super) client: Cow<'static, str>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(30),
            ca_bundle: None,
            verify: true,
            client: Cow::Borrowed("library"),
        }
    }
}

impl HttpOptions {
    /// How long connecting may take, proxy and TLS handshake included; 5 seconds unless set.
    ///
    /// The system's name resolution has its own time limits.
    #[must_use]
    pub const fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long the whole exchange may take, from name resolution to the reply's last byte;
    /// 30 seconds unless set.
    #[must_use]
    pub const fn with_total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// A PEM file whose certificates are trusted instead of the system's; `option` is what named it.
    #[must_use]
    pub fn with_ca_bundle(
        mut self,
        path: impl Into<String>,
        option: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.ca_bundle = Some((path.into(), option.into()));
        self
    }

    /// Whether the service's TLS certificate is verified. Without, anyone on the way can answer.
    #[must_use]
    pub const fn with_verify(mut self, verify: bool) -> Self {
        self.verify = verify;
        self
    }

    /// One word for the `User-Agent`, saying which program asks.
    #[must_use]
    pub fn with_client(mut self, client: impl Into<Cow<'static, str>>) -> Self {
        self.client = client.into();
        self
    }
}
