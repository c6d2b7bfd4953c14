//! What AWS's own helper sent is accepted at its own date, and refused with any one byte changed.
use rolesanywhere_core::Timestamp;
use rolesanywhere_emulator::config::{Profile, Role, TrustAnchor};
use rolesanywhere_emulator::{Clock, Config, Reply, Request, Service};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const NAMES: [&str; 10] = [
    "mldsa44",
    "mldsa65-chain1",
    "mldsa87",
    "p256",
    "p256-serial-20-octets",
    "p384",
    "p521",
    "rsa2048",
    "rsa2048-chain2",
    "rsa4096-serial-one",
];

/// One captured request and the service it was meant for, at the time it was made.
struct Capture {
    json: Value,
    request: Request,
    config: Config,
    now: Timestamp,
    service: Service,
}

impl Capture {
    fn read(directory: &Path) -> Self {
        let text = |name: &str| std::fs::read_to_string(directory.join(name)).unwrap();
        let json: Value = serde_json::from_str(&text("capture.json")).unwrap();
        let request = request(&json);
        let date = request
            .headers
            .iter()
            .find(|(name, _)| name == "X-Amz-Date")
            .unwrap();
        let now = Timestamp::parse_amz_date(std::str::from_utf8(&date.1).unwrap()).unwrap();
        let arn = |name: &str| json[name].as_str().unwrap().to_owned();
        let role = arn("role_arn");
        let mut config = Config::default();
        config.trust_anchors = vec![TrustAnchor::new(
            &arn("trust_anchor_arn"),
            &text("root.pem"),
        )];
        let profile = Profile::new(&arn("profile_arn"))
            .role(&role)
            .accept_role_session_name();
        config.profiles = vec![profile.duration_seconds(43_200)];
        config.roles = vec![Role::new(&role).max_session_duration(43_200)];
        let service = Service::new(&config, Clock::fixed(now.unix_seconds())).unwrap();
        Self {
            json,
            request,
            config,
            now,
            service,
        }
    }

    /// What the emulator computed for the last request.
    fn stage(&self, pick: impl Fn(&rolesanywhere_emulator::Record) -> Option<String>) -> String {
        self.service
            .requests()
            .last()
            .and_then(pick)
            .unwrap_or_default()
    }
}

fn request(json: &Value) -> Request {
    let sent = &json["request"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut request = Request::new(&text(&sent["method"]), &text(&sent["target"]))
        .header("Authorization", text(&json["authorization"]))
        .body(text(&sent["body"]));
    for header in sent["headers"].as_array().unwrap() {
        request = request.header(&text(&header[0]), text(&header[1]));
    }
    request
}

/// Runs a test for each capture; says so where they are not.
fn for_each_capture(test: &str, mut run: impl FnMut(&str, Capture)) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.join("../../shared/vectors/aws-helper-captures");
    if !root.is_dir() {
        println!("SKIP emulator::captures::{test}: the captures of AWS's helper are not here");
        return;
    }
    for name in NAMES {
        run(name, Capture::read(&root.join(name)));
    }
}

#[test]
fn are_accepted_at_their_own_date() {
    for_each_capture("are_accepted_at_their_own_date", |name, capture| {
        let reply = capture.service.answer(&capture.request);
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(reply.status, 201, "{name}: {body}");
        let expected = |stage: &str| capture.json[stage].as_str().unwrap();
        let canonical = capture.stage(|record| record.canonical_request.clone());
        assert_eq!(canonical, expected("canonical_request"), "{name}");
        let string_to_sign = capture.stage(|record| record.string_to_sign.clone());
        assert_eq!(string_to_sign, expected("string_to_sign"), "{name}");
        check_reply(name, &capture, &body);
    });
}

fn check_reply(name: &str, capture: &Capture, body: &Value) {
    let set = &body["credentialSet"][0];
    let sent: Value = serde_json::from_slice(&capture.request.body).unwrap();
    if let Some(session_name) = sent["roleSessionName"].as_str() {
        let arn = set["assumedRoleUser"]["arn"].as_str().unwrap();
        assert!(arn.ends_with(&format!("/{session_name}")), "{name}: {arn}");
    }
    assert_eq!(set["roleArn"], capture.json["role_arn"], "{name}");
    let expiration = set["credentials"]["expiration"].as_str().unwrap();
    let expiration = Timestamp::parse_rfc3339(expiration).unwrap();
    let duration = sent["durationSeconds"].as_i64().unwrap_or(43_200);
    assert_eq!(expiration.seconds_since(capture.now), duration, "{name}");
}

#[test]
fn are_refused_with_any_byte_changed() {
    let total = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for_each_capture("are_refused_with_any_byte_changed", |name, capture| {
            let (name, total) = (name.to_owned(), &total);
            scope.spawn(move || {
                let mut count = 0;
                for changed in one_byte_off(&capture.request) {
                    let reply: Reply = capture.service.answer(&changed);
                    assert!(
                        (400..500).contains(&reply.status),
                        "{name}: {changed:?} was accepted"
                    );
                    count += 1;
                }
                println!("{name}: {count} changed requests refused");
                total.fetch_add(count, Ordering::SeqCst);
            });
        });
    });
    println!("{} changed requests refused", total.into_inner());
}

/// The request with the lowest bit of one byte turned, for every byte of the target, of every
/// header's value and of the body.
fn one_byte_off(request: &Request) -> impl Iterator<Item = Request> + '_ {
    let targets = (0..request.target.len()).map(|at| {
        let mut changed = request.clone();
        changed.target = String::from_utf8(turned(request.target.as_bytes(), at)).unwrap();
        changed
    });
    let headers = request
        .headers
        .iter()
        .enumerate()
        .flat_map(move |(index, (_, value))| {
            (0..value.len()).map(move |at| {
                let mut changed = request.clone();
                changed.headers[index].1 = turned(value, at);
                changed
            })
        });
    let bodies = (0..request.body.len()).map(|at| {
        let mut changed = request.clone();
        changed.body = turned(&request.body, at);
        changed
    });
    targets.chain(headers).chain(bodies)
}

fn turned(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes
}

#[test]
fn are_refused_more_than_five_minutes_off() {
    for_each_capture("are_refused_more_than_five_minutes_off", |name, capture| {
        for (offset, status) in [(300, 201), (-300, 201), (301, 403), (-301, 403)] {
            let now = capture.now.unix_seconds() + offset;
            let service = Service::new(&capture.config, Clock::fixed(now)).unwrap();
            assert_eq!(
                service.answer(&capture.request).status,
                status,
                "{name} at {offset}"
            );
        }
    });
}
