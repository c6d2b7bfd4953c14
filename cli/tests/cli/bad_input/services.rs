//! Services that fail, lie, refuse, or live at another time.

use crate::run::{Run, command};
use crate::wire::{Behaviour, reply, serve};
use crate::world::{World, now};
use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};

const DAY: i64 = 86_400;

#[test]
fn services() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let credentials = r#"{"credentialSet":[{"credentials":{"accessKeyId":"ASIA","secretAccessKey":"s","sessionToken":"t"}}]}"#;
    let html = "<html><body>busy</body></html>";
    for (behaviour, code, status) in [
        (Behaviour::Hang, "timeout", 5),
        (Behaviour::Drip, "timeout", 5),
        (Behaviour::Reset, "connection_reset", 5),
        (Behaviour::Cut, "connection_reset", 5),
        (Behaviour::Answer(Vec::new()), "connection_reset", 5),
        (
            Behaviour::Answer(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
            "response_malformed",
            1,
        ),
        (
            reply(201, "application/json", "{garbage"),
            "response_malformed",
            1,
        ),
        (reply(200, "text/html", html), "response_malformed", 1),
        (
            reply(201, "application/json", credentials),
            "response_malformed",
            1,
        ),
        (
            reply(201, "application/json", "{\"credentialSet\":[]}"),
            "response_malformed",
            1,
        ),
        (reply(403, "text/html", html), "service_refused", 1),
        (reply(502, "text/html", html), "service_unavailable", 5),
        (reply(307, "text/html", html), "service_refused", 1),
        (reply(429, "application/json", "{}"), "throttled", 5),
        (
            reply(201, "text/plain", &"x".repeat(2 << 20)),
            "response_too_large",
            5,
        ),
    ] {
        let url = serve(behaviour);
        let mut command = command();
        command.args(["credential-process", "--endpoint", &url, "--timeout", "1"]);
        world.arns(&mut command);
        let (leaf, key) = (world.path("leaf.pem"), world.path("leaf-key.pem"));
        command.args(["--certificate", &leaf, "--private-key", &key]);
        Run::of(&mut command).failed(code, status);
    }
}

#[test]
fn refusals() {
    let world = World::new();
    let stranger = Authority::generate(KeyType::P256).unwrap();
    let leaf = stranger.issue(&LeafOptions::new()).unwrap();
    world.file("stranger.pem", leaf.certificate_pem());
    world.file("stranger-key.pem", leaf.private_key_pem().unwrap());
    world.run("stranger", &[]).failed("access_denied", 1);

    world.leaf("leaf", &LeafOptions::new());
    let unknown = world.emulator.profile_arn().replace(char::is_numeric, "0");
    let mut command = command();
    command.args(["credential-process", "--endpoint", &world.emulator.url()]);
    command.args(["--trust-anchor-arn", world.emulator.trust_anchor_arn()]);
    command.args(["--profile-arn", &unknown.replace("us-east-0", "us-east-1")]);
    command.args(["--role-arn", world.emulator.role_arn()]);
    let (leaf, key) = (world.path("leaf.pem"), world.path("leaf-key.pem"));
    command.args(["--certificate", &leaf, "--private-key", &key]);
    Run::of(&mut command).failed("resource_not_found", 1);
}

#[test]
fn certificates_out_of_their_time_are_sent_and_classified_by_the_reply() {
    let world = World::new();
    world.leaf("expired", &LeafOptions::new().expired());
    world.leaf("early", &LeafOptions::new().not_yet_valid());
    for (leaf, code) in [
        ("expired", "certificate_expired"),
        ("early", "certificate_not_yet_valid"),
    ] {
        world.run(leaf, &[]).warned_and_failed(code, code, 3);
    }
    assert_eq!(world.emulator.requests().len(), 2, "both were sent");
}

#[test]
fn a_wrong_clock_is_told_from_a_wrong_certificate() {
    // For the service, this machine lives in the future: the leaf is good and the clock is not.
    let past = World::at(now() - 20 * DAY);
    past.leaf(
        "leaf",
        &LeafOptions::new().issued_at(now() - 21 * DAY).days(10),
    );
    past.run("leaf", &[])
        .warned_and_failed("certificate_expired", "clock_skewed", 1);

    let future = World::at(now() + 20 * DAY);
    future.leaf(
        "leaf",
        &LeafOptions::new().issued_at(now() + 19 * DAY).days(10),
    );
    future
        .run("leaf", &[])
        .warned_and_failed("certificate_not_yet_valid", "clock_skewed", 1);
}
