use super::Caller;
use super::parse::{Parsed, Problem, join, known, object, texts};
use serde_json::Value;

/// Whom a statement speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Principal {
    Anyone,
    Service(String),
    /// Everyone in an account, by its twelve digits.
    Account(String),
    /// A role or the session of one, by ARN.
    Arn(String),
    /// Of a kind that calls nothing here.
    Federated,
}

impl Principal {
    pub(super) fn read(path: &str, value: &Value) -> Parsed<Vec<Self>> {
        if value == "*" {
            return Ok(vec![Self::Anyone]);
        }
        let members = object(path, value)?;
        known(path, members, &["Service", "AWS", "Federated"])?;
        let mut principals = Vec::new();
        for (kind, value) in members {
            let at = join(path, kind);
            for text in texts(&at, value)? {
                principals.push(match kind.as_str() {
                    "Service" => Self::service(&at, text)?,
                    "AWS" => Self::aws(&at, text)?,
                    _ => Self::Federated,
                });
            }
        }
        if principals.is_empty() {
            return Err(Problem::new(path, "it is empty"));
        }
        Ok(principals)
    }

    /// Whether the caller is meant.
    pub(super) fn is(&self, caller: &Caller<'_>) -> bool {
        match (self, caller) {
            (Self::Anyone, _) => true,
            (Self::Service(name), Caller::Service(service)) => name == service,
            (Self::Account(wanted), Caller::Session { account, .. }) => wanted == account,
            (
                Self::Arn(wanted),
                Caller::Session {
                    role_arn,
                    session_arn,
                    ..
                },
            ) => wanted == role_arn || wanted == session_arn,
            _ => false,
        }
    }

    fn service(path: &str, name: String) -> Parsed<Self> {
        if name.ends_with(".amazonaws.com") || name.ends_with(".amazonaws.com.cn") {
            return Ok(Self::Service(name));
        }
        Err(Problem::new(
            path,
            format!("{name:?} is not a service principal"),
        ))
    }

    fn aws(path: &str, text: String) -> Parsed<Self> {
        if text == "*" {
            return Ok(Self::Anyone);
        }
        let is_account = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        if is_account(&text) {
            return Ok(Self::Account(text));
        }
        match text.splitn(6, ':').collect::<Vec<_>>().as_slice() {
            ["arn", _, "iam", "", account, "root"] if is_account(account) => {
                Ok(Self::Account((*account).to_owned()))
            }
            // IAM takes no wildcard within a principal.
            ["arn", _, "iam" | "sts", "", account, _]
                if is_account(account) && !text.contains('*') =>
            {
                Ok(Self::Arn(text))
            }
            _ => Err(Problem::new(
                path,
                format!("{text:?} is neither an account nor an ARN of one's own"),
            )),
        }
    }
}
