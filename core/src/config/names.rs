//! How each host writes the options' names, and what somebody who mistyped one meant.

use super::table::{Kind, OptionName, RESERVED, Row, TABLE};
use crate::error::{Error, ErrorCode, Result, shown};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::slice;

/// How a host writes option names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Vocabulary {
    /// `trust_anchor_arn`: Python, C, JSON.
    SnakeCase,
    /// `trustAnchorArn`: Node, WASM.
    CamelCase,
    /// `--trust-anchor-arn`: the command line.
    Flags,
}

impl Vocabulary {
    /// Every name that this host may write an option by; an empty one is none.
    pub(super) const fn names(self, row: &'static Row) -> &'static [&'static str] {
        match self {
            Self::SnakeCase => slice::from_ref(&row.snake_case),
            Self::CamelCase => slice::from_ref(&row.camel_case),
            Self::Flags => row.flags,
        }
    }

    /// A name as the user reads it.
    pub(super) fn written(self, name: &str) -> String {
        match self {
            Self::Flags => format!("--{name}"),
            Self::SnakeCase | Self::CamelCase => name.to_string(),
        }
    }

    pub(super) fn find(self, name: &str) -> Result<&'static Row> {
        let is_meant = |row: &&'static Row| !name.is_empty() && self.names(row).contains(&name);
        if let Some(row) = TABLE.iter().find(is_meant) {
            return Ok(row);
        }
        if RESERVED.iter().any(|names| names.contains(&name)) {
            let message = format!("option `{}` is not available yet", self.written(name));
            return Err(Error::new(ErrorCode::FeatureUnavailable, message));
        }
        let message = format!("there is no option {}", shown(&self.written(name)));
        let error = Error::new(ErrorCode::OptionUnknown, message);
        let known: Vec<&str> = TABLE
            .iter()
            .flat_map(|row| self.names(row))
            .copied()
            .collect();
        Err(match nearest(name, &known) {
            Some(meant) => error.with_hint(format!("did you mean `{}`?", self.written(meant))),
            None => error,
        })
    }
}

impl OptionName {
    pub(super) fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.name == self)
    }

    /// The option's snake_case name, by which documentation and JSON call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().map_or("", |row| row.snake_case)
    }

    /// What the option's value is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.row().map_or(Kind::Text, |row| row.kind)
    }

    /// Every option.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.name)
    }

    /// The flags that give the option, without dashes; one that begins with `no-` switches it off.
    #[must_use]
    pub fn flags(self) -> &'static [&'static str] {
        self.row().map_or(&[], |row| row.flags)
    }

    /// The option that this flag, without dashes, gives.
    #[must_use]
    pub fn of_flag(flag: &str) -> Option<Self> {
        let mut rows = TABLE.iter();
        rows.find(|row| row.flags.contains(&flag))
            .map(|row| row.name)
    }

    /// The environment variables that give the option, the first one wins.
    #[must_use]
    pub fn environment_variables(self) -> &'static [&'static str] {
        self.row().map_or(&[], |row| row.environment)
    }
}

/// The one that is written most like it, where one is near.
pub(super) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = letters(written);
    let allowed = (wanted.len() / 3).max(1);
    let mut nearest = None;
    for &name in known.iter().filter(|name| !name.is_empty()) {
        let candidate = (distance(&wanted, &letters(name)), name);
        if candidate.0 <= allowed && nearest.is_none_or(|nearest| candidate < nearest) {
            nearest = Some(candidate);
        }
    }
    nearest.map(|(_, name)| name)
}

fn letters(text: &str) -> Vec<u8> {
    let mut letters = text.to_ascii_lowercase().into_bytes();
    letters.retain(u8::is_ascii_alphanumeric);
    letters
}

/// Levenshtein's, one row at a time.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, left) in one.iter().enumerate() {
        let mut diagonal = above;
        let mut previous = above.saturating_add(1);
        let mut next_row = [previous].to_vec();
        for (right, &up) in other.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal.saturating_add(usize::from(left != right));
            previous = replaced
                .min(up.saturating_add(1))
                .min(previous.saturating_add(1));
            next_row.push(previous);
            diagonal = up;
        }
        row = next_row;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, distance};
    use crate::error::ErrorCode;

    #[test]
    fn levenshtein() {
        for (one, other, expected) in [
            ("kitten", "sitting", 3),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("ab", "ba", 2),
        ] {
            let distance = distance(one.as_bytes(), other.as_bytes());
            assert_eq!(distance, expected, "{one} {other}");
        }
    }

    #[test]
    fn the_nearest_name_is_told_in_the_hosts_way() {
        for (vocabulary, name, hint) in [
            (
                Vocabulary::SnakeCase,
                "trust_anchor",
                "did you mean `trust_anchor_arn`?",
            ),
            (
                Vocabulary::SnakeCase,
                "trustAnchorArn",
                "did you mean `trust_anchor_arn`?",
            ),
            (
                Vocabulary::CamelCase,
                "duration_second",
                "did you mean `durationSeconds`?",
            ),
            (Vocabulary::Flags, "role-arm", "did you mean `--role-arn`?"),
        ] {
            let error = vocabulary.find(name).unwrap_err();
            assert_eq!(
                (error.code(), error.hint()),
                (ErrorCode::OptionUnknown, hint)
            );
        }
        let far = Vocabulary::Flags.find("frobnicate").unwrap_err();
        assert!(!far.hint().contains("did you mean"));
        let reserved = Vocabulary::CamelCase.find("webIdentityToken").unwrap_err();
        assert_eq!(reserved.code(), ErrorCode::FeatureUnavailable);
    }
}
