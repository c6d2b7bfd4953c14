use super::{Report, Scope, exceptions};
use crate::model::results::{CaseResult, Exception, Exceptions, ResultOutcome, Results};
use crate::runner::BACKENDS;
use crate::suite_files::Vectors;

/// As if somebody had passed everything: this is about reporting.
fn results() -> (Vectors, Results) {
    let vectors = Vectors::load().unwrap();
    let passed = |id: &str| CaseResult {
        id: id.to_owned(),
        outcome: ResultOutcome::Passed,
        code: None,
        stage: None,
        context: None,
    };
    let results = Results {
        version: 1,
        runner: BACKENDS[0].name().to_owned(),
        results: vectors.cases().map(|(_, case)| passed(&case.id)).collect(),
    };
    (vectors, results)
}

fn none(runner: &str) -> Exceptions {
    Exceptions {
        version: 1,
        runner: runner.to_owned(),
        command: "make results".to_owned(),
        exceptions: Vec::new(),
    }
}

fn problems(change: fn(&mut Results), excepted: &[(&str, &str)]) -> Vec<String> {
    let (vectors, mut results) = results();
    change(&mut results);
    let mut exceptions = none(&results.runner);
    exceptions.exceptions = excepted
        .iter()
        .map(|(id, reason)| Exception {
            id: (*id).to_owned(),
            reason: (*reason).to_owned(),
        })
        .collect();
    Report::new(&vectors, vec![exceptions], &[results], Scope::Everyone)
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
fn who_did_not_run_is_told_and_a_problem_unless_the_report_is_partial() {
    let (vectors, ran) = results();
    let runners = || vec![none(&ran.runner), none("absent")];
    let ran = [ran.clone()];
    let all = Report::new(&vectors, runners(), &ran, Scope::Everyone);
    assert_eq!(
        all.problems(),
        ["absent: *: there are no results; `make results` writes them"]
    );
    let some = Report::new(&vectors, runners(), &ran, Scope::WhoRan);
    assert_eq!(some.problems(), <[&str; 0]>::default());
    let line = "\nSKIP report::absent: no results here; `make results` writes them\n";
    assert!(some.text().contains(line) && some.text().contains("did not run"));
    assert_eq!(some.json()["absent"][0]["runner"], "absent");
    assert_eq!(some.json()["runners"][0]["runner"], ran[0].runner);
    assert_eq!(
        some.markdown(),
        all.markdown(),
        "the file does not depend on who ran"
    );
}

#[test]
fn strangers_and_doubles_are_problems() {
    let (vectors, ran) = results();
    let stranger = Report::new(
        &vectors,
        Vec::new(),
        core::slice::from_ref(&ran),
        Scope::WhoRan,
    );
    assert!(stranger.problems()[0].contains("there is no exceptions/rust-aws-lc.json"));
    let runner = vec![none(&ran.runner)];
    let twice = Report::new(&vectors, runner, &[ran.clone(), ran], Scope::WhoRan);
    assert!(twice.problems()[0].contains("two files"));
}

#[test]
fn the_backends_are_known_and_have_no_exceptions() {
    let known = exceptions().unwrap();
    for backend in &BACKENDS {
        let own = known.iter().find(|it| it.runner == backend.name()).unwrap();
        assert!(own.exceptions.is_empty());
    }
}
