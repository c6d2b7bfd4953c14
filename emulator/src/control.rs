//! The emulator's own pages, under `/_emulator/`.

use crate::fault::Fault;
use crate::message::{Reply, Request};
use crate::service::Service;
use serde_json::{Value, json};

/// Answers a request that is neither CreateSession nor STS.
pub(crate) fn answer(service: &Service, request: &Request) -> Reply {
    match (request.method.as_str(), request.path()) {
        ("GET" | "HEAD", "/_emulator/health") => Reply::json(200, &health(service)),
        ("GET", "/_emulator/requests") => {
            Reply::json(200, &json!({ "requests": service.requests() }))
        }
        ("POST", "/_emulator/faults") => add_fault(service, request),
        ("DELETE", "/_emulator/faults") => {
            service.faults.clear();
            Reply::json(200, &json!({}))
        }
        (method, path) => {
            let message = format!("There is no operation for {method} {path}");
            Reply::json(404, &json!({ "message": message }))
                .with_header("x-amzn-ErrorType", "UnknownOperationException")
        }
    }
}

fn health(service: &Service) -> Value {
    match service.problem() {
        None => json!({ "status": "ok" }),
        Some(problem) => json!({ "status": "ok", "configurationProblem": problem }),
    }
}

fn add_fault(service: &Service, request: &Request) -> Reply {
    let text = std::str::from_utf8(&request.body).unwrap_or_default();
    match Fault::from_json(text) {
        Ok(fault) => {
            let reply = Reply::json(201, &json!(fault));
            service.fault(fault);
            reply
        }
        Err(error) => Reply::json(400, &json!({ "message": error.message() })),
    }
}
