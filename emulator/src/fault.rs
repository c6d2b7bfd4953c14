//! Faults on demand, so that a client's author can see what the client makes of them.

use crate::journal::Operation;
use crate::json;
use crate::message::Reply;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// What goes wrong, and for how many requests. Several effects may be combined; without any, the
/// fault does nothing.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::Fault;
///
/// let fault = Fault::from_json(r#"{ "status": 503, "body": "<html>busy</html>", "count": 2 }"#)?;
/// assert_eq!(fault.status, Some(503));
/// assert!(Fault::from_json(r#"{ "stauts": 503 }"#).is_err());
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Fault {
    /// How many requests it meets.
    pub count: u32,
    /// Only requests for this operation; any when not set.
    pub operation: Option<Operation>,
    /// Milliseconds to wait before anything else.
    pub latency: Option<u64>,
    /// Never answer; the connection stays open until the client gives up.
    pub hang: bool,
    /// Reset the connection: instead of a reply, or half-way through its body.
    pub reset: Option<Reset>,
    /// Answer with this status instead of the service; with `body`, 200 when not set.
    pub status: Option<u16>,
    /// Answer with this body instead of the service; empty when only `status` is set.
    pub body: Option<String>,
    /// Further headers of that answer; `Content-Type` among them when it matters.
    pub headers: Vec<(String, String)>,
    /// Answer 429 `ThrottlingException` instead of the service.
    pub throttle: bool,
    /// The service's clock is off by so many seconds, also in `Date`.
    pub skew: Option<i64>,
    /// The session that is handed out ends after so many seconds, whatever was asked for.
    pub expires_in: Option<u32>,
}

/// When a connection is reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reset {
    /// Before anything of the reply is sent.
    AtOnce,
    /// After half of the reply's body.
    MidBody,
}

impl Fault {
    /// Reads one fault as JSON; an unknown member is refused.
    ///
    /// # Errors
    /// `option_invalid`
    pub fn from_json(text: &str) -> Result<Self> {
        let fault: Self = json::object(text).map_err(|error| {
            Error::new(
                ErrorCode::OptionInvalid,
                format!("the fault is malformed: {error}"),
            )
        })?;
        if fault
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            return Err(Error::new(
                ErrorCode::OptionInvalid,
                "the fault's status is not 200 to 599",
            ));
        }
        Ok(fault)
    }

    /// The reply that takes the place of the service's, if one does. A hang and a reset send none of
    /// it, but the service must not act on such a request either.
    pub(crate) fn canned_reply(&self) -> Option<Reply> {
        if self.throttle {
            let body = serde_json::json!({ "message": "Rate exceeded" });
            let reply = Reply::json(429, &body);
            return Some(reply.with_header("x-amzn-ErrorType", "ThrottlingException"));
        }
        let silent = self.hang || self.reset == Some(Reset::AtOnce);
        let replaced = silent || self.status.is_some() || self.body.is_some();
        replaced.then(|| Reply {
            status: self.status.unwrap_or(200),
            headers: self.headers.clone(),
            body: self.body.clone().unwrap_or_default().into_bytes(),
        })
    }
}

impl Default for Fault {
    fn default() -> Self {
        Self {
            count: 1,
            operation: None,
            latency: None,
            hang: false,
            reset: None,
            status: None,
            body: None,
            headers: Vec::new(),
            throttle: false,
            skew: None,
            expires_in: None,
        }
    }
}

/// The faults to come, in the order they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<VecDeque<Fault>>);

impl Faults {
    pub(crate) fn push(&self, fault: Fault) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(fault);
    }

    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// The fault that meets a request for this operation, one of its count used up.
    pub(crate) fn take(&self, operation: Operation) -> Option<Fault> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|fault| fault.count > 0);
        let meets = |fault: &&mut Fault| fault.operation.is_none_or(|only| only == operation);
        let fault = faults.iter_mut().find(meets)?;
        fault.count -= 1;
        Some(fault.clone())
    }
}
