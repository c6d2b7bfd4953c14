//! Asks the core what each case asks, through its public API, and judges the answers.

mod certificates;
mod compare;
mod config;
mod keys;
mod operation;
mod refresh;
mod session;
mod signing;
mod small;
mod subject;

pub use operation::{ENTRIES, Entry};
pub use subject::{BACKENDS, Subject};

use crate::model::results::{CaseResult, Results};
use crate::suite_files::Vectors;
use rolesanywhere_core::Error;

/// Runs every case once.
#[must_use]
pub fn run(vectors: &Vectors, subject: &Subject) -> Results {
    let results = vectors
        .cases()
        .map(|(entry, case)| entry.judge(case, subject))
        .collect();
    Results {
        version: 1,
        runner: subject.name().to_owned(),
        results,
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The core refused.
    Refused(Error),
    /// The answer contradicts itself, or the case cannot be asked.
    Broken {
        stage: &'static str,
        context: String,
    },
}

impl Problem {
    fn broken(stage: &'static str, context: impl Into<String>) -> Self {
        let context = context.into();
        Self::Broken { stage, context }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// An input that cannot be read, such as a missing fixture.
impl From<String> for Problem {
    fn from(context: String) -> Self {
        Self::broken("input", context)
    }
}

/// The judgement of one case.
pub(crate) type Judged = CaseResult;
