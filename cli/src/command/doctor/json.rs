//! The record for programs: one object.

use super::record::{Asked, Record, Topic};
use crate::report::{Report, error_members};
use rolesanywhere::core::session::SessionPreview;
use serde_json::{Map, Value, json};

pub(super) fn render(record: &Record, report: &Report) -> String {
    let options = record.options.iter().map(|option| {
        let origin = option.origin.to_string().replace('`', "");
        json!({"name": option.name.as_str(), "value": option.value, "origin": origin})
    });
    let defaults = record.defaults.iter();
    let defaults = defaults.map(|(name, value)| json!({"name": name, "value": value}));
    let identity = record.identity.iter();
    let identity = identity.map(|(what, value)| (what.replace(' ', "_"), json!(value)));
    let network = record.steps.iter().map(|step| {
        let elapsed = u64::try_from(step.elapsed.as_millis()).unwrap_or(u64::MAX);
        json!({"step": step.name, "found": step.found, "milliseconds": elapsed})
    });
    let causes = record.causes.iter();
    let causes = causes.map(|it| json!({"cause": it.cause, "remedy": it.remedy}));
    let error = record.first_error();
    let value = json!({
        "options": options.collect::<Vec<_>>(),
        "defaults": defaults.collect::<Vec<_>>(),
        "findings": findings(record),
        "identity": identity.collect::<Map<_, _>>(),
        "session": record.preview.as_ref().map(preview),
        "network": network.collect::<Vec<_>>(),
        "create_session": asked(&record.asked),
        "likely_causes": causes.collect::<Vec<_>>(),
        "code": error.map(|error| error.code().as_str()),
        "exit_status": error.map_or(0, |error| report.exit_status(error)),
    });
    format!("{value:#}\n")
}

fn findings(record: &Record) -> Vec<Value> {
    let found = record.findings.iter().map(|(topic, finding)| {
        let topic = match topic {
            Topic::Options => "options",
            Topic::Surroundings => "surroundings",
            Topic::Identity => "identity",
            Topic::Network => "network",
        };
        let mut members = error_members(&finding.error);
        members.insert("topic".to_owned(), json!(topic));
        members.insert("severity".to_owned(), json!(finding.severity.as_str()));
        Value::Object(members)
    });
    found.collect()
}

fn preview(preview: &SessionPreview) -> Value {
    let tags = preview.session_tags.iter();
    let tags = tags.map(|(key, value)| (key.clone(), json!(value)));
    json!({
        "role_session_name": preview.role_session_name,
        "source_identity": preview.source_identity,
        "session_tags": tags.collect::<Map<_, _>>(),
        "unmappable": preview.unmappable,
        "topmost_issuer": preview.topmost_issuer,
        "trust_policy": serde_json::from_str::<Value>(&preview.trust_policy).ok(),
    })
}

fn asked(asked: &Asked) -> Value {
    match asked {
        Asked::Not(why) => json!({"outcome": "not_sent", "reason": why}),
        Asked::Granted {
            access_key_id,
            expiration,
        } => json!({
            "outcome": "granted", "access_key_id": access_key_id, "expiration": expiration,
        }),
        Asked::Failed(error) => {
            let mut members = error_members(error);
            members.insert("outcome".to_owned(), json!("failed"));
            Value::Object(members)
        }
    }
}
