//! What may go wrong with a CreateSession whose options are all allowed.

use super::CreateSession;
use crate::endpoint::Partition;
use crate::error::{Error, ErrorCode, shown};
use crate::identity::{Finding, Severity};
use alloc::{format, string::String, vec::Vec};

/// Below this, in seconds, botocore renews at every use: it does so with 15 minutes left.
const SHORT: u32 = 1800;

/// What a role allows, in seconds, until somebody raises its maximum session duration.
const USUAL_MAXIMUM: u32 = 3600;

impl CreateSession {
    /// What is allowed and may still fail or surprise: `session_duration_short`,
    /// `session_duration_long`, `region_unknown`. None of them is an error.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let found = [self.short(), self.long(), self.unknown_region()];
        found.into_iter().flatten().collect()
    }

    fn short(&self) -> Option<Finding> {
        let seconds = self.duration_seconds.filter(|seconds| *seconds < SHORT)?;
        let message =
            format!("the session lasts {seconds} seconds, and boto3 renews it at every use");
        Some(finding(
            Severity::Warning,
            ErrorCode::SessionDurationShort,
            message,
        ))
    }

    fn long(&self) -> Option<Finding> {
        let seconds = self
            .duration_seconds
            .filter(|seconds| *seconds > USUAL_MAXIMUM)?;
        let role = self.role_arn.role_name();
        let message = format!(
            "the session lasts {seconds} seconds, and the role `{role}` has to allow as many"
        );
        let hint = format!(
            "see `aws iam get-role --role-name {role} --query Role.MaxSessionDuration`, which is \
             {USUAL_MAXIMUM} unless somebody raised it"
        );
        let error = Error::new(ErrorCode::SessionDurationLong, message).with_hint(hint);
        Some(Finding::new(Severity::Note, error))
    }

    fn unknown_region(&self) -> Option<Finding> {
        if Partition::of_region(&self.region).is_some() {
            return None;
        }
        let message = format!("the region {} is of no known pattern", shown(&self.region));
        Some(finding(
            Severity::Warning,
            ErrorCode::RegionUnknown,
            message,
        ))
    }
}

fn finding(severity: Severity, code: ErrorCode, message: String) -> Finding {
    Finding::new(severity, Error::new(code, message))
}
