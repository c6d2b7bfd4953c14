//! The faults of docs/reliability.md, as far as one run of a command can meet them; the rest of
//! them is in `attempts`, `bad_input` and `network`.

use crate::run::{Run, command};
use crate::world::{World, now};
use rolesanywhere_emulator::Fault;
use rolesanywhere_emulator::config::TrustPolicy;
use rolesanywhere_emulator::pki::{KeyType, LeafOptions};

const DAY: i64 = 86_400;
const YEAR: i64 = 365 * DAY;

fn world(fault: &str) -> World {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    world.emulator.fault(Fault::from_json(fault).unwrap());
    world
}

fn sent(world: &World) -> usize {
    world.emulator.requests().len()
}

#[test]
fn down_at_start() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let mut command = command();
    command.args(["credential-process", "--endpoint", "http://127.0.0.1:1"]);
    world.arns(&mut command);
    command.args(["--certificate", &world.path("leaf.pem"), "--debug"]);
    let run = Run::of(command.args(["--private-key", &world.path("leaf-key.pem")]));
    assert_eq!((run.status, run.text()), (5, ""), "{}", run.stderr);
    assert_eq!(run.stderr.matches("debug: attempt failed: ").count(), 3);
    assert!(run.stderr.contains(" [connection_failed]\nhint: "));
}

#[test]
fn hang_ends_with_the_time_limit() {
    let world = world(r#"{ "hang": true }"#);
    world.run("leaf", &["--timeout", "1"]).succeeded();
    assert_eq!(sent(&world), 2);
}

#[test]
fn reset_mid_body() {
    let first = world(r#"{ "reset": "mid_body", "count": 2 }"#);
    first.run("leaf", &[]).succeeded();
    assert_eq!(sent(&first), 3);
    let second = world(r#"{ "reset": "mid_body", "count": 3 }"#);
    second.run("leaf", &[]).failed("connection_reset", 5);
    assert_eq!(sent(&second), 3);
}

#[test]
fn garbage_is_not_asked_for_again() {
    let world = world(r#"{ "status": 200, "body": "<html>Welcome to this hotel</html>" }"#);
    world.run("leaf", &[]).failed("response_malformed", 1);
    assert_eq!(sent(&world), 1);
}

#[test]
fn throttled_with_a_long_retry_after() {
    let world = world(r#"{ "status": 429, "headers": [["Retry-After", "120"]] }"#);
    world.run("leaf", &[]).failed("throttled", 5);
    assert_eq!(sent(&world), 1, "nobody waits for two minutes");
}

/// The service's clock is moved, because a command has the system's.
#[test]
fn off_by_ten_minutes_and_by_decades() {
    let (early, late) = ("certificate_expired", "certificate_not_yet_valid");
    for (offset, warnings) in [
        (600, &["clock_skewed"][..]),
        (-600, &["clock_skewed"]),
        (20 * YEAR, &[late, "clock_skewed"]),
        (-20 * YEAR, &[early, "clock_skewed"]),
        // As for a machine that begins in 1970.
        (56 * YEAR, &[late, "clock_skewed"]),
    ] {
        let there = now() + offset;
        let world = World::at(there);
        world.leaf("leaf", &LeafOptions::new().issued_at(there - DAY).days(10));
        let run = world.run("leaf", &[]).warned(warnings);
        run.succeeded();
        assert_eq!(sent(&world), 2, "{offset}: the second has the right date");
    }
}

#[test]
fn a_corrected_date_that_is_refused_too() {
    let world = World::at(now() - 600);
    world.leaf("leaf", &LeafOptions::new().issued_at(now() - DAY).days(10));
    let refusal = r#"{ "status": 403, "headers": [["x-amzn-ErrorType", "AccessDeniedException"]], "count": 2 }"#;
    world.emulator.fault(Fault::from_json(refusal).unwrap());
    let run = world.run("leaf", &[]).warned(&["clock_skewed"]);
    let run = run.failed("clock_skewed", 1);
    let times = run.stderr.split_whitespace();
    let times = times.filter(|word| word.contains("T") && word.contains(":") && word.contains("Z"));
    assert_eq!((times.count(), sent(&world)), (2, 2), "{}", run.stderr);
}

#[test]
fn each_run_goes_by_the_files_that_are_there() {
    let world = World::new();
    for key_type in [
        KeyType::P256,
        KeyType::P256,
        KeyType::Rsa2048,
        KeyType::P384,
    ] {
        world.leaf("leaf", &LeafOptions::new().key_type(key_type));
        world.run("leaf", &[]).succeeded();
    }
}

/// Replaces what `..data` points to in one step, as Kubernetes does.
#[cfg(unix)]
fn swap(world: &World, revision: &str) {
    let (link, data) = (world.path("..data_tmp"), world.path("..data"));
    std::os::unix::fs::symlink(revision, &link).unwrap();
    std::fs::rename(link, data).unwrap();
}

#[cfg(unix)]
#[test]
fn symlinks_swapped_as_kubernetes_does_it() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let world = World::new();
    for (revision, key_type) in [("..0", KeyType::P256), ("..1", KeyType::P384)] {
        std::fs::create_dir(world.path(revision)).unwrap();
        world.leaf(
            &format!("{revision}/leaf"),
            &LeafOptions::new().key_type(key_type),
        );
    }
    for name in ["leaf.pem", "leaf-key.pem"] {
        std::os::unix::fs::symlink(format!("..data/{name}"), world.path(name)).unwrap();
    }
    swap(&world, "..0");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                for revision in ["..1", "..0"] {
                    swap(&world, revision);
                    std::thread::sleep(std::time::Duration::from_millis(10));
                }
            }
        });
        let runs: Vec<Run> = (0..20).map(|_| world.run("leaf", &[])).collect();
        done.store(true, Ordering::SeqCst);
        runs.into_iter().for_each(|run| drop(run.succeeded()));
    });
}

#[test]
fn a_certificate_that_ends_soon_is_told_and_used() {
    let world = World::new();
    world.leaf(
        "leaf",
        &LeafOptions::new().issued_at(now() - DAY + 1800).days(1),
    );
    world
        .run("leaf", &[])
        .warned(&["certificate_expiring"])
        .succeeded();
}

#[test]
fn trust_policy_fixed_between_two_runs() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let mut config = world.emulator.config().clone();
    let other = "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/another";
    config.roles[0].trust_policy = TrustPolicy::for_trust_anchor(other);
    world.emulator.set_config(&config).unwrap();
    world.run("leaf", &[]).failed("access_denied", 1);
    assert_eq!(sent(&world), 1, "a refusal is not repeated");
    world.emulator.set_config(world.emulator.config()).unwrap();
    world.run("leaf", &[]).succeeded();
}
