//! The outcome: each option's value and origin, checked against each other.

use super::Origin;
use super::found::FoundOptions;
use super::lookup::{Lookup, checked};
use super::names::Vocabulary;
use super::table::{Kind, OptionName, TABLE};
use crate::arn::{ProfileArn, RoleArn, TrustAnchorArn};
use crate::error::{Error, ErrorCode, Result, shown};
use crate::session::{CreateSession, CreateSessionOptions};
use alloc::{format, string::String, vec::Vec};
use core::fmt;

/// Resolved options. Secrets and sources do not print.
pub struct Options {
    vocabulary: Vocabulary,
    found: FoundOptions,
    properties: Vec<(String, String)>,
    notes: Vec<String>,
}

impl Options {
    pub(super) fn new(lookup: Lookup<'_>) -> Result<Self> {
        let vocabulary = lookup.vocabulary();
        let Lookup {
            found,
            properties,
            notes,
            ..
        } = lookup;
        let mut options = Self {
            vocabulary,
            found,
            properties,
            notes,
        };
        options.settle_endpoint()?;
        let rivals = [
            (OptionName::Sign, OptionName::PrivateKey),
            (OptionName::Identity, OptionName::Certificate),
            (OptionName::Identity, OptionName::PrivateKey),
            (OptionName::Identity, OptionName::Intermediates),
            (OptionName::Identity, OptionName::Sign),
            (
                OptionName::PrivateKeyPassphrase,
                OptionName::PrivateKeyPassphraseSource,
            ),
        ];
        for (one, other) in rivals {
            options.settle_rivals(one, other)?;
        }
        Ok(options)
    }

    /// The same with a value for an option that nothing gave, for what one host alone looks at.
    /// An empty value is unset.
    ///
    /// # Errors
    /// `option_invalid` for a value that the option does not take; `options_conflict`
    pub fn with_fallback(mut self, name: OptionName, text: &str, origin: Origin) -> Result<Self> {
        if let Some(row) = name
            .row()
            .filter(|_| !text.is_empty() && !self.is_given(name))
        {
            self.found.insert(name, checked(row, text, origin)?);
            self.settle_endpoint()?;
        }
        Ok(self)
    }

    /// An option's text; `None` when it is unset or the host keeps its value.
    #[must_use]
    pub fn text(&self, name: OptionName) -> Option<&str> {
        self.found
            .get(name)
            .and_then(|found| found.text.as_deref())
            .map(String::as_str)
    }

    /// Whether the option was given, as text or as a value that the host keeps.
    #[must_use]
    pub fn is_given(&self, name: OptionName) -> bool {
        self.found.contains(name)
    }

    /// Where an option's value came from.
    #[must_use]
    pub fn origin(&self, name: OptionName) -> Option<&Origin> {
        self.found.get(name).map(|found| &found.origin)
    }

    /// A switch. `verify` and `account_id` are on unless switched off, all others off.
    #[must_use]
    pub fn flag(&self, name: OptionName) -> bool {
        let default = matches!(name, OptionName::Verify | OptionName::AccountId);
        self.text(name).map_or(default, |text| text == "true")
    }

    /// Whether anything at all was said about IAM Roles Anywhere: an argument, a profile key or a
    /// variable of its own. What SDKs share with it (`AWS_CA_BUNDLE`, `use_fips_endpoint`, an
    /// endpoint) does not count.
    ///
    /// For hosts that are one of several sources of credentials: without it they pass, and with half
    /// of it they fail.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        let mut origins = self.found.iter().map(|(_, found)| &found.origin);
        !self.properties.is_empty()
            || origins.any(|origin| match origin {
                Origin::Argument(_) => true,
                Origin::Environment(name) => name.starts_with("ROLESANYWHERE_"),
                Origin::Profile { key, .. } => key.starts_with("rolesanywhere_"),
                Origin::Services { .. } => false,
            })
    }

    /// What the user should know: options that have no effect.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The CreateSession that the options describe.
    ///
    /// # Errors
    /// `option_missing`, naming everything that is, and those of [`CreateSession::new`], each
    /// naming the option and where its value came from.
    pub fn create_session(&self) -> Result<CreateSession> {
        self.check_required()?;
        let text = |name| self.text(name).unwrap_or_default();
        let trust_anchor_arn = text(OptionName::TrustAnchorArn);
        let profile_arn = text(OptionName::ProfileArn);
        let role_arn = text(OptionName::RoleArn);
        self.blame(
            OptionName::TrustAnchorArn,
            TrustAnchorArn::parse(trust_anchor_arn),
        )?;
        self.blame(OptionName::ProfileArn, ProfileArn::parse(profile_arn))?;
        self.blame(OptionName::RoleArn, RoleArn::parse(role_arn))?;
        let seconds = self
            .text(OptionName::DurationSeconds)
            .and_then(|text| text.parse().ok());
        let properties: Vec<(&str, &str)> = self
            .properties
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let session = CreateSession::new(&CreateSessionOptions {
            trust_anchor_arn,
            profile_arn,
            role_arn,
            region: self.text(OptionName::Region),
            endpoint: self.text(OptionName::Endpoint),
            allow_http: self.flag(OptionName::AllowHttp),
            duration_seconds: seconds,
            role_session_name: self.text(OptionName::RoleSessionName),
            instance_properties: &properties,
            use_fips_endpoint: self.flag(OptionName::UseFipsEndpoint),
            use_dualstack_endpoint: self.flag(OptionName::UseDualstackEndpoint),
        });
        session.or_else(|error| match culprit(error.code()) {
            Some(name) => self.blame(name, Err(error)),
            None => Err(error),
        })
    }

    /// The certificate must come from somewhere.
    fn check_required(&self) -> Result<()> {
        let has_identity = self.is_given(OptionName::Identity);
        let mut missing: Vec<String> = Vec::new();
        for row in TABLE {
            let is_required =
                row.required || (row.name == OptionName::Certificate && !has_identity);
            if !is_required || self.is_given(row.name) {
                continue;
            }
            for name in self.vocabulary.names(row) {
                missing.push(format!("`{}`", self.vocabulary.written(name)));
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let verb = if missing.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} required", missing.join(", "));
        Err(Error::new(ErrorCode::OptionMissing, message))
    }

    /// Names the option and its origin in the error.
    fn blame<T>(&self, name: OptionName, result: Result<T>) -> Result<T> {
        result.map_err(|error| match self.origin(name) {
            Some(origin) => {
                let message = format!("{origin}: {}", error.message());
                error.with_message(message)
            }
            None => error,
        })
    }

    /// With an endpoint there is no FIPS or dual-stack host to choose: an error where the user
    /// gave the switch for this call, else it has no effect.
    fn settle_endpoint(&mut self) -> Result<()> {
        let Some(endpoint) = self.origin(OptionName::Endpoint).cloned() else {
            return Ok(());
        };
        for name in [
            OptionName::UseFipsEndpoint,
            OptionName::UseDualstackEndpoint,
        ] {
            let Some(origin) = self.origin(name).filter(|_| self.flag(name)).cloned() else {
                continue;
            };
            if origin.is_argument() {
                return Err(conflict(&origin, &endpoint));
            }
            self.notes.push(format!(
                "{origin} has no effect, because {endpoint} gives the host"
            ));
            self.found.remove(name);
        }
        Ok(())
    }

    /// Two options for one thing: the one from the argument wins, two arguments are an error.
    fn settle_rivals(&mut self, one: OptionName, other: OptionName) -> Result<()> {
        let (Some(first), Some(second)) = (self.origin(one), self.origin(other)) else {
            return Ok(());
        };
        match (first.is_argument(), second.is_argument()) {
            (true, true) => return Err(conflict(first, second)),
            (false, true) => self.found.remove(one),
            (_, false) => self.found.remove(other),
        }
        Ok(())
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        for (name, found) in self.found.iter() {
            let is_shown = !matches!(name.kind(), Kind::Source | Kind::Secret | Kind::Callable);
            let text = found.text.as_deref().filter(|_| is_shown);
            let text = text.map_or("(not shown)".into(), |text| shown(text));
            map.entry(&name.as_str(), &(text, &found.origin));
        }
        map.finish()
    }
}

/// The option that an error of CreateSession is about, where it is about one alone.
fn culprit(code: ErrorCode) -> Option<OptionName> {
    match code {
        ErrorCode::DurationOutOfRange => Some(OptionName::DurationSeconds),
        ErrorCode::RoleSessionNameMalformed => Some(OptionName::RoleSessionName),
        ErrorCode::EndpointMalformed | ErrorCode::EndpointInsecure => Some(OptionName::Endpoint),
        ErrorCode::RegionMalformed => Some(OptionName::Region),
        _ => None,
    }
}

fn conflict(one: &Origin, other: &Origin) -> Error {
    Error::new(
        ErrorCode::OptionsConflict,
        format!("{one} and {other} exclude each other"),
    )
}
