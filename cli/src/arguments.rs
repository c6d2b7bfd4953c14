//! From the words of the command line to a command and its flags.

mod refusal;

use crate::flags::{FLAGS, Flag};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};
use rolesanywhere::core::error::Result;
use std::ffi::OsString;

/// What the command line asks for.
pub(crate) enum Request {
    /// Help or the version, to be printed.
    Text(String),
    /// A command with its flags.
    Command { name: String, matches: ArgMatches },
}

/// Commands that are understood and not there yet; what follows their name is not looked at.
const LATER: &[&str] = &[
    "doctor",
    "explain",
    "completions",
    "completion",
    "man",
    "exec",
    "env",
    "web-identity",
];

impl Request {
    /// Parses the command line.
    ///
    /// # Errors
    /// `option_unknown`, `option_missing`, `option_invalid`, `options_conflict`
    pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Self> {
        let mut command = program();
        match command.try_get_matches_from_mut(arguments) {
            Ok(mut matches) => Ok(match matches.remove_subcommand() {
                Some((name, _)) if name == "version" => {
                    Self::Text(concat!(env!("CARGO_PKG_VERSION"), "\n").to_owned())
                }
                Some((name, matches)) => Self::Command { name, matches },
                None => Self::Text(command.render_help().to_string()),
            }),
            Err(error) => match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                    Ok(Self::Text(error.render().to_string()))
                }
                _ => Err(refusal::refusal(&error)),
            },
        }
    }
}

fn program() -> Command {
    Command::new("rolesanywhere")
        .version(env!("CARGO_PKG_VERSION"))
        .about("AWS credentials from an X.509 certificate (IAM Roles Anywhere)")
        .after_help(
            "A SOURCE is a path, file:PATH, env:NAME, - for standard input, or PEM text itself.\n\
             Exit status: 0; 1 refused by the service; 2 usage; 3 certificate, key or file;\n\
             4 internal; 5 worth retrying.",
        )
        .subcommand(command(
            "credential-process",
            "Print credentials as SDKs expect them",
        ))
        .subcommand(command("read-certificate-data", "Describe a certificate"))
        .subcommand(command("sign-string", "Sign a fixed text, to test a key"))
        .subcommand(command(
            "update",
            "Keep a credentials file fresh (not available yet)",
        ))
        .subcommand(command(
            "serve",
            "Serve credentials to other programs (not available yet)",
        ))
        .subcommand(Command::new("version").about("Print the version"))
        .subcommands(LATER.iter().map(|name| later(name)))
}

fn command(name: &'static str, about: &'static str) -> Command {
    let flags = FLAGS.iter().filter(|flag| flag.commands.contains(&name));
    Command::new(name).about(about).args(flags.map(argument))
}

fn later(name: &'static str) -> Command {
    let rest = Arg::new("rest")
        .action(ArgAction::Append)
        .num_args(0..)
        .allow_hyphen_values(true)
        .trailing_var_arg(true);
    Command::new(name)
        .hide(true)
        .disable_help_flag(true)
        .arg(rest)
}

/// A value may begin with a dash: PEM text does. [`crate::settings`] tells it from a forgotten one.
fn argument(flag: &'static Flag) -> Arg {
    let help = match (flag.later, flag.variables().first()) {
        (true, _) => format!("{} (not available yet)", flag.help),
        (false, Some(variable)) => format!("{} [env: {variable}]", flag.help),
        (false, None) => flag.help.to_owned(),
    };
    let argument = Arg::new(flag.name).long(flag.name).help(help);
    match flag.value {
        None => argument.action(ArgAction::SetTrue),
        Some(value) => {
            argument
                .value_name(value)
                .allow_hyphen_values(true)
                .action(if flag.repeats {
                    ArgAction::Append
                } else {
                    ArgAction::Set
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &[&str]) -> Result<Request> {
        let words = std::iter::once("rolesanywhere").chain(line.iter().copied());
        Request::parse(words.map(OsString::from).collect())
    }

    #[test]
    fn the_description_is_consistent() {
        program().debug_assert();
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
        assert_eq!(version.trim_end(), env!("CARGO_PKG_VERSION"));
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
            &["doctor", "--certificate", "x"],
            &["man"],
        ] {
            assert!(
                matches!(parse(line), Ok(Request::Command { .. })),
                "{line:?}"
            );
        }
    }
}
