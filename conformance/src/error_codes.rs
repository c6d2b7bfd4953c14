//! `vectors/project/error_codes.json`: one case for each line of the core's table.

use crate::json_text;
use crate::runner::Entry;
use rolesanywhere_core::ErrorCode;
use serde_json::{Value, json};

/// The file's path below `vectors/` and its text.
///
/// # Errors
/// Where there is no such operation.
pub fn file() -> Result<(String, String), String> {
    let entry = Entry::find("error_codes").ok_or("there is no operation error_codes")?;
    let tests: Vec<Value> = ErrorCode::ALL.iter().map(|code| case(*code)).collect();
    let value = json!({
        "schema": crate::model::SCHEMA,
        "operation": entry.name(),
        "groups": [{
            "source": {"name": "project", "version": "core/src/error/code.rs"},
            "tests": tests,
        }],
    });
    Ok((entry.path(), json_text::to_text(&value)))
}

fn case(code: ErrorCode) -> Value {
    let (text, kind) = (code.as_str(), code.kind().as_str());
    json!({
        "id": format!("error_codes::{kind}::{}", text.replace('_', "-")),
        "description": code.meaning(),
        "input": {"code": text},
        "result": "valid",
        "expected": {
            "number": code.number(), "kind": kind, "retryable": code.usually_retryable(),
        },
    })
}
