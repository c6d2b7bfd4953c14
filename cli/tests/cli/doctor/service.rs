//! What the service has against it, or what keeps it from being asked.

use super::{doctor, doctor_with, with_leaf};
use crate::run::Run;
use crate::world::{World, now};
use rolesanywhere_emulator::Emulator;
use rolesanywhere_emulator::config::Config;
use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};
use serde_json::Value;
use std::net::TcpListener;

fn of(world: &World) -> Run {
    Run::of(&mut doctor(world, "leaf"))
}

#[test]
fn nothing_is_wrong() {
    let world = with_leaf(World::new());
    let run = of(&world).told(
        0,
        &[
            "\n  ok       certificate, chain and private key belong together\n",
            "\n  ok       proxy: none\n",
            "\n  ok       dns: 127.0.0.1 is 127.0.0.1",
            "\n  ok       tcp: connected to 127.0.0.1:",
            "\n  ok       http: status 403",
            "\n  ok       clock: ",
            "\nCreateSession\n  ok       credentials ASIA",
        ],
    );
    assert!(
        !run.text().contains("error") && !run.text().contains('\u{1b}'),
        "{}",
        run.text()
    );
}

#[test]
fn another_trust_anchor() {
    let world = with_leaf(World::new());
    let stranger = Authority::generate(KeyType::P256).unwrap();
    let leaf = stranger.issue(&LeafOptions::new()).unwrap();
    world.file("leaf.pem", leaf.certificate_pem());
    world.file("leaf-key.pem", leaf.private_key_pem().unwrap());
    of(&world).told(
        1,
        &[
            "error    the service refused the request with status 403: AccessDeniedException: \
             Untrusted Signing Certificate [access_denied]",
            "likely: the trust anchor does not hold the issuer `CN=",
            "`aws rolesanywhere get-trust-anchor --trust-anchor-id ",
            "likely: an intermediate is missing",
        ],
    );
}

/// The same configuration with this in place of the role's trust policy.
fn with_trust_policy(config: &Config, policy: &Value) -> Config {
    let mut value: Value = serde_json::from_str(&config.to_json().unwrap()).unwrap();
    value["roles"][0]["assumeRolePolicyDocument"] = policy.clone();
    Config::from_json(&value.to_string()).unwrap()
}

#[test]
fn another_trust_policy() {
    let world = with_leaf(World::with_config(|config| {
        let policy = serde_json::json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": {"Service": "rolesanywhere.amazonaws.com"},
                "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
                "Condition": {"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "somebody else"}},
            }],
        });
        *config = with_trust_policy(config, &policy);
    }));
    of(&world).told(
        1,
        &[
            "Unable to assume role for arn:aws:iam::111122223333:role/",
            "likely: the role's trust policy does not allow `rolesanywhere.amazonaws.com`",
            "likely: a condition of the trust policy does not fit: `aws:PrincipalTag/x509Subject/CN` is `",
            "likely: the role `",
        ],
    );
}

#[test]
fn the_trust_policy_that_is_shown_lets_this_certificate_in_and_no_other() {
    let world = with_leaf(World::new());
    world.leaf("other", &LeafOptions::new().subject("CN=other"));
    let mut offline = doctor(&world, "leaf");
    let run = Run::of(offline.args(["--offline", "--output", "json"])).told(0, &[]);
    let shown: Value = serde_json::from_str(run.text()).unwrap();
    let policy = &shown["session"]["trust_policy"];
    let certificate = world.root.certificate_pem();
    let config = Config::example("us-east-1", "111122223333", &certificate).unwrap();
    let config = with_trust_policy(&config, policy);
    let emulator = Emulator::builder().config(config).start().unwrap();
    let asked = |leaf: &str| {
        Run::of(&mut doctor_with(
            &world,
            leaf,
            &[["--endpoint", &emulator.url()]],
        ))
        .status
    };
    assert_eq!(asked("leaf"), 0, "{policy:#}");
    assert_eq!(asked("other"), 1, "{policy:#}");
}

#[test]
fn a_disabled_profile() {
    let world = with_leaf(World::with_config(|config| {
        config.profiles[0].enabled = false
    }));
    of(&world).told(
        1,
        &[
            "likely: the trust anchor or the profile is disabled",
            "enable-profile --profile-id ",
        ],
    );
}

#[test]
fn a_role_that_the_profile_does_not_list() {
    let world = with_leaf(World::new());
    let role = [["--role-arn", "arn:aws:iam::111122223333:role/other"]];
    Run::of(&mut doctor_with(&world, "leaf", &role)).told(
        1,
        &["likely: the profile does not list the role `arn:aws:iam::111122223333:role/other`"],
    );
}

#[test]
fn names_that_are_no_session_tags() {
    let world = with_leaf(World::new());
    world.leaf(
        "leaf",
        &LeafOptions::new().subject("O=Example\\, Inc.,CN=host"),
    );
    of(&world).told(
        1,
        &[
            "warning  `x509Subject/O` cannot become a session tag: it holds `,`",
            "[session_tags_unmappable]",
            "no session tag     x509Subject/O",
            "likely: `x509Subject/O` of the certificate holds characters that session tags do not take",
            "put-attribute-mapping --profile-id ",
        ],
    );
}

#[test]
fn a_clock_that_is_wrong() {
    let world = with_leaf(World::at(now() + 3600));
    of(&world).told(
        0,
        &[
            "warning  this machine's clock is 3",
            " seconds behind the other side's [clock_skewed]",
            "hint: set this machine's clock",
            "ok       credentials ASIA",
        ],
    );
}

#[test]
fn a_certificate_that_has_expired() {
    let world = with_leaf(World::new());
    world.leaf("leaf", &LeafOptions::new().expired());
    of(&world).told(
        3,
        &[
            "error    the certificate ended at ",
            "[certificate_expired]",
            "refused it",
        ],
    );
}

fn unreached(endpoint: &str, more: &[&str]) -> Run {
    let world = with_leaf(World::new());
    let mut command = doctor_with(&world, "leaf", &[["--endpoint", endpoint]]);
    Run::of(command.args(more))
}

const NOT_SENT: &str = "skipped  not sent: the service was not reached";

#[test]
fn a_name_that_does_not_resolve() {
    unreached("https://service.invalid", &[]).told(
        5,
        &[
            "error    the name `service.invalid` does not resolve [connection_failed]",
            "hint: check the endpoint's spelling",
            "likely: the name does not resolve, or nothing listens there",
            NOT_SENT,
        ],
    );
}

#[test]
fn a_port_where_nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    unreached(&format!("http://{address}"), &[]).told(
        5,
        &[
            "cannot be connected to: the connection was refused [connection_failed]",
            NOT_SENT,
        ],
    );
}

#[test]
fn a_port_that_never_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    unreached(&url, &["--timeout", "1"]).told(
        5,
        &[
            "ok       tcp: connected to",
            "did not answer in time [timeout]",
            "likely: a firewall drops or cuts the connection",
            NOT_SENT,
        ],
    );
}

#[test]
fn a_tls_certificate_that_nobody_trusts() {
    let root = Authority::generate(KeyType::P256).unwrap();
    let server = root
        .issue(&LeafOptions::new().dns_name("localhost").for_server())
        .unwrap();
    let emulator = Emulator::builder()
        .trust(&root)
        .unwrap()
        .tls(server)
        .start()
        .unwrap();
    let strange = World::new();
    let bundle = strange.file("other-ca.pem", strange.root.certificate_pem());
    let url = emulator.url().replace("127.0.0.1", "localhost");
    unreached(&url, &["--ca-bundle", &bundle]).told(
        5,
        &[
            "ok       tcp: connected to",
            "[tls_failed]",
            "likely: a proxy inspects TLS with a CA of its own",
            NOT_SENT,
        ],
    );
}

#[test]
fn a_service_that_is_another() {
    let world = with_leaf(World::new());
    let endpoint = format!("{}/elsewhere", world.emulator.url());
    Run::of(&mut doctor_with(
        &world,
        "leaf",
        &[["--endpoint", &endpoint]],
    ))
    .told(
        1,
        &[
            "[service_refused]",
            "likely: a proxy, a captive portal or another service answers",
        ],
    );
}
