//! Options from a profile of the AWS config file.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use std::process::Command;

/// A config file with a profile `ci` that has everything, and more lines for it.
fn configured(world: &World, more: &str) -> String {
    world.leaf("leaf", &LeafOptions::new());
    let text = format!(
        "[default]\nrolesanywhere_role_arn = nonsense\n\n[profile ci]\n\
         rolesanywhere_trust_anchor_arn = {}\nrolesanywhere_profile_arn = {}\n\
         rolesanywhere_role_arn = {}\nrolesanywhere_certificate = {}\n\
         rolesanywhere_private_key = {}\nservices = local\n{more}\n\
         [services local]\nrolesanywhere =\n  endpoint_url = {}\n",
        world.emulator.trust_anchor_arn(),
        world.emulator.profile_arn(),
        world.emulator.role_arn(),
        world.path("leaf.pem"),
        world.path("leaf-key.pem"),
        world.emulator.url(),
    );
    world.file("config", text)
}

fn with_profile(config: &str) -> Command {
    let mut command = command();
    command
        .args(["credential-process", "--config-profile", "ci"])
        .env("AWS_CONFIG_FILE", config);
    command
}

#[test]
fn a_profile_gives_every_option() {
    let world = World::new();
    let config = configured(&world, "");
    Run::of(&mut with_profile(&config)).succeeded();
    let mut by_variable = command();
    by_variable
        .arg("credential-process")
        .env("AWS_CONFIG_FILE", &config);
    Run::of(by_variable.env("ROLESANYWHERE_CONFIG_PROFILE", "ci")).succeeded();
    for name in ["sign-string", "read-certificate-data"] {
        let mut other = command();
        other.args([name, "--config-profile", "ci"]);
        Run::of(other.env("AWS_CONFIG_FILE", &config)).succeeded();
    }
}

#[test]
fn a_profile_at_home() {
    let world = World::new();
    let config = configured(&world, "");
    std::fs::create_dir(world.path(".aws")).unwrap();
    std::fs::rename(config, world.path(".aws/config")).unwrap();
    let mut command = command();
    command.args(["credential-process", "--config-profile", "ci"]);
    Run::of(command.env("HOME", world.path("."))).succeeded();
}

#[test]
fn a_profile_goes_before_variables_and_after_flags() {
    let world = World::new();
    let config = configured(&world, "rolesanywhere_role_session_name = a b");
    let mut command = with_profile(&config);
    command.env("ROLESANYWHERE_ROLE_SESSION_NAME", "good");
    let run = Run::of(&mut command).failed("role_session_name_malformed", 2);
    let named = "`rolesanywhere_role_session_name` of profile `ci`";
    assert!(run.stderr.contains(named), "{}", run.stderr);
    Run::of(command.args(["--role-session-name", "good"])).succeeded();
}

#[test]
fn the_profile_of_other_tools_is_not_read() {
    let world = World::new();
    let config = configured(&world, "");
    let mut command = command();
    command.arg("credential-process").env("AWS_PROFILE", "ci");
    Run::of(command.env("AWS_CONFIG_FILE", config)).failed("option_missing", 2);
}

#[test]
fn profiles_and_files_that_are_not_there() {
    let world = World::new();
    let config = configured(&world, "");
    let mut command = with_profile(&config);
    let run = Run::of(command.args(["--config-profile="])).failed("options_conflict", 2);
    assert!(run.stderr.contains("--config-profile"), "{}", run.stderr);
    let mut command = crate::run::command();
    command.args(["credential-process", "--config-profile", "cj"]);
    let run = Run::of(command.env("AWS_CONFIG_FILE", &config)).failed("option_invalid", 2);
    assert!(
        run.stderr
            .contains("hint: the profiles there are ci, default")
    );
    let run = Run::of(&mut with_profile(&world.path("missing"))).failed("file_not_found", 3);
    assert!(run.stderr.contains("AWS_CONFIG_FILE"), "{}", run.stderr);
    let damaged = world.file("damaged", "[profile ci]\nnonsense\n");
    let run = Run::of(&mut with_profile(&damaged)).failed("config_file_malformed", 2);
    assert!(run.stderr.contains("line 2"), "{}", run.stderr);
    let binary = world.file("binary", b"[profile ci]\n\xff\n");
    Run::of(&mut with_profile(&binary)).failed("config_file_malformed", 2);
    let mut command = crate::run::command();
    command.args(["credential-process", "--config-profile", "ci"]);
    Run::of(&mut command).failed("file_not_found", 3);
}

#[test]
fn a_mistyped_key_is_warned_of() {
    let world = World::new();
    let config = configured(&world, "rolesanywhere_regoin = us-east-1");
    let run = Run::of(&mut with_profile(&config));
    assert_eq!(run.status, 0, "{}", run.stderr);
    let warned = "rolesanywhere: warning: `rolesanywhere_regoin` of profile `ci`";
    assert!(run.stderr.starts_with(warned), "{}", run.stderr);
    assert!(
        run.stderr.contains("`rolesanywhere_region`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_bad_file_in_a_profile_is_named_by_its_key() {
    let world = World::new();
    let config = configured(&world, "");
    std::fs::remove_file(world.path("leaf-key.pem")).unwrap();
    let run = Run::of(&mut with_profile(&config)).failed("file_not_found", 3);
    assert!(
        run.stderr.contains("rolesanywhere_private_key"),
        "{}",
        run.stderr
    );
}
