//! IAM's JSON, member by member. An unknown one is refused with its path.

use super::statement::Statement;
use serde_json::{Map, Value};
use std::fmt;

/// What is wrong with a policy, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    path: String,
    what: String,
}

pub(super) type Parsed<T> = Result<T, Problem>;

impl Problem {
    pub(super) fn new(path: &str, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return formatter.write_str(&self.what);
        }
        write!(formatter, "{}: {}", self.path, self.what)
    }
}

/// The statements of a document.
pub(super) fn statements(document: &Value) -> Parsed<Vec<Statement>> {
    let members = object("", document)?;
    known("", members, &["Version", "Id", "Statement"])?;
    let version = members.get("Version").map(Value::as_str);
    if !matches!(version, None | Some(Some("2012-10-17" | "2008-10-17"))) {
        return Err(Problem::new("Version", "it is not 2012-10-17"));
    }
    match members.get("Statement") {
        None => Err(Problem::new("", "there is no Statement")),
        Some(Value::Array(statements)) => {
            let numbered = statements.iter().enumerate();
            numbered
                .map(|(at, value)| Statement::read(&format!("Statement[{at}]"), value))
                .collect()
        }
        Some(one) => Ok(vec![Statement::read("Statement", one)?]),
    }
}

pub(super) fn object<'a>(path: &str, value: &'a Value) -> Parsed<&'a Map<String, Value>> {
    value
        .as_object()
        .ok_or_else(|| Problem::new(path, "it is not an object"))
}

/// Refuses members that are not among those named.
pub(super) fn known(path: &str, members: &Map<String, Value>, names: &[&str]) -> Parsed<()> {
    let unknown = members.keys().find(|key| !names.contains(&key.as_str()));
    unknown.map_or(Ok(()), |key| {
        let what = format!("it is not known here; known are {}", names.join(", "));
        Err(Problem::new(&join(path, key), what))
    })
}

/// One text, or a list of them.
pub(super) fn texts(path: &str, value: &Value) -> Parsed<Vec<String>> {
    let wrong = || Problem::new(path, "it is neither a string nor a list of strings");
    let texts = match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values
            .iter()
            .map(|value| value.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect::<Parsed<_>>()?,
        _ => return Err(wrong()),
    };
    if texts.is_empty() {
        return Err(Problem::new(path, "it is empty"));
    }
    Ok(texts)
}

pub(super) fn join(path: &str, member: &str) -> String {
    if path.is_empty() {
        member.to_owned()
    } else {
        format!("{path}.{member}")
    }
}
