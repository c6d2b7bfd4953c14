//! Differences that are known and meant.

use crate::faults;
use crate::fields::{BAD, NAMES, OTHER_KEY, Reading};
use rolesanywhere_conformance::Result;

/// Every line of `exceptions.txt`, and how often it was needed.
pub(crate) struct Exceptions(Vec<(String, usize)>);

impl Exceptions {
    pub(crate) fn read() -> Result<Self> {
        let lines = include_str!("exceptions.txt").lines();
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with(['#', ' ']));
        Ok(Self(lines.map(|line| (line.to_owned(), 0)).collect()))
    }

    /// What differs and is not among them.
    pub(crate) fn unexplained(
        &mut self,
        der: &[u8],
        ours: &Reading,
        theirs: &Reading,
    ) -> Option<String> {
        let differences = differences(der, ours, theirs);
        let unexplained: Vec<String> = differences
            .into_iter()
            .filter(|(kind, _)| !self.has(kind))
            .map(|(kind, values)| format!("{kind}\n{values}"))
            .collect();
        (!unexplained.is_empty()).then(|| unexplained.join("\n"))
    }

    pub(crate) fn counts(self) -> Vec<(String, usize)> {
        self.0
    }

    fn has(&mut self, kind: &str) -> bool {
        let known = self.0.iter_mut().find(|(known, _)| known == kind);
        known.map(|(_, times)| *times += 1).is_some()
    }
}

/// The kind of each difference, and what both sides say.
fn differences(der: &[u8], ours: &Reading, theirs: &Reading) -> Vec<(String, String)> {
    let odd = faults::first(der);
    match (ours, theirs) {
        (Err(_), Err(_)) => Vec::new(),
        (Ok(_), Err(reason)) => vec![(format!("only the core reads: {odd}"), reason.clone())],
        (Err(reason), Ok(fields)) => {
            // What OpenSSL reads and then calls bad, it does not take either.
            let bad = fields.iter().any(|field| field == BAD);
            let kind = format!("only OpenSSL reads: {reason}: {odd}");
            let kind = (!bad).then(|| (kind, fields.join("\n")));
            kind.into_iter().collect()
        }
        (Ok(ours), Ok(theirs)) => NAMES
            .iter()
            .zip(ours.iter().zip(theirs))
            .filter(|(_, (ours, theirs))| !same(ours, theirs))
            .map(|(name, (ours, theirs))| {
                let values = format!("  ours: {ours}\ntheirs: {theirs}");
                (kind(name, ours, theirs, odd), values)
            })
            .collect(),
    }
}

/// Whether both say the same, which for keys that neither takes is enough.
fn same(ours: &str, theirs: &str) -> bool {
    ours == theirs
        || (ours.starts_with(OTHER_KEY) && (theirs == BAD || theirs.starts_with(OTHER_KEY)))
}

fn kind(name: &str, ours: &str, theirs: &str, odd: &str) -> String {
    if let Some(reason) = ours.strip_prefix(OTHER_KEY) {
        let reason: Vec<&str> = reason
            .split(|character: char| character.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .collect();
        let reason = reason.join("0");
        return format!("only OpenSSL takes the key: {reason}");
    }
    if theirs == BAD && name == "authorityKeyIdentifier" {
        return format!("only the core reads the {name}");
    }
    if theirs == BAD {
        return format!("only the core reads the {name}: {odd}");
    }
    let turned = ["\u{200e}", "\u{200f}", "\u{202e}", "\u{2066}"];
    if turned.iter().any(|mark| theirs.contains(mark)) {
        return format!("{name}: only the core escapes what turns the direction of text");
    }
    format!("{name}: {odd}")
}
