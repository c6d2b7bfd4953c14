//! The JSON schemas, generated from the model.

use crate::model::results::{Exceptions, Results};
use crate::runner::ENTRIES;
use crate::{Result, paths};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::fs;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Name and text of each file under `schema/`.
#[must_use]
pub fn files() -> [(&'static str, Value); 3] {
    [
        ("vectors.schema.json", vectors()),
        (
            "results.schema.json",
            one::<Results>("Results of one runner"),
        ),
        (
            "exceptions.schema.json",
            one::<Exceptions>("Cases that a runner skips"),
        ),
    ]
}

/// Writes the files.
///
/// # Errors
/// Where one cannot be written.
pub fn write() -> Result<()> {
    for (name, schema) in files() {
        fs::write(paths::schema().join(name), text(&schema)?)?;
    }
    Ok(())
}

/// The files that differ from the model.
///
/// # Errors
/// Where the model has no schema.
pub fn stale() -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for (name, schema) in files() {
        let found = fs::read_to_string(paths::schema().join(name));
        if found.ok().as_ref() != Some(&text(&schema)?) {
            stale.push(format!("schema/{name}"));
        }
    }
    Ok(stale)
}

fn text(schema: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(schema)? + "\n")
}

/// One of the operations' files, told by its member `operation`.
fn vectors() -> Value {
    let mut generator = generator();
    let mut choices = Vec::new();
    for entry in ENTRIES {
        let file = entry.schema(&mut generator).to_value();
        choices.push(json!({
            "allOf": [file, {"properties": {"operation": {"const": entry.name()}}}],
        }));
    }
    document(
        "Vectors of one operation",
        json!({"oneOf": choices}),
        &generator,
    )
}

fn one<T: JsonSchema>(title: &str) -> Value {
    let mut generator = generator();
    let schema = generator.subschema_for::<T>().to_value();
    document(title, json!({"allOf": [schema]}), &generator)
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

fn document(title: &str, schema: Value, generator: &SchemaGenerator) -> Value {
    let mut members = Map::new();
    members.insert("$schema".into(), DIALECT.into());
    members.insert("title".into(), title.into());
    members.insert(
        "$defs".into(),
        Value::Object(generator.definitions().clone()),
    );
    if let Value::Object(schema) = schema {
        members.extend(schema);
    }
    Value::Object(members)
}
