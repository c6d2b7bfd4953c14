use super::{Caller, ROLES_ANYWHERE, RequestContext, TrustPolicy};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ANCHOR: &str = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/2f6d";
const ACTIONS: [&str; 3] = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

fn policy(statements: Value) -> TrustPolicy {
    TrustPolicy::try_from(json!({ "Version": "2012-10-17", "Statement": statements })).unwrap()
}

/// A statement for IAM Roles Anywhere.
fn statement(effect: &str, action: Value, condition: Value) -> Value {
    json!({
        "Effect": effect,
        "Principal": { "Service": ROLES_ANYWHERE },
        "Action": action,
        "Condition": condition,
    })
}

fn allows(policy: &TrustPolicy) -> bool {
    allows_with(policy, Some("CN=build-7"))
}

fn allows_with(policy: &TrustPolicy, source_identity: Option<&str>) -> bool {
    let tags = BTreeMap::from([("x509Subject/CN".to_owned(), "build-7".to_owned())]);
    let context = RequestContext {
        caller: Caller::Service(ROLES_ANYWHERE),
        principal_tags: &tags,
        source_arn: Some(ANCHOR),
        source_account: Some("111122223333"),
        source_identity,
    };
    policy.allows(&ACTIONS, &context).is_ok()
}

#[test]
fn all_three_actions_must_be_allowed() {
    for (action, expected) in [
        (json!(ACTIONS), true),
        (json!("sts:*"), true),
        (json!("*"), true),
        (json!(["STS:assume*", "sts:?agSession", "sts:Set*"]), true),
        (json!("sts:AssumeRole"), false),
        (json!(["sts:AssumeRole", "sts:TagSession"]), false),
        (json!(["sts:AssumeRole", "sts:SetSourceIdentity"]), false),
        (json!(["sts:TagSession", "sts:SetSourceIdentity"]), false),
    ] {
        let policy = policy(statement("Allow", action.clone(), json!({})));
        assert_eq!(allows(&policy), expected, "{action}");
    }
    let each = ACTIONS.map(|action| statement("Allow", json!(action), json!({})));
    assert!(allows(&policy(json!(each))), "in statements of their own");
    assert!(!allows(&policy(json!([]))), "nothing is allowed by itself");
}

#[test]
fn a_denial_wins() {
    let allow = statement("Allow", json!("sts:*"), json!({}));
    let not_build = json!({ "StringNotLike": { "aws:PrincipalTag/x509Subject/CN": "build-*" } });
    let not_host = json!({ "StringNotLike": { "aws:PrincipalTag/x509Subject/CN": "host-*" } });
    let deny = |condition: &Value| statement("Deny", json!("sts:TagSession"), condition.clone());
    assert!(allows(&policy(json!([deny(&not_build), allow]))));
    assert!(!allows(&policy(json!([allow, deny(&not_host)]))));
}

#[test]
fn operators_compare_as_documented() {
    let cn = "aws:PrincipalTag/x509Subject/CN";
    let ou = "aws:PrincipalTag/x509Subject/OU";
    let (arn, identity) = ("aws:SourceArn", "sts:SourceIdentity");
    let any_anchor = "arn:aws:rolesanywhere:*:111122223333:trust-anchor/*";
    for (operator, key, values, expected) in [
        ("StringEquals", cn, json!("build-7"), true),
        ("StringEquals", cn, json!(["x", "build-7"]), true),
        ("StringEquals", cn, json!("build-*"), false),
        ("StringEquals", cn, json!("Build-7"), false),
        (
            "StringEquals",
            "AWS:principaltag/X509Subject/cn",
            json!("build-7"),
            true,
        ),
        ("StringEquals", ou, json!("x"), false),
        ("StringEqualsIfExists", ou, json!("x"), true),
        ("StringEqualsIfExists", cn, json!("x"), false),
        ("StringNotEquals", cn, json!("x"), true),
        ("StringNotEquals", cn, json!(["x", "build-7"]), false),
        ("StringNotEquals", ou, json!("x"), true),
        ("StringNotEqualsIfExists", cn, json!("build-7"), false),
        ("StringLike", cn, json!("build-?"), true),
        ("StringLike", cn, json!("host-*"), false),
        ("StringLikeIfExists", ou, json!("x*"), true),
        ("StringNotLike", cn, json!("build-*"), false),
        ("StringNotLikeIfExists", ou, json!("*"), true),
        ("ArnEquals", arn, json!(ANCHOR), true),
        ("ArnEquals", arn, json!(any_anchor), true),
        ("ArnLike", arn, json!(any_anchor), true),
        (
            "ArnLikeIfExists",
            arn,
            json!(ANCHOR.replace("2f6d", "0000")),
            false,
        ),
        ("ArnEqualsIfExists", cn, json!(ANCHOR), false),
        ("ArnNotEquals", arn, json!(ANCHOR), false),
        (
            "ArnNotLike",
            arn,
            json!(ANCHOR.replace("eu-west-1", "eu-west-2")),
            true,
        ),
        ("ArnNotLikeIfExists", arn, json!(any_anchor), false),
        ("StringEquals", arn, json!(ANCHOR), true),
        (
            "StringEquals",
            "aws:SourceAccount",
            json!("111122223333"),
            true,
        ),
        (
            "StringEquals",
            "aws:SourceAccount",
            json!("444455556666"),
            false,
        ),
        ("StringLike", identity, json!("CN=build-*"), true),
    ] {
        let mut operators = serde_json::Map::new();
        operators.insert(operator.to_owned(), json!({ key: values }));
        let policy = policy(statement("Allow", json!("sts:*"), Value::Object(operators)));
        assert_eq!(allows(&policy), expected, "{operator} {key} {values}");
    }
    let set = json!({ "StringLike": { identity: "*" } });
    let set = policy(statement("Allow", json!("sts:*"), set));
    assert!(!allows_with(&set, None));
}

#[test]
fn every_condition_must_hold() {
    let both = |account: &str| {
        let condition = json!({
            "StringEquals": { "aws:SourceAccount": account, "sts:SourceIdentity": "CN=build-7" },
            "ArnLike": { "aws:SourceArn": ANCHOR },
        });
        allows(&policy(statement("Allow", json!("sts:*"), condition)))
    };
    assert!(both("111122223333"));
    assert!(!both("444455556666"));
}

#[test]
fn principals_are_services_accounts_roles_and_sessions() {
    let tags = BTreeMap::new();
    let role = "arn:aws:iam::111122223333:role/First";
    let session = "arn:aws:sts::111122223333:assumed-role/First/01";
    let context = |caller| RequestContext {
        caller,
        principal_tags: &tags,
        source_arn: None,
        source_account: None,
        source_identity: None,
    };
    let service = context(Caller::Service(ROLES_ANYWHERE));
    let account = "111122223333";
    let caller = Caller::Session {
        account,
        role_arn: role,
        session_arn: session,
    };
    let session_context = context(caller);
    for (principal, by_service, by_session) in [
        (json!("*"), true, true),
        (json!({ "AWS": "*" }), true, true),
        (json!({ "Service": ROLES_ANYWHERE }), true, false),
        (
            json!({ "Service": ["ec2.amazonaws.com", ROLES_ANYWHERE] }),
            true,
            false,
        ),
        (json!({ "Service": "ec2.amazonaws.com" }), false, false),
        (json!({ "AWS": account }), false, true),
        (
            json!({ "AWS": "arn:aws:iam::111122223333:root" }),
            false,
            true,
        ),
        (
            json!({ "AWS": "arn:aws:iam::444455556666:root" }),
            false,
            false,
        ),
        (json!({ "AWS": [role, "444455556666"] }), false, true),
        (json!({ "AWS": session }), false, true),
        (json!({ "AWS": session.replace("01", "02") }), false, false),
        (json!({ "Federated": "idp.example" }), false, false),
    ] {
        let statement = json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:*" });
        let policy = policy(statement);
        let allowed = [service, session_context].map(|c| policy.allows(&ACTIONS, &c).is_ok());
        assert_eq!(allowed, [by_service, by_session], "{principal}");
    }
}

#[test]
fn whatever_is_not_known_is_refused_with_its_path() {
    let good = TrustPolicy::for_trust_anchor(ANCHOR).to_json();
    assert!(TrustPolicy::from_json(&good).is_ok());
    for (from, to, told) in [
        (
            "ArnEquals",
            "NumericEquals",
            "Statement[0].Condition.NumericEquals: this condition operator",
        ),
        (
            "ArnEquals",
            "ForAnyValue:StringLike",
            "Statement[0].Condition.ForAnyValue:StringLike: ",
        ),
        (
            "aws:SourceArn",
            "aws:SourceIp",
            "Statement[0].Condition.ArnEquals.aws:SourceIp: this condition key",
        ),
        (
            "aws:SourceArn",
            "aws:PrincipalTag/",
            "this condition key is not known",
        ),
        (ANCHOR, "*", "has not the six parts of an ARN"),
        (ANCHOR, "arn:aws:a:b:c:${x}", "policy variables"),
        (
            "\"Allow\"",
            "\"allow\"",
            "Statement[0].Effect: it is neither Allow nor Deny",
        ),
        (
            "\"Effect\":\"Allow\",",
            "",
            "Statement[0]: there is no Effect",
        ),
        (
            "\"Principal\"",
            "\"NotPrincipal\"",
            "Statement[0].NotPrincipal: it is not known here",
        ),
        ("\"Action\"", "\"NotAction\"", "Statement[0].NotAction: "),
        (
            "sts:TagSession",
            "s3:GetObject",
            "Statement[0].Action: \"s3:GetObject\" is not an action",
        ),
        (
            "\"Service\"",
            "\"CanonicalUser\"",
            "Statement[0].Principal.CanonicalUser: ",
        ),
        (
            ROLES_ANYWHERE,
            "rolesanywhere",
            "Statement[0].Principal.Service: \"rolesanywhere\" is not",
        ),
        ("2012-10-17", "2020-01-01", "Version: it is not 2012-10-17"),
        (
            "\"Statement\"",
            "\"statement\"",
            "statement: it is not known",
        ),
    ] {
        let wrong = good.replace(from, to);
        assert_ne!(wrong, good, "{from}");
        let error = TrustPolicy::from_json(&wrong).unwrap_err();
        assert!(error.message().contains(told), "{from}: {error}");
    }
    for wrong in [
        "",
        "[]",
        "{}",
        r#"{"Statement":"x"}"#,
        r#"{"Statement":{"Effect":1}}"#,
    ] {
        assert!(TrustPolicy::from_json(wrong).is_err(), "{wrong}");
    }
}
