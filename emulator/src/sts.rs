//! STS for the credentials that were handed out here: `GetCallerIdentity`, and `AssumeRole` for
//! chains of roles.

mod assume_role;
mod authentication;
mod parameters;
mod xml;

pub(crate) use xml::refuse;

use crate::message::{Reply, Request};
use crate::refusal::{Refusal, Result};
use crate::session::Context;
use crate::sigv4::Trace;
use parameters::{Parameters, VERSION};

/// Answers an STS call, or says why not.
pub(crate) fn answer(
    request: &Request,
    context: Context<'_>,
    request_id: &str,
    trace: &mut Trace,
) -> Result<Reply> {
    let caller = authentication::authenticate(request, context, trace)?;
    let parameters = Parameters::read(request)?;
    match parameters.action() {
        "GetCallerIdentity" => Ok(xml::caller_identity(&caller, request_id)),
        "AssumeRole" => {
            let (session, minted) = assume_role::assume_role(&caller, &parameters, context)?;
            Ok(xml::assumed_role(&session, &minted, request_id))
        }
        action => {
            let message = format!("Could not find operation {action} for version {VERSION}");
            let reason = "the emulator has no such action";
            Err(Refusal::new(400, "InvalidAction", message, reason))
        }
    }
}
