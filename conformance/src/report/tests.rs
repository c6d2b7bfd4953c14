use super::{Report, exceptions};
use crate::model::results::{Exception, Exceptions, ResultOutcome, Results};
use crate::runner::{BACKENDS, run};
use crate::suite_files::Vectors;

/// Everything but the signatures, which take long: this is about reporting.
fn results() -> (Vectors, Results) {
    let vectors = Vectors::load().unwrap();
    let mut results = run(&vectors, &BACKENDS[0]);
    for result in &mut results.results {
        result.outcome = ResultOutcome::Passed;
    }
    (vectors, results)
}

fn none(results: &Results) -> Exceptions {
    Exceptions {
        version: 1,
        runner: results.runner.clone(),
        exceptions: Vec::new(),
    }
}

fn problems(change: fn(&mut Results), excepted: &[(&str, &str)]) -> Vec<String> {
    let (vectors, mut results) = results();
    change(&mut results);
    let mut exceptions = none(&results);
    exceptions.exceptions = excepted
        .iter()
        .map(|(id, reason)| Exception {
            id: (*id).to_owned(),
            reason: (*reason).to_owned(),
        })
        .collect();
    Report::new(&vectors, vec![(results, exceptions)])
        .problems()
        .to_vec()
}

#[test]
fn a_runner_that_passes_everything_has_no_problem() {
    assert_eq!(problems(|_| {}, &[]), <[&str; 0]>::default());
}

#[test]
fn what_must_not_be_is_told() {
    type Change = fn(&mut Results);
    type Told<'a> = (&'a str, Change, &'a [(&'a str, &'a str)]);
    let changes: [Told<'_>; 8] = [
        (
            "it is not reported",
            |results| drop(results.results.pop()),
            &[],
        ),
        (
            "it fails at",
            |results| results.results[0].outcome = ResultOutcome::Failed,
            &[],
        ),
        (
            "no exception says why",
            |results| results.results[0].outcome = ResultOutcome::Skipped,
            &[],
        ),
        (
            "there is no such case",
            |results| results.results[0].id = "arn::no::such".into(),
            &[],
        ),
        (
            "it is reported twice",
            |results| {
                let first = results.results[0].clone();
                results.results.push(first);
            },
            &[],
        ),
        ("is stale", |_| {}, &[("arn::*", "not built")]),
        ("is about no case", |_| {}, &[("arms::*", "not built")]),
        (
            "has no reason",
            |results| {
                results
                    .results
                    .iter_mut()
                    .for_each(|it| it.outcome = ResultOutcome::Skipped)
            },
            &[("*", " ")],
        ),
    ];
    for (text, change, excepted) in changes {
        let problems = problems(change, excepted);
        assert!(
            problems.iter().any(|problem| problem.contains(text)),
            "{text}: {problems:?}"
        );
    }
}

#[test]
fn a_skip_with_a_reason_is_none() {
    let skip_arns: fn(&mut Results) = |results| {
        for result in results
            .results
            .iter_mut()
            .filter(|it| it.id.starts_with("arn::"))
        {
            result.outcome = ResultOutcome::Skipped;
        }
    };
    assert_eq!(
        problems(skip_arns, &[("arn::*", "not built")]),
        <[&str; 0]>::default()
    );
}

#[test]
fn no_results_are_a_problem() {
    let (vectors, _) = results();
    assert_eq!(Report::new(&vectors, Vec::new()).problems().len(), 1);
}

#[test]
fn the_backends_have_no_exceptions() {
    for backend in &BACKENDS {
        assert!(exceptions(backend.name()).unwrap().exceptions.is_empty());
    }
}
