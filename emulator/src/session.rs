//! CreateSession: `POST /sessions`.

mod arguments;
mod authentication;
mod names;
mod reply;
mod resolution;
mod tags;
mod trust;

pub(crate) use names::is_session_name;

use crate::credentials::{Mint, Minted, Session};
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

impl Context<'_> {
    /// Credentials for a session.
    pub(crate) fn mint(&self, session: Session) -> Result<Minted> {
        self.mint.issue(session).map_err(|error| {
            let reason = error.to_string();
            Refusal::new(500, "InternalServerException", "Internal error", reason)
        })
    }
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
    let source_identity = names::source_identity(&leaf);
    let tags = tags::of(&leaf, &profile.attribute_mappings, &role.arn)?;
    let tags = trace.session_tags.insert(tags);
    trust::check(&resolved, &source_identity, tags)?;
    let expiration = context.now.unix_seconds() + i64::from(duration);
    let tags = tags.clone();
    let session = Session::new(&role.arn, &session_name, source_identity, tags, expiration);
    let minted = context.mint(session.clone())?;
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
