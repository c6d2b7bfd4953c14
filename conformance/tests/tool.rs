//! The tool's commands, each on a copy of the files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use rolesanywhere_conformance::{json_text, paths};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A copy, and how the tool is called on it.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tool-{name}/conformance"));
        // There may be none from an earlier run.
        let _removed = fs::remove_dir_all(&root);
        for part in ["vectors", "schema", "exceptions", "fixtures"] {
            copy(&paths::root().join(part), &root.join(part));
        }
        Self(root)
    }

    /// Whether it succeeds, and what it says.
    fn call(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_conformance"))
            .args(arguments)
            .env("CONFORMANCE_ROOT", &self.0)
            .current_dir(&self.0)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).unwrap();
    }

    fn change(&self, path: &str, change: fn(&mut Value)) {
        let mut value = serde_json::from_str(&self.text(path)).unwrap();
        change(&mut value);
        self.write(path, &json_text::to_text(&value));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

const ARN: &str = "vectors/protocol/arn.json";
const PEM: &str = "vectors/protocol/pem.json";

#[test]
fn fmt_brings_a_file_into_its_form() {
    let files = Copy::new("fmt");
    let good = files.text(ARN);
    files.write(ARN, &good.replace("  ", "\t"));
    assert!(
        files
            .call(&["lint"])
            .1
            .contains("protocol/arn.json: (file): format: ")
    );
    assert!(files.call(&["fmt"]).0);
    assert_eq!(files.text(ARN), good);
    assert_eq!(files.call(&["lint"]), (true, String::new()));
}

#[test]
fn lint_names_file_id_and_rule() {
    type Bad = (&'static str, &'static str, fn(&mut Value), &'static str);
    fn first(file: &mut Value) -> &mut Value {
        &mut file["groups"][0]["tests"][0]
    }
    let bad: [Bad; 5] = [
        (
            "unknown-field",
            ARN,
            |file| first(file)["colour"] = 1.into(),
            "form: unknown field `colour`",
        ),
        (
            "duplicate-id",
            ARN,
            |file| {
                let again = first(file)["id"].clone();
                file["groups"][0]["tests"][1]["id"] = again;
            },
            "duplicate-id: ",
        ),
        (
            "retired-id",
            ARN,
            |file| first(file)["id"] = "arn::old::case".into(),
            "retired-id: it was retired: it was wrong",
        ),
        (
            "wrong-hex",
            PEM,
            |file| first(file)["input"]["data"] = json!({"hex": "0G"}),
            "hex: ",
        ),
        (
            "missing-source",
            ARN,
            |file| {
                drop(file["groups"][0].as_object_mut().unwrap().remove("source"));
            },
            "source: the group of this case has none",
        ),
    ];
    for (name, path, change, told) in bad {
        let files = Copy::new(name);
        files.write(
            "vectors/retired.json",
            r#"{"retired": {"arn::old::case": "it was wrong"}}"#,
        );
        files.change(path, change);
        let value: Value = serde_json::from_str(&files.text(path)).unwrap();
        let id = value["groups"][0]["tests"][0]["id"].as_str().unwrap();
        let (is_good, said) = files.call(&["lint"]);
        let file = path.strip_prefix("vectors/").unwrap();
        assert!(
            !is_good && said.contains(&format!("{file}: {id}: {told}")),
            "{name}: {said}"
        );
    }
}

#[test]
fn add_takes_a_whole_case_and_fills_none_unasked() {
    let files = Copy::new("add");
    let case = json!({
        "id": "arn::role::added", "description": "A role.", "result": "valid",
        "input": {"kind": "role", "arn": "arn:aws:iam::111122223333:role/added"},
    });
    files.write("case.json", &case.to_string());
    let source = [
        "add",
        "--operation",
        "arn",
        "--source",
        "somebody",
        "1",
        "case.json",
    ];
    let (is_good, said) = files.call(&source);
    assert!(!is_good && said.contains("no expected values"), "{said}");
    let ours = ["add", "--operation", "arn", "--self-generated", "case.json"];
    assert_eq!(
        files.call(&ours),
        (true, "added arn::role::added\n".to_owned())
    );
    let file: Value = serde_json::from_str(&files.text(ARN)).unwrap();
    let group = file["groups"].as_array().unwrap().last().unwrap();
    assert_eq!(group["source"]["name"], "project");
    assert_eq!(group["tests"][0]["expected"]["role_name"], "added");

    let before = files.text(ARN);
    let (is_good, said) = files.call(&ours);
    assert!(
        !is_good && said.contains("arn::role::added: duplicate-id"),
        "{said}"
    );
    files.write(
        "vectors/retired.json",
        r#"{"retired": {"arn::role::gone": "it was wrong"}}"#,
    );
    files.write("case.json", &case.to_string().replace("added", "gone"));
    let (is_good, said) = files.call(&ours);
    assert!(
        !is_good && said.contains("arn::role::gone: retired-id"),
        "{said}"
    );
    let other = [
        "add",
        "--operation",
        "arms",
        "--self-generated",
        "case.json",
    ];
    assert!(
        files
            .call(&other)
            .1
            .contains("there is no operation `arms`")
    );
    assert_eq!(files.text(ARN), before, "what is refused changes nothing");

    let mut whole = case;
    whole["id"] = "arn::role::whole".into();
    whole["expected"] =
        json!({"partition": "aws", "account_id": "111122223333", "role_name": "added"});
    files.write("case.json", &whole.to_string());
    assert!(files.call(&source).0);
    assert!(
        files
            .text(ARN)
            .contains(r#""source": { "name": "somebody", "version": "1" }"#)
    );
    assert_eq!(files.call(&["lint"]), (true, String::new()));
}

#[test]
fn gen_and_gen_pki_make_the_same_files_again() {
    let files = Copy::new("gen");
    let generated = [
        "schema/vectors.schema.json",
        "schema/results.schema.json",
        "schema/exceptions.schema.json",
        "vectors/project/error_codes.json",
        "fixtures/pki/p256/leaf.pem",
    ];
    let before = generated.map(|path| files.text(path));
    for path in generated {
        files.write(path, "{}");
    }
    assert!(files.call(&["gen"]).0);
    let (is_good, said) = files.call(&["gen-pki"]);
    assert!(is_good && said.ends_with(" fixtures\n"), "{said}");
    assert_eq!(generated.map(|path| files.text(path)), before);
}

#[test]
fn run_and_report_judge_the_core() {
    let files = Copy::new("report");
    let (is_good, said) = files.call(&["run", "."]);
    assert!(
        is_good && said.contains("results-rust-aws-lc.json"),
        "{said}"
    );
    let (is_good, said) = files.call(&["report", "."]);
    assert!(
        !is_good && said.contains("PROBLEM oracle: *: there are no results"),
        "{said}"
    );
    let (is_good, said) = files.call(&["report", "--partial", "--write", "."]);
    assert!(is_good && said.contains("SKIP report::oracle: "), "{said}");
    let committed = fs::read_to_string(paths::root().join("REPORT.md")).unwrap();
    assert_eq!(files.text("REPORT.md"), committed);
    let (_, said) = files.call(&["report", "--partial", "--json", "results-rust-aws-lc.json"]);
    let told: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(told["runners"][0]["operations"]["arn"]["failed"], 0);
    files.change("results-rust-aws-lc.json", |file| {
        file["results"][0]["outcome"] = "failed".into()
    });
    let (is_good, said) = files.call(&["report", "--partial", "."]);
    assert!(
        !is_good && said.contains("PROBLEM rust-aws-lc: arn::"),
        "{said}"
    );
    assert!(
        files
            .call(&["report"])
            .1
            .contains("there are no results to compare")
    );
    assert!(
        files
            .call(&["report", "--partly", "."])
            .1
            .contains("no flag `--partly`")
    );
    assert!(
        files
            .call(&["report", "no-such-file"])
            .1
            .contains("no-such-file: ")
    );
}

#[test]
fn export_c_writes_and_a_wrong_call_is_told() {
    let files = Copy::new("export");
    assert!(files.call(&["export-c", "cases.h"]).0);
    assert!(
        files
            .text("cases.h")
            .starts_with("/* Written by `conformance export-c`")
    );
    for arguments in [&[][..], &["frobnicate"], &["add", "case.json"]] {
        let (is_good, said) = files.call(arguments);
        assert!(!is_good && said.contains("conformance lint"), "{said}");
    }
    assert!(files.call(&["help"]).0);
}
