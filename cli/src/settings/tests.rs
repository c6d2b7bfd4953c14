use super::*;
use crate::arguments::Request;
use crate::flags::FLAGS;
use std::ffi::OsString;

type Variables<'v> = &'v [(&'v str, &'v str)];

/// Parses the line and asks `question` of its settings.
fn ask<T>(
    line: &[&str],
    variables: Variables<'_>,
    question: impl Fn(&Settings<'_>) -> T,
) -> Result<T> {
    let words = ["rolesanywhere", "credential-process"];
    let words = words.iter().chain(line).map(OsString::from).collect();
    let Ok(Request::Command { name, matches }) = Request::parse(Persona::Own, words) else {
        panic!("{line:?} is refused")
    };
    let environment = |name: &str| {
        let found = variables.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let names = variables.iter().map(|(name, _)| (*name).to_owned());
    let surroundings = Surroundings::new(Persona::Own, &environment, names);
    Settings::resolve(&name, &matches, &surroundings).map(|settings| question(&settings))
}

fn region(line: &[&str], variables: Variables<'_>) -> Option<String> {
    ask(line, variables, |settings| {
        let options = settings.options();
        let text = options.text(OptionName::Region)?;
        let origin = options.origin(OptionName::Region)?.name();
        Some(format!("{text} {origin}"))
    })
    .unwrap()
}

fn refused(line: &[&str], variables: Variables<'_>) -> String {
    let error = ask(line, variables, |_| ()).unwrap_err();
    format!("{} {}", error.code(), error.message())
}

#[test]
fn a_flag_goes_before_the_environment_and_empty_is_unset() {
    let variables = [("ROLESANYWHERE_REGION", "variable")];
    for (line, expected) in [
        (&["--region", "flag"][..], "flag --region"),
        (&["--region="], "variable ROLESANYWHERE_REGION"),
        (&[], "variable ROLESANYWHERE_REGION"),
    ] {
        assert_eq!(region(line, &variables).unwrap(), expected);
    }
    assert_eq!(
        region(&["--region", ""], &[("ROLESANYWHERE_REGION", "")]),
        None
    );
}

#[test]
fn a_profile_goes_between_them() {
    let path = std::env::temp_dir().join(format!("rolesanywhere-config-{}", std::process::id()));
    std::fs::write(&path, "[profile ci]\nrolesanywhere_region = profile\n").unwrap();
    let variables = [
        ("AWS_CONFIG_FILE", path.to_str().unwrap()),
        ("ROLESANYWHERE_REGION", "variable"),
        ("AWS_PROFILE", "ci"),
    ];
    let expected = "variable ROLESANYWHERE_REGION";
    assert_eq!(
        region(&[], &variables).unwrap(),
        expected,
        "AWS_PROFILE is not read"
    );
    let line = ["--config-profile", "ci"];
    assert_eq!(
        region(&line, &variables).unwrap(),
        "profile rolesanywhere_region"
    );
    let line = ["--config-profile", "ci", "--region", "flag"];
    assert_eq!(region(&line, &variables).unwrap(), "flag --region");
    let named = [variables[0], ("ROLESANYWHERE_CONFIG_PROFILE", "ci")];
    assert_eq!(region(&[], &named).unwrap(), "profile rolesanywhere_region");
    std::fs::remove_file(&path).unwrap();
    let gone = refused(&[], &named);
    assert!(
        gone.starts_with("file_not_found ") && gone.contains("AWS_CONFIG_FILE"),
        "{gone}"
    );
}

#[test]
fn a_missing_source_names_its_flag_and_its_variable() {
    let error = ask(&[], &[], |settings| {
        settings.source(OptionName::Certificate).err().unwrap()
    })
    .unwrap();
    assert_eq!(error.code(), ErrorCode::OptionMissing);
    assert!(error.message().contains("--certificate"));
    assert!(error.hint().contains("ROLESANYWHERE_CERTIFICATE"));
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
        let error = refused(line, &[("ROLESANYWHERE_CERTIFICATE", "c")]);
        assert!(error.starts_with(expected), "{line:?} {error}");
    }
}

#[test]
fn later_flags_answer_by_name_and_never_by_value() {
    for flag in FLAGS.iter().filter(|flag| flag.later) {
        let name = format!("--{}", flag.name);
        let line = match flag.value {
            Some(_) => vec![name.as_str(), "hunter2"],
            None => vec![&*name],
        };
        let error = refused(&line, &[]);
        assert!(error.starts_with("feature_unavailable"), "{error}");
        assert!(
            error.contains(&name) && !error.contains("hunter2"),
            "{error}"
        );
        for variable in flag.variables() {
            let error = refused(&[], &[(variable, "hunter2")]);
            assert!(
                error.contains(variable) && !error.contains("hunter2"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_flag_in_place_of_a_value_is_noticed() {
    let error = refused(&["--certificate", "--private-key"], &[]);
    assert!(error.starts_with("option_missing"), "{error}");
    let pem = "-----BEGIN CERTIFICATE-----\n";
    assert!(ask(&["--certificate", pem], &[], |_| ()).is_ok());
}

#[test]
fn variables_that_look_like_ours_are_noted_and_our_own_are_not() {
    let variables = [
        ("ROLESANYWHERE_TIMEOUT_SECONDS", "3"),
        ("ROLESANYWHERE_ROLEARN", "x"),
    ];
    let notes = ask(&[], &variables, |settings| settings.notes().to_vec()).unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("`ROLESANYWHERE_ROLE_ARN`"), "{notes:?}");
}

#[test]
fn every_flag_of_the_shared_options_is_there() {
    for option in OptionName::all() {
        for name in option.flags() {
            assert!(FLAGS.iter().any(|flag| flag.name == *name), "--{name}");
        }
    }
}
