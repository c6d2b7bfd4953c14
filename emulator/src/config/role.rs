use serde::{Deserialize, Serialize};

/// A role that trusts IAM Roles Anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Role {
    /// Its ARN.
    pub role_arn: String,
    /// The longest session it allows, in seconds.
    #[serde(default = "one_hour")]
    pub max_session_duration: u32,
}

impl Role {
    /// A role that allows sessions of up to one hour, as IAM's do unless told otherwise.
    #[must_use]
    pub fn new(arn: &str) -> Self {
        Self {
            role_arn: arn.to_owned(),
            max_session_duration: one_hour(),
        }
    }

    /// The longest session it allows, in seconds.
    #[must_use]
    pub fn max_session_duration(mut self, seconds: u32) -> Self {
        self.max_session_duration = seconds;
        self
    }
}

const fn one_hour() -> u32 {
    3600
}
