//! All runners beside each other: what passed, failed and was skipped, and whether every skip has
//! its reason.

mod files;
mod render;

pub use files::{exceptions, results};

use crate::model::results::{CaseResult, Exceptions, ResultOutcome, Results};
use crate::suite_files::Vectors;
use std::collections::{BTreeMap, BTreeSet};

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

/// A runner of this repository.
#[derive(Debug)]
struct Runner {
    exceptions: Exceptions,
    /// By operation what there must be: what has an exception is skipped, all else passes.
    wanted: BTreeMap<String, Counts>,
    /// By operation what there is, unless the runner did not run.
    found: Option<BTreeMap<String, Counts>>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// Which runners must have results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is no third way")]
pub enum Scope {
    /// Every one: who has none is a problem.
    Everyone,
    /// Those that have some. Who has none is told, and is no problem.
    WhoRan,
}

impl Report {
    /// Compares what the runners wrote with the vectors and with `runners`: the exceptions of every
    /// runner of this repository.
    #[must_use]
    pub fn new(
        vectors: &Vectors,
        runners: Vec<Exceptions>,
        results: &[Results],
        scope: Scope,
    ) -> Self {
        let mut report = Self::about(vectors);
        let ids: BTreeSet<&str> = vectors.cases().map(|(_, case)| case.id.as_str()).collect();
        let is_known = |name: &str| runners.iter().any(|runner| runner.runner == name);
        for stranger in results.iter().filter(|it| !is_known(&it.runner)) {
            let name = &stranger.runner;
            report.problems.push(format!(
                "{name}: there is no exceptions/{name}.json, so nobody misses it when it does not run"
            ));
        }
        for exceptions in runners {
            let mut own = results.iter().filter(|it| it.runner == exceptions.runner);
            let found = own
                .next()
                .map(|results| report.judge(&ids, results, &exceptions));
            report.exceptions_fit(&ids, &exceptions);
            if own.next().is_some() {
                report.problem(
                    &exceptions.runner,
                    "*",
                    "there are two files of its results",
                );
            }
            if found.is_none() && scope == Scope::Everyone {
                let missing = format!("there are no results; `{}` writes them", exceptions.command);
                report.problem(&exceptions.runner, "*", &missing);
            }
            report.runners.push(Runner {
                wanted: wanted(&ids, &exceptions),
                exceptions,
                found,
            });
        }
        report
    }

    /// What must not be: missing ids, wrong answers, skips without a reason, stale exceptions.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The vectors alone.
    fn about(vectors: &Vectors) -> Self {
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
        report
    }

    fn judge(
        &mut self,
        ids: &BTreeSet<&str>,
        results: &Results,
        exceptions: &Exceptions,
    ) -> BTreeMap<String, Counts> {
        let name = &results.runner;
        let mut told = BTreeMap::new();
        for result in &results.results {
            if told.insert(result.id.as_str(), result).is_some() {
                self.problem(name, &result.id, "it is reported twice");
            }
            if !ids.contains(result.id.as_str()) {
                self.problem(name, &result.id, "there is no such case");
            }
        }
        let mut found: BTreeMap<String, Counts> = BTreeMap::new();
        for id in ids {
            let counts = found.entry(operation(id)).or_default();
            self.judge_case(name, id, told.get(id).copied(), exceptions, counts);
        }
        for exception in &exceptions.exceptions {
            let is_passed = |id: &&str| {
                let result = told.get(id);
                exception.covers(id) && result.is_some_and(|it| it.outcome == ResultOutcome::Passed)
            };
            if let Some(id) = ids.iter().copied().find(is_passed) {
                let stale = format!("the exception is stale: {id} passes");
                self.problem(name, &exception.id, &stale);
            }
        }
        found
    }

    /// A case with an exception counts as skipped, whether the runner skips it or fails it.
    fn judge_case(
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
        match result.outcome {
            ResultOutcome::Passed => counts.passed += 1,
            _ if exceptions.cover(id) => counts.skipped += 1,
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

    fn exceptions_fit(&mut self, ids: &BTreeSet<&str>, exceptions: &Exceptions) {
        for exception in &exceptions.exceptions {
            if !ids.iter().any(|id| exception.covers(id)) {
                let problem = "the exception is about no case";
                self.problem(&exceptions.runner, &exception.id, problem);
            }
            if exception.reason.trim().is_empty() {
                let problem = "the exception has no reason";
                self.problem(&exceptions.runner, &exception.id, problem);
            }
        }
    }

    fn problem(&mut self, runner: &str, id: &str, what: &str) {
        self.problems.push(format!("{runner}: {id}: {what}"));
    }
}

fn wanted(ids: &BTreeSet<&str>, exceptions: &Exceptions) -> BTreeMap<String, Counts> {
    let mut wanted: BTreeMap<String, Counts> = BTreeMap::new();
    for id in ids {
        let counts = wanted.entry(operation(id)).or_default();
        if exceptions.cover(id) {
            counts.skipped += 1;
        } else {
            counts.passed += 1;
        }
    }
    wanted
}

fn operation(id: &str) -> String {
    id.split("::").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
