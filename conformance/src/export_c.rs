//! The cases as a C header, so that a runner in C needs no JSON parser.

use crate::model::{Case, Data};
use crate::suite_files::Vectors;
use core::fmt::Write;
use serde::Deserialize;
use serde_json::Value;

const HEAD: &str = r#"/* Written by `conformance export-c`; do not edit. Every input and expected value of every case, as
 * name and bytes.
 *
 * Members of objects and arrays are joined with dots: `headers.0.1` is the value of the first header,
 * `environment.AWS_REGION` one of a map: there the key is all that follows the map's name and a dot.
 * `headers.length` is the number of an array's items. Inputs that are data (text, hex, fixtures) hold
 * the bytes themselves. Numbers and booleans are text; what is null is left out. Every value
 * ends with a NUL that `length` does not count. */
#ifndef ROLESANYWHERE_CONFORMANCE_CASES_H
#define ROLESANYWHERE_CONFORMANCE_CASES_H

#include <stddef.h>
#include <string.h>

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Woverlength-strings"
#endif

typedef struct { const char *name; const char *value; size_t length; } conformance_member;

typedef struct {
    const char *id;
    const char *operation;
    const char *features; /* joined by spaces */
    const char *error; /* the code that an invalid case fails with, or NULL */
    const conformance_member *input; /* ends with a member whose name is NULL */
    const conformance_member *expected; /* an invalid case: what else its error tells */
} conformance_case;

/* The member of this name, or NULL. */
static inline const conformance_member *conformance_find(const conformance_member *members, const char *name) {
    for (; members->name != NULL; members++)
        if (strcmp(members->name, name) == 0) return members;
    return NULL;
}

"#;

/// The header's text.
///
/// # Errors
/// Where a fixture cannot be read.
pub fn header(vectors: &Vectors) -> Result<String, String> {
    let mut text = HEAD.to_owned();
    let mut table = String::new();
    for (index, (entry, case)) in vectors.cases().enumerate() {
        members(&mut text, &format!("input_{index}"), &case.input)?;
        let expected = case.expected.clone().unwrap_or_else(|| case_facts(case));
        members(&mut text, &format!("expected_{index}"), &expected)?;
        let error = match &case.error {
            Some(error) => literal(error.code.as_bytes()),
            None => "NULL".to_owned(),
        };
        let (id, operation) = (
            literal(case.id.as_bytes()),
            literal(entry.name().as_bytes()),
        );
        let features = literal(features(case)?.as_bytes());
        // Writing into a string cannot fail.
        let _ = writeln!(
            table,
            "    {{ {id}, {operation}, {features}, {error}, conformance_input_{index}, conformance_expected_{index} }},"
        );
    }
    let _ = write!(
        text,
        "static const conformance_case conformance_cases[] = {{\n{table}}};\n\n\
         static const size_t conformance_case_count = sizeof conformance_cases / sizeof conformance_cases[0];\n\n\
         #endif\n"
    );
    Ok(text)
}

/// As they stand in the vectors.
fn features(case: &Case) -> Result<String, String> {
    let names: Result<Vec<Value>, _> = case.features.iter().map(serde_json::to_value).collect();
    let names = names.map_err(|error| error.to_string())?;
    let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
    Ok(names.join(" "))
}

/// What an invalid case says of its error besides the code.
fn case_facts(case: &Case) -> Value {
    serde_json::to_value(&case.error).unwrap_or_default()
}

fn members(text: &mut String, name: &str, value: &Value) -> Result<(), String> {
    let mut found = Vec::new();
    flatten("", value, &mut found)?;
    let _ = writeln!(
        text,
        "static const conformance_member conformance_{name}[] = {{"
    );
    for (name, bytes) in found {
        let (name, value) = (literal(name.as_bytes()), literal(&bytes));
        let _ = writeln!(text, "    {{ {name}, {value}, {} }},", bytes.len());
    }
    text.push_str("    { NULL, NULL, 0 },\n};\n");
    Ok(())
}

fn flatten(name: &str, value: &Value, found: &mut Vec<(String, Vec<u8>)>) -> Result<(), String> {
    let below = |part: &str| {
        if name.is_empty() {
            part.to_owned()
        } else {
            format!("{name}.{part}")
        }
    };
    if let (Value::Object(_), Ok(data)) = (value, Data::deserialize(value)) {
        found.push((name.to_owned(), data.bytes()?));
        return Ok(());
    }
    match value {
        Value::Null => {}
        Value::String(text) => found.push((name.to_owned(), text.clone().into_bytes())),
        Value::Bool(_) | Value::Number(_) => {
            found.push((name.to_owned(), value.to_string().into_bytes()));
        }
        Value::Array(items) => {
            let count = items.len().to_string().into_bytes();
            found.push((below("length"), count));
            for (index, item) in items.iter().enumerate() {
                flatten(&below(&index.to_string()), item, found)?;
            }
        }
        Value::Object(object) => {
            for (part, member) in object {
                flatten(&below(part), member, found)?;
            }
        }
    }
    Ok(())
}

/// A C string, broken into lines because compilers need not take long ones.
fn literal(bytes: &[u8]) -> String {
    let mut lines = Vec::new();
    for chunk in bytes.chunks(1000) {
        let mut line = String::from("\"");
        for &byte in chunk {
            match byte {
                b'"' | b'\\' => line.extend(['\\', char::from(byte)]),
                b' '..=b'~' if byte != b'?' => line.push(char::from(byte)),
                _ => {
                    let _ = write!(line, "\\{byte:03o}");
                }
            }
        }
        line.push('"');
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push("\"\"".to_owned());
    }
    lines.join("\n        ")
}

#[cfg(test)]
mod tests {
    use super::{flatten, literal};
    use serde_json::json;

    #[test]
    fn members_are_flat_and_literals_are_plain() {
        let mut found = Vec::new();
        let value = json!({"a": {"text": "x"}, "b": [["n", 1]], "c": null, "d": {"e": true}});
        flatten("", &value, &mut found).unwrap();
        let expected = [
            ("a", "x"),
            ("b.length", "1"),
            ("b.0.length", "2"),
            ("b.0.0", "n"),
            ("b.0.1", "1"),
            ("d.e", "true"),
        ];
        assert_eq!(
            found,
            expected.map(|(name, value)| (name.to_owned(), value.into()))
        );
        assert_eq!(literal(b"a\"\\\n??/\xff"), r#""a\"\\\012\077\077/\377""#);
    }
}
