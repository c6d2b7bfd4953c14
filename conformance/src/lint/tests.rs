use super::lint;
use crate::json_text::to_text;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn file(change: impl FnOnce(&mut Value)) -> (String, String) {
    let mut value = json!({
        "schema": 1,
        "operation": "arn",
        "notes": {"n": {"description": "It fails.", "bug_type": "refused"}},
        "groups": [{
            "source": {"name": "project", "version": "1"},
            "tests": [{
                "id": "arn::role::plain",
                "description": "A role.",
                "flags": ["n"],
                "input": {"kind": "role", "arn": "arn:aws:iam::111122223333:role/a"},
                "result": "valid",
                "expected": {"partition": "aws", "account_id": "111122223333", "role_name": "a"},
            }],
        }],
    });
    change(&mut value);
    ("protocol/arn.json".to_owned(), to_text(&value))
}

fn rules(file: (String, String)) -> Vec<&'static str> {
    let retired = BTreeMap::from([("arn::old::case".to_owned(), "it was wrong".to_owned())]);
    let problems = lint(&[file], &retired);
    problems.iter().map(|problem| problem.rule).collect()
}

#[test]
fn a_good_file_has_no_problem() {
    assert_eq!(rules(file(|_| {})), <[&str; 0]>::default());
}

#[test]
fn each_rule_is_named() {
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 15] = [
        ("schema", |file| file["schema"] = 2.into()),
        ("form", |file| file["unknown"] = 1.into()),
        ("form", |file| {
            file["groups"][0]["tests"][0]["unknown"] = 1.into()
        }),
        ("form", |file| {
            file["groups"][0]["tests"][0]["input"]["unknown"] = 1.into()
        }),
        ("form", |file| {
            file["groups"][0]["tests"][0]["expected"]["unknown"] = 1.into()
        }),
        ("source", |file| {
            drop(file["groups"][0].as_object_mut().unwrap().remove("source"))
        }),
        ("source", |file| {
            file["groups"][0]["source"]["version"] = "".into()
        }),
        ("operation", |file| file["operation"] = "arms".into()),
        ("id", |file| {
            file["groups"][0]["tests"][0]["id"] = "role::arn::plain".into()
        }),
        ("id", |file| {
            file["groups"][0]["tests"][0]["id"] = "arn::Role::plain".into()
        }),
        ("retired-id", |file| {
            file["groups"][0]["tests"][0]["id"] = "arn::old::case".into()
        }),
        ("description", |file| {
            file["groups"][0]["tests"][0]["description"] = "role".into()
        }),
        ("flag", |file| {
            file["groups"][0]["tests"][0]["flags"][0] = "m".into()
        }),
        ("note-unused", |file| {
            file["groups"][0]["tests"][0]["flags"] = json!([])
        }),
        ("outcome", |file| {
            file["groups"][0]["tests"][0]["result"] = "invalid".into()
        }),
    ];
    for (rule, change) in changes {
        assert!(rules(file(change)).contains(&rule), "{rule}");
    }
}

#[test]
fn codes_exist_and_are_of_their_kind() {
    for error in [
        json!({"code": "arn_malformed", "kind": "identity"}),
        json!({"code": "arn_mangled", "kind": "input"}),
    ] {
        let changed = file(|file| {
            let case = file["groups"][0]["tests"][0].as_object_mut().unwrap();
            case.remove("expected");
            case.insert("result".into(), "invalid".into());
            case.insert("error".into(), error);
        });
        assert_eq!(rules(changed), ["outcome"]);
    }
}

#[test]
fn ids_are_used_once() {
    let twice = file(|file| {
        let tests = file["groups"][0]["tests"].as_array_mut().unwrap();
        tests.push(tests[0].clone());
    });
    assert_eq!(rules(twice), ["duplicate-id"]);
}

#[test]
fn other_ways_of_writing_are_refused() {
    let (path, text) = file(|_| {});
    assert_eq!(rules((path.clone(), text.replace("  ", " "))), ["format"]);
    assert_eq!(rules((path, "{".to_owned())), ["json"]);
    let (_, text) = file(|_| {});
    assert_eq!(rules(("project/arn.json".to_owned(), text)), ["path"]);
}

#[test]
fn hex_and_fixtures_are_read() {
    let case = |data: Value| {
        let value = json!({
            "schema": 1, "operation": "pem",
            "groups": [{
                "source": {"name": "project", "version": "1"},
                "tests": [{
                    "id": "pem::a::b", "description": "A file.", "input": {"data": data},
                    "result": "valid", "expected": {"blocks": []},
                }],
            }],
        });
        rules(("protocol/pem.json".to_owned(), to_text(&value)))
    };
    assert_eq!(case(json!({"hex": "0A"})), ["hex"]);
    assert_eq!(case(json!({"hex": "0"})), ["hex"]);
    assert_eq!(
        case(json!({"fixture": "keys/no-such-file.pem"})),
        ["fixture"]
    );
    assert_eq!(case(json!({"fixture": "../src/lib.rs"})), ["fixture"]);
    assert_eq!(case(json!({"hex": "0a"})), <[&str; 0]>::default());
}
