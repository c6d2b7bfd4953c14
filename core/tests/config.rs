//! Options from every place they may come from: who wins, what is refused, what is said.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use rolesanywhere_core::config::{
    Argument, OptionName, Options, Origin, Sources, Value, Vocabulary, resolve,
};
use rolesanywhere_core::error::{ErrorCode, Result};

const ANCHOR: &str = "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a";
const PROFILE: &str = "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b";
const ROLE: &str = "arn:aws:iam::111122223333:role/c";

const FILE: &str = "[default]\nrolesanywhere_region = us-west-1\n\
    [profile ci]\nrolesanywhere_region = us-west-2\nservices = local\nuse_fips_endpoint = true\n\
    [profile quiet]\nignore_configured_endpoint_urls = true\nservices = local\n\
    [profile own]\nrolesanywhere_endpoint = https://own\nservices = local\n\
    [profile typo]\nrolesanywhere_rolearn = x\n\
    [services local]\nrolesanywhere =\n  endpoint_url = https://services\n";

struct Given<'a> {
    arguments: &'a [(&'a str, &'a str)],
    environment: &'a [(&'a str, &'a str)],
    ambient: Option<&'a str>,
}

const NOTHING: Given<'static> = Given {
    arguments: &[],
    environment: &[],
    ambient: None,
};

fn options_of(given: &Given<'_>) -> Result<Options> {
    let arguments: Vec<Argument<'_>> = given
        .arguments
        .iter()
        .map(|&(name, value)| Argument {
            name,
            value: Value::Text(value),
        })
        .collect();
    resolve(&Sources {
        vocabulary: Vocabulary::Flags,
        arguments: &arguments,
        environment: given.environment,
        config_file: Some(FILE),
        ambient_profile: given.ambient,
    })
}

#[track_caller]
fn refused(given: &Given<'_>) -> rolesanywhere_core::Error {
    options_of(given).unwrap_err()
}

#[test]
fn precedence() {
    let environment = [("ROLESANYWHERE_REGION", "eu-west-1")];
    let explicit = [
        ("ROLESANYWHERE_REGION", "eu-west-1"),
        ("ROLESANYWHERE_CONFIG_PROFILE", "ci"),
    ];
    let ambient = Some("default");
    let cases: [(&str, Given<'_>, Option<&str>); 6] = [
        (
            "ambient profile",
            Given { ambient, ..NOTHING },
            Some("us-west-1"),
        ),
        (
            "environment",
            Given {
                environment: &environment,
                ambient,
                ..NOTHING
            },
            Some("eu-west-1"),
        ),
        (
            "named profile",
            Given {
                environment: &explicit,
                ambient,
                ..NOTHING
            },
            Some("us-west-2"),
        ),
        (
            "argument",
            Given {
                arguments: &[("region", "ap-south-1")],
                environment: &explicit,
                ambient,
            },
            Some("ap-south-1"),
        ),
        ("default", NOTHING, None),
        (
            "an empty one is unset",
            Given {
                arguments: &[("region", "")],
                environment: &[("ROLESANYWHERE_REGION", "")],
                ambient,
            },
            Some("us-west-1"),
        ),
    ];
    for (what, given, expected) in cases {
        let options = options_of(&given).unwrap();
        assert_eq!(options.text(OptionName::Region), expected, "{what}");
    }
}

#[test]
fn the_last_of_a_flag_wins_and_properties_gather() {
    let given = Given {
        arguments: &[
            ("region", "a"),
            ("region", "b"),
            ("trust-anchor-arn", ANCHOR),
            ("profile-arn", PROFILE),
            ("role-arn", ROLE),
            ("certificate", "c.pem"),
            ("endpoint", "https://h"),
            ("instance-property", "k=v=w"),
            ("instance-property", "l="),
        ],
        ..NOTHING
    };
    let options = options_of(&given).unwrap();
    assert_eq!(options.text(OptionName::Region), Some("b"));
    assert_eq!(
        options.create_session().unwrap().url().split('?').next(),
        Some("https://h/sessions")
    );
    let bad = Given {
        arguments: &[("instance-property", "novalue")],
        ..NOTHING
    };
    assert_eq!(refused(&bad).code(), ErrorCode::OptionInvalid);
}

#[test]
fn endpoints_and_what_switches_them_off() {
    let variable = [("AWS_ENDPOINT_URL_ROLESANYWHERE", "https://variable")];
    let off = [
        ("AWS_ENDPOINT_URL_ROLESANYWHERE", "https://variable"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE"),
    ];
    let global = [("AWS_ENDPOINT_URL", "https://global")];
    let cases: [(Given<'_>, Option<&str>); 8] = [
        (
            Given {
                ambient: Some("ci"),
                ..NOTHING
            },
            Some("https://services"),
        ),
        (
            Given {
                ambient: Some("own"),
                ..NOTHING
            },
            Some("https://own"),
        ),
        (
            Given {
                ambient: Some("quiet"),
                ..NOTHING
            },
            None,
        ),
        (
            Given {
                environment: &variable,
                ambient: Some("own"),
                ..NOTHING
            },
            Some("https://variable"),
        ),
        (
            Given {
                environment: &off,
                ambient: Some("own"),
                ..NOTHING
            },
            None,
        ),
        (
            Given {
                arguments: &[("endpoint", "https://flag")],
                environment: &off,
                ambient: None,
            },
            Some("https://flag"),
        ),
        (
            Given {
                arguments: &[("config-profile", "own")],
                environment: &variable,
                ambient: None,
            },
            Some("https://own"),
        ),
        (
            Given {
                environment: &global,
                ..NOTHING
            },
            None,
        ),
    ];
    for (index, (given, expected)) in cases.iter().enumerate() {
        let options = options_of(given).unwrap();
        assert_eq!(
            options.text(OptionName::Endpoint),
            *expected,
            "case {index}"
        );
    }
}

#[test]
fn fips_beside_an_endpoint() {
    let both = Given {
        arguments: &[("endpoint", "https://h"), ("use-fips-endpoint", "true")],
        ..NOTHING
    };
    assert_eq!(refused(&both).code(), ErrorCode::OptionsConflict);
    let from_profile = options_of(&Given {
        ambient: Some("ci"),
        ..NOTHING
    })
    .unwrap();
    assert!(!from_profile.flag(OptionName::UseFipsEndpoint));
    assert_eq!(
        from_profile.notes(),
        [
            "`use_fips_endpoint` of profile `ci` has no effect, because \
          `rolesanywhere.endpoint_url` of section `services local` gives the host"
        ]
    );
}

#[test]
fn a_fallback_gives_only_what_nothing_gave() {
    let name = OptionName::Endpoint;
    let url = || Origin::Environment("AWS_ENDPOINT_URL".to_owned());
    let given = Given {
        environment: &[
            ("AWS_ENDPOINT_URL_ROLESANYWHERE", "https://own"),
            ("AWS_USE_FIPS_ENDPOINT", "true"),
        ],
        ..NOTHING
    };
    let with = |given, text| options_of(given).unwrap().with_fallback(name, text, url());
    assert_eq!(
        with(&given, "https://x").unwrap().text(name),
        Some("https://own")
    );
    let alone = Given {
        environment: &given.environment[1..],
        ..NOTHING
    };
    let options = with(&alone, "https://x").unwrap();
    assert_eq!(options.text(name), Some("https://x"));
    assert_eq!(options.origin(name).unwrap().name(), "AWS_ENDPOINT_URL");
    assert_eq!(options.notes().len(), 1, "FIPS has no effect beside it");
    assert!(!with(&alone, "").unwrap().is_given(name));
    let seconds = OptionName::DurationSeconds;
    let error = options.with_fallback(seconds, "1h", url()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OptionInvalid);
}

#[test]
fn names_of_flags_and_origins() {
    assert_eq!(OptionName::Verify.flags(), ["no-verify-ssl"]);
    assert_eq!(OptionName::Sign.flags(), [""; 0]);
    let options = options_of(&Given {
        arguments: &[("role-arn", ROLE)],
        ambient: Some("ci"),
        ..NOTHING
    })
    .unwrap();
    let name = |option| options.origin(option).unwrap().name();
    assert_eq!(name(OptionName::RoleArn), "--role-arn");
    assert_eq!(name(OptionName::Region), "rolesanywhere_region");
    assert_eq!(name(OptionName::Endpoint), "rolesanywhere.endpoint_url");
}

#[test]
fn rivals() {
    let passphrases = Given {
        arguments: &[
            ("pkcs8-password", "hunter2"),
            ("private-key-passphrase", "env:X"),
        ],
        ..NOTHING
    };
    let error = refused(&passphrases);
    assert_eq!(error.code(), ErrorCode::OptionsConflict);
    assert!(!error.message().contains("hunter2"));
    let options = resolve(&Sources {
        vocabulary: Vocabulary::SnakeCase,
        arguments: &[Argument {
            name: "sign",
            value: Value::Opaque,
        }],
        environment: &[("ROLESANYWHERE_PRIVATE_KEY", "k.pem")],
        config_file: None,
        ambient_profile: None,
    })
    .unwrap();
    assert!(options.is_given(OptionName::Sign) && !options.is_given(OptionName::PrivateKey));
}

#[test]
fn switches() {
    let on = options_of(&NOTHING).unwrap();
    assert!(on.flag(OptionName::Verify) && on.flag(OptionName::AccountId));
    let given = Given {
        arguments: &[
            ("no-verify-ssl", "true"),
            ("no-account-id", "false"),
            ("allow-http", "TRUE"),
        ],
        ..NOTHING
    };
    let options = options_of(&given).unwrap();
    assert!(!options.flag(OptionName::Verify));
    assert!(options.flag(OptionName::AccountId) && options.flag(OptionName::AllowHttp));
    let bad = Given {
        environment: &[("AWS_USE_FIPS_ENDPOINT", "yes")],
        ..NOTHING
    };
    assert_eq!(
        refused(&bad).message(),
        "environment variable `AWS_USE_FIPS_ENDPOINT` takes true or false and not `yes`"
    );
}

#[test]
fn errors_name_the_option_and_its_origin() {
    let environment = [
        ("ROLESANYWHERE_TRUST_ANCHOR_ARN", ANCHOR),
        ("ROLESANYWHERE_PROFILE_ARN", PROFILE),
        ("ROLESANYWHERE_ROLE_ARN", "nonsense"),
        ("ROLESANYWHERE_CERTIFICATE", "c.pem"),
    ];
    let with_role = options_of(&Given {
        environment: &environment,
        ..NOTHING
    })
    .unwrap();
    let error = with_role.create_session().unwrap_err();
    assert_eq!(error.code(), ErrorCode::ArnMalformed);
    let text = error.message();
    assert!(
        text.starts_with("environment variable `ROLESANYWHERE_ROLE_ARN`: `nonsense`"),
        "{text}"
    );

    let mut arguments = vec![("role-arn", ROLE), ("session-duration", "899")];
    let duration = Given {
        arguments: &arguments,
        environment: &environment,
        ambient: None,
    };
    let error = options_of(&duration).unwrap().create_session().unwrap_err();
    assert_eq!(error.code(), ErrorCode::DurationOutOfRange);
    assert!(
        error.message().starts_with("`--session-duration`: "),
        "{error}"
    );

    arguments[1] = ("session-duration", "1h");
    let error = refused(&Given {
        arguments: &arguments,
        ..NOTHING
    });
    assert_eq!(
        error.message(),
        "`--session-duration` takes a whole number of seconds and not `1h`"
    );
}

#[test]
fn what_is_missing_is_told_at_once() {
    let error = options_of(&NOTHING).unwrap().create_session().unwrap_err();
    assert_eq!(error.code(), ErrorCode::OptionMissing);
    assert_eq!(
        error.message(),
        "`--trust-anchor-arn`, `--profile-arn`, `--role-arn`, `--certificate` are required"
    );
}

#[test]
fn profiles_that_are_not_there_and_files_that_cannot_be_read() {
    let error = refused(&Given {
        arguments: &[("config-profile", "cj")],
        ..NOTHING
    });
    assert_eq!(error.code(), ErrorCode::OptionInvalid);
    assert!(error.hint().contains("ci, default"), "{}", error.hint());
    assert!(
        options_of(&Given {
            ambient: Some("absent"),
            ..NOTHING
        })
        .is_ok()
    );
    let damaged = |ambient_profile| {
        resolve(&Sources {
            vocabulary: Vocabulary::SnakeCase,
            arguments: &[],
            environment: &[],
            config_file: Some("nonsense"),
            ambient_profile,
        })
    };
    assert!(
        damaged(None).is_ok(),
        "a damaged file harms only who uses it"
    );
    assert_eq!(
        damaged(Some("a")).unwrap_err().code(),
        ErrorCode::ConfigFileMalformed
    );
}

#[test]
fn mistyped_keys_and_variables_are_noted() {
    let given = Given {
        environment: &[("ROLESANYWHERE_ROLEARN", ROLE)],
        ambient: Some("typo"),
        ..NOTHING
    };
    assert_eq!(
        options_of(&given).unwrap().notes(),
        [
            "environment variable `ROLESANYWHERE_ROLEARN` is not an option and has no effect; \
             did you mean `ROLESANYWHERE_ROLE_ARN`?",
            "`rolesanywhere_rolearn` of profile `typo` is not an option and has no effect; \
             did you mean `rolesanywhere_role_arn`?"
        ]
    );
}

#[test]
fn nothing_secret_prints() {
    let key = "-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----";
    let given = Given {
        arguments: &[
            ("private-key", key),
            ("pkcs8-password", "hunter2"),
            ("region", key),
        ],
        environment: &[("ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE_FILE", "/run/secret")],
        ambient: None,
    };
    let options = options_of(&given).unwrap();
    let printed = format!("{options:?}");
    assert!(
        !printed.contains("hunter2") && !printed.contains("MIGH"),
        "{printed}"
    );
    assert!(printed.contains("private_key_passphrase") && printed.contains("not shown"));
    let source = options_of(&Given {
        environment: &[("ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE_FILE", "/run/secret")],
        ..NOTHING
    });
    let source = source.unwrap();
    assert_eq!(
        source.text(OptionName::PrivateKeyPassphraseSource),
        Some("file:/run/secret")
    );
    let error = refused(&Given {
        arguments: &[("session-duration", key)],
        ..NOTHING
    });
    assert!(!error.message().contains("MIGH"), "{error}");
}

#[test]
fn every_option_has_one_name_in_each_vocabulary() {
    let mut seen = std::collections::BTreeSet::new();
    for name in OptionName::all() {
        assert!(seen.insert(name.as_str()), "{} twice", name.as_str());
    }
    assert_eq!(seen.len(), 22);
}

#[test]
fn what_counts_as_configured() {
    let environment = |pairs| Given {
        environment: pairs,
        ..NOTHING
    };
    let ambient = |name| Given {
        ambient: Some(name),
        ..NOTHING
    };
    for (given, expected) in [
        (NOTHING, false),
        (environment(&[("AWS_CA_BUNDLE", "ca.pem")]), false),
        (
            environment(&[("AWS_ENDPOINT_URL_ROLESANYWHERE", "https://e")]),
            false,
        ),
        (environment(&[("ROLESANYWHERE_ROLE_ARN", ROLE)]), true),
        (environment(&[("ROLESANYWHERE_ROLE_ARN", "")]), false),
        (ambient("quiet"), false),
        (ambient("own"), true),
        (
            Given {
                arguments: &[("instance-property", "a=b")],
                ..NOTHING
            },
            true,
        ),
    ] {
        let options = options_of(&given).unwrap();
        assert_eq!(options.is_configured(), expected, "{options:?}");
    }
}
