use super::*;
use crate::arguments::Request;
use std::ffi::OsString;

type Variables<'v> = &'v [(&'v str, &'v str)];

/// Parses the line and asks `question` of its options.
fn ask<T>(line: &[&str], variables: Variables<'_>, question: impl Fn(&Options<'_>) -> T) -> T {
    let words = ["rolesanywhere", "credential-process"]
        .iter()
        .chain(line)
        .map(OsString::from);
    let Ok(Request::Command { matches, .. }) = Request::parse(words.collect()) else {
        panic!("{line:?} is refused")
    };
    let environment = |name: &str| {
        variables
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    question(&Options::new(&matches, &environment))
}

fn check(line: &[&str], variables: Variables<'_>) -> std::result::Result<(), String> {
    ask(line, variables, |options| {
        options.check("credential-process")
    })
    .map_err(|error| format!("{} {}", error.code(), error.message()))
}

#[test]
fn a_flag_goes_before_the_environment_and_empty_is_unset() {
    let region = |line: &[&str], variables: Variables<'_>| {
        ask(line, variables, |options| {
            options
                .given("region")
                .map(|given| format!("{} {}", *given.text, given.origin))
        })
    };
    let variables = [("ROLESANYWHERE_REGION", "variable")];
    assert_eq!(
        region(&["--region", "flag"], &variables).unwrap(),
        "flag --region"
    );
    assert_eq!(
        region(&["--region="], &variables).unwrap(),
        "variable ROLESANYWHERE_REGION"
    );
    assert_eq!(
        region(&[], &variables).unwrap(),
        "variable ROLESANYWHERE_REGION"
    );
    assert_eq!(
        region(&["--region", ""], &[("ROLESANYWHERE_REGION", "")]),
        None
    );
}

#[test]
fn a_missing_option_names_its_variable() {
    let error = ask(&[], &[], |options| {
        options.required("role-arn").err().unwrap()
    });
    assert_eq!(error.code(), ErrorCode::OptionMissing);
    assert!(error.hint().contains("ROLESANYWHERE_ROLE_ARN"));
}

#[test]
fn flags_that_exclude_each_other_are_refused_when_set() {
    for (line, expected) in [
        (
            &["--certificate", "c", "--cert-selector", "s"][..],
            "options_conflict",
        ),
        (
            &["--private-key", "k", "--use-latest-expiring-certificate"],
            "options_conflict",
        ),
        (
            &["--tpm-key-password", "p", "--no-tpm-key-password"],
            "options_conflict",
        ),
        (
            &["--tpm-key-password", "p", "--pkcs8-password", "q"],
            "options_conflict",
        ),
        (&["--cert-selector", "s", "--reuse-pin"], "options_conflict"),
        (
            &["--certificate", "", "--cert-selector", "s"],
            "feature_unavailable",
        ),
        (
            &["--no-tpm-key-password", "--reuse-pin"],
            "feature_unavailable",
        ),
    ] {
        let error = check(line, &[("ROLESANYWHERE_CERTIFICATE", "c")]).unwrap_err();
        assert!(error.starts_with(expected), "{line:?} {error}");
    }
}

#[test]
fn later_flags_answer_by_name_and_never_by_value() {
    for flag in FLAGS.iter().filter(|flag| flag.later) {
        let name = format!("--{}", flag.name);
        let line = if flag.value.is_some() {
            vec![name.as_str(), "hunter2"]
        } else {
            vec![&*name]
        };
        let error = check(&line, &[]).unwrap_err();
        assert!(error.starts_with("feature_unavailable"), "{error}");
        assert!(
            error.contains(&name) && !error.contains("hunter2"),
            "{error}"
        );
        if let Some(variable) = flag.variable {
            let error = check(&[], &[(variable, "hunter2")]).unwrap_err();
            assert!(
                error.contains(variable) && !error.contains("hunter2"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_flag_in_place_of_a_value_is_noticed() {
    let error = check(&["--certificate", "--private-key"], &[]).unwrap_err();
    assert!(error.starts_with("option_missing"), "{error}");
    let pem = "-----BEGIN CERTIFICATE-----\n";
    assert_eq!(check(&["--certificate", pem], &[]), Ok(()));
}

#[test]
fn switches_of_the_environment_are_true_or_false() {
    let fips = |value: &'static str| {
        ask(&[], &[("AWS_USE_FIPS_ENDPOINT", value)], |options| {
            options
                .switch_or_variable("use-fips-endpoint")
                .map(|(on, _)| on)
        })
    };
    assert_eq!(fips("True"), Ok(true));
    assert_eq!(fips("false"), Ok(false));
    assert_eq!(fips(""), Ok(false));
    assert_eq!(fips("yes").unwrap_err().code(), ErrorCode::OptionInvalid);
}
