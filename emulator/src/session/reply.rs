use super::names;
use super::resolution::Resolved;
use crate::certificate::Certificate;
use crate::credentials::{Minted, Session};
use crate::message::Reply;
use serde_json::json;

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
        "sourceIdentity": session.source_identity,
    });
    Reply::json(
        201,
        &json!({
            "credentialSet": [credential_set],
            "subjectArn": names::subject_arn(leaf, &resolved.profile.arn),
        }),
    )
}
