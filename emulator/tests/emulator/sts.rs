//! The credentials that were handed out, and no others, are good for GetCallerIdentity.

use crate::caller::{Credentials, signed};
use crate::world::{NOW, World, json, with_header, without_header};
use rolesanywhere_emulator::{Clock, ManualClock, Request, Service};
use serde_json::Value;

const FORM: &str = "Action=GetCallerIdentity&Version=2011-06-15";

/// A service with a clock that moves, and credentials for a quarter of an hour from it.
fn session() -> (Service, ManualClock, Credentials) {
    let world = World::new();
    let clock = ManualClock::new(NOW);
    let service = Service::new(&world.config, Clock::from(clock.clone())).unwrap();
    let leaf = world.leaf();
    let request = world.sign_with(&leaf, |options| options.duration_seconds = Some(900));
    let body: Value = json(&service.answer(&request));
    let credentials = Credentials::of(&body);
    (service, clock, credentials)
}

/// The status, and the error's code when there is one.
fn outcome(service: &Service, request: &Request) -> (u16, String) {
    let reply = service.answer(request);
    let text = String::from_utf8(reply.body).unwrap();
    let code = text
        .split_once("<Code>")
        .and_then(|(_, after)| after.split_once("</Code>"));
    (reply.status, code.map_or("", |(code, _)| code).to_owned())
}

#[test]
fn form_and_query_name_the_caller() {
    let (service, _, credentials) = session();
    let query = format!("/?{FORM}");
    for (method, target, body) in [
        ("POST", "/", FORM),
        ("POST", &query, ""),
        ("GET", &query, ""),
    ] {
        let reply = service.answer(&signed(&credentials, method, target, body, NOW));
        let text = String::from_utf8(reply.body).unwrap();
        assert_eq!(reply.status, 200, "{method}: {text}");
        for part in [
            "<Arn>arn:aws:sts::111122223333:assumed-role/EmulatorRole/",
            "<UserId>AROA",
            "<Account>111122223333</Account>",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}

#[test]
fn whatever_was_changed_is_refused() {
    let (service, _, credentials) = session();
    let good = signed(&credentials, "POST", "/", FORM, NOW);
    let check = |request: &Request, status: u16, code: &str| {
        assert_eq!(outcome(&service, request), (status, code.to_owned()));
    };
    let mismatch = "SignatureDoesNotMatch";
    check(&good, 200, "");
    check(&good.clone().body(format!("{FORM}&x=y")), 403, mismatch);
    check(
        &with_header(&good, "host", |_| "elsewhere".to_owned()),
        403,
        mismatch,
    );
    check(
        &with_header(&good, "authorization", |v| v.replace("/sts/", "/s3/")),
        403,
        mismatch,
    );
    check(
        &with_header(&good, "authorization", |v| v.replace("us-east", "us-west")),
        403,
        mismatch,
    );
    check(
        &with_header(&good, "authorization", |v| v + "0"),
        400,
        "IncompleteSignature",
    );
    check(
        &with_header(&good, "authorization", |v| v.replace("ASIA", "AKIA")),
        403,
        "InvalidClientTokenId",
    );
    check(
        &with_header(&good, "x-amz-security-token", |v| v + "AAAA"),
        403,
        "InvalidClientTokenId",
    );
    check(
        &without_header(&good, "authorization"),
        403,
        "MissingAuthenticationToken",
    );
    check(
        &without_header(&good, "x-amz-security-token"),
        400,
        "IncompleteSignature",
    );
    let unsigned = with_header(&good, "authorization", |v| {
        v.replace(";x-amz-security-token", "")
    });
    check(&unsigned, 400, "IncompleteSignature");
    check(
        &signed(&credentials, "POST", "/", FORM, NOW - 301),
        403,
        mismatch,
    );
    check(
        &signed(&credentials, "POST", "/", FORM, NOW + 301),
        403,
        mismatch,
    );
    let other = "Action=GetCallerIdentity&Version=2012-01-01";
    check(
        &signed(&credentials, "POST", "/", other, NOW),
        400,
        "InvalidAction",
    );
    check(
        &signed(
            &credentials,
            "POST",
            "/",
            "Action=Fly&Version=2011-06-15",
            NOW,
        ),
        400,
        "InvalidAction",
    );
    check(
        &signed(&credentials, "POST", "/", "", NOW),
        400,
        "MissingAction",
    );
}

#[test]
fn any_byte_changed_is_refused() {
    let (service, _, credentials) = session();
    let good = signed(&credentials, "POST", "/", FORM, NOW);
    let mut count = 0;
    for index in 0..good.headers.len() {
        for at in 0..good.headers[index].1.len() {
            let mut changed = good.clone();
            changed.headers[index].1[at] ^= 1;
            assert_ne!(service.answer(&changed).status, 200, "{changed:?}");
            count += 1;
        }
    }
    for at in 0..good.body.len() {
        let mut changed = good.clone();
        changed.body[at] ^= 1;
        assert_ne!(service.answer(&changed).status, 200, "{changed:?}");
        count += 1;
    }
    println!("{count} changed requests refused");
}

#[test]
fn a_session_ends() {
    let (service, clock, credentials) = session();
    clock.advance(899);
    let now = NOW + 899;
    assert_eq!(
        outcome(&service, &signed(&credentials, "POST", "/", FORM, now)).0,
        200
    );
    clock.advance(1);
    let ended = outcome(&service, &signed(&credentials, "POST", "/", FORM, now + 1));
    assert_eq!(ended, (403, "ExpiredToken".to_owned()));
}

#[test]
fn another_emulators_credentials_are_unknown() {
    let (_, _, credentials) = session();
    let (service, ..) = session();
    let request = signed(&credentials, "POST", "/", FORM, NOW);
    assert_eq!(
        outcome(&service, &request),
        (403, "InvalidClientTokenId".to_owned())
    );
}

#[test]
fn the_journal_keeps_no_session_token() {
    let (service, _, credentials) = session();
    assert_eq!(
        service
            .answer(&signed(&credentials, "POST", "/", FORM, NOW))
            .status,
        200
    );
    let json = serde_json::to_string(&service.requests()).unwrap();
    assert!(!json.contains(&credentials.session_token));
    assert!(!json.contains(&credentials.secret_access_key));
}
