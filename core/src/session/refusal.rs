//! A reply that refuses: which error it is, and what it really means.

use crate::encoding::{split_at_last, split_once, trim_end};
use crate::error::{Error, ErrorCode, ServiceDetails};
use crate::identity::Identity;
use crate::json::Value;
use crate::time::Timestamp;
use alloc::{
    format,
    string::{String, ToString},
};

/// A difference of clocks, in seconds, that explains a refusal.
const SKEW_SECONDS: u64 = 240;

/// The codes that AWS services throttle with, besides status 429.
const THROTTLING: [&str; 8] = [
    "ThrottlingException",
    "Throttling",
    "ThrottledException",
    "RequestThrottledException",
    "RequestThrottled",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "SlowDown",
];

/// Reads a reply whose status is not 2xx.
pub(super) fn refusal(
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
    now: Option<Timestamp>,
) -> Error {
    let details = details(status, headers, Value::parse(body).as_ref());
    let code = code(status, details.service_code.as_deref());
    let said = match (&details.service_code, &details.service_message) {
        (Some(code), Some(message)) => format!("{code}: {}", trim_end(message, ".")),
        (Some(text), None) | (None, Some(text)) => trim_end(text, ".").into(),
        (None, None) => "without a word".into(),
    };
    let retryable =
        matches!(status, 408 | 429 | 500 | 502 | 503 | 504) || code == ErrorCode::Throttled;
    let message = format!("the service refused the request with status {status}: {said}");
    let mut error = Error::new(code, message).with_retryable(retryable);
    if (300..400).contains(&status) {
        error = error.with_hint("give the endpoint that the redirect points to, if you trust it");
    }
    let error = error.with_service(details);
    now.and_then(|now| skewed(&error, now)).unwrap_or(error)
}

/// What a refusal means for this identity, where its validity explains it.
///
/// An expired or not yet valid leaf is sent all the same, because this machine's clock may be the
/// one that is wrong; the reply's `Date` tells which. Any other error is returned as it is.
#[must_use]
pub fn explain_refusal(error: Error, identity: &Identity, now: Timestamp) -> Error {
    if !is_refusal(&error) {
        return error;
    }
    let service_clock = error
        .service()
        .and_then(|details| details.date)
        .unwrap_or(now);
    let (code, what, limit) = if service_clock > identity.not_after() {
        (
            ErrorCode::CertificateExpired,
            "expired at",
            identity.not_after(),
        )
    } else if service_clock < identity.not_before() {
        (
            ErrorCode::CertificateNotYetValid,
            "is not valid before",
            identity.not_before(),
        )
    } else {
        return error;
    };
    let message = format!(
        "the certificate {what} {}, and the service, whose clock says {}, refused it",
        limit.rfc3339(),
        service_clock.rfc3339()
    );
    copy_service(&error, Error::new(code, message))
}

/// The same refusal as `clock_skewed`, when the two clocks differ by too much.
fn skewed(error: &Error, now: Timestamp) -> Option<Error> {
    let date = error.service()?.date?;
    let difference = date.seconds_since(now);
    if !is_refusal(error) || difference.unsigned_abs() <= SKEW_SECONDS {
        return None;
    }
    let direction = if difference > 0 { "behind" } else { "ahead of" };
    let message = format!(
        "this machine's clock ({}) is {} seconds {direction} the service's ({}): {}",
        now.rfc3339(),
        difference.unsigned_abs(),
        date.rfc3339(),
        error.message()
    );
    Some(copy_service(
        error,
        Error::new(ErrorCode::ClockSkewed, message),
    ))
}

/// Whether the refusal is of the sort that a wrong date or a wrong leaf causes.
fn is_refusal(error: &Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::AccessDenied | ErrorCode::ServiceRefused
    )
}

fn copy_service(from: &Error, to: Error) -> Error {
    match from.service() {
        Some(details) => to.with_service(details.clone()),
        None => to,
    }
}

fn code(status: u16, service_code: Option<&str>) -> ErrorCode {
    match (status, service_code) {
        (429, _) => ErrorCode::Throttled,
        (_, Some(code)) if THROTTLING.contains(&code) => ErrorCode::Throttled,
        (408 | 500.., _) => ErrorCode::ServiceUnavailable,
        (_, Some("AccessDeniedException" | "AccessDenied")) => ErrorCode::AccessDenied,
        (_, Some("ValidationException")) => ErrorCode::ValidationRejected,
        (_, Some("ResourceNotFoundException")) => ErrorCode::ResourceNotFound,
        _ => ErrorCode::ServiceRefused,
    }
}

/// The service's clock when it answered: the reply's `Date`. Header names in any case.
#[must_use]
pub fn reply_date(headers: &[(String, String)]) -> Option<Timestamp> {
    Timestamp::parse_http_date(header(headers, "date")?.trim()).ok()
}

fn header<'h>(headers: &'h [(String, String)], wanted: &str) -> Option<&'h str> {
    headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.as_str())
}

fn details(status: u16, headers: &[(String, String)], body: Option<&Value>) -> ServiceDetails {
    let header = |wanted| header(headers, wanted);
    let member = |name| body.and_then(|body| body.get(name)?.as_str());
    let from_body = || member("code").or(member("__type"));
    let message = member("message").or(member("Message"));
    ServiceDetails {
        status,
        service_code: header("x-amzn-errortype")
            .or_else(from_body)
            .and_then(short_code),
        service_message: message.and_then(bounded),
        request_id: header("x-amzn-requestid").and_then(bounded),
        retry_after: header("retry-after").and_then(|value| value.trim().parse().ok()),
        date: reply_date(headers),
    }
}

/// `namespace#Code:http://…` → `Code`
fn short_code(text: &str) -> Option<String> {
    let after = split_at_last(text, b'#').map_or(text, |(_, after)| after);
    let code = split_once(after, b':')
        .map_or(after, |(before, _)| before)
        .trim();
    let is_word = code.len() <= 128 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_word && !code.is_empty()).then(|| code.to_string())
}

/// At most 400 characters of somebody else's text, without control characters.
fn bounded(text: &str) -> Option<String> {
    let clean: String = text.chars().filter(|c| !c.is_control()).take(400).collect();
    (!clean.trim().is_empty()).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::refusal;
    use crate::error::ErrorCode;
    use crate::time::Timestamp;
    use alloc::{string::String, vec::Vec};

    fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|&(name, value)| (name.into(), value.into()))
            .collect()
    }

    #[test]
    fn types_from_header_and_body() {
        type Case<'a> = (u16, &'a [(&'a str, &'a str)], &'a str, ErrorCode, bool);
        let cases: [Case<'_>; 15] = [
            (
                403,
                &[("X-Amzn-ErrorType", "AccessDeniedException:")],
                r#"{"message":"m"}"#,
                ErrorCode::AccessDenied,
                false,
            ),
            (
                403,
                &[("x-amzn-errortype", "AccessDeniedException:http://x/")],
                "",
                ErrorCode::AccessDenied,
                false,
            ),
            (
                403,
                &[],
                r#"{"__type":"a.b#AccessDeniedException"}"#,
                ErrorCode::AccessDenied,
                false,
            ),
            (
                400,
                &[],
                r#"{"code":"ValidationException"}"#,
                ErrorCode::ValidationRejected,
                false,
            ),
            (
                404,
                &[],
                r#"{"code":"ResourceNotFoundException"}"#,
                ErrorCode::ResourceNotFound,
                false,
            ),
            (429, &[], "", ErrorCode::Throttled, true),
            (
                400,
                &[],
                r#"{"code":"ThrottlingException"}"#,
                ErrorCode::Throttled,
                true,
            ),
            (500, &[], "", ErrorCode::ServiceUnavailable, true),
            (503, &[], "<html>", ErrorCode::ServiceUnavailable, true),
            (501, &[], "", ErrorCode::ServiceUnavailable, false),
            (408, &[], "", ErrorCode::ServiceUnavailable, true),
            (
                403,
                &[],
                "<html>Forbidden</html>",
                ErrorCode::ServiceRefused,
                false,
            ),
            (404, &[], "", ErrorCode::ServiceRefused, false),
            (
                302,
                &[("location", "https://x")],
                "",
                ErrorCode::ServiceRefused,
                false,
            ),
            (101, &[], "", ErrorCode::ServiceRefused, false),
        ];
        for (status, pairs, body, code, retryable) in cases {
            let error = refusal(status, &headers(pairs), body.as_bytes(), None);
            assert_eq!(
                (error.code(), error.is_retryable()),
                (code, retryable),
                "{status} {body}"
            );
            assert_eq!(error.service().unwrap().status, status);
        }
    }

    #[test]
    fn details_are_kept_and_bounded() {
        let long = alloc::format!(r#"{{"message":"a\u001b[31m{}"}}"#, "x".repeat(5000));
        let pairs = [
            ("Retry-After", " 7 "),
            ("x-amzn-RequestId", "id-1"),
            ("Date", "nonsense"),
        ];
        let error = refusal(429, &headers(&pairs), long.as_bytes(), None);
        let details = error.service().unwrap();
        assert_eq!(
            (details.retry_after, details.request_id.as_deref()),
            (Some(7), Some("id-1"))
        );
        assert_eq!(details.date, None);
        let message = details.service_message.as_deref().unwrap();
        assert!(message.len() == 400 && message.starts_with("a[31mx"));
    }

    #[test]
    fn skew_is_told_by_date() {
        let pairs = [
            ("x-amzn-errortype", "AccessDeniedException"),
            ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ];
        let at = |offset: i64| Timestamp::from_unix_seconds(784_111_777 + offset).unwrap();
        for (offset, code) in [
            (0, ErrorCode::AccessDenied),
            (240, ErrorCode::AccessDenied),
            (-241, ErrorCode::ClockSkewed),
            (600, ErrorCode::ClockSkewed),
        ] {
            let error = refusal(403, &headers(&pairs), b"", Some(at(offset)));
            assert_eq!(error.code(), code, "{offset}");
            assert_eq!(error.service().unwrap().date, Some(at(0)));
        }
        let throttled = refusal(429, &headers(&pairs), b"", Some(at(600)));
        assert_eq!(throttled.code(), ErrorCode::Throttled);
    }
}
