//! The flags of the command line.

use crate::arguments::STRAY_WORDS;
use crate::flags::{CONFLICTS, FLAGS, Flag};
use crate::persona::Persona;
use clap::ArgMatches;
use clap::parser::ValueSource;
use rolesanywhere::core::config::{Argument, OptionName, Options, Value};
use rolesanywhere::core::error::{Error, ErrorCode, Result, shown};

/// The flags that were given to a command. One with an empty value is as good as not given.
pub(super) struct GivenFlags<'a> {
    persona: Persona,
    command: &'a str,
    matches: &'a ArgMatches,
}

impl<'a> GivenFlags<'a> {
    pub(super) const fn new(persona: Persona, command: &'a str, matches: &'a ArgMatches) -> Self {
        Self {
            persona,
            command,
            matches,
        }
    }

    /// Whether there are words that are neither flag nor value.
    pub(super) fn has_stray_words(&self) -> bool {
        self.is_on_the_line(STRAY_WORDS)
    }

    /// Whether the command is one of these.
    pub(super) fn is_of(&self, commands: &[&str]) -> bool {
        commands.contains(&self.command)
    }

    /// Every flag that the command takes.
    pub(super) fn known(&self) -> impl Iterator<Item = &'static Flag> {
        FLAGS
            .iter()
            .filter(|flag| flag.commands.contains(&self.command))
    }

    /// The value of a flag that takes one; the last, if it repeats.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.all(name).last().copied()
    }

    /// What a switch says, if it is there.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        let value = self.matches.try_get_one::<bool>(name).ok().flatten();
        value.copied().filter(|_| self.is_on_the_line(name))
    }

    /// What the flags may not say together, and values that were forgotten.
    ///
    /// # Errors
    /// `options_conflict`, `option_missing`, `feature_unavailable`
    pub(super) fn check(&self) -> Result<()> {
        for (one, others, commands) in CONFLICTS {
            let other = others
                .iter()
                .find(|other| self.is_set(one) && self.is_set(other));
            if let Some(other) = other.filter(|_| commands.contains(&self.command)) {
                let message = format!("`--{one}` and `--{other}` exclude each other");
                return Err(Error::new(ErrorCode::OptionsConflict, message));
            }
        }
        for flag in self.known() {
            if flag.later && self.is_given(flag.name) {
                return Err(later(&format!("`--{}`", flag.name)));
            }
            self.check_value(flag.name)?;
        }
        Ok(())
    }

    /// The same for options that are not there yet, wherever they come from.
    ///
    /// # Errors
    /// `feature_unavailable`
    pub(super) fn check_available(&self, options: &Options) -> Result<()> {
        for flag in self.known().filter(|flag| flag.later) {
            if let Some(origin) = flag.option().and_then(|name| options.origin(name)) {
                return Err(later(&origin.to_string()));
            }
        }
        Ok(())
    }

    /// The flags that stand for options which every language has.
    pub(super) fn arguments(&self) -> Vec<Argument<'a>> {
        let mut arguments = Vec::new();
        for flag in self.known() {
            let switch = self
                .switch(flag.name)
                .map(|on| if on { "true" } else { "false" });
            let values = self.all(flag.name).into_iter().chain(switch);
            // Most flags are not there, and to find an option costs more than to see that.
            let shared = values.filter(|_| flag.option().is_some());
            arguments.extend(shared.map(|text| Argument {
                name: flag.name,
                value: Value::Text(text),
            }));
        }
        arguments
    }

    fn check_value(&self, name: &str) -> Result<()> {
        let is_flag = |text: &&str| text.starts_with("--") && !text.contains("-----BEGIN");
        match self.text(name).filter(is_flag) {
            None => Ok(()),
            Some(_) => Err(Error::new(
                ErrorCode::OptionMissing,
                format!("`--{name}` is followed by a flag where its value is expected"),
            )
            .with_hint("write the value after the flag")),
        }
    }

    fn all(&self, name: &str) -> Vec<&'a str> {
        let values = self.matches.try_get_many::<String>(name).ok().flatten();
        let values = values.unwrap_or_default().map(String::as_str);
        values.filter(|text| !text.is_empty()).collect()
    }

    /// Whether the flag counts where flags exclude each other: for the helper it does as soon as it
    /// is there.
    fn is_set(&self, name: &str) -> bool {
        self.is_given(name) || (self.persona.is_helper() && self.is_on_the_line(name))
    }

    fn is_given(&self, name: &str) -> bool {
        self.switch(name) == Some(true) || self.text(name).is_some()
    }

    fn is_on_the_line(&self, name: &str) -> bool {
        let is_known = self.matches.try_contains_id(name).unwrap_or(false);
        is_known && self.matches.value_source(name) == Some(ValueSource::CommandLine)
    }
}

impl Flag {
    /// The option of every language that the flag stands for.
    pub(crate) fn option(&self) -> Option<OptionName> {
        OptionName::of_flag(self.name)
    }

    /// Where else the value may come from.
    pub(crate) fn variables(&self) -> Vec<&'static str> {
        let option = self.option().map(OptionName::environment_variables);
        let shared = option.unwrap_or_default().iter().copied();
        self.variable.into_iter().chain(shared).collect()
    }
}

/// `option_invalid`: the value is not what the flag or variable takes.
pub(super) fn invalid(text: &str, origin: &str, expected: &str) -> Error {
    let message = format!("{} (from `{origin}`) is not {expected}", shown(text));
    Error::new(ErrorCode::OptionInvalid, message)
}

fn later(origin: &str) -> Error {
    let message = format!("{origin} is not available in this version");
    Error::new(ErrorCode::FeatureUnavailable, message)
}
