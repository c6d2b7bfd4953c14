//! What the vectors do not ask: handles, wrong input, and the provider from options to credentials.

use super::Instance;
use serde_json::{Value, json};

const LEAF: &str = include_str!("../../core/tests/data/certificates/leaf.pem");
const KEY: &str = include_str!("../../core/tests/data/keys/p256.pem");

fn call(instance: &mut Instance, operation: &str, input: &Value) -> Value {
    let answer = instance.call(operation, input.to_string().as_bytes());
    serde_json::from_slice(&answer).unwrap()
}

#[track_caller]
fn ok(instance: &mut Instance, operation: &str, input: &Value) -> Value {
    let mut answer = call(instance, operation, input);
    assert!(answer.get("ok").is_some(), "{operation}: {answer}");
    answer["ok"].take()
}

#[track_caller]
fn code(instance: &mut Instance, operation: &str, input: &Value) -> String {
    let answer = call(instance, operation, input);
    answer["error"]["code"]
        .as_str()
        .unwrap_or("(none)")
        .to_owned()
}

#[test]
fn wrong_input_is_told_and_harms_nothing() {
    let mut instance = Instance::new();
    let long = "x".repeat((1 << 20) + 1);
    for (operation, input, expected) in [
        ("nothing", json!({}), "argument_invalid"),
        ("version", json!([]), "argument_invalid"),
        ("arn", json!({ "kind": "role" }), "argument_invalid"),
        ("arn", json!({ "kind": 1, "arn": "x" }), "argument_invalid"),
        (
            "arn",
            json!({ "kind": "role", "arn": "x" }),
            "arn_malformed",
        ),
        ("pem", json!({ "data": long }), "input_too_large"),
        (
            "pem",
            json!({ "data": { "base64": "*" } }),
            "argument_invalid",
        ),
        (
            "sign",
            json!({ "private_key": 7, "message": "" }),
            "argument_invalid",
        ),
        (
            "identity_check",
            json!({ "identity": -1, "now": 0 }),
            "argument_invalid",
        ),
        (
            "private_key_from_pem",
            json!({ "data": KEY, "passphrase": 7 }),
            "argument_invalid",
        ),
        (
            "canonical_request",
            json!({ "path": "/", "path_encodings": 3, "method": "GET", "query": "", "body": "" }),
            "argument_invalid",
        ),
    ] {
        assert_eq!(
            code(&mut instance, operation, &input),
            expected,
            "{operation}"
        );
    }
    assert!(instance.call("version", b"{").starts_with(b"{\"error\":"));
    ok(&mut instance, "version", &json!({}));
}

#[test]
fn a_handle_is_of_its_kind_and_ends_when_freed() {
    let mut instance = Instance::new();
    let loaded = ok(
        &mut instance,
        "load_identity",
        &json!({ "parts": [LEAF, KEY] }),
    );
    let (identity, key) = (&loaded["identity"], &loaded["private_key"]);
    let swapped = json!({ "identity": key, "private_key": identity });
    let operation = "private_key_matches";
    assert_eq!(code(&mut instance, operation, &swapped), "argument_invalid");
    let right = json!({ "identity": identity, "private_key": key });
    assert_eq!(ok(&mut instance, operation, &right)["matches"], true);
    ok(&mut instance, "free", &json!({ "handle": key }));
    assert_eq!(code(&mut instance, operation, &right), "argument_invalid");
}

#[test]
fn a_provider_from_options_to_credentials() {
    let mut instance = Instance::new();
    let made = ok(
        &mut instance,
        "machine",
        &json!({
            "vocabulary": "camel_case",
            "arguments": [
                ["trustAnchorArn", "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/1"],
                ["profileArn", "arn:aws:rolesanywhere:us-east-1:111122223333:profile/2"],
                ["roleArn", "arn:aws:iam::111122223333:role/app"],
                ["certificate", LEAF],
                ["privateKey", null],
            ],
            "bytes": { "private_key": KEY },
        }),
    );
    let machine = &made["machine"];
    let wrong = json!({ "machine": machine, "unix_millis": "now", "monotonic_millis": 0 });
    assert_eq!(
        code(&mut instance, "machine_poll", &wrong),
        "argument_invalid",
        "or the next would not be the first to fetch"
    );
    let now = json!({ "machine": machine, "id": 1, "unix_millis": 1_893_456_000_000_u64,
        "monotonic_millis": 0.5, "jitter": 0.5 });
    assert_eq!(ok(&mut instance, "machine_poll", &now)["fetch"]["id"], 1);
    let action = ok(&mut instance, "machine_identify", &now);
    assert_eq!(action["send"]["method"], "POST");
    let mut reply = now.clone();
    reply["status"] = json!(403);
    reply["body"] = json!({ "base64": "e30=" });
    assert_eq!(ok(&mut instance, "machine_received", &reply), json!({}));
    let poll = ok(&mut instance, "machine_poll", &now);
    assert_eq!(poll["error"]["code"], "service_refused");
    assert_eq!(poll["error"]["status"], 403);
}

#[test]
fn there_are_no_files() {
    let options = json!({ "arguments": [
        ["trust_anchor_arn", "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/1"],
        ["profile_arn", "arn:aws:rolesanywhere:us-east-1:111122223333:profile/2"],
        ["role_arn", "arn:aws:iam::111122223333:role/app"],
        ["certificate", "leaf.pem"],
    ] });
    assert_eq!(
        code(&mut Instance::new(), "machine", &options),
        "feature_unavailable"
    );
}
