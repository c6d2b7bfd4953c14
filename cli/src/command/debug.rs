//! `--debug`: what is sent and received, without secrets.

use crate::report::Report;
use rolesanywhere::HttpResponse;
use rolesanywhere::core::HttpRequest;
use rolesanywhere::provider::Step;
use std::time::Duration;

/// Headers of a reply that say something and hold no secret.
const TELLING: &[&str] = &[
    "content-length",
    "content-type",
    "date",
    "location",
    "retry-after",
    "server",
    "via",
    "x-amz-cf-id",
    "x-amzn-errortype",
    "x-amzn-requestid",
];

/// Shows one step.
pub(super) fn show(step: &Step<'_>, report: &Report) {
    match step {
        Step::Prepared(pending) => report.debug("canonical request", pending.canonical_request()),
        Step::Sending(request) => sending(request, report),
        Step::Received(response, elapsed) => received(response, *elapsed, report),
        Step::Failed(error) => {
            let code = error.code().as_str();
            report.debug("attempt failed", &format!("{error} [{code}]"));
        }
        _ => {}
    }
}

fn sending(request: &HttpRequest, report: &Report) {
    report.debug(
        "request",
        &format!("{} {} HTTP/1.1", request.method, request.url),
    );
    for (name, value) in &request.headers {
        report.debug(
            "request header",
            &format!("{name}: {}", redacted(name, value)),
        );
    }
    report.debug("request body", &String::from_utf8_lossy(&request.body));
}

/// The signature makes the request a bearer credential; certificates are only long.
fn redacted(name: &str, value: &str) -> String {
    if name.eq_ignore_ascii_case("authorization") {
        let kept = value.split("Signature=").next().unwrap_or_default();
        format!("{kept}Signature=(not shown)")
    } else if name.to_ascii_lowercase().starts_with("x-amz-x509") {
        format!("({} bytes of base64)", value.len())
    } else {
        value.to_owned()
    }
}

fn received(response: &HttpResponse, elapsed: Duration, report: &Report) {
    report.debug(
        "reply",
        &format!(
            "status {} and {} bytes after {} ms",
            response.status,
            response.body.len(),
            elapsed.as_millis()
        ),
    );
    for (name, value) in &response.headers {
        let shown = if TELLING.contains(&name.as_str()) {
            value.as_str()
        } else {
            "(not shown)"
        };
        report.debug("reply header", &format!("{name}: {shown}"));
    }
}
