use super::authorization::{Authorization, Scope};
use super::canonical::canonical_request;
use super::sha256_hex;
use crate::message::Request;
use rolesanywhere_core::Timestamp;
use std::collections::BTreeMap;

/// A signed request taken apart: everything but the signature itself is checked against itself.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) authorization: Authorization,
    pub(crate) date: Timestamp,
    pub(crate) string_to_sign: Vec<u8>,
}

/// What was computed on the way, kept for the journal even when the request is refused.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    pub(crate) canonical_request: Option<Vec<u8>>,
    pub(crate) string_to_sign: Option<Vec<u8>>,
    pub(crate) session_tags: Option<BTreeMap<String, String>>,
}

impl Signed {
    /// Takes the request apart, or says what is wrong with it. `always` names the headers that must
    /// be signed; `when_sent` those that must be signed when they are there.
    ///
    /// The date is compared with the scope, not with the clock.
    pub(crate) fn read(
        request: &Request,
        always: &[&'static str],
        when_sent: &[&'static str],
        trace: &mut Trace,
    ) -> Result<Self, String> {
        let value = request
            .text("authorization")
            .ok_or("there is not exactly one Authorization")?;
        let authorization = Authorization::parse(value)?;
        let date_text = request
            .text("x-amz-date")
            .ok_or("there is not exactly one x-amz-date")?;
        let sent = when_sent
            .iter()
            .filter(|name| request.values(name).next().is_some());
        let must: Vec<_> = always.iter().chain(sent).copied().collect();
        Self::check(request, authorization, date_text, &must, trace)
    }

    /// The same once the signature has been found; `must` names the headers that must be signed.
    pub(super) fn check(
        request: &Request,
        authorization: Authorization,
        date_text: &str,
        must: &[&'static str],
        trace: &mut Trace,
    ) -> Result<Self, String> {
        check_signed_headers(&authorization.signed_headers, must)?;
        let canonical = canonical_request(request, &authorization.signed_headers)
            .map_err(|name| format!("the signed header {name} is not in the request"))?;
        let string_to_sign = string_to_sign(
            &authorization.algorithm,
            date_text,
            &authorization.scope,
            &canonical,
        );
        trace.canonical_request = Some(canonical);
        trace.string_to_sign = Some(string_to_sign.clone());
        check_content_hash(request)?;
        let date = Timestamp::parse_amz_date(date_text)
            .map_err(|_| "x-amz-date is not YYYYMMDDTHHMMSSZ")?;
        if !date_text.starts_with(&authorization.scope.date) {
            return Err("Credential's date is not that of x-amz-date".to_owned());
        }
        Ok(Self {
            authorization,
            date,
            string_to_sign,
        })
    }
}

impl Signed {
    /// Whether the date is within `limit` seconds of `now`, either way; if not, what the service
    /// says to that, and by how much it is off.
    pub(crate) fn check_skew(&self, now: Timestamp, limit: u32) -> Result<(), (String, String)> {
        let ahead = self.date.seconds_since(now);
        if ahead.abs() <= i64::from(limit) {
            return Ok(());
        }
        let (date, now) = (self.date.amz_date(), now.amz_date());
        let message = if ahead > 0 {
            format!("Signature not yet current: {date} is still later than {now}")
        } else {
            format!("Signature expired: {date} is now earlier than {now}")
        };
        let reason = format!("x-amz-date is off by {ahead} s, {limit} are allowed");
        Err((message, reason))
    }
}

fn check_signed_headers(signed: &[String], must: &[&'static str]) -> Result<(), String> {
    let mut must = must.iter();
    let unsigned = must.find(|name| !signed.iter().any(|s| s == **name));
    unsigned.map_or(Ok(()), |name| {
        Err(format!("the header {name} is not signed"))
    })
}

/// `x-amz-content-sha256` is optional; where it is sent, it must be the body's.
fn check_content_hash(request: &Request) -> Result<(), String> {
    let mut values = request.values("x-amz-content-sha256");
    let hash = sha256_hex(&request.body);
    if values.all(|value| value == hash.as_bytes()) {
        Ok(())
    } else {
        Err("x-amz-content-sha256 is not the hash of the body".to_owned())
    }
}

fn string_to_sign(algorithm: &str, date: &str, scope: &Scope, canonical: &[u8]) -> Vec<u8> {
    format!("{algorithm}\n{date}\n{scope}\n{}", sha256_hex(canonical)).into_bytes()
}
