//! What can be told without asking anybody.

use super::{doctor, doctor_with, with_leaf};
use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use serde_json::Value;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

fn offline(world: &World, others: &[[&str; 2]]) -> Run {
    Run::of(doctor_with(world, "leaf", others).arg("--offline"))
}

#[test]
fn every_option_with_its_origin_and_no_secret() {
    let world = with_leaf(World::new());
    let mut command = doctor(&world, "leaf");
    command.args(["--offline", "--pkcs8-password", "hunter2"]);
    command.env("ROLESANYWHERE_DURATION_SECONDS", "900");
    let run = Run::of(&mut command);
    let certificate = world.path("leaf.pem");
    for text in [
        &format!("  certificate        {certificate} (from --certificate)\n"),
        "  duration_seconds   900 (from environment variable ROLESANYWHERE_DURATION_SECONDS)\n",
        "  private_key_passphrase (not shown) (from --pkcs8-password)\n",
        "  region             us-east-1 (the trust anchor's)\n",
        "warning  the session lasts 900 seconds, and boto3 renews it at every use [session_duration_short]",
        "skipped  not sent: `--offline` was given",
    ] {
        assert!(run.text().contains(text), "{text}:\n{}", run.text());
    }
    let said = format!("{}{}", run.text(), run.stderr);
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn pem_text_in_an_option_is_not_shown() {
    let world = with_leaf(World::new());
    let key = std::fs::read_to_string(world.path("leaf-key.pem")).unwrap();
    let mut command = doctor_with(&world, "leaf", &[["--private-key", "env:KEY"]]);
    command.arg("--offline").env("KEY", &key);
    let run = Run::of(&mut command).told(0, &["env:KEY (from"]);
    let body = key.lines().nth(1).unwrap();
    assert!(!run.text().contains(body));
}

#[test]
fn required_options_that_are_missing() {
    let run = Run::of(command().args(["doctor"]));
    run.told(
        2,
        &[
            "`--trust-anchor-arn`, `--profile-arn`, `--role-arn`, `--certificate` are required [option_missing]",
            "skipped  not sent: the options above have to be mended first",
        ],
    );
}

#[test]
fn an_option_that_cannot_be_read() {
    let run = Run::of(command().args(["doctor", "--role-arn", "arn:aws:iam::1:user/x"]));
    run.told(2, &["[option_missing]"]);
    let run = Run::of(command().args(["doctor", "--output", "yaml"]));
    run.failed("option_invalid", 2);
}

#[test]
fn options_that_cannot_be_put_together() {
    let mut command = command();
    command.args(["doctor", "--endpoint", "https://x", "--use-fips-endpoint"]);
    let text = "exclude each other [options_conflict]";
    Run::of(&mut command).told(2, &["Options\n  error    ", text, "skipped  not sent"]);
    let run = Run::of(command.args(["--output", "json"])).told(2, &[]);
    let value: Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(value["code"], "options_conflict");
    assert_eq!(value["exit_status"], 2);
}

#[test]
fn a_role_that_is_no_role() {
    let world = with_leaf(World::new());
    let user = [["--role-arn", "arn:aws:iam::111122223333:user/x"]];
    offline(&world, &user).told(2, &["its resource is not `role/…`", "[arn_malformed]"]);
}

#[test]
fn a_key_of_another_certificate_still_shows_what_the_certificate_is() {
    let world = with_leaf(World::new());
    world.leaf("other", &LeafOptions::new().subject("CN=other"));
    let other = world.path("other-key.pem");
    offline(&world, &[["--private-key", &other]]).told(
        3,
        &[
            "error    the private key belongs to none of the certificates [key_mismatch]",
            "  subject            ",
            "source identity    CN=",
        ],
    );
}

#[test]
fn a_file_that_is_not_there() {
    let world = with_leaf(World::new());
    let missing = [["--certificate", "/nowhere/leaf.pem"]];
    offline(&world, &missing).told(3, &["[file_not_found]", "`--certificate`"]);
}

#[test]
fn a_key_that_everybody_can_read() {
    let world = with_leaf(World::new());
    let key = world.path("leaf-key.pem");
    std::fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    let hint = format!("hint: let only its owner read it: `chmod 600 {key}`");
    offline(&world, &[]).told(
        0,
        &[
            "warning  everybody on this machine can read the file that `--private-key` names (mode 0644) [private_key_permissions]",
            &hint,
        ],
    );
}

#[test]
fn what_the_sdks_take_before_us() {
    let world = with_leaf(World::new());
    let config = world.file(
        "config",
        "[profile onprem]\ncredential_process = rolesanywhere credential-process\n",
    );
    let credentials = world.file(
        "credentials",
        "[onprem]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = hunter2\n",
    );
    let mut command = doctor(&world, "leaf");
    command.arg("--offline").envs([
        ("AWS_CONFIG_FILE", config.as_str()),
        ("AWS_SHARED_CREDENTIALS_FILE", &credentials),
        ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
        ("AWS_ENDPOINT_URL", "http://localhost:4566"),
    ]);
    let run = Run::of(&mut command).told(
        0,
        &[
            "\nBefore us\n  warning  AWS_ACCESS_KEY_ID is set, and the SDKs take the keys in the environment first [credentials_shadowed]\n",
            "warning  the credentials file holds keys for the profile `onprem`",
        ],
    );
    assert!(!run.text().contains("AKIA") && !run.text().contains("hunter2"));
    // With an endpoint of its own nobody asks where the global one went.
    assert!(!run.text().contains("[endpoint_ignored]"));
}

#[test]
fn the_global_endpoint_is_told_to_have_no_effect() {
    let mut command = command();
    command.args(["doctor", "--offline"]);
    let run = Run::of(command.env("AWS_ENDPOINT_URL", "http://localhost:4566"));
    run.told(2, &["note     AWS_ENDPOINT_URL is set; it redirects other AWS services and not this one [endpoint_ignored]"]);
}

#[test]
fn json_has_the_same() {
    let world = with_leaf(World::new());
    let run = Run::of(doctor(&world, "leaf").args(["--output", "json"])).told(0, &[]);
    let value: Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(value["create_session"]["outcome"], "granted");
    assert_eq!(
        (value["exit_status"].as_u64(), &value["code"]),
        (Some(0), &Value::Null)
    );
    let tags = &value["session"]["session_tags"];
    assert!(tags["x509Subject/CN"].is_string(), "{tags}");
    let option = &value["options"][0];
    assert_eq!(option["name"], "trust_anchor_arn");
    assert_eq!(option["origin"], "--trust-anchor-arn");
    let run = Run::of(command().args(["doctor", "--output=json", "--offline"])).told(2, &[]);
    let value: Value = serde_json::from_str(run.text()).unwrap();
    let finding = &value["findings"][0];
    assert_eq!(finding["code"], "option_missing");
    assert_eq!(
        (&finding["severity"], &finding["topic"]),
        (&"error".into(), &"options".into())
    );
    assert_eq!(value["code"], "option_missing");
}
