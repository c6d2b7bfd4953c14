use super::Context;
use super::arguments::Arguments;
use crate::certificate::Certificate;
use crate::chain;
use crate::message::Request;
use crate::model::{KnownAnchor, KnownProfile, KnownRole, Model};
use crate::pki::certificates_from_base64;
use crate::refusal::{Refusal, Result};
use crate::sigv4::Scope;

/// The anchor, profile and role of a request: each known, enabled and meant for the others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolved<'a> {
    pub(super) anchor: &'a KnownAnchor,
    pub(super) profile: &'a KnownProfile,
    pub(super) role: &'a KnownRole,
}

impl<'a> Resolved<'a> {
    pub(super) fn find(arguments: &Arguments, scope: &Scope, model: &'a Model) -> Result<Self> {
        let anchor = model
            .anchor(&arguments.trust_anchor)
            .ok_or_else(|| Refusal::not_found("The trust anchor was not found."))?;
        let profile = model
            .profile(&arguments.profile)
            .ok_or_else(|| Refusal::not_found("The profile was not found."))?;
        check_enabled(anchor, profile)?;
        check_regions(anchor, profile, scope)?;
        let listed = profile.role_arns.iter();
        if !listed.clone().any(|arn| arn == arguments.role.as_str()) {
            return Err(Refusal::access_denied(
                "Requested Role isn't one of those listed in the Profile.",
                "the profile does not list the role",
            ));
        }
        let role = model.role(&arguments.role).ok_or_else(|| {
            let message = format!("Unable to assume role for {}", arguments.role.as_str());
            Refusal::access_denied(message, "the configuration has no such role")
        })?;
        Ok(Self {
            anchor,
            profile,
            role,
        })
    }
}

fn check_enabled(anchor: &KnownAnchor, profile: &KnownProfile) -> Result<()> {
    if !anchor.enabled {
        let reason = "the trust anchor is disabled";
        return Err(Refusal::access_denied("Trust anchor is disabled.", reason));
    }
    if !profile.enabled {
        let reason = "the profile is disabled";
        return Err(Refusal::access_denied("Profile is disabled.", reason));
    }
    Ok(())
}

fn check_regions(anchor: &KnownAnchor, profile: &KnownProfile, scope: &Scope) -> Result<()> {
    let region = anchor.arn.region();
    if region != profile.arn.region() {
        let message = "Trust anchor and profile are not in the same region.";
        return Err(Refusal::validation(message));
    }
    if region != scope.region {
        let message = "Credential should be scoped to a valid region.";
        let reason = format!("the request is signed for {}, not {region}", scope.region);
        return Err(Refusal::access_denied(message, reason));
    }
    Ok(())
}

/// The rules for leaves, and the path to the anchor.
pub(super) fn check_leaf(
    leaf: &Certificate,
    request: &Request,
    anchor: &KnownAnchor,
    context: Context<'_>,
) -> Result<()> {
    let lenient = context.model.settings.lenient_key_usage;
    leaf.check_leaf(lenient).map_err(Refusal::untrusted)?;
    leaf.check_validity(context.now)
        .map_err(Refusal::untrusted)?;
    let header = request.text("x-amz-x509-chain").unwrap_or_default();
    let intermediates = certificates_from_base64(header)
        .ok_or_else(|| Refusal::untrusted("X-Amz-X509-Chain is not base64 joined by commas"))?;
    if intermediates.len() > chain::MAX_INTERMEDIATES {
        let reason = "X-Amz-X509-Chain has more than five certificates";
        return Err(Refusal::untrusted(reason));
    }
    chain::validate(leaf, &intermediates, anchor, context.now).map_err(Refusal::untrusted)
}
