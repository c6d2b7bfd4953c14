//! Options as a person may see them: no secret, no key that was pasted where a path belongs.

use super::table::{Kind, OptionName};
use super::{Options, Origin};
use crate::error::shown;
use alloc::{
    format,
    string::{String, ToString},
};

/// An option that was given, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShownOption {
    /// The option.
    pub name: OptionName,
    /// Its value, or what can be said of it without showing it.
    pub value: String,
    /// Where the value came from.
    pub origin: Origin,
}

impl Options {
    /// Every option that was given, in the order of the table, without secrets.
    pub fn shown(&self) -> impl Iterator<Item = ShownOption> {
        OptionName::all().filter_map(|name| {
            let origin = self.origin(name)?.clone();
            let value = match self.text(name) {
                Some(text) => value(name.kind(), text),
                None => "(given by the program)".to_string(),
            };
            Some(ShownOption {
                name,
                value,
                origin,
            })
        })
    }
}

fn value(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Secret => "(not shown)".to_string(),
        Kind::Source => source(text),
        _ => plain(text),
    }
}

fn source(text: &str) -> String {
    if text.contains("-----BEGIN") {
        return format!("(PEM text of {} bytes)", text.len());
    }
    match text.split_once("pin-value=") {
        Some((before, _)) => format!("{}pin-value=(not shown)", plain(before)),
        None => plain(text),
    }
}

/// Without the quotes that sentences need.
fn plain(text: &str) -> String {
    shown(text).trim_matches('`').to_string()
}
