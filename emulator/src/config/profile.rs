use super::{AttributeMapping, yes};
use serde::{Deserialize, Serialize};

/// A profile: which roles may be assumed through it, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// Its ARN, by id.
    pub profile_arn: String,
    /// Names it may also be asked for by, as in `…:alias/profile/NAME`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Whether it may be used.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The roles it lists.
    pub role_arns: Vec<String>,
    /// How long a session lasts when the request does not say, and at most; in seconds.
    #[serde(default = "one_hour")]
    pub duration_seconds: u32,
    /// Whether a request may carry `roleSessionName`.
    #[serde(default)]
    pub accept_role_session_name: bool,
    /// What of the leaf becomes session tags.
    #[serde(default = "AttributeMapping::defaults")]
    pub attribute_mappings: Vec<AttributeMapping>,
}

impl Profile {
    /// An enabled profile without roles, for sessions of one hour, that takes no session names.
    #[must_use]
    pub fn new(arn: &str) -> Self {
        Self {
            profile_arn: arn.to_owned(),
            aliases: Vec::new(),
            enabled: true,
            role_arns: Vec::new(),
            duration_seconds: one_hour(),
            accept_role_session_name: false,
            attribute_mappings: AttributeMapping::defaults(),
        }
    }

    /// Lists one more role.
    #[must_use]
    pub fn role(mut self, arn: &str) -> Self {
        self.role_arns.push(arn.to_owned());
        self
    }

    /// How long a session lasts when the request does not say, and at most; in seconds.
    #[must_use]
    pub fn duration_seconds(mut self, seconds: u32) -> Self {
        self.duration_seconds = seconds;
        self
    }

    /// Lets requests carry `roleSessionName`.
    #[must_use]
    pub fn accept_role_session_name(mut self) -> Self {
        self.accept_role_session_name = true;
        self
    }

    /// What of the leaf becomes session tags, in place of AWS's default; nothing when empty.
    #[must_use]
    pub fn attribute_mappings(mut self, mappings: Vec<AttributeMapping>) -> Self {
        self.attribute_mappings = mappings;
        self
    }

    /// One more name it may be asked for by.
    #[must_use]
    pub fn alias(mut self, name: &str) -> Self {
        self.aliases.push(name.to_owned());
        self
    }

    /// The same, not enabled.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }
}

const fn one_hour() -> u32 {
    3600
}
