//! Completions and manual pages, made from the description of the command line.

use super::program::public;
use crate::persona::Persona;
use clap::{ArgMatches, Command};
use clap_complete::Shell;
use clap_mangen::Man;
use rolesanywhere::core::error::{Error, ErrorCode, Result, shown};

/// Completions for the shell that is named.
///
/// # Errors
/// `option_missing`, `option_invalid`
pub(super) fn completions(persona: Persona, matches: &ArgMatches) -> Result<Vec<u8>> {
    let name = matches.get_one::<String>("shell").ok_or_else(|| {
        Error::new(ErrorCode::OptionMissing, "no shell is named")
            .with_hint("name one of bash, elvish, fish, powershell and zsh")
    })?;
    let shell: Shell = name.parse().map_err(|_| {
        let message = format!("there are no completions for {}", shown(name));
        Error::new(ErrorCode::OptionInvalid, message)
            .with_hint("name one of bash, elvish, fish, powershell and zsh")
    })?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut public(persona), persona.name(), &mut script);
    Ok(script)
}

/// The manual page of the program or of one command.
///
/// # Errors
/// `option_unknown`
pub(super) fn manual(matches: &ArgMatches) -> Result<Vec<u8>> {
    let mut program = public(Persona::Own).disable_help_subcommand(true);
    program.build();
    let page = match matches.get_one::<String>("command") {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            let message = format!("there is no command {}", shown(name));
            Error::new(ErrorCode::OptionUnknown, message)
                .with_hint("see `rolesanywhere help` for the commands")
        })?,
    };
    render(page).map_err(|_| Error::new(ErrorCode::Internal, "the manual page cannot be made"))
}

fn render(page: Command) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    Man::new(page)
        .source(concat!("rolesanywhere ", env!("CARGO_PKG_VERSION")))
        .render(&mut text)?;
    Ok(text)
}
