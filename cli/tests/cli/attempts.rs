//! Several attempts for one session: outages that pass, and clocks that are wrong.

use crate::world::{World, now};
use rolesanywhere_emulator::pki::LeafOptions;
use rolesanywhere_emulator::{Fault, Record};
use std::time::{Duration, Instant};

const DAY: i64 = 86_400;

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
fn two_failures_are_outlasted_in_silence() {
    for fault in [
        r#"{ "status": 500, "count": 2 }"#,
        r#"{ "status": 503, "count": 2 }"#,
        r#"{ "reset": "at_once", "count": 2 }"#,
        r#"{ "throttle": true, "count": 2 }"#,
    ] {
        let world = world(fault);
        world.run("leaf", &[]).succeeded();
        assert_eq!(sent(&world), 3, "{fault}");
    }
}

#[test]
fn a_third_failure_is_the_last() {
    let world = world(r#"{ "status": 503, "count": 4 }"#);
    world.run("leaf", &[]).failed("service_unavailable", 5);
    assert_eq!(sent(&world), 3);
}

#[test]
fn a_refusal_is_not_repeated() {
    let world = world(r#"{ "status": 403 }"#);
    world.run("leaf", &[]).failed("service_refused", 1);
    assert_eq!(sent(&world), 1);
}

#[test]
fn a_pause_that_the_service_asks_for_is_made() {
    let world = world(r#"{ "status": 429, "headers": [["Retry-After", "2"]] }"#);
    let started = Instant::now();
    world.run("leaf", &[]).succeeded();
    assert!(started.elapsed() >= Duration::from_secs(2));
}

#[test]
fn each_attempt_has_a_date_of_its_own_and_is_debugged() {
    let world = world(r#"{ "status": 503, "count": 1 }"#);
    let run = world.run("leaf", &["--debug"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let count = |what: &str| run.stderr.matches(what).count();
    assert_eq!(count("debug: canonical request: POST"), 2, "{}", run.stderr);
    assert_eq!(count("debug: reply: status 503"), 1);
    assert_eq!(count("debug: attempt failed: "), 1);
    assert_eq!(count("[service_unavailable]"), 1);
}

#[test]
fn a_wrong_clock_is_told_from_a_wrong_certificate() {
    // For the service, this machine lives in the future: the leaf is good and the clock is not.
    for (days, finding, direction) in [
        (-20, "certificate_expired", "ahead of"),
        (20, "certificate_not_yet_valid", "behind"),
    ] {
        let there = now() + days * DAY;
        let world = World::at(there);
        world.leaf("leaf", &LeafOptions::new().issued_at(there - DAY).days(10));
        let run = world.run("leaf", &[]);
        assert!(run.stderr.contains(direction), "{}", run.stderr);
        let run = run.warned(&[finding, "clock_skewed"]).succeeded();
        assert!(run.text().starts_with("{\"Version\":1"));
        assert_eq!(sent(&world), 2);
    }
}

#[test]
fn a_clock_that_is_a_little_wrong_is_corrected_too() {
    let world = World::at(now() - 600);
    world.leaf("leaf", &LeafOptions::new().issued_at(now() - DAY).days(10));
    let run = world.run("leaf", &[]);
    run.warned(&["clock_skewed"]).succeeded();
    let dates: Vec<_> = world.emulator.requests().iter().map(date).collect();
    assert!(dates.len() == 2 && dates[0] > dates[1], "{dates:?}");
}

fn date(record: &Record) -> String {
    let canonical = record.canonical_request.as_deref().unwrap();
    let mut dates = canonical
        .lines()
        .filter_map(|line| line.strip_prefix("x-amz-date:"));
    dates.next().unwrap().to_owned()
}
