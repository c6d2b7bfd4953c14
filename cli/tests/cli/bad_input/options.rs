//! Options that are wrong, missing, or not there yet.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;

#[test]
fn options() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    for (more, code) in [
        (&["--session-duration", "899"][..], "duration_out_of_range"),
        (&["--session-duration", "43201"], "duration_out_of_range"),
        (&["--session-duration", "-1"], "option_invalid"),
        (&["--session-duration", "1h"], "option_invalid"),
        (
            &["--role-session-name", "a b"],
            "role_session_name_malformed",
        ),
        (&["--region", "us-east-1-fips/"], "region_malformed"),
        (&["--instance-property", "novalue"], "option_invalid"),
        (&["--timeout", "0"], "option_invalid"),
        (&["--connect-timeout", "soon"], "option_invalid"),
        (&["--log-format", "xml"], "option_invalid"),
        (&["--use-fips-endpoint"], "options_conflict"),
        (&["--cert-selector", "x"], "options_conflict"),
        (&["--tpm-key-password", "hunter2"], "feature_unavailable"),
        (&["--pkcs11-lib", "p11.so"], "feature_unavailable"),
        (&["--trust-anchor-arm", "x"], "option_unknown"),
        (&["--role-arn", "twice"], "options_conflict"),
        (&["stray"], "option_unknown"),
    ] {
        let run = world.run("leaf", more).failed(code, 2);
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    }
    assert!(world.emulator.requests().is_empty(), "nothing was sent");
}

#[test]
fn arns_and_endpoints() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let anchor = world.emulator.trust_anchor_arn();
    let profile = world.emulator.profile_arn();
    let role = world.emulator.role_arn();
    let elsewhere = profile.replace("us-east-1", "eu-west-1");
    for (anchor, profile, role, more, code) in [
        (profile, profile, role, &[][..], "arn_malformed"),
        (anchor, anchor, role, &[], "arn_malformed"),
        (anchor, profile, profile, &[], "arn_malformed"),
        (anchor, &elsewhere, role, &[], "region_mismatch"),
        (
            anchor,
            profile,
            role,
            &["--region", "eu-west-1"],
            "region_mismatch",
        ),
        (
            anchor,
            profile,
            role,
            &["--endpoint", "ftp://h"],
            "endpoint_malformed",
        ),
        (
            anchor,
            profile,
            role,
            &["--endpoint", "http://service.test"],
            "endpoint_insecure",
        ),
        (
            anchor,
            profile,
            role,
            &["--private-key", "pkcs11:object=k"],
            "feature_unavailable",
        ),
    ] {
        let mut command = command();
        command.args(["credential-process", "--trust-anchor-arn", anchor]);
        command.args(["--profile-arn", profile, "--role-arn", role]);
        command
            .args(["--certificate", &world.path("leaf.pem")])
            .args(more);
        Run::of(&mut command).failed(code, 2);
    }
}

#[test]
fn a_flag_in_place_of_a_value() {
    let world = World::new();
    let mut command = world.credential_process();
    Run::of(command.args(["--certificate", "--debug"])).failed("option_missing", 2);
}

#[test]
fn missing_options() {
    for name in ["credential-process", "sign-string", "read-certificate-data"] {
        Run::of(command().arg(name)).failed("option_missing", 2);
    }
    let run = Run::of(&mut World::new().credential_process()).failed("option_missing", 2);
    assert!(run.stderr.contains("--certificate"), "{}", run.stderr);
}

#[test]
fn later_commands() {
    for line in [
        &["serve", "--port", "0"][..],
        &["update", "--once"],
        &["web-identity"],
        &["exec", "ls"],
    ] {
        let run = Run::of(command().args(line)).failed("feature_unavailable", 2);
        assert!(run.stderr.contains(line[0]), "{}", run.stderr);
    }
    Run::of(command().arg("sever")).failed("option_unknown", 2);
}
