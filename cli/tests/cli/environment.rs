//! What the environment gives, and what it does not.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use std::process::Command;

fn configured(world: &World) -> Command {
    world.leaf("leaf", &LeafOptions::new());
    let mut command = command();
    command
        .arg("credential-process")
        .env(
            "ROLESANYWHERE_TRUST_ANCHOR_ARN",
            world.emulator.trust_anchor_arn(),
        )
        .env("ROLESANYWHERE_PROFILE_ARN", world.emulator.profile_arn())
        .env("ROLESANYWHERE_ROLE_ARN", world.emulator.role_arn())
        .env("ROLESANYWHERE_CERTIFICATE", world.path("leaf.pem"))
        .env("ROLESANYWHERE_PRIVATE_KEY", world.path("leaf-key.pem"))
        .env("AWS_ENDPOINT_URL_ROLESANYWHERE", world.emulator.url());
    command
}

#[test]
fn every_option_can_come_from_the_environment() {
    let world = World::new();
    Run::of(&mut configured(&world)).succeeded();
}

#[test]
fn pem_in_a_variable_is_content() {
    let world = World::new();
    let mut command = configured(&world);
    let key = std::fs::read_to_string(world.path("leaf-key.pem")).unwrap();
    Run::of(command.env("ROLESANYWHERE_PRIVATE_KEY", key)).succeeded();
}

#[test]
fn a_flag_goes_before_a_variable() {
    let world = World::new();
    let mut command = configured(&world);
    command.env("ROLESANYWHERE_ROLE_ARN", "nonsense");
    command.env("AWS_ENDPOINT_URL_ROLESANYWHERE", "https://nowhere.invalid");
    command.args([
        "--role-arn",
        world.emulator.role_arn(),
        "--endpoint",
        &world.emulator.url(),
    ]);
    Run::of(&mut command).succeeded();
}

#[test]
fn a_bad_variable_is_named() {
    let world = World::new();
    for (name, value, code) in [
        ("ROLESANYWHERE_ROLE_ARN", "nonsense", "arn_malformed"),
        (
            "ROLESANYWHERE_DURATION_SECONDS",
            "899",
            "duration_out_of_range",
        ),
        (
            "ROLESANYWHERE_DURATION_SECONDS",
            "an hour",
            "option_invalid",
        ),
        (
            "ROLESANYWHERE_ROLE_SESSION_NAME",
            "a b",
            "role_session_name_malformed",
        ),
        ("ROLESANYWHERE_TIMEOUT_SECONDS", "0", "option_invalid"),
        ("AWS_USE_FIPS_ENDPOINT", "yes", "option_invalid"),
    ] {
        let mut command = configured(&world);
        let run = Run::of(command.env(name, value)).failed(code, 2);
        assert!(
            run.stderr.contains(name) && !run.stderr.contains("hunter2"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn an_empty_variable_is_unset() {
    let world = World::new();
    let mut command = configured(&world);
    command
        .env("ROLESANYWHERE_DURATION_SECONDS", "")
        .env("ROLESANYWHERE_REGION", "");
    Run::of(command.env("ROLESANYWHERE_CONFIG_PROFILE", "")).succeeded();
}

#[test]
fn fips_of_the_environment_gives_way_to_an_endpoint() {
    let world = World::new();
    let mut command = configured(&world);
    let run = Run::of(command.env("AWS_USE_FIPS_ENDPOINT", "true"));
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stderr
            .starts_with("rolesanywhere: warning: environment variable `AWS_USE_FIPS_ENDPOINT`"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_region_and_profile_of_other_tools_are_not_read() {
    let world = World::new();
    let mut command = configured(&world);
    command
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_DEFAULT_REGION", "eu-west-1");
    command
        .env("AWS_PROFILE", "missing")
        .env("AWS_CONFIG_FILE", "/nonexistent");
    Run::of(&mut command).succeeded();
}

#[test]
fn configured_endpoints_can_be_switched_off() {
    let world = World::new();
    let mut command = configured(&world);
    // Without its endpoint the command goes to AWS, through a proxy that is not there.
    command.env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    command.env("HTTPS_PROXY", "http://127.0.0.1:1");
    let run = Run::of(&mut command).failed("connection_failed", 5);
    assert!(
        run.stderr.contains("rolesanywhere.us-east-1.amazonaws.com"),
        "{}",
        run.stderr
    );
    assert!(world.emulator.requests().is_empty());
}

#[test]
fn the_ignored_global_endpoint_is_mentioned() {
    let world = World::new();
    let mut command = configured(&world);
    command.env_remove("AWS_ENDPOINT_URL_ROLESANYWHERE");
    command.env("AWS_ENDPOINT_URL", world.emulator.url());
    command.env("HTTPS_PROXY", "http://127.0.0.1:1");
    let run = Run::of(&mut command).failed("connection_failed", 5);
    assert!(
        run.stderr
            .contains("hint: AWS_ENDPOINT_URL is ignored here"),
        "{}",
        run.stderr
    );
}
