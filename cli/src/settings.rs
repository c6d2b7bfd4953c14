//! What one run was told: by its flags, the environment and a profile of the config file.
//!
//! Which of them wins is decided in [`rolesanywhere::core::config`]; here they are only gathered.

mod config_file;
mod connection;
mod environment;
mod exposed;
mod given;
mod helper;
mod source;

use crate::persona::Persona;
use clap::ArgMatches;
use given::GivenFlags;
use rolesanywhere::Environment;
use rolesanywhere::core::config::{OptionName, Options, Sources, Vocabulary, resolve};
use rolesanywhere::core::error::{Error, ErrorCode, Result};

pub(crate) use config_file::aws_file;
pub(crate) use environment::Surroundings;

/// The settings of one run.
pub(crate) struct Settings<'a> {
    persona: Persona,
    flags: GivenFlags<'a>,
    options: Options,
    notes: Vec<String>,
    environment: &'a Environment<'a>,
}

impl<'a> Settings<'a> {
    /// Takes what the command line says, and from the environment and the config file what the
    /// command has a flag for.
    ///
    /// # Errors
    /// - `options_conflict`, `feature_unavailable`, `option_missing` for flags
    /// - those of [`resolve`]
    /// - those of reading the config file, when a profile of it is named
    pub(crate) fn resolve(
        command: &'a str,
        matches: &'a ArgMatches,
        surroundings: &Surroundings<'a>,
    ) -> Result<Self> {
        let flags = GivenFlags::new(surroundings.persona, command, matches);
        flags.check()?;
        let variables = surroundings.variables(&flags);
        let environment: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let (arguments, mut notes) = helper::arguments(&flags, surroundings);
        notes.extend(exposed::notes(&flags));
        let config_file = config_file::read(&flags, surroundings.environment)?;
        let options = resolve(&Sources {
            vocabulary: Vocabulary::Flags,
            arguments: &arguments,
            environment: &environment,
            config_file: config_file.as_deref().map(String::as_str),
            ambient_profile: None,
        })?;
        let options = helper::fall_back(options, &flags, surroundings, &mut notes)?;
        flags.check_available(&options)?;
        notes.extend(options.notes().iter().cloned());
        Ok(Self {
            persona: surroundings.persona,
            flags,
            options,
            notes,
            environment: surroundings.environment,
        })
    }

    /// The options that every language has.
    pub(crate) const fn options(&self) -> &Options {
        &self.options
    }

    /// What the user should know: options that have no effect or an unexpected one.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// As whom we were called.
    pub(crate) const fn persona(&self) -> Persona {
        self.persona
    }

    /// The environment, for whoever reads more of it.
    pub(crate) const fn environment(&self) -> &'a Environment<'a> {
        self.environment
    }

    /// Whether a switch is on.
    pub(crate) fn switch(&self, name: &str) -> bool {
        self.flags.switch(name) == Some(true)
    }

    /// The value of a flag of this command alone, which must be one of these.
    ///
    /// # Errors
    /// `option_invalid`
    pub(crate) fn choice(
        &self,
        name: &str,
        allowed: &[&'static str],
    ) -> Result<Option<&'static str>> {
        let Some(text) = self.flags.text(name) else {
            return Ok(None);
        };
        match allowed.iter().find(|it| **it == text) {
            Some(value) => Ok(Some(value)),
            None => Err(given::invalid(
                text,
                &format!("--{name}"),
                &format!("one of {}", allowed.join(", ")),
            )),
        }
    }

    fn missing(name: OptionName) -> Error {
        let flag = name.flags().first().copied().unwrap_or_default();
        let error = Error::new(ErrorCode::OptionMissing, format!("`--{flag}` is not given"));
        match name.environment_variables().first() {
            Some(variable) => error.with_hint(format!("give the flag, or set {variable}")),
            None => error,
        }
    }
}

#[cfg(test)]
mod tests;
