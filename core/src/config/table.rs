//! The one vocabulary: every option, its names in each place, and what its value is.

use Kind::{Flag, Map, Path, Seconds, Secret, Source, Text};

/// An option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "each is the option of its name; the table describes it"
)]
pub enum OptionName {
    TrustAnchorArn,
    ProfileArn,
    RoleArn,
    Certificate,
    PrivateKey,
    Intermediates,
    PrivateKeyPassphrase,
    PrivateKeyPassphraseSource,
    Sign,
    Identity,
    Region,
    Endpoint,
    AllowHttp,
    DurationSeconds,
    RoleSessionName,
    InstanceProperties,
    UseFipsEndpoint,
    UseDualstackEndpoint,
    AccountId,
    CaBundle,
    Verify,
    ConfigProfile,
}

/// What an option's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Any text.
    Text,
    /// A file's path.
    Path,
    /// Content, or where it is: never shown.
    Source,
    /// The secret itself: never shown.
    Secret,
    /// `true` or `false`.
    Flag,
    /// A whole number of seconds.
    Seconds,
    /// `KEY=VALUE`, any number of times.
    Map,
    /// A function of the host's; core only knows that it is there.
    Callable,
}

/// An option's names. An empty list means that it cannot be given there.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: OptionName,
    pub(super) snake_case: &'static str,
    pub(super) camel_case: &'static str,
    /// Without dashes. One that begins with `no-` gives `false` when it is there.
    pub(super) flags: &'static [&'static str],
    pub(super) environment: &'static [&'static str],
    pub(super) profile_key: Option<&'static str>,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

const fn row(
    name: OptionName,
    names: [&'static str; 2],
    flags: &'static [&'static str],
    environment: &'static [&'static str],
    profile_key: Option<&'static str>,
    kind: Kind,
) -> Row {
    let [snake_case, camel_case] = names;
    let required = matches!(
        name,
        OptionName::TrustAnchorArn | OptionName::ProfileArn | OptionName::RoleArn
    );
    Row {
        name,
        snake_case,
        camel_case,
        flags,
        environment,
        profile_key,
        kind,
        required,
    }
}

pub(super) const TABLE: &[Row] = &[
    row(
        OptionName::TrustAnchorArn,
        ["trust_anchor_arn", "trustAnchorArn"],
        &["trust-anchor-arn"],
        &["ROLESANYWHERE_TRUST_ANCHOR_ARN"],
        Some("rolesanywhere_trust_anchor_arn"),
        Text,
    ),
    row(
        OptionName::ProfileArn,
        ["profile_arn", "profileArn"],
        &["profile-arn"],
        &["ROLESANYWHERE_PROFILE_ARN"],
        Some("rolesanywhere_profile_arn"),
        Text,
    ),
    row(
        OptionName::RoleArn,
        ["role_arn", "roleArn"],
        &["role-arn"],
        &["ROLESANYWHERE_ROLE_ARN"],
        Some("rolesanywhere_role_arn"),
        Text,
    ),
    row(
        OptionName::Certificate,
        ["certificate", "certificate"],
        &["certificate"],
        &["ROLESANYWHERE_CERTIFICATE"],
        Some("rolesanywhere_certificate"),
        Source,
    ),
    row(
        OptionName::PrivateKey,
        ["private_key", "privateKey"],
        &["private-key"],
        &["ROLESANYWHERE_PRIVATE_KEY"],
        Some("rolesanywhere_private_key"),
        Source,
    ),
    row(
        OptionName::Intermediates,
        ["intermediates", "intermediates"],
        &["intermediates"],
        &["ROLESANYWHERE_INTERMEDIATES"],
        Some("rolesanywhere_intermediates"),
        Source,
    ),
    row(
        OptionName::PrivateKeyPassphrase,
        ["private_key_passphrase", "privateKeyPassphrase"],
        &["pkcs8-password"],
        &["ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE"],
        None,
        Secret,
    ),
    row(
        OptionName::PrivateKeyPassphraseSource,
        [
            "private_key_passphrase_source",
            "privateKeyPassphraseSource",
        ],
        &["private-key-passphrase"],
        &["ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE_FILE"],
        Some("rolesanywhere_private_key_passphrase_source"),
        Source,
    ),
    row(
        OptionName::Sign,
        ["sign", "sign"],
        &[],
        &[],
        None,
        Kind::Callable,
    ),
    row(
        OptionName::Identity,
        ["identity", "identity"],
        &[],
        &[],
        None,
        Kind::Callable,
    ),
    row(
        OptionName::Region,
        ["region", "region"],
        &["region"],
        &["ROLESANYWHERE_REGION"],
        Some("rolesanywhere_region"),
        Text,
    ),
    row(
        OptionName::Endpoint,
        ["endpoint", "endpoint"],
        &["endpoint"],
        &["AWS_ENDPOINT_URL_ROLESANYWHERE"],
        Some("rolesanywhere_endpoint"),
        Text,
    ),
    row(
        OptionName::AllowHttp,
        ["allow_http", "allowHttp"],
        &["allow-http"],
        &[],
        None,
        Flag,
    ),
    row(
        OptionName::DurationSeconds,
        ["duration_seconds", "durationSeconds"],
        &["session-duration"],
        &["ROLESANYWHERE_DURATION_SECONDS"],
        Some("rolesanywhere_duration_seconds"),
        Seconds,
    ),
    row(
        OptionName::RoleSessionName,
        ["role_session_name", "roleSessionName"],
        &["role-session-name"],
        &["ROLESANYWHERE_ROLE_SESSION_NAME"],
        Some("rolesanywhere_role_session_name"),
        Text,
    ),
    row(
        OptionName::InstanceProperties,
        ["instance_properties", "instanceProperties"],
        &["instance-property"],
        &[],
        None,
        Map,
    ),
    row(
        OptionName::UseFipsEndpoint,
        ["use_fips_endpoint", "useFipsEndpoint"],
        &["use-fips-endpoint"],
        &["AWS_USE_FIPS_ENDPOINT"],
        Some("use_fips_endpoint"),
        Flag,
    ),
    row(
        OptionName::UseDualstackEndpoint,
        ["use_dualstack_endpoint", "useDualstackEndpoint"],
        &["use-dualstack-endpoint"],
        &["AWS_USE_DUALSTACK_ENDPOINT"],
        Some("use_dualstack_endpoint"),
        Flag,
    ),
    row(
        OptionName::AccountId,
        ["account_id", "accountId"],
        &["no-account-id"],
        &[],
        None,
        Flag,
    ),
    row(
        OptionName::CaBundle,
        ["ca_bundle", ""],
        &["ca-bundle"],
        &["AWS_CA_BUNDLE", "SSL_CERT_FILE"],
        Some("ca_bundle"),
        Path,
    ),
    row(
        OptionName::Verify,
        ["verify", ""],
        &["no-verify-ssl"],
        &[],
        None,
        Flag,
    ),
    row(
        OptionName::ConfigProfile,
        ["config_profile", "configProfile"],
        &["config-profile"],
        &["ROLESANYWHERE_CONFIG_PROFILE"],
        None,
        Text,
    ),
];

/// Names that later versions give a meaning.
pub(super) const RESERVED: &[[&str; 3]] = &[
    [
        "web_identity_token",
        "webIdentityToken",
        "web-identity-token",
    ],
    [
        "web_identity_source",
        "webIdentitySource",
        "web-identity-source",
    ],
    [
        "service_connection_id",
        "serviceConnectionId",
        "service-connection-id",
    ],
];
