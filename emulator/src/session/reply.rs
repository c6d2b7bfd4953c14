use super::names;
use super::resolution::Resolved;
use crate::arn::Arn;
use crate::certificate::Certificate;
use crate::credentials::{Mint, Minted, Session, letters};
use crate::message::Reply;
use crate::refusal::{Refusal, Result};
use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;

/// Credentials for the session.
pub(super) fn mint(mint: &Mint, session: Session) -> Result<Minted> {
    mint.issue(session).map_err(|error| {
        Refusal::new(
            500,
            "InternalServerException",
            "Internal error",
            error.to_string(),
        )
    })
}

/// The reply to CreateSession.
pub(super) fn reply(
    leaf: &Certificate,
    resolved: &Resolved<'_>,
    session: &Session,
    minted: &Minted,
) -> Reply {
    let credential_set = json!({
        "assumedRoleUser": {
            "arn": session.assumed_role_arn,
            "assumedRoleId": session.assumed_role_id,
        },
        "credentials": {
            "accessKeyId": minted.access_key_id,
            "expiration": minted.expiration.rfc3339(),
            "secretAccessKey": minted.secret_access_key,
            "sessionToken": minted.session_token,
        },
        "packedPolicySize": 0,
        "roleArn": resolved.role.arn.as_str(),
        "sourceIdentity": names::source_identity(leaf),
    });
    Reply::json(
        201,
        &json!({
            "credentialSet": [credential_set],
            "subjectArn": names::subject_arn(leaf, &resolved.profile.arn),
        }),
    )
}

/// `AROA` and 17 letters that follow from the role's ARN.
pub(super) fn role_id(role: &Arn) -> String {
    let hash = digest(&SHA256, role.as_str().as_bytes());
    let letters = letters(hash.as_ref());
    "AROA".chars().chain(letters.chars().take(17)).collect()
}
