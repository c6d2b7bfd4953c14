use super::member::{arn, check_duration};
use crate::arn::{Arn, ArnKind};
use crate::config::{Role, TrustPolicy};
use rolesanywhere_core::error::Result;

/// A role, checked.
#[derive(Debug)]
pub(crate) struct KnownRole {
    pub(crate) arn: Arn,
    pub(crate) max_session_duration: u32,
    pub(crate) trust_policy: TrustPolicy,
}

impl KnownRole {
    pub(super) fn new(role: &Role) -> Result<Self> {
        check_duration("maxSessionDuration", role.max_session_duration, 3600)?;
        Ok(Self {
            arn: arn(ArnKind::Role, "roleArn", &role.role_arn)?,
            max_session_duration: role.max_session_duration,
            trust_policy: role.trust_policy.clone(),
        })
    }
}
