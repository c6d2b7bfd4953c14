use super::RequestContext;
use super::condition::Condition;
use super::parse::{Parsed, Problem, join, known, object, texts};
use super::pattern;
use super::principal::Principal;
use serde_json::Value;

/// One statement of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) effect: Effect,
    principals: Vec<Principal>,
    /// Patterns in lower case.
    actions: Vec<String>,
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

impl Statement {
    pub(super) fn read(path: &str, value: &Value) -> Parsed<Self> {
        let members = object(path, value)?;
        known(
            path,
            members,
            &["Sid", "Effect", "Principal", "Action", "Condition"],
        )?;
        let member = |name: &str| {
            let found = members.get(name).map(|value| (join(path, name), value));
            found.ok_or_else(|| Problem::new(path, format!("there is no {name}")))
        };
        let (at, effect) = member("Effect")?;
        let effect = match effect.as_str() {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err(Problem::new(&at, "it is neither Allow nor Deny")),
        };
        let (at, principals) = member("Principal")?;
        let principals = Principal::read(&at, principals)?;
        let (at, value) = member("Action")?;
        let conditions = match members.get("Condition") {
            Some(conditions) => Condition::read(&join(path, "Condition"), conditions)?,
            None => Vec::new(),
        };
        Ok(Self {
            effect,
            principals,
            actions: actions(&at, value)?,
            conditions,
        })
    }

    /// Whether it speaks of this action by this caller under these circumstances.
    pub(super) fn applies(&self, action: &str, context: &RequestContext<'_>) -> bool {
        let action = action.to_ascii_lowercase();
        let mut principals = self.principals.iter();
        self.actions.iter().any(|a| pattern::matches(a, &action))
            && principals.any(|principal| principal.is(&context.caller))
            && self
                .conditions
                .iter()
                .all(|condition| condition.holds(context))
    }
}

/// IAM takes actions of STS only in a trust policy.
fn actions(path: &str, value: &Value) -> Parsed<Vec<String>> {
    let actions = texts(path, value)?.into_iter().map(|action| {
        let lower = action.to_ascii_lowercase();
        if lower == "*" || lower.starts_with("sts:") {
            Ok(lower)
        } else {
            Err(Problem::new(
                path,
                format!("{action:?} is not an action of STS"),
            ))
        }
    });
    actions.collect()
}
