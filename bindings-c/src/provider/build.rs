//! From a configuration to a provider.

use super::ProviderHandle;
use crate::config::ConfigHandle;
use crate::transport::{Carrier, NoTransport};
use rolesanywhere::Transport;
use rolesanywhere::core::config::Options;
use rolesanywhere::core::error::Result;
use rolesanywhere::provider::ProviderBuilder;
use std::sync::Arc;

pub(super) fn provider(config: &ConfigHandle, carrier: Option<Carrier>) -> Result<ProviderHandle> {
    let options = config.resolve()?;
    // What is wrong with the request is told before what is wrong with the identity.
    options.create_session()?;
    let identity = config.identity_source(&options)?;
    let (transport, has_transport): (Arc<dyn Transport>, bool) = match carrier {
        Some(Carrier::Callback(transport)) => (transport, true),
        Some(Carrier::Nobody) => (Arc::new(NoTransport), false),
        None => (built_in(config, &options)?, true),
    };
    let builder = ProviderBuilder::from_options_with(&options, identity, transport)?;
    let provider = with_hooks(builder, config).build();
    Ok(ProviderHandle::new(provider, has_transport))
}

fn with_hooks(mut builder: ProviderBuilder, config: &ConfigHandle) -> ProviderBuilder {
    let hooks = &config.hooks;
    if let Some(log) = hooks.log.clone() {
        builder = builder.on_event(move |event| log(event));
    }
    if let Some(clock) = hooks.clock.clone() {
        builder = builder.clock(move || clock());
    }
    if let Some(jitter) = hooks.jitter.clone() {
        builder = builder.jitter(move || jitter());
    }
    builder
}

#[cfg(feature = "http")]
fn built_in(config: &ConfigHandle, options: &Options) -> Result<Arc<dyn Transport>> {
    use rolesanywhere::HttpTransport;
    use rolesanywhere::provider::http_options;

    let environment = |name: &str| config.variable(name);
    let transport = HttpTransport::new(http_options(options), &environment)?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "http"))]
fn built_in(_: &ConfigHandle, _: &Options) -> Result<Arc<dyn Transport>> {
    use rolesanywhere::core::error::{Error, ErrorCode};

    let message = "this library was built without a transport of its own";
    let hint = "give a transport made with rolesanywhere_transport_new";
    Err(Error::new(ErrorCode::FeatureUnavailable, message).with_hint(hint))
}
