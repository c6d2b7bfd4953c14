//! The operations: where their cases are, how they are asked and judged.

use super::{Judged, Problem, Subject, certificates, compare, config, keys, refresh, session};
use super::{signing, small};
use crate::model::{Case, File};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One operation: what goes in, what comes out, and how the core is asked.
pub(crate) trait Operation {
    type Input: DeserializeOwned + Serialize + JsonSchema;
    type Expected: DeserializeOwned + Serialize + JsonSchema;
    const NAME: &'static str;
    /// The directory of its file under `vectors/`.
    const FOLDER: &'static str;

    /// Asks the core. `expected` is for signatures that are not the same bytes each time: the
    /// answer then is the expected one, once both that and one of our own have been verified.
    fn answer(
        input: &Self::Input,
        expected: Option<&Self::Expected>,
        subject: &Subject,
    ) -> Result<Self::Expected, Problem>;
}

/// An operation in the table.
#[derive(Debug)]
pub struct Entry {
    name: &'static str,
    folder: &'static str,
    check: fn(&Case) -> Result<(), String>,
    judge: fn(&Case, &Subject) -> Judged,
    answer: fn(&Value, &Subject) -> Result<Value, String>,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Entry {
    /// The operation of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        ENTRIES.iter().find(|entry| entry.name == name)
    }

    /// The operation's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its file under `vectors/`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}.json", self.folder, self.name)
    }

    /// Whether the case's input and expected values are of the operation's form.
    ///
    /// # Errors
    /// One sentence that names the member.
    pub fn check(&self, case: &Case) -> Result<(), String> {
        (self.check)(case)
    }

    /// Asks the core and judges the answer.
    #[must_use]
    pub fn judge(&self, case: &Case, subject: &Subject) -> Judged {
        (self.judge)(case, subject)
    }

    /// What the core answers: an expected value or an error.
    ///
    /// # Errors
    /// The core's code, or what is wrong with the input.
    pub fn answer(&self, input: &Value, subject: &Subject) -> Result<Value, String> {
        (self.answer)(input, subject)
    }

    /// The schema of the operation's file.
    #[must_use]
    pub fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.schema)(generator)
    }
}

/// Every operation.
pub const ENTRIES: &[Entry] = &[
    entry::<small::Arn>(),
    entry::<small::Endpoint>(),
    entry::<certificates::Pem>(),
    entry::<certificates::Certificate>(),
    entry::<keys::PrivateKey>(),
    entry::<certificates::Identity>(),
    entry::<signing::CanonicalRequest>(),
    entry::<signing::StringToSign>(),
    entry::<keys::Signature>(),
    entry::<signing::Authorization>(),
    entry::<session::CreateSession>(),
    entry::<session::SessionResponse>(),
    entry::<session::Credentials>(),
    entry::<refresh::Refresh>(),
    entry::<config::Config>(),
    entry::<small::ErrorCodes>(),
];

const fn entry<O: Operation>() -> Entry {
    Entry {
        name: O::NAME,
        folder: O::FOLDER,
        check: check::<O>,
        judge: compare::judge::<O>,
        answer: answer::<O>,
        schema: |generator| generator.subschema_for::<File<O::Input, O::Expected>>(),
    }
}

fn check<O: Operation>(case: &Case) -> Result<(), String> {
    parse::<O::Input>(&case.input).map_err(|error| format!("input: {error}"))?;
    match &case.expected {
        Some(expected) => parse::<O::Expected>(expected)
            .map(drop)
            .map_err(|error| format!("expected: {error}")),
        None => Ok(()),
    }
}

fn answer<O: Operation>(input: &Value, subject: &Subject) -> Result<Value, String> {
    match O::answer(&parse(input)?, None, subject) {
        Ok(expected) => serde_json::to_value(expected).map_err(|error| error.to_string()),
        Err(Problem::Refused(error)) => Err(error.code().as_str().to_owned()),
        Err(Problem::Broken { stage, context }) => Err(format!("{stage}: {context}")),
    }
}

pub(super) fn parse<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(value).map_err(|error| error.to_string())
}
