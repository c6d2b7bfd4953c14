//! What a session will look like, what may surprise in it, and what lies behind a refusal.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rolesanywhere_core::config::{
    Argument, Sources, Surroundings, Value, Vocabulary, resolve, shadows,
};
use rolesanywhere_core::error::ErrorCode;
use rolesanywhere_core::identity::Severity;
use rolesanywhere_core::session::{CreateSession, CreateSessionOptions, likely_causes};
use rolesanywhere_core::{Error, Identity};

macro_rules! fixture {
    ($name:literal) => {
        Identity::from_pem(
            include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../conformance/fixtures/pki/",
                $name,
                ".pem"
            )),
            None,
        )
        .unwrap()
    };
}

const OPTIONS: CreateSessionOptions<'static> = CreateSessionOptions {
    trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta-id",
    profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/p-id",
    role_arn: "arn:aws:iam::111122223333:role/team/deploy",
    region: None,
    endpoint: None,
    allow_http: false,
    duration_seconds: None,
    role_session_name: None,
    instance_properties: &[],
    use_fips_endpoint: false,
    use_dualstack_endpoint: false,
};

fn session() -> CreateSession {
    CreateSession::new(&OPTIONS).unwrap()
}

fn with_duration(seconds: u32) -> CreateSession {
    CreateSession::new(&CreateSessionOptions {
        duration_seconds: Some(seconds),
        ..OPTIONS
    })
    .unwrap()
}

#[test]
fn source_identity_follows_the_length_of_the_common_name() {
    let of = |identity: &Identity| session().preview(identity).source_identity;
    assert_eq!(of(&fixture!("name/many")), "CN=many");
    assert_eq!(of(&fixture!("name/common-name-64")), "n".repeat(64));
    let long = of(&fixture!("name/common-name-65"));
    assert!(long.starts_with("ID=") && long.len() == 43, "{long}");
}

#[test]
fn tags_join_what_is_there_more_than_once() {
    let preview = session().preview(&fixture!("name/many"));
    for (key, value) in [
        ("x509Subject/OU", "one/two"),
        ("x509Subject/SERIALNUMBER", "0042"),
        ("x509Issuer/O", "Conformance"),
    ] {
        assert!(
            preview.session_tags.contains(&(key.into(), value.into())),
            "{key}: {:?}",
            preview.session_tags
        );
    }
    assert!(preview.unmappable.is_empty());
    let escapes = session().preview(&fixture!("name/escapes"));
    assert_eq!(escapes.unmappable, ["x509Subject/O", "x509Subject/CN"]);
}

#[test]
fn the_session_name_is_the_serial_number_unless_one_is_asked_for() {
    let identity = fixture!("serial/128");
    assert_eq!(session().preview(&identity).role_session_name, "0080");
    let named = CreateSession::new(&CreateSessionOptions {
        role_session_name: Some("ci@host"),
        ..OPTIONS
    });
    assert_eq!(
        named.unwrap().preview(&identity).role_session_name,
        "ci@host"
    );
}

#[test]
fn an_alias_is_no_source_arn() {
    let alias = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:alias/trust-anchor/main",
        ..OPTIONS
    });
    let identity = fixture!("name/many");
    let policy = |session: &CreateSession| session.preview(&identity).trust_policy;
    assert!(!policy(&alias.unwrap()).contains("aws:SourceArn"));
    assert!(policy(&session()).contains(r#""aws:SourceArn": "arn:aws:rolesanywhere:"#));
}

#[test]
fn durations_that_surprise() {
    let of = |seconds| {
        let findings = with_duration(seconds).findings();
        let found = findings
            .into_iter()
            .map(|it| (it.severity, it.error.code()));
        found.collect::<Vec<_>>()
    };
    let short = (Severity::Warning, ErrorCode::SessionDurationShort);
    let long = (Severity::Note, ErrorCode::SessionDurationLong);
    assert_eq!(of(900), [short]);
    assert_eq!(of(1799), [short]);
    assert_eq!(of(1800), []);
    assert_eq!(of(3600), []);
    assert_eq!(of(3601), [long]);
    let hint = with_duration(43200).findings();
    assert!(hint[0].error.hint().contains("--role-name deploy "));
    assert!(session().findings().is_empty());
}

#[test]
fn a_region_that_nobody_knows_works_with_a_warning() {
    let options = CreateSessionOptions {
        trust_anchor_arn: "arn:aws:rolesanywhere:xx-new-1:111122223333:trust-anchor/ta-id",
        profile_arn: "arn:aws:rolesanywhere:xx-new-1:111122223333:profile/p-id",
        ..OPTIONS
    };
    let findings = CreateSession::new(&options).unwrap().findings();
    assert_eq!(findings[0].error.code(), ErrorCode::RegionUnknown);
    assert_eq!(findings[0].severity, Severity::Warning);
}

fn refused(status: u16, service_code: &str, message: &str) -> Error {
    let headers = [("x-amzn-errortype".to_owned(), service_code.to_owned())];
    let body = format!(r#"{{"message":"{message}"}}"#);
    let parsed = session().parse_response(status, &headers, body.as_bytes(), None);
    parsed.unwrap_err()
}

#[test]
fn each_refusal_is_translated() {
    let denied = |message| refused(403, "AccessDeniedException", message);
    let role = "Unable to assume role for arn:aws:iam::111122223333:role/team/deploy";
    let tags = format!("{role}. Some attributes failed to be mapped into session tags.");
    let cases = [
        (
            denied("Untrusted Signing Certificate"),
            "does not hold the issuer `CN=root,O=Conformance`",
            "--trust-anchor-id ta-id --region us-east-1",
        ),
        (
            denied(&tags),
            "`x509Subject/O`, `x509Subject/CN` of the certificate",
            "--profile-id p-id",
        ),
        (
            denied("Not authorized to set roleSessionName."),
            "does not accept",
            "--accept-role-session-name",
        ),
        (
            denied("Requested Role isn't one of those listed in the Profile."),
            "does not list the role",
            "get-profile --profile-id p-id",
        ),
        (
            denied(role),
            "`sts:SetSourceIdentity`",
            "get-role --role-name deploy",
        ),
        (
            denied("Profile is disabled."),
            "is disabled",
            "enable-profile --profile-id p-id",
        ),
        (
            denied("Invalid signature"),
            "on the way",
            "rolesanywhere explain",
        ),
        (
            denied("Credential should be scoped to a valid region."),
            "`us-east-1`",
            "leave the region",
        ),
        (
            denied("something new"),
            "does not hold the issuer",
            "get-trust-anchor",
        ),
        (
            refused(
                400,
                "ValidationException",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            ),
            "longer than the role allows",
            "--max-session-duration",
        ),
        (
            refused(
                404,
                "ResourceNotFoundException",
                "The trust anchor was not found.",
            ),
            "no trust anchor `arn:",
            "list-trust-anchors",
        ),
        (
            refused(
                404,
                "ResourceNotFoundException",
                "The profile was not found.",
            ),
            "no profile `arn:",
            "list-profiles",
        ),
        (refused(403, "", "<html>"), "a proxy", "NO_PROXY"),
        (
            Error::new(ErrorCode::ConnectionFailed, "x"),
            "does not resolve",
            "nslookup",
        ),
        (Error::new(ErrorCode::Timeout, "x"), "firewall", "443"),
        (
            Error::new(ErrorCode::TlsFailed, "x"),
            "inspects TLS",
            "AWS_CA_BUNDLE",
        ),
    ];
    let identity = fixture!("name/escapes");
    for (error, cause, remedy) in cases {
        let causes = likely_causes(&error, &session(), Some(&identity));
        let first = causes.first().unwrap_or_else(|| panic!("{error}"));
        assert!(first.cause.contains(cause), "{error}: {first:?}");
        assert!(first.remedy.contains(remedy), "{error}: {first:?}");
        for one in &causes {
            assert!(
                !one.cause.ends_with('.') && !one.remedy.ends_with('.'),
                "{one:?}"
            );
        }
    }
    let named = likely_causes(
        &refused(404, "ResourceNotFoundException", "No."),
        &session(),
        Some(&identity),
    );
    assert_eq!(named.len(), 2, "either may be missing");
}

#[test]
fn a_missing_chain_is_a_cause_only_where_there_is_none() {
    let error = refused(
        403,
        "AccessDeniedException",
        "Untrusted Signing Certificate",
    );
    let is_told = |identity: &Identity| {
        let causes = likely_causes(&error, &session(), Some(identity));
        causes
            .iter()
            .any(|one| one.cause.contains("intermediate is missing"))
    };
    assert!(is_told(&fixture!("chain/leaf-of-1")));
    let chain = include_bytes!("../../conformance/fixtures/pki/chain/intermediate-1.pem");
    let leaf = include_bytes!("../../conformance/fixtures/pki/chain/leaf-of-1.pem");
    assert!(!is_told(&Identity::from_pem(leaf, Some(chain)).unwrap()));
}

#[test]
fn what_the_sdks_take_first() {
    let config = "[profile ours]\ncredential_process = /usr/bin/rolesanywhere credential-process\n\
                  [profile other]\nregion = us-east-1\n";
    let credentials = "[ours]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n\
                       [other]\naws_access_key_id = AKIAEXAMPLE\n";
    let found = |variables: &[&str], profiles: &[&str]| {
        let found = shadows(&Surroundings {
            variables,
            config_file: Some(config),
            credentials_file: Some(credentials),
            profiles,
        });
        let found = found.iter().map(|finding| {
            let (message, hint) = (finding.error.message(), finding.error.hint());
            assert!(!format!("{message}{hint}").contains("AKIA"));
            format!("{} {message}", finding.error.code())
        });
        found.collect::<Vec<_>>()
    };
    let ours = "credentials_shadowed the credentials file holds keys for the profile `ours`, and \
                the SDKs take them first";
    assert_eq!(found(&[], &[]), [ours]);
    let both = found(&[], &["other", "ours"]);
    assert_eq!(both.len(), 2);
    let variables = found(&["AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL"], &[]);
    assert!(variables[0].starts_with("credentials_shadowed AWS_ACCESS_KEY_ID is set"));
    assert!(variables[2].starts_with("endpoint_ignored AWS_ENDPOINT_URL is set"));
}

#[test]
fn options_are_shown_without_secrets() {
    let pem = "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n";
    let arguments = [
        ("certificate", "/etc/pki/leaf.pem"),
        ("private-key", pem),
        ("pkcs8-password", "hunter2"),
        ("intermediates", "pkcs11:object=chain?pin-value=1234"),
        ("no-account-id", "true"),
    ]
    .map(|(name, text)| Argument {
        name,
        value: Value::Text(text),
    });
    let options = resolve(&Sources {
        vocabulary: Vocabulary::Flags,
        arguments: &arguments,
        environment: &[("ROLESANYWHERE_REGION", "eu-central-1")],
        config_file: None,
        ambient_profile: None,
    })
    .unwrap();
    let shown = options.shown().map(|option| {
        format!(
            "{} {} {}",
            option.name.as_str(),
            option.value,
            option.origin.name()
        )
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "certificate /etc/pki/leaf.pem --certificate",
            "private_key (PEM text of 59 bytes) --private-key",
            "intermediates pkcs11:object=chain?pin-value=(not shown) --intermediates",
            "private_key_passphrase (not shown) --pkcs8-password",
            "region eu-central-1 ROLESANYWHERE_REGION",
            "account_id false --no-account-id",
        ]
    );
}

#[test]
fn every_line_of_what_is_signed_is_explained() {
    let now = rolesanywhere_core::Timestamp::from_unix_seconds(1_795_240_399).unwrap();
    let pending = session().prepare(&fixture!("name/many"), now).unwrap();
    let lines = pending.explained_canonical_request();
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts.join("\n"), pending.canonical_request());
    let meaning = |start: &str| {
        let line = lines.iter().find(|line| line.text.starts_with(start));
        line.map(|line| line.meaning).unwrap_or_default()
    };
    assert_eq!(meaning("POST"), "the method");
    assert_eq!(meaning("host:"), "the host that is asked");
    assert_eq!(meaning("content-type;"), "the names of the signed headers");
    assert_eq!(
        lines.last().unwrap().meaning,
        "the SHA-256 of the body, in hex"
    );
    let signed = pending.explained_string_to_sign();
    let texts: Vec<&str> = signed.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts.join("\n").as_bytes(), pending.string_to_sign());
}
