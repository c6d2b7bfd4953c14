//! The one way in which vector files are written, so that a change shows as what it is.

use serde_json::Value;
use std::fmt::Write;

/// Members in the order in which people read them; all others follow by name.
const ORDER: [&str; 29] = [
    "schema",
    "runner",
    "operation",
    "notes",
    "groups",
    "name",
    "version",
    "source",
    "tests",
    "id",
    "description",
    "flags",
    "features",
    "input",
    "method",
    "url",
    "path",
    "path_encodings",
    "query",
    "headers",
    "result",
    "expected",
    "error",
    "canonical_request",
    "signed_headers",
    "string_to_sign",
    "signature_hex",
    "reproducible",
    "authorization",
];

/// What fits into this many columns stands on one line.
const WIDTH: usize = 110;

/// The text of a file.
#[must_use]
pub fn to_text(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value, 0);
    text.push('\n');
    text
}

fn write(text: &mut String, value: &Value, depth: usize) {
    let line = one_line(value);
    let is_outer = depth == 0 || value.get("tests").or(value.get("groups")).is_some();
    if !is_outer && line.len() + 2 * depth <= WIDTH {
        text.push_str(&line);
        return;
    }
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| (None, item));
            lines(text, items, ['[', ']'], depth);
        }
        Value::Object(_) => {
            let members = members(value).into_iter();
            lines(
                text,
                members.map(|(name, member)| (Some(name), member)),
                ['{', '}'],
                depth,
            );
        }
        _ => text.push_str(&line),
    }
}

fn lines<'a>(
    text: &mut String,
    items: impl Iterator<Item = (Option<&'a str>, &'a Value)>,
    [open, close]: [char; 2],
    depth: usize,
) {
    text.push(open);
    let mut separator = "";
    for (name, item) in items {
        let indent = "  ".repeat(depth + 1);
        // Writing into a string cannot fail.
        let _ = write!(text, "{separator}\n{indent}");
        if let Some(name) = name {
            let _ = write!(text, "{}: ", Value::from(name));
        }
        write(text, item, depth + 1);
        separator = ",";
    }
    let _ = write!(text, "\n{}{close}", "  ".repeat(depth));
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(_) => {
            let members: Vec<String> = members(value)
                .into_iter()
                .map(|(name, member)| format!("{}: {}", Value::from(name), one_line(member)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        plain => plain.to_string(),
    }
}

fn members(value: &Value) -> Vec<(&str, &Value)> {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let members = value.as_object().into_iter().flatten();
    let mut members: Vec<(&str, &Value)> = members
        .map(|(name, member)| (name.as_str(), member))
        .collect();
    members.sort_by_key(|(name, _)| (rank(name).unwrap_or(ORDER.len()), *name));
    members
}

#[cfg(test)]
mod tests {
    use super::to_text;
    use serde_json::{Value, json};

    #[test]
    fn short_values_take_one_line_and_the_text_reads_back() {
        let long = "x".repeat(120);
        let value = json!({"tests": [{"result": "valid", "id": "a", "input": {}}], "long": long});
        let text = to_text(&value);
        let line = r#"  "tests": [{ "id": "a", "input": {}, "result": "valid" }],"#;
        assert!(text.contains(line), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert_eq!(to_text(&serde_json::from_str(&text).unwrap()), text);
    }
}
