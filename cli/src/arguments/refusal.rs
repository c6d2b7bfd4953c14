//! A command line that cannot be read, in our codes and words.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use rolesanywhere::core::error::{Error, ErrorCode, shown};

/// The error for what clap reports. Never repeats a value: it may be a secret in the wrong place.
pub(super) fn refusal(error: &clap::Error) -> Error {
    match error.kind() {
        ErrorKind::UnknownArgument => unknown_flag(error),
        ErrorKind::InvalidSubcommand => unknown_command(error),
        ErrorKind::ArgumentConflict => Error::new(
            ErrorCode::OptionsConflict,
            format!("{} is given more than once", flag(error)),
        )
        .with_hint("give the flag once"),
        ErrorKind::TooManyValues => Error::new(
            ErrorCode::OptionInvalid,
            format!("{} takes no value", flag(error)),
        )
        .with_hint("give the flag alone to switch it on, or leave it out"),
        ErrorKind::ValueValidation => Error::new(
            ErrorCode::OptionInvalid,
            format!("{} takes true or false", flag(error)),
        )
        .with_hint("give the flag alone to switch it on, or leave it out"),
        ErrorKind::InvalidUtf8 => Error::new(ErrorCode::OptionInvalid, "an argument is not UTF-8")
            .with_hint("rename the file, or give its content through `env:NAME` or `-`"),
        _ => Error::new(
            ErrorCode::OptionMissing,
            format!("{} has no value", flag(error)),
        )
        .with_hint("write the value after the flag"),
    }
}

fn unknown_flag(error: &clap::Error) -> Error {
    let word = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let word = word.split('=').next().unwrap_or_default();
    if !word.starts_with('-') {
        return Error::new(
            ErrorCode::OptionUnknown,
            "a word stands where a flag is expected",
        )
        .with_hint("every option is a flag that begins with `--`; quote values with spaces");
    }
    let error_of = Error::new(
        ErrorCode::OptionUnknown,
        format!("there is no flag {}", shown(word)),
    );
    match text(error, ContextKind::SuggestedArg) {
        Some(nearest) => error_of.with_hint(format!("did you mean `{nearest}`")),
        None => error_of.with_hint("see `rolesanywhere help COMMAND` for the flags of a command"),
    }
}

fn unknown_command(error: &clap::Error) -> Error {
    let word = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
    let error_of = Error::new(
        ErrorCode::OptionUnknown,
        format!("there is no command {}", shown(&word)),
    );
    match text(error, ContextKind::SuggestedSubcommand) {
        Some(nearest) => error_of.with_hint(format!("did you mean `{nearest}`")),
        None => error_of.with_hint("see `rolesanywhere help` for the commands"),
    }
}

/// The flag that the error is about, without its value's name.
fn flag(error: &clap::Error) -> String {
    let text = text(error, ContextKind::InvalidArg).unwrap_or_default();
    match text
        .split([' ', '=', '['])
        .next()
        .filter(|name| name.starts_with("--"))
    {
        Some(name) => shown(name),
        None => "an argument".to_owned(),
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Request;
    use crate::persona::Persona;
    use rolesanywhere::core::error::Error;
    use std::ffi::OsString;

    fn refused(line: &[&str]) -> Error {
        refused_as(Persona::Own, line)
    }

    fn refused_as(persona: Persona, line: &[&str]) -> Error {
        let words = std::iter::once(persona.name()).chain(line.iter().copied());
        match Request::parse(persona, words.map(OsString::from).collect()) {
            Err(error) => error,
            Ok(_) => panic!("{line:?} was accepted"),
        }
    }

    #[test]
    fn each_mistake_has_its_code() {
        for (line, code, message) in [
            (
                &["sign-string", "--privat-key", "k"][..],
                "option_unknown",
                "`--privat-key`",
            ),
            (
                &["sign-string", "--bogus=secret"],
                "option_unknown",
                "`--bogus`",
            ),
            (&["sign-string", "secret"], "option_unknown", "a word"),
            (&["sing-string"], "option_unknown", "`sing-string`"),
            (
                &["--certificate", "x", "sign-string"],
                "option_unknown",
                "`--certificate`",
            ),
            (
                &["sign-string", "--private-key"],
                "option_missing",
                "`--private-key`",
            ),
            (
                &["sign-string", "--debug=secret"],
                "option_invalid",
                "`--debug`",
            ),
            (
                &[
                    "sign-string",
                    "--private-key",
                    "a",
                    "--private-key",
                    "secret",
                ],
                "options_conflict",
                "`--private-key`",
            ),
        ] {
            let error = refused(line);
            assert_eq!(error.code().as_str(), code, "{line:?} {error:?}");
            assert!(error.message().contains(message), "{line:?} {error:?}");
            assert!(
                !format!("{error:?}").contains("secret"),
                "{line:?} {error:?}"
            );
        }
    }

    #[test]
    fn the_helper_repeats_no_value_either() {
        for (line, code, message) in [
            (
                &["sign-string", "--debug=secret"][..],
                "option_invalid",
                "`--debug` takes",
            ),
            (
                &["--debug=secret", "sign-string"],
                "option_invalid",
                "`--debug` takes",
            ),
            (
                &["sign-string", "--bogus=secret"],
                "option_unknown",
                "`--bogus`",
            ),
            (
                &["--bogus", "secret", "sign-string"],
                "option_unknown",
                "`--bogus`",
            ),
        ] {
            let error = refused_as(Persona::Helper, line);
            assert_eq!(error.code().as_str(), code, "{line:?} {error:?}");
            assert!(error.message().contains(message), "{line:?} {error:?}");
            assert!(
                !format!("{error:?}").contains("secret"),
                "{line:?} {error:?}"
            );
        }
    }

    #[test]
    fn the_nearest_name_is_offered() {
        assert!(
            refused(&["sign-string", "--privat-key", "k"])
                .hint()
                .contains("--private-key")
        );
        assert!(refused(&["sing-string"]).hint().contains("sign-string"));
    }
}
