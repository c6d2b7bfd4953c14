//! The table: a command line, and what each persona makes of it.

/// What a run leaves behind.
pub(super) struct Expected {
    pub(super) status: i32,
    pub(super) output: Output,
}

/// What is on standard output.
pub(super) enum Output {
    Nothing,
    /// Text that ends with its line.
    Line,
    /// Text that begins so and does not end its line.
    Bare(&'static str),
    /// Octets that begin with this one.
    Octets(u8),
    /// Credentials, with or without `AccountId`, for so many seconds.
    Credentials {
        account: bool,
        seconds: i64,
    },
}

/// One command line. `{session}` stands for all that a session needs, `{rest}` for that without
/// certificate and key.
pub(super) struct Row {
    pub(super) line: &'static str,
    pub(super) variables: &'static [(&'static str, &'static str)],
    pub(super) own: Expected,
    pub(super) helper: Expected,
    /// Where AWS's helper fares worse than our stand-in.
    pub(super) peer: Option<Expected>,
    /// What our stand-in warns of when it succeeds, and says among other things when it fails.
    pub(super) says: &'static str,
}

const fn row(line: &'static str, own: Expected, helper: Expected) -> Row {
    Row {
        line,
        variables: &[],
        own,
        helper,
        peer: None,
        says: "",
    }
}

const fn fails(status: i32) -> Expected {
    Expected {
        status,
        output: Output::Nothing,
    }
}

const fn prints(output: Output) -> Expected {
    Expected { status: 0, output }
}

const fn own(seconds: i64) -> Expected {
    prints(Output::Credentials {
        account: true,
        seconds,
    })
}

const fn helper(seconds: i64) -> Expected {
    prints(Output::Credentials {
        account: false,
        seconds,
    })
}

/// Flags that exclude each other, refused by both.
const fn conflict(line: &'static str) -> Row {
    Row {
        says: "[options_conflict]",
        ..row(line, fails(2), fails(1))
    }
}

/// Another ending than AWS's helper's, which fails here.
const fn better(row: Row) -> Row {
    Row {
        peer: Some(fails(1)),
        ..row
    }
}

const HELP: Output = Output::Line;
const DESCRIPTION: Output = Output::Bare("{\"keyType\":\"EC\",\"certificateData\":\"");

pub(super) const ROWS: &[Row] = &[
    // The output, and what is asked for.
    row("credential-process {session}", own(7200), helper(3600)),
    row(
        "credential-process {session} --session-duration 900",
        own(900),
        helper(900),
    ),
    row(
        "credential-process {session} --session-duration=900 --region=",
        own(900),
        helper(900),
    ),
    row(
        "read-certificate-data --certificate {leaf}",
        prints(DESCRIPTION),
        prints(DESCRIPTION),
    ),
    row(
        "sign-string --certificate {leaf} --private-key {key} --format text",
        prints(Output::Bare("30")),
        prints(Output::Bare("30")),
    ),
    row(
        "sign-string --certificate {leaf} --private-key {key}",
        prints(Output::Bare("\"30")),
        prints(Output::Bare("\"30")),
    ),
    row(
        "sign-string --certificate {leaf} --private-key {key} --format bin",
        prints(Output::Octets(0x30)),
        prints(Output::Octets(0x30)),
    ),
    row(
        "sign-string --certificate {leaf} --private-key {key} --format=text --digest=SHA512",
        prints(Output::Bare("30")),
        prints(Output::Bare("30")),
    ),
    better(row(
        "sign-string --private-key {key} --format text",
        prints(Output::Bare("30")),
        prints(Output::Bare("30")),
    )),
    row(
        "credential-process {session} --region us-east-1 --role-session-name build-7",
        own(7200),
        helper(3600),
    ),
    row(
        "credential-process --certificate {combined} {rest}",
        own(7200),
        helper(3600),
    ),
    row(
        "credential-process --certificate {chained} --private-key {chained-key} \
         --intermediates {chain} {rest}",
        own(7200),
        helper(3600),
    ),
    row("version", prints(Output::Line), prints(Output::Line)),
    row("", prints(HELP), prints(HELP)),
    row("help", prints(HELP), prints(HELP)),
    row("--help", prints(HELP), prints(HELP)),
    row("help sign-string", prints(HELP), prints(HELP)),
    row("credential-process --help", prints(HELP), prints(HELP)),
    // The grammar.
    row(
        "--certificate {leaf} read-certificate-data",
        fails(2),
        prints(DESCRIPTION),
    ),
    row(
        "--debug=true --certificate={leaf} read-certificate-data",
        fails(2),
        prints(DESCRIPTION),
    ),
    row("{session} credential-process", fails(2), helper(3600)),
    row(
        "credential-process {session} --session-duration 900 --session-duration 1200",
        fails(2),
        helper(1200),
    ),
    row(
        "credential-process --private-key nowhere {session} --with-proxy --with-proxy",
        fails(2),
        helper(3600),
    ),
    row(
        "credential-process {session} --with-proxy=true --debug=false --no-verify-ssl=F",
        fails(2),
        helper(3600),
    ),
    row(
        "credential-process {session} --with-proxy=maybe",
        fails(2),
        fails(1),
    ),
    Row {
        says: "words that belong to no flag",
        ..row(
            "credential-process {session} --with-proxy stray",
            fails(2),
            helper(3600),
        )
    },
    row(
        "credential-process {session} --role-session n",
        fails(2),
        fails(1),
    ),
    row("credential-process {session} -debug", fails(2), fails(1)),
    row(
        "credential-process {session} --session-duration 1h",
        fails(2),
        fails(1),
    ),
    row(
        "credential-process {session} --session-duration",
        fails(2),
        fails(1),
    ),
    row(
        "sign-string --certificate {leaf} --private-key {key} --format yaml",
        fails(2),
        fails(1),
    ),
    row(
        "sign-string --certificate {leaf} --private-key {key} --digest MD5",
        fails(2),
        fails(1),
    ),
    row("--version", prints(Output::Line), fails(1)),
    row("credential-proces", fails(2), fails(1)),
    row("completion bash", fails(2), prints(Output::Line)),
    row(
        "completion zsh --no-descriptions",
        fails(2),
        prints(Output::Line),
    ),
    row("completion fish", fails(2), prints(Output::Line)),
    row("completion powershell", fails(2), prints(Output::Line)),
    row("completion", fails(2), prints(HELP)),
    row("completions bash", prints(Output::Line), fails(1)),
    row("man", prints(Output::Line), fails(1)),
    // Failures.
    row("credential-process", fails(2), fails(1)),
    row("sign-string", fails(2), fails(1)),
    row("read-certificate-data", fails(2), fails(1)),
    // Sent by the helper and refused by the service; told before by ours.
    row(
        "credential-process {session} --session-duration 10",
        fails(2),
        fails(1),
    ),
    row(
        "credential-process {session} --role-arn=",
        fails(2),
        fails(1),
    ),
    row(
        "credential-process {session} --profile-arn=profile",
        fails(2),
        fails(1),
    ),
    row(
        "credential-process {session} --profile-arn={elsewhere}",
        fails(2),
        fails(1),
    ),
    row(
        "credential-process --cert-selector Key=x509Subject,Value=CN=x {rest}",
        fails(2),
        fails(1),
    ),
    row(
        "credential-process {session} --certificate=",
        fails(2),
        // It looks into the key's file, as into a file that holds both.
        fails(1),
    ),
    row(
        "read-certificate-data --certificate /nonexistent",
        fails(3),
        fails(1),
    ),
    row(
        "credential-process --certificate {stranger} --private-key {stranger-key} \
         --trust-anchor-arn {anchor} --profile-arn {profile} --role-arn {role} --endpoint {url}",
        fails(1),
        fails(1),
    ),
    row(
        "credential-process {no-endpoint} --endpoint {nowhere}",
        fails(5),
        fails(1),
    ),
    // The environment.
    Row {
        variables: &[("AWS_ENDPOINT_URL", "{url}"), ("HTTPS_PROXY", "{nowhere}")],
        says: "AWS_ENDPOINT_URL sends this request elsewhere",
        ..row("credential-process {no-endpoint}", fails(5), helper(3600))
    },
    Row {
        variables: &[
            ("AWS_ENDPOINT_URL", "{url}"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
            ("HTTPS_PROXY", "{nowhere}"),
        ],
        ..row("credential-process {no-endpoint}", fails(5), fails(1))
    },
    Row {
        variables: &[("AWS_ENDPOINT_URL", "{nowhere}")],
        ..row("credential-process {session}", own(7200), helper(3600))
    },
    Row {
        variables: &[("AWS_ENDPOINT_URL_ROLESANYWHERE", "{url}")],
        says: "`--endpoint` has no effect",
        ..row(
            "credential-process {no-endpoint} --endpoint {nowhere}",
            fails(5),
            helper(3600),
        )
    },
    Row {
        variables: &[
            ("AWS_ENDPOINT_URL_ROLESANYWHERE", "{nowhere}"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ],
        ..row("credential-process {session}", own(7200), helper(3600))
    },
    better(Row {
        variables: &[("AWS_PROFILE", "missing")],
        ..row("credential-process {session}", own(7200), helper(3600))
    }),
    better(Row {
        variables: &[("AWS_SHARED_CREDENTIALS_FILE", "{half-filled}")],
        ..row("credential-process {session}", own(7200), helper(3600))
    }),
    better(Row {
        variables: &[("AWS_USE_FIPS_ENDPOINT", "true")],
        says: "AWS_USE_FIPS_ENDPOINT",
        ..row("credential-process {session}", own(7200), helper(3600))
    }),
    // What is told on standard error alone.
    Row {
        says: "debug: canonical request: POST",
        ..row(
            "credential-process {session} --debug=true",
            fails(2),
            helper(3600),
        )
    },
    Row {
        says: "the service's TLS certificate is not verified",
        ..row(
            "credential-process {session} --no-verify-ssl",
            own(7200),
            helper(3600),
        )
    },
    // A secret on the command line.
    Row {
        says: "others on this machine can see the secret after `--pkcs8-password`",
        ..row(
            "credential-process --certificate {encrypted} --private-key {encrypted-key} {rest} \
             --pkcs8-password secret",
            own(7200),
            helper(3600),
        )
    },
    // What excludes each other.
    conflict("credential-process {session} --cert-selector s"),
    conflict("credential-process --certificate c --cert-selector s"),
    conflict("credential-process --certificate c --system-store-name s"),
    conflict("credential-process --private-key k --cert-selector s"),
    conflict("credential-process --private-key k --system-store-name s"),
    conflict("credential-process --private-key k --use-latest-expiring-certificate"),
    conflict("credential-process --use-latest-expiring-certificate --intermediates i"),
    conflict("credential-process --use-latest-expiring-certificate --reuse-pin"),
    conflict("credential-process --cert-selector s --intermediates i"),
    conflict("credential-process --cert-selector s --reuse-pin"),
    conflict("credential-process --cert-selector s --tpm-key-password p"),
    conflict("credential-process --cert-selector s --no-tpm-key-password"),
    conflict("credential-process --system-store-name s --reuse-pin"),
    conflict("credential-process --tpm-key-password p --reuse-pin"),
    conflict("credential-process --tpm-key-password p --no-tpm-key-password"),
    conflict("credential-process --tpm-key-password p --pkcs8-password p"),
    conflict("sign-string --certificate c --cert-selector s"),
    conflict("sign-string --certificate c --system-store-name s"),
    conflict("sign-string --private-key k --cert-selector s"),
    conflict("sign-string --private-key k --system-store-name s"),
    conflict("sign-string --private-key k --use-latest-expiring-certificate"),
    conflict("sign-string --use-latest-expiring-certificate --reuse-pin"),
    conflict("sign-string --cert-selector s --reuse-pin"),
    conflict("sign-string --cert-selector s --tpm-key-password p"),
    conflict("sign-string --cert-selector s --no-tpm-key-password"),
    conflict("sign-string --system-store-name s --reuse-pin"),
    conflict("sign-string --tpm-key-password p --reuse-pin"),
    conflict("sign-string --tpm-key-password p --no-tpm-key-password"),
    conflict("sign-string --tpm-key-password p --pkcs8-password p"),
    conflict("sign-string --no-tpm-key-password --reuse-pin"),
    conflict("read-certificate-data --certificate c --cert-selector s"),
    conflict("read-certificate-data --certificate c --system-store-name s"),
    // A switch that is off, and an empty value: only the helper counts them as set.
    Row {
        says: "[options_conflict]",
        ..row(
            "credential-process {session} --use-latest-expiring-certificate=false",
            fails(2),
            fails(1),
        )
    },
    Row {
        says: "[options_conflict]",
        ..row(
            "credential-process {session} --cert-selector=",
            own(7200),
            fails(1),
        )
    },
];
