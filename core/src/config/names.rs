//! How each host writes the options' names, and what somebody who mistyped one meant.

use super::table::{Kind, OptionName, RESERVED, Row, TABLE};
use crate::error::{Error, ErrorCode, Result, shown};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

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
    /// Every name that this host may write an option by.
    pub(super) fn names(self, row: &Row) -> Vec<&'static str> {
        let names: Vec<&'static str> = match self {
            Self::SnakeCase => [row.snake_case].into(),
            Self::CamelCase => [row.camel_case].into(),
            Self::Flags => row.flags.to_vec(),
        };
        names.into_iter().filter(|name| !name.is_empty()).collect()
    }

    /// A name as the user reads it.
    pub(super) fn written(self, name: &str) -> String {
        match self {
            Self::Flags => format!("--{name}"),
            Self::SnakeCase | Self::CamelCase => name.to_string(),
        }
    }

    pub(super) fn find(self, name: &str) -> Result<&'static Row> {
        if let Some(row) = TABLE.iter().find(|row| self.names(row).contains(&name)) {
            return Ok(row);
        }
        if RESERVED.iter().any(|names| names.contains(&name)) {
            let message = format!("option `{}` is not available yet", self.written(name));
            return Err(Error::new(ErrorCode::FeatureUnavailable, message));
        }
        let known: Vec<&str> = TABLE.iter().flat_map(|row| self.names(row)).collect();
        Err(unknown_option(
            &self.written(name),
            known.iter().map(|name| self.written(name)),
        ))
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

/// `option_unknown`, naming the nearest of `known` where one is near.
#[must_use]
pub fn unknown_option(written: &str, known: impl Iterator<Item = String>) -> Error {
    let message = format!("there is no option {}", shown(written));
    let error = Error::new(ErrorCode::OptionUnknown, message);
    match nearest(written, known) {
        Some(name) => error.with_hint(format!("did you mean `{name}`?")),
        None => error,
    }
}

pub(super) fn nearest(written: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let letters = |text: &str| -> Vec<char> {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    let wanted = letters(written);
    let allowed = (wanted.len() / 3).max(1);
    known
        .map(|name| (distance(&wanted, &letters(&name)), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein's, one row at a time.
fn distance(one: &[char], other: &[char]) -> usize {
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
            let letters = |text: &str| text.chars().collect::<alloc::vec::Vec<_>>();
            assert_eq!(
                distance(&letters(one), &letters(other)),
                expected,
                "{one} {other}"
            );
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
