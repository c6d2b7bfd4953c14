//! From the words of the command line to a command and its flags.

mod documents;
mod helper;
mod program;
mod refusal;

use crate::persona::Persona;
use clap::ArgMatches;
use clap::error::ErrorKind;
pub(crate) use helper::STRAY_WORDS;
use rolesanywhere::core::error::Result;
use std::ffi::OsString;

/// What the command line asks for.
pub(crate) enum Request {
    /// Help, the version or another document, to be printed.
    Text(Vec<u8>),
    /// A command with its flags.
    Command { name: String, matches: ArgMatches },
}

impl Request {
    /// Parses the command line.
    ///
    /// # Errors
    /// `option_unknown`, `option_missing`, `option_invalid`, `options_conflict`
    pub(crate) fn parse(persona: Persona, mut words: Vec<OsString>) -> Result<Self> {
        if persona.is_helper() {
            words = helper::command_first(words);
        }
        let mut program = program::understood(persona);
        let mut matches = match program.try_get_matches_from_mut(words) {
            Ok(matches) => matches,
            Err(error) => {
                return match error.kind() {
                    ErrorKind::DisplayHelp
                    | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
                    | ErrorKind::DisplayVersion => {
                        Ok(Self::Text(error.render().to_string().into_bytes()))
                    }
                    _ => Err(refusal::refusal(&error)),
                };
            }
        };
        let Some((name, matches)) = matches.remove_subcommand() else {
            return Ok(Self::Text(program.render_help().to_string().into_bytes()));
        };
        match name.as_str() {
            "version" => Ok(Self::Text(
                concat!(env!("CARGO_PKG_VERSION"), "\n").as_bytes().to_vec(),
            )),
            "completions" | "completion" => {
                documents::completions(persona, &matches).map(Self::Text)
            }
            "man" => documents::manual(&matches).map(Self::Text),
            _ => Ok(Self::Command { name, matches }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &[&str]) -> Result<Request> {
        let words = std::iter::once("rolesanywhere").chain(line.iter().copied());
        Request::parse(Persona::Own, words.map(OsString::from).collect())
    }

    #[test]
    fn the_description_is_consistent() {
        for persona in [Persona::Own, Persona::Helper] {
            program::understood(persona).debug_assert();
            program::public(persona).debug_assert();
        }
    }

    #[test]
    fn help_and_version_are_text() {
        for line in [
            &[][..],
            &["help"],
            &["--help"],
            &["help", "sign-string"],
            &["--version"],
        ] {
            assert!(matches!(parse(line), Ok(Request::Text(_))), "{line:?}");
        }
        let Ok(Request::Text(version)) = parse(&["version"]) else {
            panic!("no version")
        };
        assert_eq!(
            version.trim_ascii_end(),
            env!("CARGO_PKG_VERSION").as_bytes()
        );
    }

    #[test]
    fn pem_text_is_a_value() {
        let pem = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n";
        let Ok(Request::Command { matches, .. }) = parse(&["sign-string", "--private-key", pem])
        else {
            panic!("refused")
        };
        assert_eq!(matches.get_one::<String>("private-key").unwrap(), pem);
    }

    #[test]
    fn later_commands_take_anything() {
        for line in [
            &["exec", "--", "ls", "-l"][..],
            &["web-identity", "--certificate", "x"],
            &["env"],
        ] {
            assert!(
                matches!(parse(line), Ok(Request::Command { .. })),
                "{line:?}"
            );
        }
    }
}
