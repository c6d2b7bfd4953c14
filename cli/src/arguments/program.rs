//! The description of the command line, for each persona.

use super::helper;
use crate::flags::{FLAGS, Flag};
use crate::persona::Persona;
use clap::{Arg, ArgAction, Command};

/// Commands that are understood and not there yet; what follows their name is not looked at.
const LATER: &[&str] = &["exec", "env", "web-identity"];

/// Everything that users are told of.
pub(super) fn public(persona: Persona) -> Command {
    let program = Command::new(persona.name())
        .about("AWS credentials from an X.509 certificate (IAM Roles Anywhere)")
        .after_help(
            "A SOURCE is a path, file:PATH, env:NAME, - for standard input, or PEM text itself.\n\
             Exit status: 0; 1 refused by the service; 2 usage; 3 certificate, key or file;\n\
             4 internal; 5 worth retrying. Called as aws_signing_helper: 0, or 1 for every failure.",
        )
        .subcommands(
            [
                ("credential-process", "Print credentials as SDKs expect them"),
                ("read-certificate-data", "Describe a certificate"),
                ("sign-string", "Sign a fixed text, to test a key"),
                ("update", "Keep a credentials file fresh (not available yet)"),
                ("serve", "Serve credentials to other programs (not available yet)"),
            ]
            .map(|(name, about)| command(name, about, persona)),
        )
        .subcommand(Command::new("version").about("Print the version"));
    match persona {
        Persona::Own => program
            .version(env!("CARGO_PKG_VERSION"))
            .subcommands(
                [
                    ("doctor", "Find out what is wrong, and what AWS says to it"),
                    ("explain", "Show what would be signed, part by part"),
                ]
                .map(|(name, about)| command(name, about, persona)),
            )
            .subcommand(completions("completions"))
            .subcommand(
                Command::new("man")
                    .about("Print a manual page")
                    .arg(Arg::new("command").help("The command's page; default: the program's")),
            ),
        Persona::Helper => program.args_override_self(true).subcommand(
            completions("completion")
                .arg(no_descriptions())
                .arg_required_else_help(true),
        ),
    }
}

/// The same with what is understood besides.
pub(super) fn understood(persona: Persona) -> Command {
    let program = public(persona);
    match persona {
        Persona::Own => program.subcommands(LATER.iter().map(|name| later(name))),
        Persona::Helper => program.mut_subcommands(|command| match command.get_name() {
            "completion" => command,
            _ => command.arg(rest(helper::STRAY_WORDS).hide(true)),
        }),
    }
}

/// Its flags are added when it is the one that is called: all of them cost every start a tenth of
/// a millisecond.
fn command(name: &'static str, about: &'static str, persona: Persona) -> Command {
    Command::new(name).about(about).defer(match persona {
        Persona::Own => |command| with_flags(command, Persona::Own),
        Persona::Helper => |command| with_flags(command, Persona::Helper),
    })
}

fn with_flags(command: Command, persona: Persona) -> Command {
    let name = command.get_name().to_owned();
    let flags = FLAGS
        .iter()
        .filter(|flag| flag.commands.contains(&name.as_str()));
    command.args(flags.map(|flag| argument(flag, persona)))
}

fn completions(name: &'static str) -> Command {
    Command::new(name)
        .about("Print completions for a shell")
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .help("bash, elvish, fish, powershell or zsh"),
        )
}

/// Ours have none or many; the helper's scripts pass it along.
fn no_descriptions() -> Arg {
    Arg::new("no-descriptions")
        .long("no-descriptions")
        .help("No effect")
        .action(ArgAction::SetTrue)
}

fn later(name: &'static str) -> Command {
    let rest = rest("rest")
        .allow_hyphen_values(true)
        .trailing_var_arg(true);
    Command::new(name)
        .hide(true)
        .disable_help_flag(true)
        .arg(rest)
}

fn rest(name: &'static str) -> Arg {
    Arg::new(name).action(ArgAction::Append).num_args(0..)
}

/// A value may begin with a dash: PEM text does. [`crate::settings`] tells it from a forgotten one.
fn argument(flag: &'static Flag, persona: Persona) -> Arg {
    let help = match (flag.later, flag.variables().first()) {
        (true, _) => format!("{} (not available yet)", flag.help),
        (false, Some(variable)) => format!("{} [env: {variable}]", flag.help),
        (false, None) => flag.help.to_owned(),
    };
    let argument = Arg::new(flag.name).long(flag.name).help(help);
    match (flag.value, persona) {
        (None, Persona::Own) => argument.action(ArgAction::SetTrue),
        (None, Persona::Helper) => helper::switch(argument),
        (Some(value), _) => {
            let argument = argument.value_name(value).allow_hyphen_values(true);
            argument.action(if flag.repeats {
                ArgAction::Append
            } else {
                ArgAction::Set
            })
        }
    }
}
