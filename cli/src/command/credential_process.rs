//! `credential-process`: one session, printed as the SDKs expect it.

use super::debug;
use crate::options::Options;
use crate::output;
use crate::report::Report;
use rolesanywhere::core::error::{Error, ErrorKind, Result};
use rolesanywhere::core::identity::Severity;
use rolesanywhere::{Event, HttpTransport, SourceReader, create_session, system_time};

pub(super) fn run(options: &Options<'_>, report: &Report) -> Result<()> {
    let create = options.create_session(report)?;
    let sources = options.identity()?;
    let transport = HttpTransport::new(options.connection()?, options.environment())?;
    let mut stdin = std::io::stdin().lock();
    let mut reader = SourceReader::new(options.environment()).with_standard_input(&mut stdin);
    let snapshot = sources.load(&mut reader)?;
    if options.switch("no-verify-ssl") {
        report.caution(
            "the service's TLS certificate is not verified (`--no-verify-ssl`): anyone on the \
             way can take the credentials",
        );
    }
    let debug = options.switch("debug");
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
    .map_err(|error| name_ignored_endpoint(error, options))?;
    let credentials = if options.switch("no-account-id") {
        credentials.without_account_id()
    } else {
        credentials
    };
    output::write(credentials.to_credential_process_json().as_bytes())
}

/// Somebody who redirects every AWS service by `AWS_ENDPOINT_URL` should learn why not this one.
fn name_ignored_endpoint(error: Error, options: &Options<'_>) -> Error {
    let is_redirected = options.given("endpoint").is_some();
    if error.kind() != ErrorKind::Transport
        || is_redirected
        || options.variable("AWS_ENDPOINT_URL").is_none()
    {
        return error;
    }
    error.with_hint(
        "AWS_ENDPOINT_URL is ignored here; set AWS_ENDPOINT_URL_ROLESANYWHERE or `--endpoint`",
    )
}
