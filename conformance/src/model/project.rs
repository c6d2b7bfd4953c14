//! Inputs and outputs of what is this project's own: JSON forms, options, codes.

use super::protocol::parts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

parts! {
    /// `credentials`: the JSON that programs hand credentials on in.
    CredentialsInput {
        /// The access key id.
        access_key_id: String,
        /// The secret access key.
        secret_access_key: String,
        /// The session token.
        session_token: String,
        /// Unix seconds.
        expiration: i64,
        /// The role.
        #[serde(skip_serializing_if = "Option::is_none")]
        role_arn: Option<String>,
        /// The role's account.
        #[serde(skip_serializing_if = "Option::is_none")]
        account_id: Option<String>,
        /// Whom the JSON is for.
        form: CredentialsForm,
        /// Unix seconds, for `imds`.
        #[serde(skip_serializing_if = "Option::is_none")]
        last_updated: Option<i64>,
    }

    /// The JSON, compared as a value: order and white space do not count.
    CredentialsExpected {
        /// The object.
        json: Value,
    }

    /// `error_codes`: one line of the table.
    ErrorCodesInput {
        /// The code.
        code: String,
    }

    /// The rest of the line.
    ErrorCodesExpected {
        /// The code as a number.
        number: u16,
        /// Its kind.
        kind: String,
        /// Whether an error of this code is retryable unless it says otherwise.
        retryable: bool,
    }

    /// `config`: options from everywhere.
    ConfigInput {
        /// How the host writes the options' names.
        vocabulary: VocabularyName,
        /// Name and value in order; flags without dashes. `null` is a value that the host keeps, such
        /// as a function.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        arguments: Vec<(String, Option<String>)>,
        /// The environment.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        environment: BTreeMap<String, String>,
        /// The text of the config file.
        #[serde(skip_serializing_if = "Option::is_none")]
        config_file: Option<String>,
        /// The profile that the host SDK has chosen.
        #[serde(skip_serializing_if = "Option::is_none")]
        ambient_profile: Option<String>,
        /// Whether a CreateSession is made of the options, and its errors count.
        #[serde(default, skip_serializing_if = "super::protocol::is_false")]
        create_session: bool,
    }

    /// The options.
    ConfigExpected {
        /// Every option that something gave, by its snake_case name.
        options: BTreeMap<String, OptionValue>,
        /// How many notes the user gets about what has no effect.
        notes: usize,
        /// The URL that is asked, without its query, where a CreateSession is made.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    }

    /// An option's value and where it came from.
    OptionValue {
        /// The text; `null` where the host keeps the value.
        value: Option<String>,
        /// The place.
        from: OriginKind,
        /// The argument, flag, variable or key as the user wrote it.
        name: String,
        /// The profile or services section.
        #[serde(skip_serializing_if = "Option::is_none")]
        section: Option<String>,
    }
}

/// Whom the JSON is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CredentialsForm {
    /// SDKs that call a process.
    CredentialProcess,
    /// The same without the account, as AWS's helper prints it and where `account_id` is false.
    CredentialProcessWithoutAccountId,
    /// SDKs that ask the EC2 instance metadata service.
    Imds,
    /// SDKs that ask a container's credentials endpoint.
    Container,
}

/// How a host writes the options' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VocabularyName {
    /// Python, C, JSON.
    SnakeCase,
    /// JavaScript.
    CamelCase,
    /// The command line.
    Flags,
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OriginKind {
    /// An argument or a flag.
    Argument,
    /// An environment variable.
    Environment,
    /// A key of a profile.
    Profile,
    /// A section `[services …]`.
    Services,
}
