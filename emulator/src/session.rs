//! CreateSession: `POST /sessions`.

mod arguments;
mod authentication;
mod names;

use crate::certificate::Certificate;
use crate::chain;
use crate::credentials::{Mint, Minted, Session, letters};
use crate::message::{Reply, Request};
use crate::model::{KnownProfile, KnownRole, Model};
use crate::pki::certificates_from_base64;
use crate::refusal::{Refusal, Result};
use crate::sigv4::Trace;
use arguments::Arguments;
use aws_lc_rs::digest::{SHA256, digest};
use rolesanywhere_core::Timestamp;
use serde_json::json;

/// Everything a request is held against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) model: &'a Model,
    pub(crate) mint: &'a Mint,
    pub(crate) now: Timestamp,
    /// A fault's: the session ends after so many seconds, whatever was asked for.
    pub(crate) expires_in: Option<u32>,
}

/// Answers CreateSession, or says why not.
pub(crate) fn create_session(
    request: &Request,
    context: Context<'_>,
    trace: &mut Trace,
) -> Result<Reply> {
    let (leaf, scope) = authentication::authenticate(request, context, trace)?;
    let arguments = Arguments::read(request)?;
    let (profile, role) = resolve(&arguments, &leaf, request, context)?;
    if scope.region != profile.arn.region() {
        let reason = format!(
            "the request is signed for {}, the ARNs are not",
            scope.region
        );
        return Err(Refusal::access_denied(
            "Credential should be scoped to a valid region.",
            reason,
        ));
    }
    let duration = duration(arguments.duration_seconds, profile, role)?;
    let duration = context.expires_in.unwrap_or(duration);
    let serial = leaf.serial();
    let session_name = match arguments.role_session_name {
        Some(_) if !profile.accept_role_session_name => {
            let reason = "the profile does not accept roleSessionName";
            return Err(Refusal::access_denied(
                "Not authorized to set roleSessionName.",
                reason,
            ));
        }
        Some(name) => name,
        None => names::default_session_name(&serial),
    };
    let session = Session {
        assumed_role_arn: format!(
            "arn:{}:sts::{}:assumed-role/{}/{session_name}",
            role.arn.partition(),
            role.arn.account(),
            role.arn.name()
        ),
        assumed_role_id: format!("{}:{session_name}", role_id(role)),
        account: role.arn.account().to_owned(),
        expiration: context.now.unix_seconds() + i64::from(duration),
    };
    reply(&leaf, profile, role, session, context.mint)
}

/// The anchor, profile and role, each known, enabled and meant for the others; the leaf trusted.
fn resolve<'a>(
    arguments: &Arguments,
    leaf: &Certificate,
    request: &Request,
    context: Context<'a>,
) -> Result<(&'a KnownProfile, &'a KnownRole)> {
    let model = context.model;
    let anchor = model
        .anchor(&arguments.trust_anchor)
        .ok_or_else(|| Refusal::not_found("The trust anchor was not found."))?;
    let profile = model
        .profile(&arguments.profile)
        .ok_or_else(|| Refusal::not_found("The profile was not found."))?;
    if !anchor.enabled {
        return Err(Refusal::access_denied(
            "Trust anchor is disabled.",
            "the anchor is disabled",
        ));
    }
    if !profile.enabled {
        return Err(Refusal::access_denied(
            "Profile is disabled.",
            "the profile is disabled",
        ));
    }
    if anchor.arn.region() != profile.arn.region() {
        return Err(Refusal::validation(
            "Trust anchor and profile are not in the same region.",
        ));
    }
    check_leaf(leaf, request, &anchor.certificates, context)?;
    if !profile
        .role_arns
        .iter()
        .any(|arn| arn == arguments.role.as_str())
    {
        return Err(Refusal::access_denied(
            "Requested Role isn't one of those listed in the Profile.",
            "the profile does not list the role",
        ));
    }
    let role = model.role(&arguments.role).ok_or_else(|| {
        let message = format!("Unable to assume role for {}", arguments.role.as_str());
        Refusal::access_denied(message, "the configuration has no such role")
    })?;
    Ok((profile, role))
}

fn check_leaf(
    leaf: &Certificate,
    request: &Request,
    anchors: &[Certificate],
    context: Context<'_>,
) -> Result<()> {
    leaf.check_leaf(context.model.settings.lenient_key_usage)
        .map_err(Refusal::untrusted)?;
    leaf.check_validity(context.now)
        .map_err(Refusal::untrusted)?;
    let header = request.text("x-amz-x509-chain").unwrap_or_default();
    let intermediates = certificates_from_base64(header)
        .ok_or_else(|| Refusal::untrusted("X-Amz-X509-Chain is not base64 joined by commas"))?;
    if intermediates.len() > chain::MAX_INTERMEDIATES {
        return Err(Refusal::untrusted(
            "X-Amz-X509-Chain has more than five certificates",
        ));
    }
    chain::validate(leaf, &intermediates, anchors, context.now).map_err(Refusal::untrusted)
}

/// The smaller of the profile's and the request's duration; the role's maximum is not cut to.
fn duration(requested: Option<u32>, profile: &KnownProfile, role: &KnownRole) -> Result<u32> {
    let duration = requested.map_or(profile.duration_seconds, |requested| {
        requested.min(profile.duration_seconds)
    });
    if duration <= role.max_session_duration {
        return Ok(duration);
    }
    let message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    Err(Refusal::validation(message))
}

fn reply(
    leaf: &Certificate,
    profile: &KnownProfile,
    role: &KnownRole,
    session: Session,
    mint: &Mint,
) -> Result<Reply> {
    let assumed =
        json!({ "arn": session.assumed_role_arn, "assumedRoleId": session.assumed_role_id });
    let Minted {
        access_key_id,
        secret_access_key,
        session_token,
        expiration,
    } = mint.issue(session).map_err(|error| {
        Refusal::new(
            500,
            "InternalServerException",
            "Internal error",
            error.to_string(),
        )
    })?;
    Ok(Reply::json(
        201,
        &json!({
            "credentialSet": [{
                "assumedRoleUser": assumed,
                "credentials": {
                    "accessKeyId": access_key_id,
                    "expiration": expiration.rfc3339(),
                    "secretAccessKey": secret_access_key,
                    "sessionToken": session_token,
                },
                "packedPolicySize": 0,
                "roleArn": role.arn.as_str(),
                "sourceIdentity": names::source_identity(leaf),
            }],
            "subjectArn": names::subject_arn(leaf, &profile.arn),
        }),
    ))
}

/// `AROA` and 17 letters that follow from the role's ARN.
fn role_id(role: &KnownRole) -> String {
    let hash = digest(&SHA256, role.arn.as_str().as_bytes());
    let letters = letters(hash.as_ref());
    "AROA".chars().chain(letters.chars().take(17)).collect()
}
