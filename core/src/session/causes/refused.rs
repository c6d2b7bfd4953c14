//! The service answered and refused.

use super::LikelyCause;
use crate::error::{Error, ErrorCode};
use crate::identity::Identity;
use crate::session::CreateSession;
use alloc::{format, string::String, vec, vec::Vec};

pub(super) fn causes(
    error: &Error,
    session: &CreateSession,
    identity: &Identity,
) -> Vec<LikelyCause> {
    let message = error
        .service()
        .and_then(|details| details.service_message.as_deref())
        .unwrap_or_default();
    let says = |text: &str| {
        let message = message.to_ascii_lowercase();
        message.contains(text)
    };
    match error.code() {
        ErrorCode::AccessDenied if says("untrusted") => untrusted(session, identity),
        ErrorCode::AccessDenied if says("session tags") => unmappable(session, identity),
        ErrorCode::AccessDenied if says("rolesessionname") => session_name(session),
        ErrorCode::AccessDenied if says("listed in the profile") => role_not_listed(session),
        ErrorCode::AccessDenied if says("unable to assume role") => {
            not_assumable(session, identity)
        }
        ErrorCode::AccessDenied if says("disabled") => disabled(session),
        ErrorCode::AccessDenied if says("invalid signature") => invalid_signature(),
        ErrorCode::AccessDenied if says("scoped to a valid region") => region(session),
        ErrorCode::AccessDenied => unexplained(session, identity),
        ErrorCode::ValidationRejected if says("durationseconds") => duration(session),
        ErrorCode::ResourceNotFound => not_found(session, &says),
        ErrorCode::ServiceRefused | ErrorCode::ResponseMalformed => not_the_service(),
        _ => Vec::new(),
    }
}

fn untrusted(session: &CreateSession, identity: &Identity) -> Vec<LikelyCause> {
    let issuer = identity.topmost_issuer();
    let mut causes = vec![LikelyCause::new(
        format!("the trust anchor does not hold the issuer `{issuer}` of what was sent"),
        format!(
            "compare it with the subject of the trust anchor's certificate: {}",
            show_anchor(session)
        ),
    )];
    if identity.chain_der().next().is_none() {
        causes.push(LikelyCause::new(
            format!("an intermediate is missing: no chain was sent, and the trust anchor is above `{issuer}`"),
            "give the certificates between with `--intermediates`, or append them to the certificate's file",
        ));
    }
    causes.push(LikelyCause::new(
        "the certificate is on a revocation list that was imported",
        format!(
            "see `aws rolesanywhere list-crls --region {}`",
            session.region()
        ),
    ));
    causes
}

fn unmappable(session: &CreateSession, identity: &Identity) -> Vec<LikelyCause> {
    let keys = session.preview(identity).unmappable;
    let what = match keys.is_empty() {
        true => "an attribute of the certificate's names".into(),
        false => format!("`{}` of the certificate", keys.join("`, `")),
    };
    vec![LikelyCause::new(
        format!("{what} holds characters that session tags do not take"),
        format!(
            "map only what you need, for example `aws rolesanywhere put-attribute-mapping \
             --profile-id {} --certificate-field x509Subject --mapping-rules specifier=CN`, and \
             delete the mapping `*`",
            profile_id(session)
        ),
    )]
}

fn session_name(session: &CreateSession) -> Vec<LikelyCause> {
    vec![LikelyCause::new(
        "the profile does not accept a role session name",
        format!(
            "leave the role session name out, or `aws rolesanywhere update-profile --profile-id {} \
             --accept-role-session-name`",
            profile_id(session)
        ),
    )]
}

fn role_not_listed(session: &CreateSession) -> Vec<LikelyCause> {
    let id = profile_id(session);
    vec![LikelyCause::new(
        format!(
            "the profile does not list the role `{}`",
            session.role_arn()
        ),
        format!(
            "see `aws rolesanywhere get-profile --profile-id {id}`, then give the role or the \
             profile that belongs to it"
        ),
    )]
}

fn not_assumable(session: &CreateSession, identity: &Identity) -> Vec<LikelyCause> {
    let role = session.role_arn().role_name();
    let tags = session.preview(identity).session_tags;
    let tag = tags.iter().find(|(key, _)| key == "x509Subject/CN");
    let sent = match tag {
        Some((key, value)) => format!("`aws:PrincipalTag/{key}` is `{value}`"),
        None => "the certificate has no tag `x509Subject/CN`".into(),
    };
    vec![
        LikelyCause::new(
            "the role's trust policy does not allow `rolesanywhere.amazonaws.com` all of \
             `sts:AssumeRole`, `sts:TagSession` and `sts:SetSourceIdentity`",
            format!(
                "see `aws iam get-role --role-name {role} --query Role.AssumeRolePolicyDocument`"
            ),
        ),
        LikelyCause::new(
            format!("a condition of the trust policy does not fit: {sent}"),
            "compare each condition with the session tags and `aws:SourceArn`, which is the trust \
             anchor's id ARN and never its alias",
        ),
        LikelyCause::new(
            format!(
                "the role `{role}` does not exist in account {}",
                session.role_arn().account_id()
            ),
            format!("see `aws iam get-role --role-name {role}`"),
        ),
    ]
}

fn disabled(session: &CreateSession) -> Vec<LikelyCause> {
    vec![LikelyCause::new(
        "the trust anchor or the profile is disabled",
        format!(
            "`aws rolesanywhere enable-trust-anchor --trust-anchor-id {}`, `aws rolesanywhere \
             enable-profile --profile-id {}`",
            session.trust_anchor_arn().id().unwrap_or("ID"),
            profile_id(session)
        ),
    )]
}

fn invalid_signature() -> Vec<LikelyCause> {
    vec![LikelyCause::new(
        "something on the way changes the request",
        "look for a proxy that rewrites headers or the URL, and compare with `rolesanywhere explain`",
    )]
}

fn region(session: &CreateSession) -> Vec<LikelyCause> {
    let own = session.trust_anchor_arn().region();
    vec![LikelyCause::new(
        format!("the endpoint is of another region than `{own}`, the trust anchor's"),
        "leave the region and the endpoint out",
    )]
}

fn unexplained(session: &CreateSession, identity: &Identity) -> Vec<LikelyCause> {
    let mut causes = untrusted(session, identity);
    causes.extend(not_assumable(session, identity));
    causes
}

fn duration(session: &CreateSession) -> Vec<LikelyCause> {
    let role = session.role_arn().role_name();
    vec![LikelyCause::new(
        "the session would last longer than the role allows",
        format!(
            "ask for less with `--session-duration`, shorten the profile's, or `aws iam update-role \
             --role-name {role} --max-session-duration 43200`"
        ),
    )]
}

fn not_found(session: &CreateSession, says: &dyn Fn(&str) -> bool) -> Vec<LikelyCause> {
    let region = session.region();
    let mut causes = Vec::new();
    if !says("profile") {
        causes.push(LikelyCause::new(
            format!("there is no trust anchor `{}`", session.trust_anchor_arn()),
            format!("see `aws rolesanywhere list-trust-anchors --region {region}`"),
        ));
    }
    if !says("trust anchor") {
        causes.push(LikelyCause::new(
            format!("there is no profile `{}`", session.profile_arn()),
            format!("see `aws rolesanywhere list-profiles --region {region}`"),
        ));
    }
    causes
}

fn not_the_service() -> Vec<LikelyCause> {
    vec![LikelyCause::new(
        "a proxy, a captive portal or another service answers in its place",
        "check the endpoint, and name its host in NO_PROXY if it has to be reached directly",
    )]
}

fn show_anchor(session: &CreateSession) -> String {
    let region = session.region();
    match session.trust_anchor_arn().id() {
        Some(id) => {
            format!("`aws rolesanywhere get-trust-anchor --trust-anchor-id {id} --region {region}`")
        }
        None => format!("`aws rolesanywhere list-trust-anchors --region {region}`"),
    }
}

fn profile_id(session: &CreateSession) -> &str {
    session.profile_arn().id().unwrap_or("ID")
}
