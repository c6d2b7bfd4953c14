//! Runs the README and the guides: every block marked `sh`, in order, from the workspace root.
//!
//! The home directory is a fresh one, and `cargo install` puts its programs below `target/`. A
//! `credential_process` line must be understood as it stands, with its block as the config file, up to
//! the certificate that is not there.

use crate::report::Report;
use crate::shell::{self, LONG};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The block that is running while this suite runs.
const THIS_RUN: &str = "cargo xtask test";

const DOCUMENTS: &[&str] = &["README.md", "docs/doctor.md", "docs/emulator.md"];

pub(crate) fn check() -> Report {
    let home = match fresh_home() {
        Ok(home) => home,
        Err(error) => return Report::check(false, format!("no home directory: {error}")),
    };
    let mut report = Report::default();
    for name in DOCUMENTS {
        report.merge(match fs::read_to_string(shell::root().join(name)) {
            Ok(document) => check_document(name, &document, &home),
            Err(error) => Report::check(false, format!("{name}: {error}")),
        });
    }
    report
}

fn check_document(name: &str, readme: &str, home: &Path) -> Report {
    let mut commands = blocks(readme, "```sh");
    commands.retain(|block| block != THIS_RUN);
    if commands.is_empty() {
        return Report::check(false, format!("{name} has no command to run"));
    }
    let mut report = Report::default();
    for block in commands {
        let outcome = shell::run_or_tell(&mut bash(&block, home), LONG);
        report.merge(Report::check(
            outcome.success,
            format!("{block}\n{}", outcome.output),
        ));
    }
    for config in blocks(readme, "```ini") {
        report.merge(credential_process(&config, home));
    }
    report
}

/// Runs the `credential_process` of a config file, which is put where SDKs look for it.
fn credential_process(config: &str, home: &Path) -> Report {
    let mut lines = config.lines();
    let Some(line) = lines.find_map(|line| line.strip_prefix("credential_process = ")) else {
        return Report::check(false, format!("no credential_process: {config}"));
    };
    let directory = home.join(".aws");
    let written =
        fs::create_dir_all(&directory).and_then(|()| fs::write(directory.join("config"), config));
    if let Err(error) = written {
        return Report::check(false, format!("{line}\n{error}"));
    }
    let outcome = shell::run_or_tell(&mut bash(line, home), LONG);
    let is_understood = !outcome.success
        && outcome.output.contains("[file_not_found]")
        && outcome.output.contains("/etc/pki/host.pem");
    Report::check(is_understood, format!("{line}\n{}", outcome.output))
}

fn bash(block: &str, home: &Path) -> Command {
    let mut bash = shell::command("bash");
    bash.args(["-euo", "pipefail", "-c", block]);
    bash.env("HOME", home)
        .env("CARGO_INSTALL_ROOT", home.join("cargo"));
    keep_toolchain(&mut bash);
    if let Some(path) = std::env::var_os("PATH") {
        let directories = [home.join("cargo/bin")]
            .into_iter()
            .chain(std::env::split_paths(&path));
        if let Ok(joined) = std::env::join_paths(directories) {
            bash.env("PATH", joined);
        }
    }
    bash
}

/// rustup and cargo keep their files in the real home directory.
fn keep_toolchain(command: &mut Command) {
    let Some(real) = std::env::var_os("HOME") else {
        return;
    };
    for (name, directory) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if std::env::var_os(name).is_none() {
            command.env(name, Path::new(&real).join(directory));
        }
    }
}

fn fresh_home() -> std::io::Result<std::path::PathBuf> {
    let home = shell::scratch("readme-home")?;
    fs::remove_dir_all(&home)?;
    fs::create_dir_all(&home)?;
    Ok(home)
}

fn blocks(markdown: &str, opening: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<&str>> = None;
    for line in markdown.lines() {
        open = match (open, line.trim()) {
            (None, line) if line == opening => Some(Vec::new()),
            (None, _) => None,
            (Some(lines), "```") => {
                blocks.push(lines.join("\n"));
                None
            }
            (Some(mut lines), _) => {
                lines.push(line);
                Some(lines)
            }
        };
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blocks_marked_sh_are_commands() {
        let markdown = "a\n```sh\necho 1 \\\n  2\n```\n```ini\n[default]\n```\n```sh\ntrue\n```\n";
        assert_eq!(blocks(markdown, "```sh"), ["echo 1 \\\n  2", "true"]);
        assert_eq!(blocks(markdown, "```ini"), ["[default]"]);
    }
}
