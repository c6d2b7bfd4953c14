//! The role's trust policy, over CreateSession.

use crate::world::{World, answer, json};
use rolesanywhere_emulator::config::{TrustAnchor, TrustPolicy};
use rolesanywhere_emulator::pki::IssuedLeaf;

/// The statuses and the reason when the role has this condition.
fn with_condition(world: &mut World, leaf: &IssuedLeaf, condition: &str) -> (u16, String) {
    world.config.roles[0].trust_policy = TrustPolicy::from_json(&format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow",
            "Principal": {{ "Service": "rolesanywhere.amazonaws.com" }},
            "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
            "Condition": {condition} }}] }}"#
    ))
    .unwrap();
    let (reply, record) = answer(&world.service(), &world.sign(leaf));
    if reply.status != 201 {
        let message = "Unable to assume role for arn:aws:iam::111122223333:role/EmulatorRole";
        assert_eq!(json(&reply)["message"], message, "{record:?}");
    }
    (reply.status, record.reason.unwrap_or_default())
}

#[test]
fn conditions_see_the_leaf_and_the_anchor() {
    let mut world = World::new();
    let leaf = World::leaf_options().subject("CN=build-7,OU=Tools,O=Example Corp");
    let leaf = world.root.issue(&leaf.dns_name("b7.example.org")).unwrap();
    for (condition, status) in [
        (
            r#"{"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "build-7"}}"#,
            201,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "build-8"}}"#,
            403,
        ),
        (
            r#"{"StringLike": {"aws:PrincipalTag/x509SAN/DNS": "*.example.org"}}"#,
            201,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalTag/x509Issuer/CN": "Emulator root p256"}}"#,
            201,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalTag/x509SAN/URI": "spiffe://a"}}"#,
            403,
        ),
        (
            r#"{"StringEqualsIfExists": {"aws:PrincipalTag/x509SAN/URI": "spiffe://a"}}"#,
            201,
        ),
        (
            r#"{"StringNotEquals": {"aws:PrincipalTag/x509Subject/OU": ["Tools", "Sales"]}}"#,
            403,
        ),
        (
            r#"{"StringEquals": {"aws:SourceAccount": "111122223333"}}"#,
            201,
        ),
        (
            r#"{"StringEquals": {"aws:SourceAccount": "444455556666"}}"#,
            403,
        ),
        (
            r#"{"StringEquals": {"sts:SourceIdentity": "CN=build-7"}}"#,
            201,
        ),
        (
            r#"{"ArnLike": {"aws:SourceArn": "arn:aws:rolesanywhere:eu-west-1:*:trust-anchor/*"}}"#,
            201,
        ),
        (
            r#"{"ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/other"}}"#,
            403,
        ),
    ] {
        let (got, reason) = with_condition(&mut world, &leaf, condition);
        assert_eq!(got, status, "{condition}: {reason}");
        let told = "the role's trust policy does not allow sts:AssumeRole";
        assert!(status == 201 || reason == told, "{reason}");
    }
}

#[test]
fn the_source_is_the_id_and_never_the_alias() {
    let mut world = World::new();
    world.config.trust_anchors[0].aliases.push("ci".to_owned());
    let by_id = world.config.trust_anchors[0].trust_anchor_arn.clone();
    let by_alias = "arn:aws:rolesanywhere:eu-west-1:111122223333:alias/trust-anchor/ci";
    let leaf = world.leaf();
    for (wanted, status) in [(by_id.as_str(), 201), (by_alias, 403)] {
        world.config.roles[0].trust_policy = TrustPolicy::for_trust_anchor(wanted);
        let request = world.sign_with(&leaf, |options| options.trust_anchor_arn = by_alias);
        let (reply, record) = answer(&world.service(), &request);
        assert_eq!(reply.status, status, "{record:?}");
    }
}

#[test]
fn another_anchor_is_another_source() {
    let mut world = World::new();
    let first = world.config.trust_anchors[0].clone();
    let other = first.trust_anchor_arn.replace("2f6d", "3f6d");
    let pem = first.x509_certificate_data;
    world
        .config
        .trust_anchors
        .push(TrustAnchor::new(&other, &pem));
    let leaf = world.leaf();
    let request = world.sign_with(&leaf, |options| options.trust_anchor_arn = &other);
    let (reply, record) = answer(&world.service(), &request);
    assert_eq!(reply.status, 403, "{record:?}");
    world.config.roles[0].trust_policy = TrustPolicy::any_trust_anchor();
    let (reply, record) = answer(&world.service(), &request);
    assert_eq!(reply.status, 201, "{record:?}");
}
