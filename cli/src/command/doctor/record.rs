//! Everything that was found, before anybody prints it.

use crate::settings::Settings;
use rolesanywhere::core::config::{OptionName, ShownOption};
use rolesanywhere::core::error::{Error, Result};
use rolesanywhere::core::identity::{Finding, Identity, Severity};
use rolesanywhere::core::session::{LikelyCause, SessionPreview};
use std::time::Duration;

/// What a finding is about, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    Options,
    Surroundings,
    Identity,
    Network,
}

#[derive(Default)]
pub(super) struct Record {
    pub(super) options: Vec<ShownOption>,
    /// Options that were not given, and what holds in their place.
    pub(super) defaults: Vec<(&'static str, String)>,
    pub(super) findings: Vec<(Topic, Finding)>,
    /// The identity's facts: what, and its value.
    pub(super) identity: Vec<(&'static str, String)>,
    pub(super) preview: Option<SessionPreview>,
    pub(super) steps: Vec<Step>,
    /// What may lie behind the step that failed, or the refusal.
    pub(super) causes: Vec<LikelyCause>,
    pub(super) asked: Asked,
}

/// One step on the way to the service that succeeded.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) found: String,
    pub(super) elapsed: Duration,
}

/// What came of CreateSession.
pub(super) enum Asked {
    /// It was not sent, and why.
    Not(&'static str),
    Granted {
        access_key_id: String,
        expiration: String,
    },
    Failed(Error),
}

impl Default for Asked {
    fn default() -> Self {
        Self::Not("the options above have to be mended first")
    }
}

impl Record {
    pub(super) fn new(settings: &Settings<'_>) -> Self {
        Self {
            options: settings.options().shown().collect(),
            ..Self::default()
        }
        .with_defaults(settings)
    }

    fn with_defaults(mut self, settings: &Settings<'_>) -> Self {
        let options = settings.options();
        let session = options.create_session().ok();
        let mut default = |name: OptionName, value: String| {
            if !options.is_given(name) {
                self.defaults.push((name.as_str(), value));
            }
        };
        if let Some(session) = session {
            let region = format!("{} (the trust anchor's)", session.region());
            default(OptionName::Region, region);
            let url = session.url().split('?').next().unwrap_or_default();
            let endpoint = format!("{} (the region's)", url.trim_end_matches("/sessions"));
            default(OptionName::Endpoint, endpoint);
        }
        let duration = "(the profile's own)".to_owned();
        default(OptionName::DurationSeconds, duration);
        self
    }

    pub(super) fn found(&mut self, topic: Topic, finding: Finding) {
        self.findings.push((topic, finding));
    }

    /// The value, or nothing once the error is written down.
    pub(super) fn kept<T>(&mut self, topic: Topic, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.found(topic, Finding::new(Severity::Error, error));
                None
            }
        }
    }

    pub(super) fn describe(&mut self, identity: Option<&Identity>) {
        let Some(identity) = identity else { return };
        self.identity = vec![
            ("subject", identity.subject()),
            ("issuer", identity.issuer()),
            ("serial number", identity.serial_number().to_owned()),
            ("valid from", identity.not_before().rfc3339()),
            ("valid until", identity.not_after().rfc3339()),
            ("key", identity.key_algorithm().as_str().to_owned()),
            ("chain sent", identity.chain_der().count().to_string()),
        ];
    }

    pub(super) fn of(&self, topic: Topic) -> impl Iterator<Item = &Finding> {
        let found = self
            .findings
            .iter()
            .filter(move |(about, _)| *about == topic);
        found.map(|(_, finding)| finding)
    }

    pub(super) fn has_error(&self, topic: Topic) -> bool {
        self.of(topic).any(|finding| is_error(&finding))
    }

    /// Whether the identity is one that is never sent.
    pub(super) fn is_identity_refused(&self) -> bool {
        let mut errors = self.of(Topic::Identity).filter(is_error);
        errors.any(|finding| !finding.depends_on_clock())
    }

    /// What the exit status is about. A certificate that the service took is not expired, whatever
    /// this machine's clock says.
    pub(super) fn first_error(&self) -> Option<&Error> {
        let is_granted = matches!(self.asked, Asked::Granted { .. });
        let errors = self.findings.iter().map(|(_, finding)| finding);
        let mut errors = errors.filter(is_error);
        let found = errors.find(|finding| !(is_granted && finding.depends_on_clock()));
        let refused = match &self.asked {
            Asked::Failed(error) => Some(error),
            _ => None,
        };
        found.map(|finding| &finding.error).or(refused)
    }
}

fn is_error(finding: &&Finding) -> bool {
    finding.severity == Severity::Error
}
