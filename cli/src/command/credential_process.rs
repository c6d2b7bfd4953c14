//! `credential-process`: one session, printed as the SDKs expect it.

use super::watch::Watch;
use crate::output;
use crate::passphrase;
use crate::report::Report;
use crate::settings::Settings;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::error::{Error, ErrorKind, Result};
use rolesanywhere::provider::identity_sources;
use rolesanywhere::{HttpTransport, IdentityFiles, Provider};
use std::sync::Arc;

pub(super) fn run(settings: &Settings<'_>, report: &Report) -> Result<()> {
    let options = settings.options();
    let create = options.create_session()?;
    let identity = identity_sources(options)?;
    let transport = HttpTransport::new(settings.connection()?, settings.environment())?;
    let identity = identity.with_standard_input(&mut std::io::stdin().lock())?;
    if !options.flag(OptionName::Verify) {
        report.caution(
            "the service's TLS certificate is not verified (`--no-verify-ssl`): anyone on the \
             way can take the credentials",
        );
    }
    let identity = passphrase::opened(IdentityFiles::new(identity), options)?;
    let identity = Arc::new(identity);
    let watch = Arc::new(Watch::new(*report, settings.switch("debug")));
    let watch_events = Arc::clone(&watch);
    let credentials = Provider::builder(create, identity, Arc::new(transport))
        .account_id(options.flag(OptionName::AccountId) && !settings.persona().is_helper())
        .on_step(move |step| watch.step(step))
        .on_event(move |event| watch_events.event(event))
        .build()
        .credentials()
        .map_err(|error| name_ignored_endpoint(error, settings))?;
    output::write(credentials.to_credential_process_json().as_bytes())
}

/// Somebody who redirects every AWS service by `AWS_ENDPOINT_URL` should learn why not this one.
fn name_ignored_endpoint(error: Error, settings: &Settings<'_>) -> Error {
    let is_redirected = settings.options().is_given(OptionName::Endpoint);
    let global = (settings.environment())("AWS_ENDPOINT_URL").unwrap_or_default();
    let is_told = error.kind() == ErrorKind::Transport && !settings.persona().is_helper();
    if !is_told || is_redirected || global.is_empty() {
        return error;
    }
    error.with_hint(
        "AWS_ENDPOINT_URL is ignored here; set AWS_ENDPOINT_URL_ROLESANYWHERE or `--endpoint`",
    )
}
