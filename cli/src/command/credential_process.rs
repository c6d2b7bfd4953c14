//! `credential-process`: one session, printed as the SDKs expect it.

use super::debug;
use crate::output;
use crate::report::Report;
use crate::settings::Settings;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::error::{Error, ErrorKind, Result};
use rolesanywhere::core::identity::Severity;
use rolesanywhere::{Event, HttpTransport, SourceReader, create_session, system_time};

pub(super) fn run(settings: &Settings<'_>, report: &Report) -> Result<()> {
    let options = settings.options();
    let create = options.create_session()?;
    let sources = settings.identity()?;
    let transport = HttpTransport::new(settings.connection()?, settings.environment())?;
    let mut stdin = std::io::stdin().lock();
    let mut reader = SourceReader::new(settings.environment()).with_standard_input(&mut stdin);
    let snapshot = sources.load(&mut reader)?;
    if !options.flag(OptionName::Verify) {
        report.caution(
            "the service's TLS certificate is not verified (`--no-verify-ssl`): anyone on the \
             way can take the credentials",
        );
    }
    let debug = settings.switch("debug");
    let credentials = create_session(&create, &snapshot, &transport, &system_time, &mut |event| {
        if debug {
            debug::show(&event, report);
        }
        if let Event::Finding(finding) = event
            && (finding.severity != Severity::Note || debug)
        {
            report.warn(&finding.error);
        }
    })
    .map_err(|error| name_ignored_endpoint(error, settings))?;
    let credentials = if options.flag(OptionName::AccountId) {
        credentials
    } else {
        credentials.without_account_id()
    };
    output::write(credentials.to_credential_process_json().as_bytes())
}

/// Somebody who redirects every AWS service by `AWS_ENDPOINT_URL` should learn why not this one.
fn name_ignored_endpoint(error: Error, settings: &Settings<'_>) -> Error {
    let is_redirected = settings.options().is_given(OptionName::Endpoint);
    let global = (settings.environment())("AWS_ENDPOINT_URL").unwrap_or_default();
    if error.kind() != ErrorKind::Transport || is_redirected || global.is_empty() {
        return error;
    }
    error.with_hint(
        "AWS_ENDPOINT_URL is ignored here; set AWS_ENDPOINT_URL_ROLESANYWHERE or `--endpoint`",
    )
}
