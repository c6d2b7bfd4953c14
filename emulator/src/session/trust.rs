use super::resolution::Resolved;
use crate::policy::{Caller, ROLES_ANYWHERE, RequestContext};
use crate::refusal::{Refusal, Result};
use std::collections::BTreeMap;

/// What IAM Roles Anywhere must be allowed to do with a role.
const ACTIONS: [&str; 3] = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

/// Whether the role's trust policy lets IAM Roles Anywhere assume it for this leaf.
pub(super) fn check(
    resolved: &Resolved<'_>,
    source_identity: &str,
    tags: &BTreeMap<String, String>,
) -> Result<()> {
    let context = RequestContext {
        caller: Caller::Service(ROLES_ANYWHERE),
        principal_tags: tags,
        source_arn: Some(resolved.anchor.arn.as_str()),
        source_account: Some(resolved.anchor.arn.account()),
        source_identity: Some(source_identity),
    };
    let role = resolved.role;
    let allowed = role.trust_policy.allows(&ACTIONS, &context);
    allowed.map_err(|reason| {
        let message = format!("Unable to assume role for {}", role.arn.as_str());
        Refusal::access_denied(message, reason)
    })
}
