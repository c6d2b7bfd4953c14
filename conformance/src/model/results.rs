//! What a runner writes, and which cases it may leave out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `results-NAME.json`: what one runner did with every case.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "plain data, built by its fields")]
pub struct Results {
    /// The version of this form: 1.
    pub version: u32,
    /// The runner's name, which is also the file's.
    pub runner: String,
    /// One for each case.
    pub results: Vec<CaseResult>,
}

/// What a runner did with one case.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "plain data, built by its fields")]
pub struct CaseResult {
    /// The case.
    pub id: String,
    /// What became of it.
    pub outcome: ResultOutcome,
    /// The error code that came out, right or wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The first expected value that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Anything that helps a person, such as what came out instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
}

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ResultOutcome {
    /// Right.
    Passed,
    /// Wrong.
    Failed,
    /// Not run: `exceptions/NAME.json` says why.
    Skipped,
}

/// `exceptions/NAME.json`: that there is such a runner in this repository, and the cases that it
/// skips, which may be none.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "plain data, built by its fields")]
pub struct Exceptions {
    /// The version of this form: 1.
    pub version: u32,
    /// The runner's name.
    pub runner: String,
    /// The command that writes its results.
    pub command: String,
    /// The cases and the reasons.
    pub exceptions: Vec<Exception>,
}

/// One case, or all that begin with the text before a final `*`, and why.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "plain data, built by its fields")]
pub struct Exception {
    /// An id, or the beginning of ids and `*`.
    pub id: String,
    /// One sentence.
    pub reason: String,
}

impl Exceptions {
    /// Whether one of them is about this case.
    #[must_use]
    pub fn cover(&self, id: &str) -> bool {
        self.exceptions.iter().any(|exception| exception.covers(id))
    }
}

impl Exception {
    /// Whether it is about this case.
    #[must_use]
    pub fn covers(&self, id: &str) -> bool {
        match self.id.strip_suffix('*') {
            Some(beginning) => id.starts_with(beginning),
            None => self.id == id,
        }
    }
}
