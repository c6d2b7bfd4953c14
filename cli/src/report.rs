//! Standard error: one sentence, its code, one hint; or one JSON object a line.

mod json;

use crate::persona::Persona;
use json::Line;
pub(crate) use json::error_members;
use rolesanywhere::core::error::{Error, ErrorCode, ErrorKind};
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// Where messages go. Nothing here can fail: there is nowhere left to say so.
#[derive(Clone, Copy)]
pub(crate) struct Report {
    persona: Persona,
    format: Format,
}

#[derive(Clone, Copy)]
enum Format {
    Text,
    Json,
}

impl Report {
    /// Looks for `--log-format json` itself, so that a bad command line is reported in it too.
    pub(crate) fn new(persona: Persona, arguments: &[OsString]) -> Self {
        let pairs = arguments.iter().zip(arguments.iter().skip(1));
        let separate = pairs
            .into_iter()
            .any(|(flag, value)| flag == "--log-format" && value == "json");
        let joined = arguments.iter().any(|word| word == "--log-format=json");
        Self {
            persona,
            format: if separate || joined {
                Format::Json
            } else {
                Format::Text
            },
        }
    }

    /// The end of a command that failed.
    pub(crate) fn fail(&self, error: &Error) -> ExitCode {
        self.error("error", error);
        self.status(error)
    }

    /// The exit status that an error ends with, whoever prints it.
    pub(crate) fn status(&self, error: &Error) -> ExitCode {
        ExitCode::from(self.exit_status(error))
    }

    /// The same as a number.
    pub(crate) fn exit_status(&self, error: &Error) -> u8 {
        match self.persona {
            Persona::Own => exit_status(error),
            // The helper knows no finer ones.
            Persona::Helper => 1,
        }
    }

    /// Something that may go wrong, or will soon.
    pub(crate) fn warn(&self, error: &Error) {
        self.error("warning", error);
    }

    /// Something that is allowed and unwise.
    pub(crate) fn caution(&self, message: &str) {
        self.message("warning", message);
    }

    /// A detail for `--debug`: what it is, then its value, which may have several lines.
    pub(crate) fn debug(&self, what: &str, value: &str) {
        match self.format {
            Format::Json => print(
                &Line::new("debug")
                    .text("event", what)
                    .text("value", value)
                    .end(),
            ),
            Format::Text => {
                for line in value.split('\n') {
                    print(&format!("debug: {what}: {line}"));
                }
            }
        }
    }

    fn message(&self, level: &str, message: &str) {
        print(&match self.format {
            Format::Json => Line::new(level).text("message", message).end(),
            Format::Text => format!("rolesanywhere: {level}: {message}"),
        });
    }

    fn error(&self, level: &str, error: &Error) {
        print(&match self.format {
            Format::Json => Line::new(level).error(error).end(),
            Format::Text => {
                let level = if level == "error" {
                    String::new()
                } else {
                    format!("{level}: ")
                };
                let code = error.code().as_str();
                format!(
                    "rolesanywhere: {level}{error} [{code}]\nhint: {}",
                    error.hint()
                )
            }
        });
    }
}

/// One write for a message, so that those of two processes do not mix. A closed stream is ignored.
fn print(message: &str) {
    let _ = std::io::stderr().write_all(format!("{message}\n").as_bytes());
}

/// API: 1 refused by the service, 2 usage, 3 identity or signing, 4 internal, 5 worth retrying.
fn exit_status(error: &Error) -> u8 {
    match (error.kind(), error.code()) {
        (_, ErrorCode::Throttled | ErrorCode::ServiceUnavailable) => 5,
        (ErrorKind::Service, _) => 1,
        (ErrorKind::Input, _) => 2,
        (ErrorKind::Identity | ErrorKind::Signing, _) => 3,
        (ErrorKind::Transport, _) => 5,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_documented_exit_status() {
        for code in ErrorCode::ALL {
            let status = exit_status(&Error::new(*code, "x"));
            let expected = match code.as_str() {
                "throttled" | "service_unavailable" => 5,
                _ => match code.number() / 100 {
                    1 => 2,
                    2 | 3 => 3,
                    4 => 1,
                    5 => 5,
                    _ => 4,
                },
            };
            assert_eq!(status, expected, "{code}");
        }
    }

    #[test]
    fn the_log_format_is_found_on_any_command_line() {
        let report = |line: &[&str]| {
            let words: Vec<OsString> = line.iter().map(OsString::from).collect();
            matches!(Report::new(Persona::Own, &words).format, Format::Json)
        };
        assert!(report(&["r", "c", "--log-format", "json"]));
        assert!(report(&["r", "c", "--log-format=json", "--bogus"]));
        assert!(!report(&["r", "c", "--log-format", "text", "json"]));
        assert!(!report(&["r", "json"]));
    }
}
