//! CreateSession: `POST /sessions`.

mod arguments;
mod authentication;
mod names;
mod reply;
mod resolution;

use crate::credentials::{Mint, Session};
use crate::message::{Reply, Request};
use crate::model::{KnownProfile, KnownRole, Model};
use crate::pki::Serial;
use crate::refusal::{Refusal, Result};
use crate::sigv4::Trace;
use arguments::Arguments;
use resolution::Resolved;
use rolesanywhere_core::Timestamp;

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
    let resolved = Resolved::find(&arguments, &scope, context.model)?;
    resolution::check_leaf(&leaf, request, resolved.anchor, context)?;
    let Resolved { profile, role, .. } = resolved;
    let duration = duration(arguments.duration_seconds, profile, role)?;
    let duration = context.expires_in.unwrap_or(duration);
    let session_name = session_name(arguments.role_session_name, profile, &leaf.serial())?;
    let session = Session {
        assumed_role_arn: format!(
            "arn:{}:sts::{}:assumed-role/{}/{session_name}",
            role.arn.partition(),
            role.arn.account(),
            role.arn.name()
        ),
        assumed_role_id: format!("{}:{session_name}", reply::role_id(&role.arn)),
        account: role.arn.account().to_owned(),
        expiration: context.now.unix_seconds() + i64::from(duration),
    };
    let minted = reply::mint(context.mint, session.clone())?;
    Ok(reply::reply(&leaf, &resolved, &session, &minted))
}

fn session_name(
    requested: Option<String>,
    profile: &KnownProfile,
    serial: &Serial,
) -> Result<String> {
    match requested {
        Some(_) if !profile.accept_role_session_name => Err(Refusal::access_denied(
            "Not authorized to set roleSessionName.",
            "the profile does not accept roleSessionName",
        )),
        Some(name) => Ok(name),
        None => Ok(names::default_session_name(serial)),
    }
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
