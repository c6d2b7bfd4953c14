//! What CreateSession may ask for.

use crate::world::{NOW, World, answer, json, sign_again, with_header, without_header};
use rolesanywhere_core::{ErrorCode, Timestamp};
use rolesanywhere_emulator::config::Profile;
use rolesanywhere_emulator::{Clock, Config, Reply, Request, Service, Verdict};

/// Seconds until the session ends.
fn life(reply: &Reply) -> i64 {
    let set = &json(reply)["credentialSet"][0];
    let expiration = set["credentials"]["expiration"].as_str().unwrap();
    Timestamp::parse_rfc3339(expiration).unwrap().unix_seconds() - NOW
}

#[test]
fn the_session_lasts_as_profile_request_and_role_allow() {
    let mut world = World::new();
    let leaf = world.leaf();
    for (profile, request, role, expected) in [
        (3600, None, 43_200, Some(3600)),
        (3600, Some(900), 43_200, Some(900)),
        (3600, Some(43_200), 43_200, Some(3600)),
        (43_200, Some(43_200), 43_200, Some(43_200)),
        (43_200, None, 3600, None),
        (43_200, Some(3601), 3600, None),
        (43_200, Some(3600), 3600, Some(3600)),
    ] {
        world.config.profiles[0].duration_seconds = profile;
        world.config.roles[0].max_session_duration = role;
        let request = world.sign_with(&leaf, |options| options.duration_seconds = request);
        let (reply, record) = answer(&world.service(), &request);
        match expected {
            Some(seconds) => assert_eq!(life(&reply), seconds, "{record:?}"),
            None => assert_eq!(reply.status, 400, "{record:?}"),
        }
    }
}

#[test]
fn a_session_name_needs_the_profile() {
    let mut world = World::new();
    let request = world.sign_with(&world.leaf(), |options| {
        options.role_session_name = Some("me")
    });
    let (reply, _) = answer(&world.service(), &request);
    let arn = json(&reply)["credentialSet"][0]["assumedRoleUser"]["arn"].clone();
    assert_eq!(
        arn,
        "arn:aws:sts::111122223333:assumed-role/EmulatorRole/me"
    );
    world.config.profiles[0].accept_role_session_name = false;
    let (reply, _) = answer(&world.service(), &request);
    assert_eq!(
        (reply.status, &json(&reply)["message"]),
        (403, &"Not authorized to set roleSessionName.".into())
    );
}

/// The status and message when the service knows this configuration.
fn refusal(world: &World, request: &Request, change: impl Fn(&mut Config)) -> (u16, String) {
    let mut other = Config::from_json(&world.config.to_json().unwrap()).unwrap();
    change(&mut other);
    let service = Service::new(&other, Clock::fixed(NOW));
    let reply = service.unwrap().answer(request);
    (
        reply.status,
        json(&reply)["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    )
}

#[test]
fn anchor_profile_and_role_are_known_enabled_and_listed() {
    let world = World::new();
    let request = world.sign(&world.leaf());
    let check = |status: u16, text: &str, change: &dyn Fn(&mut Config)| {
        let (got, message) = refusal(&world, &request, change);
        assert!(
            got == status && message.contains(text),
            "{got} {message}, not {status} {text}"
        );
    };
    check(201, "", &|_| {});
    check(404, "trust anchor", &|config| config.trust_anchors.clear());
    check(404, "profile", &|config| config.profiles.clear());
    check(403, "Trust anchor is disabled", &|config| {
        config.trust_anchors[0].enabled = false
    });
    check(403, "Profile is disabled", &|config| {
        config.profiles[0].enabled = false
    });
    check(403, "Unable to assume role", &|config| config.roles.clear());
    let listed = "Requested Role isn't one of those listed in the Profile.";
    check(403, listed, &|config| config.profiles[0].role_arns.clear());
}

#[test]
fn aliases_stand_for_ids() {
    let mut world = World::new();
    let anchor = world.config.trust_anchors[0].clone().alias("ca/root");
    let profile = world.config.profiles[0].clone().alias("ci");
    let leaf = world.leaf();
    let request = world.sign_with(&leaf, |options| {
        options.trust_anchor_arn =
            "arn:aws:rolesanywhere:eu-west-1:111122223333:alias/trust-anchor/ca/root";
        options.profile_arn = "arn:aws:rolesanywhere:eu-west-1:111122223333:alias/profile/ci";
    });
    assert_eq!(world.service().answer(&request).status, 404);
    world.config.trust_anchors[0] = anchor;
    world.config.profiles[0] = profile;
    assert_eq!(world.service().answer(&request).status, 201);
    world.config.profiles[0].aliases.push("1".to_owned());
    let error = Service::new(&world.config, Clock::fixed(NOW)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ArnMalformed);
}

#[test]
fn regions_agree() {
    let mut world = World::new();
    let leaf = world.leaf();
    let other = world.config.profiles[0]
        .profile_arn
        .replace("eu-west-1", "eu-west-2");
    let role = world.config.roles[0].role_arn.clone();
    world.config.profiles.push(Profile::new(&other).role(&role));
    let mut request = world.sign(&leaf);
    request.target = request
        .target
        .replace("west-1%3A111122223333%3Ap", "west-2%3A111122223333%3Ap");
    let (reply, _) = answer(&world.service(), &sign_again(&request, &leaf));
    let message = "Trust anchor and profile are not in the same region.";
    assert_eq!(
        (reply.status, &json(&reply)["message"]),
        (400, &message.into())
    );
    let signed_elsewhere = world.sign_with(&leaf, |options| options.region = Some("eu-west-3"));
    let (reply, record) = answer(&world.service(), &signed_elsewhere);
    assert_eq!(reply.status, 403);
    assert!(record.reason.unwrap().contains("eu-west-3"));
}

#[test]
fn what_must_be_signed_is() {
    let world = World::new();
    let request = world.sign(&world.leaf());
    let service = world.service();
    for (header, from, to) in [
        ("authorization", "host;", ""),
        ("authorization", "x-amz-date;", ""),
        ("authorization", ";x-amz-x509,", ","),
        ("authorization", "ECDSA", "RSA"),
        ("authorization", "AWS4-X509", "AWS4-HMAC"),
        ("authorization", "rolesanywhere/", "sts/"),
        ("authorization", "/eu-west-1/", "/eu-west-2/"),
        ("authorization", "20261121/", "20261122/"),
        ("x-amz-date", "Z", "z"),
        ("x-amz-x509", "MII", ""),
    ] {
        let changed = with_header(&request, header, |value| value.replacen(from, to, 1));
        assert_ne!(changed, request, "{header}: {from}");
        let (reply, record) = answer(&service, &changed);
        assert_eq!(
            (reply.status, record.verdict),
            (403, Verdict::Refused),
            "{header}: {from}"
        );
    }
    for header in ["authorization", "host", "x-amz-date", "x-amz-x509"] {
        let (reply, _) = answer(&service, &without_header(&request, header));
        assert_eq!(reply.status, 403, "{header}");
    }
    let twice = request.clone().header("x-amz-date", "20261121T055319Z");
    assert_eq!(service.answer(&twice).status, 403);
    let hashed = request
        .clone()
        .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    assert_eq!(service.answer(&hashed).status, 403);
}

#[test]
fn the_reply_is_as_documented() {
    let world = World::new();
    let reply = world.service().answer(&world.sign(&world.leaf()));
    let body = json(&reply);
    let set = &body["credentialSet"][0];
    assert!(
        set["credentials"]["accessKeyId"]
            .as_str()
            .unwrap()
            .starts_with("ASIA")
    );
    assert!(
        set["assumedRoleUser"]["assumedRoleId"]
            .as_str()
            .unwrap()
            .starts_with("AROA")
    );
    assert_eq!(
        set["roleArn"],
        "arn:aws:iam::111122223333:role/EmulatorRole"
    );
    assert_eq!(set["packedPolicySize"], 0);
    let subject = body["subjectArn"].as_str().unwrap();
    assert!(subject.starts_with("arn:aws:rolesanywhere:eu-west-1:111122223333:subject/"));
    let header = |name: &str| {
        let found = reply
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    assert_eq!(header("date"), "Sat, 21 Nov 2026 05:53:19 GMT");
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("x-amzn-requestid").len(), 36);
}

#[test]
fn other_paths_are_not_there() {
    let service = World::new().service();
    for (method, target) in [
        ("GET", "/sessions"),
        ("POST", "/sessions/"),
        ("POST", "//sessions"),
        ("PUT", "/"),
        ("GET", "/_emulator"),
    ] {
        let reply = service.answer(&Request::new(method, target));
        assert_eq!(reply.status, 404, "{method} {target}");
    }
    assert!(
        service.requests().is_empty(),
        "only the services' requests are recorded"
    );
}
