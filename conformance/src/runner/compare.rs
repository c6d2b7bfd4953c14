//! Judges an answer: stage by stage, in the order in which the stages are made.

use super::operation::{Operation, parse};
use super::{Judged, Problem, Subject};
use crate::model::results::ResultOutcome::{Failed, Passed};
use crate::model::{Case, ExpectedError, Outcome};
use rolesanywhere_core::Error;
use serde_json::{Map, Value};

/// A failure in an early one explains those in later ones, so that it is told first.
const STAGES: [&str; 8] = [
    "url",
    "body",
    "canonical_request",
    "signed_headers",
    "credential_scope",
    "string_to_sign",
    "signature_hex",
    "authorization",
];

pub(super) fn judge<O: Operation>(case: &Case, subject: &Subject) -> Judged {
    let mut judged = Judged {
        id: case.id.clone(),
        outcome: Passed,
        code: None,
        stage: None,
        context: None,
    };
    if let Err((stage, context)) = compare::<O>(case, subject, &mut judged) {
        judged.outcome = Failed;
        judged.stage = Some(stage);
        judged.context = Some(context);
    }
    judged
}

/// What differs, and what came out in its place.
type Difference = (String, String);

fn compare<O: Operation>(
    case: &Case,
    subject: &Subject,
    judged: &mut Judged,
) -> Result<(), Difference> {
    let unreadable = |context| ("input".to_owned(), context);
    let input: O::Input = parse(&case.input).map_err(unreadable)?;
    let expected: Option<O::Expected> = match &case.expected {
        Some(expected) => Some(parse(expected).map_err(unreadable)?),
        None => None,
    };
    let answer = O::answer(&input, expected.as_ref(), subject);
    match (answer, case.result) {
        (Ok(actual), Outcome::Valid) => values(
            &serde_json::to_value(expected),
            &serde_json::to_value(actual),
        ),
        (Ok(_), Outcome::Invalid) => Err(("result".into(), "it was accepted".into())),
        (Err(Problem::Refused(error)), outcome) => {
            judged.code = Some(error.code().as_str().to_owned());
            match (&case.error, outcome) {
                (Some(expected), Outcome::Invalid) => errors(expected, &error),
                _ => Err((
                    "result".into(),
                    format!("{}: {error}", error.code().as_str()),
                )),
            }
        }
        (Err(Problem::Broken { stage, context }), _) => Err((stage.into(), context)),
    }
}

fn values(
    expected: &serde_json::Result<Value>,
    actual: &serde_json::Result<Value>,
) -> Result<(), Difference> {
    let (Ok(Value::Object(expected)), Ok(Value::Object(actual))) = (expected, actual) else {
        return Err(("expected".into(), "it is not an object".into()));
    };
    let rest = expected.keys().chain(actual.keys()).map(String::as_str);
    for stage in STAGES.into_iter().chain(rest) {
        if expected.get(stage) != actual.get(stage) {
            return Err((stage.to_owned(), shown(actual, stage)));
        }
    }
    Ok(())
}

fn shown(actual: &Map<String, Value>, stage: &str) -> String {
    actual
        .get(stage)
        .map_or_else(|| "(absent)".to_owned(), Value::to_string)
}

fn errors(expected: &ExpectedError, error: &Error) -> Result<(), Difference> {
    let service = error.service();
    let actual = ExpectedError {
        code: error.code().as_str().to_owned(),
        kind: error.kind().as_str().to_owned(),
        retryable: expected.retryable.map(|_| error.is_retryable()),
        service_code: expected
            .service_code
            .as_ref()
            .and(service.and_then(|it| it.service_code.clone())),
        retry_after: expected
            .retry_after
            .and(service.and_then(|it| it.retry_after)),
        request_id: expected
            .request_id
            .as_ref()
            .and(service.and_then(|it| it.request_id.clone())),
    };
    if actual == *expected {
        return Ok(());
    }
    Err(("error".into(), format!("{actual:?}: {error}")))
}
