//! A role's session assumes another role.

use super::parameters::Parameters;
use crate::arn::{Arn, ArnKind};
use crate::credentials::{Minted, Session};
use crate::policy::{Caller, RequestContext};
use crate::refusal::{Refusal, Result};
use crate::session::{Context, is_session_name};

/// The longest session of a role that was assumed by another role's session, in seconds.
const LONGEST: u32 = 3600;

/// What would change the session, and is not acted upon here.
const REFUSED: &[&str] = &[
    "Tags.",
    "TransitiveTagKeys.",
    "SerialNumber",
    "TokenCode",
    "ProvidedContexts.",
];

/// The new session and its credentials.
pub(super) fn assume_role(
    caller: &Session,
    parameters: &Parameters,
    context: Context<'_>,
) -> Result<(Session, Minted)> {
    let refused = |name: &&str| REFUSED.iter().any(|start| name.starts_with(start));
    if let Some(name) = parameters.names().find(refused) {
        return Err(validation(format!(
            "The emulator does not know the parameter {name}."
        )));
    }
    let role_arn = parameters.get("RoleArn").unwrap_or_default();
    let role_arn = Arn::parse(ArnKind::Role, role_arn)
        .ok_or_else(|| validation(format!("{role_arn} is invalid")))?;
    let name = parameters.get("RoleSessionName").unwrap_or_default();
    if !is_session_name(name) {
        return Err(validation(
            "RoleSessionName must be 2 to 64 of [\\w+=,.@-].".to_owned(),
        ));
    }
    check_source_identity(caller, parameters)?;
    check_trust(caller, &role_arn, context)?;
    let duration = context
        .expires_in
        .map_or_else(|| duration(parameters), Ok)?;
    let expiration = context.now.unix_seconds() + i64::from(duration);
    // The tags of the certificate are not transitive; the source identity always is.
    let source_identity = caller.source_identity.clone();
    let session = Session::new(&role_arn, name, source_identity, [].into(), expiration);
    let minted = context.mint(session.clone())?;
    Ok((session, minted))
}

/// Whether the role is there and trusts the caller. Policies of the calling role do not exist here:
/// it may ask for every role.
fn check_trust(caller: &Session, role_arn: &Arn, context: Context<'_>) -> Result<()> {
    let request = RequestContext {
        caller: Caller::Session {
            account: &caller.account,
            role_arn: &caller.role_arn,
            session_arn: &caller.assumed_role_arn,
        },
        principal_tags: &caller.tags,
        source_arn: None,
        source_account: None,
        source_identity: Some(&caller.source_identity),
    };
    let role = context.model.role(role_arn);
    let role = role.ok_or_else(|| "the configuration has no such role".to_owned());
    let actions = ["sts:AssumeRole", "sts:SetSourceIdentity"];
    let allowed = role.and_then(|role| role.trust_policy.allows(&actions, &request));
    allowed.map_err(|reason| {
        let (who, whom) = (&caller.assumed_role_arn, role_arn.as_str());
        let message =
            format!("User: {who} is not authorized to perform: sts:AssumeRole on resource: {whom}");
        Refusal::new(403, "AccessDenied", message, reason)
    })
}

/// Once it is set, it stays.
fn check_source_identity(caller: &Session, parameters: &Parameters) -> Result<()> {
    match parameters.get("SourceIdentity") {
        Some(asked) if asked != caller.source_identity => {
            let message = "The source identity of a session cannot be changed.";
            let reason = "SourceIdentity is not that of the calling session";
            Err(Refusal::new(403, "AccessDenied", message, reason))
        }
        _ => Ok(()),
    }
}

fn duration(parameters: &Parameters) -> Result<u32> {
    let Some(text) = parameters.get("DurationSeconds") else {
        return Ok(LONGEST);
    };
    match text.parse() {
        Ok(seconds @ 900..=LONGEST) => Ok(seconds),
        Ok(900..=43_200) => Err(validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by \
             role chaining"
                .to_owned(),
        )),
        _ => Err(validation(
            "DurationSeconds must be between 900 and 43200.".to_owned(),
        )),
    }
}

fn validation(message: String) -> Refusal {
    Refusal::new(400, "ValidationError", message.clone(), message)
}
