//! From resolved options to a provider.

#[cfg(feature = "http")]
use super::{IdentityFiles, Provider};
use super::{IdentitySource, ProviderBuilder};
#[cfg(feature = "http")]
use crate::environment::Environment;
use crate::snapshot::IdentitySources;
use crate::source::Source;
use crate::transport::Transport;
#[cfg(feature = "http")]
use crate::transport::{HttpOptions, HttpTransport};
use rolesanywhere_core::config::{OptionName, Options};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::sync::Arc;
use zeroize::Zeroizing;

#[cfg(feature = "http")]
impl Provider {
    /// The provider that resolved options describe, with the built-in transport.
    ///
    /// `environment` is asked for proxies and CA bundle; what an `env:` source names is looked up in
    /// the process's own environment at each refresh.
    ///
    /// # Errors
    /// - those of [`Options::create_session`]
    /// - `feature_unavailable` for a source that this version does not read, and
    ///   where a callable was given: hosts pass that with
    ///   [`ProviderBuilder::from_options_with`]
    /// - `option_invalid` for a proxy that cannot be read
    ///
    /// # Examples
    /// ```
    /// use rolesanywhere::core::config::{Sources, Vocabulary, resolve};
    /// use rolesanywhere::{Provider, process_environment};
    ///
    /// let options = resolve(&Sources {
    ///     vocabulary: Vocabulary::SnakeCase,
    ///     arguments: &[],
    ///     environment: &[("ROLESANYWHERE_CERTIFICATE", "leaf.pem")],
    ///     config_file: None,
    ///     ambient_profile: None,
    /// })?;
    /// let error = Provider::from_options(&options, &process_environment).unwrap_err();
    /// assert_eq!(error.code().as_str(), "option_missing");
    /// # Ok::<(), rolesanywhere::core::Error>(())
    /// ```
    pub fn from_options(options: &Options, environment: &Environment<'_>) -> Result<Self> {
        Ok(ProviderBuilder::from_options(options, environment)?.build())
    }
}

impl ProviderBuilder {
    /// As [`Provider::from_options`], to be furnished further.
    ///
    /// # Errors
    /// As [`Provider::from_options`]
    #[cfg(feature = "http")]
    pub fn from_options(options: &Options, environment: &Environment<'_>) -> Result<Self> {
        // What is wrong with the request is told before what is wrong with the identity.
        options.create_session()?;
        let identity = Arc::new(IdentityFiles::new(identity_sources(options)?));
        let transport = Arc::new(HttpTransport::new(http_options(options), environment)?);
        Self::from_options_with(options, identity, transport)
    }

    /// The same with an identity and a transport of the host's: an option `identity` or `sign`, or
    /// bytes, are its own to read.
    ///
    /// # Errors
    /// Those of [`Options::create_session`]
    pub fn from_options_with(
        options: &Options,
        identity: Arc<dyn IdentitySource>,
        transport: Arc<dyn Transport>,
    ) -> Result<Self> {
        let create = options.create_session()?;
        let account_id = options.flag(OptionName::AccountId);
        Ok(Self::new(create, identity, transport).account_id(account_id))
    }
}

/// Where certificate, key and chain come from.
///
/// # Errors
/// `option_missing`, `feature_unavailable`
pub fn identity_sources(options: &Options) -> Result<IdentitySources> {
    for name in [OptionName::Sign, OptionName::Identity] {
        if let Some(origin) = options.origin(name) {
            let message = format!("{origin} is not available here");
            return Err(Error::new(ErrorCode::FeatureUnavailable, message));
        }
    }
    identity_sources_with(options, &|_| None)
}

/// The same with what the host was given as bytes; an option `sign` or `identity` is its own to see
/// to.
///
/// # Errors
/// `option_missing`, `feature_unavailable`
pub fn identity_sources_with(options: &Options, bytes: &GivenBytes<'_>) -> Result<IdentitySources> {
    let given = |name| match bytes(name) {
        Some(content) => Ok(Some(Source::bytes(content, written(options, name)))),
        None => source(options, name),
    };
    let certificate = given(OptionName::Certificate)?.ok_or_else(|| {
        let message = "no certificate is given as text or path";
        Error::new(ErrorCode::OptionMissing, message)
    })?;
    let mut sources = IdentitySources::new(certificate);
    if let Some(private_key) = given(OptionName::PrivateKey)? {
        sources = sources.with_private_key(private_key);
    }
    if let Some(intermediates) = given(OptionName::Intermediates)? {
        sources = sources.with_intermediates(intermediates);
    }
    let name = OptionName::PrivateKeyPassphrase;
    let passphrase = match bytes(name) {
        Some(content) => Some(Source::bytes(content, written(options, name))),
        None => passphrase_source(options)?,
    };
    if let Some(passphrase) = passphrase {
        sources = sources.with_passphrase(passphrase);
    }
    Ok(sources)
}

/// The bytes that a host keeps for an option, which core knows as [`Value::Opaque`] only.
///
/// [`Value::Opaque`]: rolesanywhere_core::config::Value::Opaque
pub type GivenBytes<'a> = dyn Fn(OptionName) -> Option<Zeroizing<Vec<u8>>> + 'a;

/// What opens the private key or the PKCS#12 file, for [`SourceReader::read_passphrase`].
///
/// [`SourceReader::read_passphrase`]: crate::SourceReader::read_passphrase
///
/// # Errors
/// `feature_unavailable`
pub fn passphrase_source(options: &Options) -> Result<Option<Source>> {
    let name = OptionName::PrivateKeyPassphrase;
    match options.text(name) {
        Some(text) => {
            let content = Zeroizing::new(text.as_bytes().to_vec());
            Ok(Some(Source::bytes(content, written(options, name))))
        }
        None => source(options, OptionName::PrivateKeyPassphraseSource),
    }
}

/// How the built-in transport connects.
#[cfg(feature = "http")]
#[must_use]
pub fn http_options(options: &Options) -> HttpOptions {
    let http = HttpOptions::default().with_verify(options.flag(OptionName::Verify));
    match options.text(OptionName::CaBundle) {
        Some(path) => http.with_ca_bundle(path, written(options, OptionName::CaBundle)),
        None => http,
    }
}

fn source(options: &Options, name: OptionName) -> Result<Option<Source>> {
    let text = options.text(name);
    text.map(|text| Source::parse(text, written(options, name)))
        .transpose()
}

/// The option as the user wrote it.
fn written(options: &Options, name: OptionName) -> String {
    let origin = options.origin(name);
    origin
        .map_or(name.as_str(), |origin| origin.name())
        .to_owned()
}
