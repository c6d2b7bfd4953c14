//! CreateSession: the request out, the reply in.

use super::credentials;
use super::signing;
use crate::Instance;
use crate::arguments::Arguments;
use crate::handles::Object as Kept;
use crate::json::Object;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::session::CreateSessionOptions;
use rolesanywhere_core::{CreateSession, HttpResponse};

pub(super) fn new(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let session = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: given.text("trust_anchor_arn"),
        profile_arn: given.text("profile_arn"),
        role_arn: given.text("role_arn"),
        region: given.optional_text("region"),
        endpoint: given.optional_text("endpoint"),
        allow_http: given.flag("allow_http"),
        duration_seconds: given.optional_small("duration_seconds"),
        role_session_name: given.optional_text("role_session_name"),
        instance_properties: &given.map("instance_properties"),
        use_fips_endpoint: given.flag("use_fips_endpoint"),
        use_dualstack_endpoint: given.flag("use_dualstack_endpoint"),
    })?;
    keep(instance, given, answer, session)
}

pub(super) fn keep(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
    session: CreateSession,
) -> Result<()> {
    answer
        .text("region", session.region())
        .text("url", session.url());
    let kept = Kept::CreateSession(session);
    instance.handles.keep(given, answer, kept)
}

pub(super) fn prepare(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let now = given.time("now");
    let session = instance.handles.create_session(given)?;
    let pending = session.prepare(instance.handles.identity(given)?, now)?;
    signing::keep(instance, given, answer, pending)
}

pub(super) fn parse_response(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let HttpResponse {
        status,
        headers,
        body,
        ..
    } = response(given);
    let now = given.optional_time("now");
    let session = instance.handles.create_session(given)?;
    let read = session.parse_response(status, &headers, &body, now)?;
    credentials::facts(answer, &read);
    Ok(())
}

/// `status`, `headers`, `body`.
pub(super) fn response(given: Arguments<'_>) -> HttpResponse {
    let headers = given
        .pairs("headers")
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let body = given.optional_bytes("body").unwrap_or_default();
    HttpResponse::new(given.small("status"), headers, body)
}
