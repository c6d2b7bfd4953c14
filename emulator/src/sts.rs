//! STS: `GetCallerIdentity` for the credentials that CreateSession handed out.

mod authentication;
mod xml;

pub(crate) use xml::refuse;

use crate::message::{Reply, Request};
use crate::refusal::{Refusal, Result};
use crate::session::Context;
use crate::sigv4::{Trace, query_pairs};

const VERSION: &str = "2011-06-15";

/// Answers an STS call, or says why not.
pub(crate) fn answer(
    request: &Request,
    context: Context<'_>,
    request_id: &str,
    trace: &mut Trace,
) -> Result<Reply> {
    let session = authentication::authenticate(request, context, trace)?;
    let parameters = Parameters::read(request)?;
    match parameters.action.as_str() {
        "GetCallerIdentity" => Ok(xml::caller_identity(&session, request_id)),
        action => {
            let message = format!("Could not find operation {action} for version {VERSION}");
            Err(Refusal::new(
                400,
                "InvalidAction",
                message,
                "the emulator has no such action",
            ))
        }
    }
}

/// The action and version, from the query or the form in the body.
struct Parameters {
    action: String,
}

impl Parameters {
    fn read(request: &Request) -> Result<Self> {
        let form = std::str::from_utf8(&request.body)
            .unwrap_or_default()
            .replace('+', "%20");
        let find = |wanted: &str| {
            let mut pairs = query_pairs(request.query()).chain(query_pairs(&form));
            let value = pairs
                .find(|(name, _)| name == wanted.as_bytes())
                .map(|(_, value)| value);
            String::from_utf8(value.unwrap_or_default()).unwrap_or_default()
        };
        let (action, version) = (find("Action"), find("Version"));
        if action.is_empty() {
            let message = "The request must contain the parameter Action";
            return Err(Refusal::new(
                400,
                "MissingAction",
                message,
                "there is no Action",
            ));
        }
        if version != VERSION {
            let message = format!("Could not find operation {action} for version {version}");
            return Err(Refusal::new(
                400,
                "InvalidAction",
                message,
                "the version is not STS's",
            ));
        }
        Ok(Self { action })
    }
}
