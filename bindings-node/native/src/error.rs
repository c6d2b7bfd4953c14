//! Errors across the boundary, as JSON: napi's own carry a message and nothing else.

use napi::bindgen_prelude::{Error as Thrown, Status};
use napi_derive::napi;
use rolesanywhere::core::config::Options;
use rolesanywhere::core::error::{Error, ServiceDetails};
use rolesanywhere::core::{ErrorCode, Timestamp};
use serde_json::{Map, Value};

/// One row of the table of codes.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct ErrorCodeRow {
    pub code: String,
    pub number: u32,
    pub kind: String,
    pub retryable: bool,
    pub hint: String,
}

/// The whole table, in the order of the numbers.
#[napi]
#[must_use]
pub fn error_codes() -> Vec<ErrorCodeRow> {
    let row = |code: &ErrorCode| ErrorCodeRow {
        code: code.as_str().to_owned(),
        number: code.number().into(),
        kind: code.kind().as_str().to_owned(),
        retryable: code.usually_retryable(),
        hint: code.hint().to_owned(),
    };
    ErrorCode::ALL.iter().map(row).collect()
}

/// An error that the host found: a transport's, a signer's.
#[napi(object)]
#[derive(Debug)]
pub struct HostError {
    pub code: String,
    pub message: String,
    pub hint: Option<String>,
    pub retryable: Option<bool>,
    /// Seconds.
    pub retry_after: Option<u32>,
    /// The reply's `Date`, in Unix seconds.
    pub server_date: Option<i64>,
}

impl HostError {
    /// A code that does not exist is a fault of the host's.
    pub(crate) fn into_error(self) -> Error {
        let mut codes = ErrorCode::ALL.iter().copied();
        let code = codes.find(|code| code.as_str() == self.code);
        let mut error = Error::new(code.unwrap_or(ErrorCode::Internal), self.message);
        if let Some(hint) = self.hint {
            error = error.with_hint(hint);
        }
        if let Some(retryable) = self.retryable {
            error = error.with_retryable(retryable);
        }
        if self.retry_after.is_some() || self.server_date.is_some() {
            let mut details = ServiceDetails::default();
            details.retry_after = self.retry_after;
            let date = self.server_date.map(Timestamp::from_unix_seconds);
            details.date = date.and_then(Result::ok);
            error = error.with_service(details);
        }
        error
    }
}

/// The error as it is thrown.
pub(crate) fn thrown(error: &Error) -> Thrown {
    Thrown::new(Status::GenericFailure, to_json(error))
}

/// The same for an error of options, which tells chains of providers whether there is anything to
/// them.
pub(crate) fn refused_options(error: &Error, options: &Options) -> Thrown {
    let mut members = members(error);
    members.insert("tryNextLink".into(), (!options.is_configured()).into());
    Thrown::new(Status::GenericFailure, Value::Object(members).to_string())
}

/// Everything an error says, for the TypeScript half.
pub(crate) fn to_json(error: &Error) -> String {
    Value::Object(members(error)).to_string()
}

fn members(error: &Error) -> Map<String, Value> {
    let mut members = Map::new();
    let code = error.code();
    members.insert("code".into(), code.as_str().into());
    members.insert("number".into(), code.number().into());
    members.insert("kind".into(), code.kind().as_str().into());
    members.insert("message".into(), error.message().into());
    members.insert("hint".into(), error.hint().into());
    members.insert("retryable".into(), error.is_retryable().into());
    if let Some(details) = error.service() {
        service(&mut members, details);
    }
    members
}

fn service(members: &mut Map<String, Value>, details: &ServiceDetails) {
    let texts = [
        ("serviceCode", &details.service_code),
        ("serviceMessage", &details.service_message),
        ("requestId", &details.request_id),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            members.insert(name.into(), text.as_str().into());
        }
    }
    // A transport's error has details, but met no status.
    if details.status != 0 {
        members.insert("status".into(), details.status.into());
    }
    if let Some(seconds) = details.retry_after {
        members.insert("retryAfter".into(), seconds.into());
    }
}
