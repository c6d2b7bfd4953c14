//! AssumeRole: the session of one role assumes another.

use crate::caller::{Credentials, element, signed};
use crate::world::{NOW, World, json};
use rolesanywhere_core::Timestamp;
use rolesanywhere_emulator::Service;
use rolesanywhere_emulator::config::{Role, TrustPolicy};

const SECOND: &str = "arn:aws:iam::444455556666:role/path/Second";
const FIRST: &str = "arn:aws:iam::111122223333:role/EmulatorRole";

/// A trust policy for this principal and condition.
fn trusting(principal: &str, condition: &str) -> TrustPolicy {
    TrustPolicy::from_json(&format!(
        r#"{{ "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "{principal}" }},
            "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"], "Condition": {condition} }} }}"#
    ))
    .unwrap()
}

/// A service whose second role has this policy, and credentials of the first role.
fn world(policy: TrustPolicy) -> (Service, Credentials) {
    let mut world = World::new();
    let second = Role::new(SECOND).max_session_duration(43_200);
    world.config.roles.push(second.trust_policy(policy));
    let service = world.service();
    let reply = service.answer(&world.sign(&world.leaf()));
    let credentials = Credentials::of(&json(&reply));
    (service, credentials)
}

fn ask(service: &Service, credentials: &Credentials, more: &str) -> (u16, String) {
    let role = SECOND.replace(':', "%3A").replace('/', "%2F");
    let form = format!("Action=AssumeRole&Version=2011-06-15&RoleArn={role}{more}");
    let reply = service.answer(&signed(credentials, "POST", "/", &form, NOW));
    (reply.status, String::from_utf8(reply.body).unwrap())
}

#[test]
fn the_new_session_is_the_second_roles() {
    let (service, credentials) = world(trusting(FIRST, "{}"));
    let (status, reply) = ask(&service, &credentials, "&RoleSessionName=next");
    assert_eq!(status, 200, "{reply}");
    let session = "arn:aws:sts::444455556666:assumed-role/Second/next";
    assert_eq!(element(&reply, "Arn"), session);
    assert_eq!(element(&reply, "SourceIdentity"), "CN=build-7");
    assert!(element(&reply, "AssumedRoleId").ends_with(":next"));
    let expiration = Timestamp::parse_rfc3339(&element(&reply, "Expiration")).unwrap();
    assert_eq!(expiration.unix_seconds() - NOW, 3600);
    let second = Credentials::of_xml(&reply);
    let form = "Action=GetCallerIdentity&Version=2011-06-15";
    let reply = service.answer(&signed(&second, "POST", "/", form, NOW));
    let text = String::from_utf8(reply.body).unwrap();
    assert_eq!(element(&text, "Arn"), session);
    assert_eq!(element(&text, "Account"), "444455556666");
    let (status, reply) = ask(&service, &second, "&RoleSessionName=again");
    assert_eq!(
        (status, element(&reply, "Code").as_str()),
        (403, "AccessDenied")
    );
}

#[test]
fn the_second_role_must_trust_the_first() {
    let session = "arn:aws:sts::111122223333:assumed-role/EmulatorRole/ci";
    for (principal, condition, expected) in [
        ("111122223333", "{}", 200),
        ("arn:aws:iam::111122223333:root", "{}", 200),
        ("*", "{}", 200),
        ("444455556666", "{}", 403),
        ("arn:aws:iam::111122223333:role/Other", "{}", 403),
        (session, "{}", 403),
        (
            FIRST,
            r#"{"StringEquals": {"sts:SourceIdentity": "CN=build-7"}}"#,
            200,
        ),
        (
            FIRST,
            r#"{"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "build-7"}}"#,
            200,
        ),
        (
            FIRST,
            r#"{"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "build-8"}}"#,
            403,
        ),
        (
            FIRST,
            r#"{"StringEquals": {"aws:SourceAccount": "111122223333"}}"#,
            403,
        ),
    ] {
        let (service, credentials) = world(trusting(principal, condition));
        let (status, reply) = ask(&service, &credentials, "&RoleSessionName=next");
        assert_eq!(status, expected, "{principal} {condition}: {reply}");
        if expected == 403 {
            let told =
                format!("is not authorized to perform: sts:AssumeRole on resource: {SECOND}");
            assert!(reply.contains(&told), "{reply}");
        }
    }
    let (service, credentials) = world(TrustPolicy::any_trust_anchor());
    assert_eq!(ask(&service, &credentials, "&RoleSessionName=next").0, 403);
}

#[test]
fn a_source_identity_needs_to_be_allowed_and_stays() {
    let only_assume = trusting(FIRST, "{}")
        .to_json()
        .replace(",\"sts:SetSourceIdentity\"", "");
    let (service, credentials) = world(TrustPolicy::from_json(&only_assume).unwrap());
    assert_eq!(ask(&service, &credentials, "&RoleSessionName=next").0, 403);
    let (service, credentials) = world(trusting(FIRST, "{}"));
    for (identity, expected) in [("CN%3Dbuild-7", 200), ("other", 403)] {
        let more = format!("&RoleSessionName=next&SourceIdentity={identity}");
        assert_eq!(ask(&service, &credentials, &more).0, expected, "{identity}");
    }
}

#[test]
fn what_is_asked_for_is_checked() {
    let (service, credentials) = world(trusting(FIRST, "{}"));
    for (more, status, told) in [
        (
            "&RoleSessionName=next&DurationSeconds=900",
            200,
            "Expiration",
        ),
        (
            "&RoleSessionName=next&DurationSeconds=3600",
            200,
            "Expiration",
        ),
        (
            "&RoleSessionName=next&DurationSeconds=3601",
            400,
            "1 hour session limit",
        ),
        (
            "&RoleSessionName=next&DurationSeconds=899",
            400,
            "between 900 and 43200",
        ),
        (
            "&RoleSessionName=next&DurationSeconds=x",
            400,
            "between 900 and 43200",
        ),
        ("", 400, "RoleSessionName"),
        ("&RoleSessionName=a+b", 400, "RoleSessionName"),
        (
            "&RoleSessionName=next&Tags.member.1.Key=a",
            400,
            "does not know the parameter Tags.member.1.Key",
        ),
        ("&RoleSessionName=next&ExternalId=x", 200, "Expiration"),
    ] {
        let (got, reply) = ask(&service, &credentials, more);
        assert_eq!(got, status, "{more}: {reply}");
        assert!(reply.contains(told), "{reply}");
    }
    let unknown = "Action=AssumeRole&Version=2011-06-15&RoleSessionName=next&RoleArn=";
    for (arn, status) in [
        ("arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FNone", 403),
        ("x", 400),
    ] {
        let request = signed(&credentials, "POST", "/", &format!("{unknown}{arn}"), NOW);
        assert_eq!(service.answer(&request).status, status, "{arn}");
    }
}
