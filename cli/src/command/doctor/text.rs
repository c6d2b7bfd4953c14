//! The record for people.

use super::record::{Asked, Record, Topic};
use rolesanywhere::core::error::Error;
use rolesanywhere::core::identity::{Finding, Severity};
use rolesanywhere::core::session::{LikelyCause, SessionPreview};
use std::fmt::Write;

/// The text, coloured for a terminal.
pub(super) fn render(record: &Record, is_coloured: bool) -> String {
    let mut page = Page {
        text: String::new(),
        is_coloured,
    };
    page.options(record);
    page.findings("Before us", record, Topic::Surroundings);
    page.identity(record);
    if let Some(preview) = &record.preview {
        page.preview(preview);
    }
    page.network(record);
    page.service(record);
    page.text
}

struct Page {
    text: String,
    is_coloured: bool,
}

/// What a line begins with, and its colour.
#[derive(Clone, Copy)]
enum Mark {
    Ok,
    Note,
    Warning,
    Error,
    Skipped,
}

impl Mark {
    const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            _ => Self::Note,
        }
    }

    const fn word_and_colour(self) -> (&'static str, &'static str) {
        match self {
            Self::Ok => ("ok", "32"),
            Self::Note => ("note", "36"),
            Self::Warning => ("warning", "33"),
            Self::Error => ("error", "31"),
            Self::Skipped => ("skipped", "2"),
        }
    }
}

impl Page {
    fn options(&mut self, record: &Record) {
        self.title("Options");
        for option in &record.options {
            let value = format!(
                "{} (from {})",
                option.value,
                option.origin.to_string().replace('`', "")
            );
            self.fact(option.name.as_str(), &value);
        }
        for (name, value) in &record.defaults {
            self.fact(name, value);
        }
        self.all_findings(record, Topic::Options);
    }

    fn identity(&mut self, record: &Record) {
        self.title("Identity");
        for (what, value) in &record.identity {
            self.fact(what, value);
        }
        if record.of(Topic::Identity).next().is_none() && !record.identity.is_empty() {
            self.line(
                Mark::Ok,
                "certificate, chain and private key belong together",
            );
        }
        self.all_findings(record, Topic::Identity);
    }

    fn preview(&mut self, preview: &SessionPreview) {
        self.title("What AWS will see");
        self.fact("role session name", &preview.role_session_name);
        self.fact("source identity", &preview.source_identity);
        for (key, value) in &preview.session_tags {
            self.fact("session tag", &format!("{key} = {value}"));
        }
        for key in &preview.unmappable {
            self.fact("no session tag", key);
        }
        self.fact("trust anchor of", &preview.topmost_issuer);
        self.push("  trust policy for the role:");
        for line in preview.trust_policy.lines() {
            self.push(&format!("    {line}"));
        }
    }

    fn network(&mut self, record: &Record) {
        let is_silent = record.steps.is_empty() && record.of(Topic::Network).next().is_none();
        if is_silent {
            return;
        }
        self.title("Network");
        for step in &record.steps {
            let text = match step.elapsed.as_millis() {
                0 => format!("{}: {}", step.name, step.found),
                elapsed => format!("{}: {} ({elapsed} ms)", step.name, step.found),
            };
            self.line(Mark::Ok, &text);
        }
        self.all_findings(record, Topic::Network);
        if let Asked::Not(_) = record.asked {
            self.causes(&record.causes);
        }
    }

    fn service(&mut self, record: &Record) {
        self.title("CreateSession");
        match &record.asked {
            Asked::Not(why) => self.line(Mark::Skipped, &format!("not sent: {why}")),
            Asked::Granted {
                access_key_id,
                expiration,
            } => {
                let text = format!("credentials {access_key_id} until {expiration}");
                self.line(Mark::Ok, &text);
            }
            Asked::Failed(error) => {
                self.error(Mark::Error, error);
                self.causes(&record.causes);
            }
        }
    }

    fn causes(&mut self, causes: &[LikelyCause]) {
        for cause in causes {
            self.push(&format!("           likely: {}", cause.cause));
            self.push(&format!("                   {}", cause.remedy));
        }
    }

    fn findings(&mut self, title: &str, record: &Record, topic: Topic) {
        if record.of(topic).next().is_some() {
            self.title(title);
            self.all_findings(record, topic);
        }
    }

    fn all_findings(&mut self, record: &Record, topic: Topic) {
        for Finding {
            severity, error, ..
        } in record.of(topic)
        {
            self.error(Mark::of(*severity), error);
        }
    }

    fn error(&mut self, mark: Mark, error: &Error) {
        self.line(mark, &format!("{error} [{}]", error.code()));
        self.push(&format!("           hint: {}", error.hint()));
    }

    fn title(&mut self, title: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        match self.is_coloured {
            true => self.push(&format!("\u{1b}[1m{title}\u{1b}[0m")),
            false => self.push(title),
        }
    }

    fn fact(&mut self, what: &str, value: &str) {
        self.push(&format!("  {what:<18} {value}"));
    }

    fn line(&mut self, mark: Mark, text: &str) {
        let (word, colour) = mark.word_and_colour();
        match self.is_coloured {
            true => self.push(&format!("  \u{1b}[{colour}m{word:<8}\u{1b}[0m {text}")),
            false => self.push(&format!("  {word:<8} {text}")),
        }
    }

    fn push(&mut self, line: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{line}");
    }
}
