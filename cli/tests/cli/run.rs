//! Running the command.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Command, Output, Stdio};

/// The command with nothing of this process's environment, in the background of its terminal.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolesanywhere"));
    command.env_clear().stdin(Stdio::null()).process_group(0);
    command
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        command.output().unwrap().into()
    }

    pub(crate) fn with_input(command: &mut Command, input: &[u8]) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap().into()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }

    /// The run succeeded and said nothing besides its output.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (0, ""),
            "{}",
            self.stderr
        );
        self
    }

    /// The run warned of the secret after this flag; what is left is without that warning.
    #[track_caller]
    pub(crate) fn exposed(self, flag: &str) -> Self {
        let warning = format!(
            "rolesanywhere: warning: others on this machine can see the secret after `{flag}`; "
        );
        let (first, rest) = self.stderr.split_once('\n').unwrap_or_default();
        assert!(first.starts_with(&warning), "{flag}: {}", self.stderr);
        assert!(first.contains("env:NAME or -"), "{first}");
        Self {
            stderr: rest.to_owned(),
            ..self
        }
    }

    /// The run failed with this code: one sentence, one hint, and nothing on standard output.
    #[track_caller]
    pub(crate) fn failed(self, code: &str, status: i32) -> Self {
        assert_eq!(self.text(), "", "{code}: {}", self.stderr);
        let lines: Vec<&str> = self.stderr.lines().collect();
        let [sentence, hint] = lines.as_slice() else {
            panic!("{code}: not one sentence and one hint: {}", self.stderr)
        };
        assert_sentence(sentence, code);
        assert!(
            hint.starts_with("hint: ") && !hint.ends_with('.'),
            "{code}: {hint}"
        );
        assert_eq!(self.status, status, "{code}: {}", self.stderr);
        self
    }

    /// The run warned with these codes first; what is left is without those warnings.
    #[track_caller]
    pub(crate) fn warned(self, codes: &[&str]) -> Self {
        let mut lines = self.stderr.lines();
        for code in codes {
            let (warning, hint) = (lines.next().unwrap_or_default(), lines.next());
            let is_warning = warning.starts_with("rolesanywhere: warning: ");
            assert!(
                is_warning && warning.ends_with(&format!("[{code}]")),
                "{code}: {}",
                self.stderr
            );
            assert!(
                hint.is_some_and(|it| it.starts_with("hint: ")),
                "{}",
                self.stderr
            );
        }
        let rest: Vec<&str> = lines.collect();
        Self {
            stderr: rest.join("\n"),
            ..self
        }
    }
}

#[track_caller]
fn assert_sentence(line: &str, code: &str) {
    let sentence = line
        .strip_prefix("rolesanywhere: ")
        .unwrap_or_else(|| panic!("{line}"));
    let sentence = sentence
        .strip_suffix(&format!(" [{code}]"))
        .unwrap_or_else(|| panic!("{code} is expected: {line}"));
    let first = sentence.chars().next().unwrap();
    assert!(!first.is_uppercase() && !sentence.ends_with('.'), "{line}");
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
