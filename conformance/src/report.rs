//! All runners beside each other: what passed, failed and was skipped, and whether every skip has
//! its reason.

mod render;

use crate::model::results::{CaseResult, Exceptions, ResultOutcome, Results};
use crate::paths;
use crate::suite_files::Vectors;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The comparison.
#[derive(Debug)]
pub struct Report {
    /// For each operation its name and number of cases.
    operations: Vec<(&'static str, usize)>,
    /// For each source its name, version and number of cases.
    sources: BTreeMap<(String, String), usize>,
    invalid: usize,
    runners: Vec<Runner>,
    problems: Vec<String>,
}

#[derive(Debug)]
struct Runner {
    name: String,
    /// By operation.
    counts: BTreeMap<String, Counts>,
    exceptions: Exceptions,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Report {
    /// Compares what the runners wrote with the vectors and the exceptions.
    #[must_use]
    pub fn new(vectors: &Vectors, results: Vec<(Results, Exceptions)>) -> Self {
        let mut report = Self {
            operations: Vec::new(),
            sources: BTreeMap::new(),
            invalid: 0,
            runners: Vec::new(),
            problems: Vec::new(),
        };
        for (entry, file) in vectors.files() {
            let cases = file.groups.iter().map(|group| group.tests.len()).sum();
            report.operations.push((entry.name(), cases));
            for group in &file.groups {
                let source = (group.source.name.clone(), group.source.version.clone());
                *report.sources.entry(source).or_default() += group.tests.len();
            }
        }
        let is_invalid = |case: &crate::model::Case| case.error.is_some();
        report.invalid = vectors.cases().filter(|(_, case)| is_invalid(case)).count();
        let ids: BTreeSet<&str> = vectors.cases().map(|(_, case)| case.id.as_str()).collect();
        if results.is_empty() {
            report.problems.push("there are no results".to_owned());
        }
        for (results, exceptions) in results {
            report.add(&ids, results, exceptions);
        }
        report
    }

    /// What must not be: missing ids, wrong answers, skips without a reason, stale exceptions.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    fn add(&mut self, ids: &BTreeSet<&str>, results: Results, exceptions: Exceptions) {
        let name = results.runner.clone();
        let mut told = BTreeMap::new();
        for result in &results.results {
            if told.insert(result.id.as_str(), result).is_some() {
                self.problem(&name, &result.id, "it is reported twice");
            }
            if !ids.contains(result.id.as_str()) {
                self.problem(&name, &result.id, "there is no such case");
            }
        }
        let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
        for id in ids {
            let operation = id.split("::").next().unwrap_or_default();
            let counts = counts.entry(operation.to_owned()).or_default();
            self.judge(&name, id, told.get(id).copied(), &exceptions, counts);
        }
        for exception in &exceptions.exceptions {
            let mut covered = ids.iter().filter(|id| exception.covers(id)).peekable();
            let none = covered.peek().is_none();
            let passed = covered.find(|id| {
                told.get(**id)
                    .is_some_and(|it| it.outcome == ResultOutcome::Passed)
            });
            if none {
                self.problem(&name, &exception.id, "the exception is about no case");
            }
            if let Some(id) = passed {
                let stale = format!("the exception is stale: {id} passes");
                self.problem(&name, &exception.id, &stale);
            }
            if exception.reason.trim().is_empty() {
                self.problem(&name, &exception.id, "the exception has no reason");
            }
        }
        self.runners.push(Runner {
            name,
            counts,
            exceptions,
        });
    }

    /// A case with an exception counts as skipped, whether the runner skips it or fails it.
    fn judge(
        &mut self,
        name: &str,
        id: &str,
        result: Option<&CaseResult>,
        exceptions: &Exceptions,
        counts: &mut Counts,
    ) {
        let Some(result) = result else {
            counts.failed += 1;
            return self.problem(name, id, "it is not reported");
        };
        let is_excepted = exceptions.exceptions.iter().any(|it| it.covers(id));
        match result.outcome {
            ResultOutcome::Passed => counts.passed += 1,
            _ if is_excepted => counts.skipped += 1,
            ResultOutcome::Skipped => {
                counts.skipped += 1;
                self.problem(name, id, "it is skipped, and no exception says why");
            }
            ResultOutcome::Failed => {
                counts.failed += 1;
                let part = |part: &Option<String>| part.clone().unwrap_or_default();
                let (stage, context) = (part(&result.stage), part(&result.context));
                self.problem(name, id, &format!("it fails at {stage}: {context}"));
            }
        }
    }

    fn problem(&mut self, runner: &str, id: &str, what: &str) {
        self.problems.push(format!("{runner}: {id}: {what}"));
    }
}

/// A runner's exceptions; none where it has no file of them.
///
/// # Errors
/// Where the file is not of the form or is another runner's.
pub fn exceptions(runner: &str) -> Result<Exceptions, String> {
    let name = format!("{runner}.json");
    let none = Exceptions {
        version: 1,
        runner: runner.to_owned(),
        exceptions: Vec::new(),
    };
    let Ok(text) = fs::read(paths::exceptions().join(&name)) else {
        return Ok(none);
    };
    let read: Exceptions =
        serde_json::from_slice(&text).map_err(|error| format!("exceptions/{name}: {error}"))?;
    if read.runner == runner && read.version == 1 {
        Ok(read)
    } else {
        Err(format!(
            "exceptions/{name} is not of version 1 and of `{runner}`"
        ))
    }
}

#[cfg(test)]
mod tests;
