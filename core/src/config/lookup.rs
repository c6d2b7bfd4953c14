//! Level by level, the first that gives an option wins.

use super::found::FoundOptions;
use super::ini::{ConfigFile, Section};
use super::table::{Kind, OptionName, Row, TABLE};
use super::{Argument, Origin, Sources, Value, Vocabulary, names};
use crate::encoding::split_once;
use crate::error::{Error, ErrorCode, Result, shown};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use zeroize::Zeroizing;

/// Environment variable and profile key that switch configured endpoints off, as in every SDK.
const IGNORE_ENDPOINTS: [&str; 2] = [
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "ignore_configured_endpoint_urls",
];

pub(super) struct Found {
    /// None when the host keeps the value.
    pub(super) text: Option<Zeroizing<String>>,
    pub(super) origin: Origin,
}

pub(super) struct Lookup<'a> {
    sources: &'a Sources<'a>,
    pub(super) found: FoundOptions,
    pub(super) properties: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
    ignores_endpoints: bool,
}

impl<'a> Lookup<'a> {
    /// Takes the arguments.
    pub(super) fn new(sources: &'a Sources<'a>) -> Result<Self> {
        let mut lookup = Self {
            sources,
            found: FoundOptions::default(),
            properties: Vec::new(),
            notes: Vec::new(),
            ignores_endpoints: false,
        };
        for argument in sources.arguments {
            lookup.argument(argument)?;
        }
        lookup.ignores_endpoints = lookup.variable(IGNORE_ENDPOINTS[0]).is_some_and(is_true);
        Ok(lookup)
    }

    pub(super) const fn vocabulary(&self) -> Vocabulary {
        self.sources.vocabulary
    }

    /// The profile that the user named for us, by argument or variable.
    pub(super) fn explicit_profile(&mut self) -> Result<Option<String>> {
        let row = OptionName::ConfigProfile.row();
        if let Some(row) = row.filter(|row| !self.found.contains(row.name)) {
            self.environment_row(row)?;
        }
        let found = self.found.get(OptionName::ConfigProfile);
        Ok(found.and_then(|found| found.text.as_deref()).cloned())
    }

    /// The levels below the arguments.
    pub(super) fn profiles(
        &mut self,
        file: &ConfigFile,
        explicit: Option<&str>,
        ambient: Option<&str>,
    ) -> Result<()> {
        if let Some(name) = explicit {
            self.profile(file, name)?;
        }
        for row in TABLE {
            self.environment_row(row)?;
        }
        self.note_unknown_variables();
        if let Some(name) = ambient.filter(|ambient| Some(*ambient) != explicit) {
            self.profile(file, name)?;
        }
        Ok(())
    }

    fn argument(&mut self, argument: &Argument<'_>) -> Result<()> {
        let vocabulary = self.vocabulary();
        let row = vocabulary.find(argument.name)?;
        let origin = Origin::Argument(vocabulary.written(argument.name));
        let text = match argument.value {
            Value::Text(text) => text,
            Value::Opaque => {
                self.found.insert(row.name, Found { text: None, origin });
                return Ok(());
            }
        };
        if text.is_empty() {
            return Ok(());
        }
        if row.kind == Kind::Map {
            return self.property(text, &origin);
        }
        let value = if argument.name.starts_with("no-") {
            negated(text, &origin)?
        } else {
            text
        };
        let found = checked(row, value, origin)?;
        self.found.insert(row.name, found);
        Ok(())
    }

    fn property(&mut self, text: &str, origin: &Origin) -> Result<()> {
        let pair = split_once(text, b'=').filter(|(name, _)| !name.is_empty());
        let (name, value) = pair.ok_or_else(|| {
            let message = format!("{origin} takes KEY=VALUE and not {}", shown(text));
            Error::new(ErrorCode::OptionInvalid, message)
        })?;
        self.properties.push((name.to_string(), value.to_string()));
        Ok(())
    }

    fn profile(&mut self, file: &ConfigFile, profile: &str) -> Result<()> {
        let Some(section) = file.profile(profile) else {
            return Ok(());
        };
        let ignores = section
            .get(IGNORE_ENDPOINTS[1])
            .is_some_and(|value| is_true(value));
        self.ignores_endpoints |= ignores;
        for row in TABLE {
            let Some(key) = row.profile_key else { continue };
            let Some(value) = section.get(key) else {
                continue;
            };
            let origin = Origin::Profile {
                profile: profile.to_string(),
                key: key.to_string(),
            };
            self.offer(row, value, origin)?;
        }
        self.services(file, section)?;
        self.note_unknown_keys(profile, section);
        Ok(())
    }

    fn services(&mut self, file: &ConfigFile, section: &Section) -> Result<()> {
        let Some(services) = section.get("services") else {
            return Ok(());
        };
        let url = file.service_key(services, "rolesanywhere", "endpoint_url")?;
        if let (Some(url), Some(row)) = (url, OptionName::Endpoint.row()) {
            self.offer(
                row,
                &url,
                Origin::Services {
                    services: services.clone(),
                },
            )?;
        }
        Ok(())
    }

    fn environment_row(&mut self, row: &'static Row) -> Result<()> {
        for &name in row.environment {
            let Some(value) = self.variable(name) else {
                continue;
            };
            let origin = Origin::Environment(name.to_string());
            // The variable names the file that holds the passphrase, and not a source of any kind.
            if row.name == OptionName::PrivateKeyPassphraseSource {
                let source = Zeroizing::new(format!("file:{value}"));
                self.offer(row, &source, origin)?;
            } else {
                self.offer(row, value, origin)?;
            }
        }
        Ok(())
    }

    /// Takes the value unless a level above gave one. An empty value is unset.
    fn offer(&mut self, row: &'static Row, value: &str, origin: Origin) -> Result<()> {
        let is_ignored = row.name == OptionName::Endpoint && self.ignores_endpoints;
        if value.is_empty() || is_ignored || self.found.contains(row.name) {
            return Ok(());
        }
        let found = checked(row, value, origin)?;
        self.found.insert(row.name, found);
        Ok(())
    }

    fn variable(&self, name: &str) -> Option<&'a str> {
        let mut named = self
            .sources
            .environment
            .iter()
            .filter(|(known, _)| *known == name);
        named
            .next_back()
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    }

    fn note_unknown_variables(&mut self) {
        let known = TABLE.iter().flat_map(|row| row.environment).copied();
        let known: Vec<&str> = known.collect();
        for (name, _) in self.sources.environment {
            if name.starts_with("ROLESANYWHERE_") && !known.contains(name) {
                let what = format!("environment variable {}", shown(name));
                self.note_unknown(&what, name, &known);
            }
        }
    }

    fn note_unknown_keys(&mut self, profile: &str, section: &Section) {
        let known: Vec<&str> = TABLE.iter().filter_map(|row| row.profile_key).collect();
        for key in section.names() {
            if key.starts_with("rolesanywhere_") && !known.contains(&key) {
                let what = format!("{} of profile `{profile}`", shown(key));
                self.note_unknown(&what, key, &known);
            }
        }
    }

    fn note_unknown(&mut self, what: &str, name: &str, known: &[&str]) {
        let hint = match names::nearest(name, known) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None => String::new(),
        };
        self.notes
            .push(format!("{what} is not an option and has no effect{hint}"));
    }
}

/// The value in its final form, or an error that names the option and never a secret.
pub(super) fn checked(row: &Row, value: &str, origin: Origin) -> Result<Found> {
    let invalid = |takes: &str| {
        let message = format!("{origin} takes {takes} and not {}", shown(value));
        Error::new(ErrorCode::OptionInvalid, message)
    };
    let text = match row.kind {
        Kind::Flag if value.eq_ignore_ascii_case("true") => "true",
        Kind::Flag if value.eq_ignore_ascii_case("false") => "false",
        Kind::Flag => return Err(invalid("true or false")),
        Kind::Seconds if value.parse::<u32>().is_err() => {
            return Err(invalid("a whole number of seconds"));
        }
        Kind::Callable => {
            let message = format!("{origin} takes a function and not text");
            return Err(Error::new(ErrorCode::OptionInvalid, message));
        }
        _ => value,
    };
    Ok(Found {
        text: Some(Zeroizing::new(text.to_string())),
        origin,
    })
}

fn negated(text: &str, origin: &Origin) -> Result<&'static str> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Ok("false"),
        _ if text.eq_ignore_ascii_case("false") => Ok("true"),
        _ => {
            let message = format!("{origin} takes true or false and not {}", shown(text));
            Err(Error::new(ErrorCode::OptionInvalid, message))
        }
    }
}

fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}
