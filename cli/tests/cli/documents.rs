//! Completions and manual pages, read by the programs that they are for.

use crate::run::{Run, command};
use crate::world::World;
use std::process::Command;

fn printed(line: &[&str]) -> String {
    Run::of(command().args(line)).succeeded().text().to_owned()
}

/// Runs a program of the system; `None`, and a line that says so, where it is not installed.
fn foreign(test: &str, program: &str, arguments: &[&str]) -> Option<Run> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("MANWIDTH", "200")
        .env("LC_ALL", "C.UTF-8");
    let Ok(output) = command.output() else {
        println!("SKIP cli::documents::{test}: there is no {program} here");
        return None;
    };
    Some(output.into())
}

#[test]
fn each_shell_understands_its_completions() {
    let world = World::new();
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        let script = world.file(shell, printed(&["completions", shell]));
        let test = format!("each_shell_understands_its_completions ({shell})");
        if let Some(run) = foreign(&test, shell, &[check, &script]) {
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{shell}");
        }
    }
    for shell in ["elvish", "powershell"] {
        assert!(printed(&["completions", shell]).contains("--trust-anchor-arn"));
    }
}

#[test]
fn bash_completes_commands_and_flags() {
    let world = World::new();
    let script = world.file("completions", printed(&["completions", "bash"]));
    let complete = |words: &str, word: &str, index: usize| {
        let text = format!(
            "source {script}; COMP_WORDS=({words}); COMP_CWORD={index}; \
             _rolesanywhere rolesanywhere '{word}'; echo \"${{COMPREPLY[@]}}\""
        );
        foreign("bash_completes_commands_and_flags", "bash", &["-c", &text])
    };
    let Some(run) = complete("rolesanywhere cred", "cred", 1) else {
        return;
    };
    assert_eq!(run.text().trim(), "credential-process", "{}", run.stderr);
    let run = complete("rolesanywhere credential-process --trust", "--trust", 2).unwrap();
    assert_eq!(run.text().trim(), "--trust-anchor-arn", "{}", run.stderr);
    let all = complete("rolesanywhere", "", 1).unwrap();
    assert!(
        !all.text().contains("web-identity"),
        "what is not there is not offered: {}",
        all.text()
    );
}

#[test]
fn shells_that_nobody_knows() {
    let run = Run::of(command().args(["completions", "tcsh"])).failed("option_invalid", 2);
    assert!(run.stderr.contains("fish"), "{}", run.stderr);
    Run::of(command().arg("completions")).failed("option_missing", 2);
}

#[test]
fn manual_pages_are_read_without_a_warning() {
    let world = World::new();
    for (line, expected) in [
        (&["man"][..], "rolesanywhere-credential-process(1)"),
        (&["man", "credential-process"], "--trust-anchor-arn <ARN>"),
        (&["man", "sign-string"], "SHA384"),
    ] {
        let page = world.file("page.1", printed(line));
        let Some(run) = foreign(
            "manual_pages_are_read_without_a_warning",
            "groff",
            &["-man", "-ww", "-Tutf8", "-P-cbou", &page],
        ) else {
            return;
        };
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{line:?}");
        assert!(run.text().contains(expected), "{line:?} {}", run.text());
    }
    Run::of(command().args(["man", "sever"])).failed("option_unknown", 2);
}

#[test]
fn man_shows_them() {
    let world = World::new();
    let page = world.file("page.1", printed(&["man"]));
    let Some(run) = foreign("man_shows_them", "man", &["-l", &page]) else {
        return;
    };
    if run.text().contains("minimized") {
        println!("SKIP cli::documents::man_shows_them: man is a stub here");
        return;
    }
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.text().contains("read-certificate-data"),
        "{}",
        run.text()
    );
}
