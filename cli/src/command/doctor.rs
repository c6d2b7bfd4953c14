//! `doctor`: what is wrong, before AWS says `AccessDenied`, and what AWS says.

mod json;
mod network;
mod record;
mod service;
mod surroundings;
mod text;

use super::now;
use crate::output;
use crate::passphrase;
use crate::report::Report;
use crate::settings::Settings;
use clap::ArgMatches;
use record::{Asked, Record, Topic};
use rolesanywhere::core::CreateSession;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::{Error, Result};
use rolesanywhere::core::identity::{Finding, Identity, Severity};
use rolesanywhere::provider::identity_sources;
use rolesanywhere::{
    Environment, HttpTransport, IdentityFiles, IdentitySource, Snapshot, SourceReader,
};
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;

/// Examines everything and prints it; the exit status is that of the first thing that is wrong.
pub(super) fn run(settings: &Settings<'_>, report: &Report) -> Result<ExitCode> {
    let format = settings.choice("output", &["text", "json"])?;
    let record = examine(settings)?;
    let is_coloured = is_coloured(settings.environment());
    print(&record, format == Some("json"), is_coloured, report)
}

/// The same where the options cannot be put together: then that is all there is to say.
pub(super) fn refuse(
    error: Error,
    matches: &ArgMatches,
    environment: &Environment<'_>,
    report: &Report,
) -> Result<ExitCode> {
    let is_json = matches
        .get_one::<String>("output")
        .is_some_and(|it| it == "json");
    let mut record = Record::default();
    record.found(Topic::Options, Finding::new(Severity::Error, error));
    print(&record, is_json, is_coloured(environment), report)
}

fn print(record: &Record, is_json: bool, is_coloured: bool, report: &Report) -> Result<ExitCode> {
    let text = match is_json {
        true => json::render(record, report),
        false => text::render(record, is_coloured),
    };
    output::write(text.as_bytes())?;
    Ok(match record.first_error() {
        Some(error) => report.status(error),
        None => ExitCode::SUCCESS,
    })
}

fn examine(settings: &Settings<'_>) -> Result<Record> {
    let mut record = Record::new(settings);
    for finding in surroundings::shadows(settings) {
        record.found(Topic::Surroundings, finding);
    }
    let session = record.kept(Topic::Options, settings.options().create_session());
    for finding in session.iter().flat_map(CreateSession::findings) {
        record.found(Topic::Options, finding);
    }
    let looked_up = look_up_identity(settings, &mut record)?;
    if let (Some(session), Some(identity)) = (&session, looked_up.identity()) {
        record.preview = Some(session.preview(identity));
    }
    let Some(session) = session else {
        return Ok(record);
    };
    if settings.switch("offline") {
        record.asked = Asked::Not("`--offline` was given");
        return Ok(record);
    }
    let Some(transport) = record.kept(Topic::Options, transport(settings)) else {
        return Ok(record);
    };
    let offset = network::reach(&transport, &session, &mut record)?;
    record.asked = match looked_up.usable(&record) {
        Some(snapshot) => service::ask(&transport, &session, snapshot, offset, &mut record),
        None => Asked::Not("the identity above has to be mended first"),
    };
    Ok(record)
}

fn transport(settings: &Settings<'_>) -> Result<HttpTransport> {
    HttpTransport::new(settings.connection()?, settings.environment())
}

/// What could be read: everything, or the certificate without its key.
enum LookedUp {
    Whole(Arc<Snapshot>),
    CertificateAlone(Box<Identity>),
    Nothing,
}

impl LookedUp {
    fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Whole(snapshot) => Some(&snapshot.identity),
            Self::CertificateAlone(identity) => Some(identity),
            Self::Nothing => None,
        }
    }

    /// The same as for every other command: what a wrong clock may excuse is sent.
    fn usable(&self, record: &Record) -> Option<&Snapshot> {
        match self {
            Self::Whole(snapshot) if !record.is_identity_refused() => Some(snapshot),
            _ => None,
        }
    }
}

fn look_up_identity(settings: &Settings<'_>, record: &mut Record) -> Result<LookedUp> {
    let options = settings.options();
    // What is missing is among what CreateSession says of the options.
    if !options.is_given(OptionName::Certificate) {
        return Ok(LookedUp::Nothing);
    }
    let sources = identity_sources(options)
        .and_then(|sources| sources.with_standard_input(&mut std::io::stdin().lock()));
    let Some(sources) = record.kept(Topic::Identity, sources) else {
        return Ok(LookedUp::Nothing);
    };
    let permissions = sources.private_key().private_key_permissions();
    let files = IdentityFiles::new(sources);
    let snapshot = passphrase::opened(files, options).and_then(|files| files.snapshot());
    let looked_up = match record.kept(Topic::Identity, snapshot) {
        Some(snapshot) => LookedUp::Whole(snapshot),
        None => certificate_alone(settings),
    };
    let now = now()?;
    let findings = match &looked_up {
        LookedUp::Whole(snapshot) => {
            let key = Some(snapshot.key.as_ref());
            snapshot.identity.findings_with(now, key, &AwsLc)
        }
        LookedUp::CertificateAlone(identity) => identity.findings_with(now, None, &AwsLc),
        LookedUp::Nothing => Vec::new(),
    };
    for finding in permissions.into_iter().chain(findings) {
        record.found(Topic::Identity, finding);
    }
    record.describe(looked_up.identity());
    Ok(looked_up)
}

/// What can be said without the key, after something else was wrong.
fn certificate_alone(settings: &Settings<'_>) -> LookedUp {
    let mut reader = SourceReader::new(settings.environment());
    let sources = identity_sources(settings.options());
    match sources.and_then(|sources| sources.load_certificate(&mut reader)) {
        Ok(identity) => LookedUp::CertificateAlone(Box::new(identity)),
        Err(_) => LookedUp::Nothing,
    }
}

/// <https://no-color.org>: the variable counts when it is not empty.
fn is_coloured(environment: &Environment<'_>) -> bool {
    let no_color = environment("NO_COLOR").unwrap_or_default();
    no_color.is_empty() && std::io::stdout().is_terminal()
}
