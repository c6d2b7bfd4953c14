use super::TrustPolicy;
use serde::{Deserialize, Serialize};

/// A role and its trust policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Role {
    /// Its ARN.
    pub role_arn: String,
    /// The longest session it allows, in seconds.
    #[serde(default = "one_hour")]
    pub max_session_duration: u32,
    /// Who may assume it; when not given, IAM Roles Anywhere through any trust anchor.
    #[serde(default, rename = "assumeRolePolicyDocument")]
    pub trust_policy: TrustPolicy,
}

impl Role {
    /// A role that allows sessions of up to one hour, as IAM's do unless told otherwise, and that IAM
    /// Roles Anywhere may assume through any trust anchor.
    #[must_use]
    pub fn new(arn: &str) -> Self {
        Self {
            role_arn: arn.to_owned(),
            max_session_duration: one_hour(),
            trust_policy: TrustPolicy::default(),
        }
    }

    /// The longest session it allows, in seconds.
    #[must_use]
    pub fn max_session_duration(mut self, seconds: u32) -> Self {
        self.max_session_duration = seconds;
        self
    }

    /// Who may assume it.
    #[must_use]
    pub fn trust_policy(mut self, policy: TrustPolicy) -> Self {
        self.trust_policy = policy;
        self
    }
}

const fn one_hour() -> u32 {
    3600
}
