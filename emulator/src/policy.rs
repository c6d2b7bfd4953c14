//! Trust policies of roles: IAM's JSON, evaluated for what may assume a role here.

mod condition;
mod parse;
mod pattern;
mod principal;
mod statement;

use rolesanywhere_core::error::{Error, ErrorCode, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use statement::{Effect, Statement};
use std::collections::BTreeMap;

/// The service principal of IAM Roles Anywhere, in every partition.
pub(crate) const ROLES_ANYWHERE: &str = "rolesanywhere.amazonaws.com";

/// A role's trust policy: who may assume it, and when.
///
/// It is IAM's JSON with `Effect`, `Principal`, `Action` and `Condition`. The condition operators are
/// `StringEquals`, `StringNotEquals`, `StringLike`, `StringNotLike`, `ArnEquals`, `ArnNotEquals`,
/// `ArnLike` and `ArnNotLike`, each also with `IfExists`; the keys are `aws:PrincipalTag/…`,
/// `aws:SourceArn`, `aws:SourceAccount` and `sts:SourceIdentity`. What is not among these is refused
/// when the policy is read, so that no test passes because a condition was not understood.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::config::TrustPolicy;
///
/// let policy = TrustPolicy::from_json(r#"{
///     "Version": "2012-10-17",
///     "Statement": {
///         "Effect": "Allow",
///         "Principal": { "Service": "rolesanywhere.amazonaws.com" },
///         "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
///         "Condition": { "StringLike": { "aws:PrincipalTag/x509Subject/CN": "build-*" } }
///     }
/// }"#)?;
/// let unknown = policy.to_json().replace("StringLike", "NumericLessThan");
/// assert!(TrustPolicy::from_json(&unknown).is_err());
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "Value")]
pub struct TrustPolicy {
    document: Value,
    statements: Vec<Statement>,
}

/// What a policy is evaluated against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestContext<'a> {
    pub(crate) caller: Caller<'a>,
    pub(crate) principal_tags: &'a BTreeMap<String, String>,
    /// The trust anchor, by its id.
    pub(crate) source_arn: Option<&'a str>,
    pub(crate) source_account: Option<&'a str>,
    pub(crate) source_identity: Option<&'a str>,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Caller<'a> {
    /// A service, by its principal.
    Service(&'a str),
    /// The session of a role.
    Session {
        account: &'a str,
        role_arn: &'a str,
        session_arn: &'a str,
    },
}

impl TrustPolicy {
    /// Reads IAM's JSON.
    ///
    /// # Errors
    /// `option_invalid`, with the path of the member that is wrong or not known here.
    pub fn from_json(text: &str) -> Result<Self> {
        let malformed = |problem: String| {
            let message = format!("the trust policy is wrong: {problem}");
            Error::new(ErrorCode::OptionInvalid, message)
        };
        let document: Value =
            serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        Self::try_from(document).map_err(malformed)
    }

    /// Lets IAM Roles Anywhere assume the role through any trust anchor of any account.
    #[must_use]
    pub fn any_trust_anchor() -> Self {
        Self::of_service(json!({}))
    }

    /// Lets IAM Roles Anywhere assume the role through one trust anchor, named by its id, as AWS
    /// recommends.
    #[must_use]
    pub fn for_trust_anchor(arn: &str) -> Self {
        Self::of_service(json!({ "Condition": { "ArnEquals": { "aws:SourceArn": arn } } }))
    }

    /// The JSON, in one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.document.to_string()
    }

    /// Whether every one of the actions is allowed and none denied; if not, why.
    pub(crate) fn allows(
        &self,
        actions: &[&str],
        context: &RequestContext<'_>,
    ) -> std::result::Result<(), String> {
        for action in actions {
            let mut effects = self.statements.iter();
            let applies = |effect| {
                effects.clone().any(|statement| {
                    statement.effect == effect && statement.applies(action, context)
                })
            };
            if applies(Effect::Deny) {
                return Err(format!("the role's trust policy denies {action}"));
            }
            if !effects.any(|s| s.effect == Effect::Allow && s.applies(action, context)) {
                return Err(format!("the role's trust policy does not allow {action}"));
            }
        }
        Ok(())
    }

    fn of_service(more: Value) -> Self {
        let mut statement = json!({
            "Effect": "Allow",
            "Principal": { "Service": ROLES_ANYWHERE },
            "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        });
        if let (Some(statement), Value::Object(more)) = (statement.as_object_mut(), more) {
            statement.extend(more);
        }
        let document = json!({ "Version": "2012-10-17", "Statement": [statement] });
        // An ARN that is none would make it unreadable; then it allows nothing.
        let statements = parse::statements(&document).unwrap_or_default();
        Self {
            document,
            statements,
        }
    }
}

impl Default for TrustPolicy {
    fn default() -> Self {
        Self::any_trust_anchor()
    }
}

impl TryFrom<Value> for TrustPolicy {
    type Error = String;

    fn try_from(document: Value) -> std::result::Result<Self, String> {
        let statements = parse::statements(&document).map_err(|problem| problem.to_string())?;
        Ok(Self {
            document,
            statements,
        })
    }
}

impl From<TrustPolicy> for Value {
    fn from(policy: TrustPolicy) -> Self {
        policy.document
    }
}

#[cfg(test)]
mod tests;
