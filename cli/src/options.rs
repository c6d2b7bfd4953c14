//! The values of the flags, from the command line or else from the environment.

mod connection;
mod identity;
mod session;

use crate::flags::{self, CONFLICTS, FLAGS, Flag};
use clap::ArgMatches;
use rolesanywhere::Environment;
use rolesanywhere::core::error::{Error, ErrorCode, Result, shown};
use zeroize::Zeroizing;

/// A value and where it comes from, as the user wrote it: `--region` or `ROLESANYWHERE_REGION`.
pub(crate) struct Given {
    pub(crate) text: Zeroizing<String>,
    pub(crate) origin: String,
}

impl Given {
    /// The error, naming where the value came from.
    pub(crate) fn blame(&self, error: &Error) -> Error {
        Error::new(
            error.code(),
            format!("{} (from `{}`)", error.message(), self.origin),
        )
        .with_hint(error.hint().to_owned())
    }

    /// Whether it was a flag, and not a variable.
    pub(crate) fn is_flag(&self) -> bool {
        self.origin.starts_with("--")
    }

    /// The value, which must be one of these.
    ///
    /// # Errors
    /// `option_invalid`
    pub(crate) fn one_of(&self, allowed: &[&'static str]) -> Result<&'static str> {
        match allowed.iter().find(|it| **it == self.text.as_str()) {
            Some(value) => Ok(value),
            None => Err(self.invalid(&format!("one of {}", allowed.join(", ")))),
        }
    }

    /// `option_invalid`: the value is not what the flag takes.
    fn invalid(&self, expected: &str) -> Error {
        let text = shown(&self.text);
        Error::new(
            ErrorCode::OptionInvalid,
            format!("{text} (from `{}`) is not {expected}", self.origin),
        )
    }
}

/// The options of one command. A flag goes before the environment; what is empty is unset.
pub(crate) struct Options<'a> {
    matches: &'a ArgMatches,
    environment: &'a Environment<'a>,
}

impl<'a> Options<'a> {
    pub(crate) const fn new(matches: &'a ArgMatches, environment: &'a Environment<'a>) -> Self {
        Self {
            matches,
            environment,
        }
    }

    /// What the flags of `command` may not say together, or may not say yet.
    ///
    /// # Errors
    /// `options_conflict`, `feature_unavailable`, `option_missing`
    pub(crate) fn check(&self, command: &str) -> Result<()> {
        for (one, others, _) in CONFLICTS.iter().filter(|it| it.2.contains(&command)) {
            if let Some(other) = others
                .iter()
                .find(|it| self.is_flag_set(one) && self.is_flag_set(it))
            {
                return Err(Error::new(
                    ErrorCode::OptionsConflict,
                    format!("`--{one}` and `--{other}` exclude each other"),
                ));
            }
        }
        for flag in FLAGS.iter().filter(|flag| flag.commands.contains(&command)) {
            self.check_flag(flag)?;
        }
        Ok(())
    }

    fn check_flag(&self, flag: &Flag) -> Result<()> {
        let given = self.given(flag.name);
        if flag.later {
            let origin = match given {
                Some(given) => given.origin,
                None if self.is_flag_set(flag.name) => format!("--{}", flag.name),
                None => return Ok(()),
            };
            return Err(later(flag.name, &origin));
        }
        match given {
            Some(given) if given.text.starts_with("--") && !given.text.contains("-----BEGIN") => {
                Err(Error::new(
                    ErrorCode::OptionMissing,
                    format!(
                        "`{}` is followed by a flag where its value is expected",
                        given.origin
                    ),
                )
                .with_hint("write the value after the flag"))
            }
            _ => Ok(()),
        }
    }

    /// The value of a flag that takes one.
    pub(crate) fn given(&self, name: &str) -> Option<Given> {
        let flag = self.matches.try_get_one::<String>(name).ok().flatten();
        if let Some(text) = flag.filter(|text| !text.is_empty()) {
            return Some(Given {
                text: Zeroizing::new(text.clone()),
                origin: format!("--{name}"),
            });
        }
        let flag = flags::find(name).filter(|flag| flag.value.is_some())?;
        self.variable(flag.variable?)
    }

    /// The value of a flag that has to be given.
    ///
    /// # Errors
    /// `option_missing`
    pub(crate) fn required(&self, name: &str) -> Result<Given> {
        self.given(name).ok_or_else(|| {
            let missing = Error::new(ErrorCode::OptionMissing, format!("`--{name}` is not given"));
            match flags::find(name).and_then(|flag| flag.variable) {
                Some(variable) => missing.with_hint(format!("give the flag, or set {variable}")),
                None => missing,
            }
        })
    }

    /// Whether a switch is on by its flag.
    pub(crate) fn switch(&self, name: &str) -> bool {
        self.matches
            .try_get_one::<bool>(name)
            .ok()
            .flatten()
            .copied()
            .unwrap_or(false)
    }

    /// Whether a switch is on, by its flag or its variable; the second says which.
    fn switch_or_variable(&self, name: &str) -> Result<(bool, Option<Given>)> {
        if self.switch(name) {
            return Ok((true, None));
        }
        let variable = flags::find(name).and_then(|flag| self.variable(flag.variable?));
        match variable {
            Some(given) if is_true(&given)? => Ok((true, Some(given))),
            _ => Ok((false, None)),
        }
    }

    /// All values of a flag that repeats.
    fn all(&self, name: &str) -> Vec<&'a str> {
        let values = self.matches.try_get_many::<String>(name).ok().flatten();
        values.unwrap_or_default().map(String::as_str).collect()
    }

    /// A variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<Given> {
        let text = (self.environment)(name).map(Zeroizing::new)?;
        (!text.is_empty()).then(|| Given {
            text,
            origin: name.to_owned(),
        })
    }

    /// The environment, for whoever reads more of it.
    pub(crate) const fn environment(&self) -> &'a Environment<'a> {
        self.environment
    }

    fn is_flag_set(&self, name: &str) -> bool {
        self.switch(name) || self.given(name).is_some_and(|given| given.is_flag())
    }
}

/// How AWS's SDKs read their switches.
fn is_true(given: &Given) -> Result<bool> {
    match given.text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(given
            .invalid("`true` or `false`")
            .with_hint("write `true` or `false`")),
    }
}

fn later(name: &str, origin: &str) -> Error {
    let error = Error::new(
        ErrorCode::FeatureUnavailable,
        format!("`{origin}` is not available in this version"),
    );
    match name {
        "pkcs8-password" | "private-key-passphrase" => error.with_hint(
            "decrypt the key with `openssl pkey` into a file that only its owner can read",
        ),
        _ => error,
    }
}

#[cfg(test)]
mod tests;
