//! CreateSession: the request out, the reply in.

use super::credentials;
use super::signing;
use crate::Instance;
use crate::arguments::Arguments;
use crate::handles::Object as Kept;
use crate::json::{Json, Object};
use rolesanywhere_core::error::Result;
use rolesanywhere_core::session::CreateSessionOptions;
use rolesanywhere_core::{CreateSession, HttpResponse};

pub(super) fn new(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let session = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: arguments.text("trust_anchor_arn")?,
        profile_arn: arguments.text("profile_arn")?,
        role_arn: arguments.text("role_arn")?,
        region: arguments.optional_text("region")?,
        endpoint: arguments.optional_text("endpoint")?,
        allow_http: arguments.flag("allow_http")?,
        duration_seconds: arguments.optional_small("duration_seconds")?,
        role_session_name: arguments.optional_text("role_session_name")?,
        instance_properties: &arguments.map("instance_properties")?,
        use_fips_endpoint: arguments.flag("use_fips_endpoint")?,
        use_dualstack_endpoint: arguments.flag("use_dualstack_endpoint")?,
    })?;
    keep(instance, session)
}

pub(super) fn keep(instance: &mut Instance, session: CreateSession) -> Result<Json> {
    let (region, url) = (session.region().to_owned(), session.url().to_owned());
    let handle = instance.handles.insert(Kept::CreateSession(session))?;
    Ok(Object::new()
        .number("create_session", handle.into())
        .text("region", &region)
        .text("url", &url)
        .done())
}

pub(super) fn prepare(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let session = instance.handles.create_session(arguments)?;
    let identity = instance.handles.identity(arguments)?;
    let pending = session.prepare(identity, arguments.time("now")?)?;
    signing::keep(instance, pending)
}

pub(super) fn parse_response(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let session = instance.handles.create_session(arguments)?;
    let HttpResponse {
        status,
        headers,
        body,
        ..
    } = response(arguments)?;
    let now = arguments.optional_time("now")?;
    let read = session.parse_response(status, &headers, &body, now)?;
    Ok(credentials::facts(&read))
}

/// `status`, `headers`, `body`.
pub(super) fn response(arguments: &Arguments) -> Result<HttpResponse> {
    let status = arguments.optional_small("status")?;
    let status = status.ok_or_else(|| crate::arguments::missing("status"))?;
    let headers = arguments.pairs("headers")?;
    let headers = headers
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let body = arguments.optional_bytes("body")?.unwrap_or_default();
    Ok(HttpResponse::new(status, headers, body))
}
