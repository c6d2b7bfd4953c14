//! What a vector file is: operation, notes, groups with one source each, cases.
//!
//! `schema/vectors.schema.json` is generated from these types; their documentation is the schema's.

mod data;
pub mod project;
pub mod protocol;
pub mod refresh;
pub mod results;

pub use data::Data;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The version of the form that this model describes.
pub const SCHEMA: u32 = 1;

/// One file of vectors: the cases of one operation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct File<Input = Value, Expected = Value> {
    /// The version of this form: 1.
    pub schema: u32,
    /// The operation, which is also the file's name.
    pub operation: String,
    /// What each flag means.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, Note>,
    /// The cases, by source.
    pub groups: Vec<Group<Input, Expected>>,
}

/// What goes wrong in the field where a flag's cases are not held.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Note {
    /// One sentence.
    pub description: String,
    /// What a violation is.
    pub bug_type: BugType,
    /// The implementation that is known to do it, and its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_in: Option<String>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
}

/// What a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BugType {
    /// The service refuses a request that is right.
    Refused,
    /// Something that is right cannot be used.
    Unusable,
    /// Something wrong is let through, and fails later with a worse message.
    LetThrough,
    /// A secret may be lost or sent to the wrong place.
    Security,
    /// Requests at the wrong time, or too many.
    Availability,
}

/// Cases whose expected values have one source.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Group<Input = Value, Expected = Value> {
    /// Where the expected values come from.
    pub source: Source,
    /// The cases.
    pub tests: Vec<Case<Input, Expected>>,
}

/// Where expected values come from: a standard, an implementation, or `project` where somebody of
/// this project wrote them down or the core gave them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its version or section.
    pub version: String,
}

impl Source {
    /// This project itself.
    pub const PROJECT: &'static str = "project";

    /// A source.
    #[must_use]
    pub fn new(name: &str, version: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
        }
    }
}

/// One case. It is either `valid`, with what must come out, or `invalid`, with the error.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    {"properties": {"result": {"const": "valid"}}, "required": ["expected"], "not": {"required": ["error"]}},
    {"properties": {"result": {"const": "invalid"}}, "required": ["error"], "not": {"required": ["expected"]}},
]))]
#[non_exhaustive]
pub struct Case<Input = Value, Expected = Value> {
    /// `operation::topic::case`; never used again for another case.
    #[schemars(regex(pattern = r"^[a-z0-9_]+(::[a-z0-9]+([._-][a-z0-9]+)*){2}$"))]
    pub id: String,
    /// One sentence.
    pub description: String,
    /// Keys of the file's notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// What an implementation needs to run the case at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Feature>,
    /// What goes in.
    pub input: Input,
    /// Whether it succeeds.
    pub result: Outcome,
    /// What must come out of a valid case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
    /// What an invalid case must fail with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ExpectedError>,
}

/// What an implementation needs to run a case.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Feature {
    /// RSA keys.
    Rsa,
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384, with SHA-256.
    P384,
    /// ECDSA on P-521, with SHA-256.
    P521,
    /// ML-DSA keys.
    MlDsa,
    /// The first two stages by themselves, without a certificate.
    BareStages,
    /// Signatures that somebody else made.
    ExternalSignature,
    /// Private keys under a passphrase.
    Passphrase,
    /// PKCS#12.
    Pkcs12,
}

/// Whether a case succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// It succeeds with the expected values.
    Valid,
    /// It fails with the error's code.
    Invalid,
}

/// The error of an invalid case. Messages are never compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExpectedError {
    /// The code: one of `vectors/project/error_codes.json`.
    pub code: String,
    /// The code's kind.
    pub kind: String,
    /// Whether the same call may succeed later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retryable: Option<bool>,
    /// The service's own name of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_code: Option<String>,
    /// How long the service asks to wait, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The service's name of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
