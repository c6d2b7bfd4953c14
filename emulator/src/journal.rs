//! What came in and what became of it: the last requests, for `GET /_emulator/requests`.

use crate::message::Request;
use crate::refusal::Refusal;
use crate::sigv4::Trace;
use rolesanywhere_core::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// How many requests are kept.
const CAPACITY: usize = 256;

/// One request and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Record {
    /// The request's id, as in `x-amzn-RequestId`.
    pub request_id: String,
    /// When it came, by the emulator's clock, in RFC 3339.
    pub time: String,
    /// What it asked for.
    pub operation: Operation,
    /// The method.
    pub method: String,
    /// The target: path and query.
    pub target: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The status of the reply.
    pub status: u16,
    /// The error type the client saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_type: Option<String>,
    /// The message the client saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The true reason, in the emulator's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The canonical request as the emulator computed it; a session token in it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_request: Option<String>,
    /// The string to sign as the emulator computed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string_to_sign: Option<String>,
    /// The session tags that CreateSession made of the leaf, whether or not the role could be assumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_tags: Option<BTreeMap<String, String>>,
}

/// What a request asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Operation {
    /// `POST /sessions`
    CreateSession,
    /// Anything at STS.
    Sts,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// It was answered.
    Accepted,
    /// It was refused.
    Refused,
    /// A fault answered in place of the service.
    Fault,
}

impl Record {
    pub(crate) fn new(
        request_id: &str,
        now: Timestamp,
        operation: Operation,
        request: &Request,
        verdict: Verdict,
        status: u16,
    ) -> Self {
        Self {
            request_id: request_id.to_owned(),
            time: now.rfc3339(),
            operation,
            method: request.method.clone(),
            target: without_token(&request.target),
            verdict,
            status,
            error_type: None,
            message: None,
            reason: None,
            canonical_request: None,
            string_to_sign: None,
            session_tags: None,
        }
    }

    pub(crate) fn with_refusal(mut self, refusal: Option<Refusal>) -> Self {
        if let Some(refusal) = refusal {
            self.error_type = Some(refusal.error_type.to_owned());
            self.message = Some(refusal.message.into_owned());
            self.reason = Some(refusal.reason.into_owned());
        }
        self
    }

    pub(crate) fn with_trace(mut self, trace: Trace) -> Self {
        self.canonical_request = trace.canonical_request.as_deref().map(redact);
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        self.session_tags = trace.session_tags;
        self.string_to_sign = trace.string_to_sign.as_ref().map(text);
        self
    }
}

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<VecDeque<Record>>);

impl Journal {
    pub(crate) fn push(&self, record: Record) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if records.len() == CAPACITY {
            records.pop_front();
        }
        records.push_back(record);
    }

    pub(crate) fn records(&self) -> Vec<Record> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.iter().cloned().collect()
    }
}

/// The session token is half of a credential and tells a client's author nothing.
fn redact(canonical_request: &[u8]) -> String {
    let text = String::from_utf8_lossy(canonical_request);
    let lines = text.split('\n').map(|line| match line.split_once(':') {
        Some(("x-amz-security-token", _)) => "x-amz-security-token:(left out)".to_owned(),
        _ => without_token(line),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The same for the query of a presigned URL.
fn without_token(target: &str) -> String {
    const NAME: &str = "X-Amz-Security-Token=";
    match target.split_once(NAME) {
        None => target.to_owned(),
        Some((before, after)) => {
            let rest = after.split_once('&').map(|(_, rest)| format!("&{rest}"));
            format!("{before}{NAME}(left out){}", rest.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn session_tokens_are_left_out() {
        let query = b"GET\n/\nA=1&X-Amz-Security-Token=abc&X-Amz-SignedHeaders=host\n";
        let expected = "GET\n/\nA=1&X-Amz-Security-Token=(left out)&X-Amz-SignedHeaders=host\n";
        assert_eq!(redact(query), expected);
        let text = redact(b"POST\n/\n\nhost:h\nx-amz-security-token:abc\n\nhost\nhash");
        assert_eq!(
            text,
            "POST\n/\n\nhost:h\nx-amz-security-token:(left out)\n\nhost\nhash"
        );
    }
}
