//! Services that fail, lie or refuse.

use crate::run::{Run, command};
use crate::wire::{Behaviour, reply, serve};
use crate::world::World;
use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};

#[test]
fn services() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let credentials = r#"{"credentialSet":[{"credentials":{"accessKeyId":"ASIA","secretAccessKey":"s","sessionToken":"t"}}]}"#;
    let html = "<html><body>busy</body></html>";
    let cases = [
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
    ];
    // At the same time: each that is worth retrying takes three attempts.
    std::thread::scope(|scope| {
        for (behaviour, code, status) in cases {
            let world = &world;
            scope.spawn(move || {
                let url = serve(behaviour);
                let mut command = command();
                command.args(["credential-process", "--endpoint", &url, "--timeout", "1"]);
                world.arns(&mut command);
                let (leaf, key) = (world.path("leaf.pem"), world.path("leaf-key.pem"));
                command.args(["--certificate", &leaf, "--private-key", &key]);
                Run::of(&mut command).failed(code, status);
            });
        }
    });
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
        world.run(leaf, &[]).warned(&[code]).failed(code, 3);
    }
    assert_eq!(world.emulator.requests().len(), 2, "both were sent");
}
