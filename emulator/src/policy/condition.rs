use super::RequestContext;
use super::parse::{Parsed, Problem, join, object, texts};
use super::pattern;
use serde_json::Value;

/// One operator with one key and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    operator: Operator,
    key: Key,
    values: Vec<String>,
}

/// `String…` or `Arn…`, with `Not` and with `IfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Operator {
    comparison: Comparison,
    negated: bool,
    if_exists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    StringEquals,
    StringLike,
    /// `ArnEquals` and `ArnLike` do the same.
    Arn,
}

/// What of a request is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    /// With the tag's name in lower case.
    PrincipalTag(String),
    SourceArn,
    SourceAccount,
    SourceIdentity,
}

impl Condition {
    pub(super) fn read(path: &str, value: &Value) -> Parsed<Vec<Self>> {
        let mut conditions = Vec::new();
        for (name, keys) in object(path, value)? {
            let at = join(path, name);
            let operator = Operator::read(name)
                .ok_or_else(|| Problem::new(&at, "this condition operator is not known here"))?;
            for (key, values) in object(&at, keys)? {
                let at = join(&at, key);
                let key = Key::read(key)
                    .ok_or_else(|| Problem::new(&at, "this condition key is not known here"))?;
                let values = texts(&at, values)?;
                operator.check(&at, &values)?;
                conditions.push(Self {
                    operator,
                    key,
                    values,
                });
            }
        }
        Ok(conditions)
    }

    /// A key that the request lacks satisfies what is negated, and what ends in `IfExists`.
    pub(super) fn holds(&self, context: &RequestContext<'_>) -> bool {
        let Operator {
            comparison,
            negated,
            if_exists,
        } = self.operator;
        match self.key.value(context) {
            None => negated || if_exists,
            Some(value) => {
                let mut values = self.values.iter();
                values.any(|wanted| comparison.matches(wanted, value)) != negated
            }
        }
    }
}

impl Operator {
    fn read(name: &str) -> Option<Self> {
        let (name, if_exists) = match name.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (comparison, negated) = match name {
            "StringEquals" => (Comparison::StringEquals, false),
            "StringNotEquals" => (Comparison::StringEquals, true),
            "StringLike" => (Comparison::StringLike, false),
            "StringNotLike" => (Comparison::StringLike, true),
            "ArnEquals" | "ArnLike" => (Comparison::Arn, false),
            "ArnNotEquals" | "ArnNotLike" => (Comparison::Arn, true),
            _ => return None,
        };
        Some(Self {
            comparison,
            negated,
            if_exists,
        })
    }

    fn check(self, path: &str, values: &[String]) -> Parsed<()> {
        for value in values {
            if value.contains("${") {
                return Err(Problem::new(path, "policy variables are not known here"));
            }
            if self.comparison == Comparison::Arn && !pattern::is_arn(value) {
                return Err(Problem::new(
                    path,
                    format!("{value:?} has not the six parts of an ARN"),
                ));
            }
        }
        Ok(())
    }
}

impl Comparison {
    fn matches(self, wanted: &str, value: &str) -> bool {
        match self {
            Self::StringEquals => wanted == value,
            Self::StringLike => pattern::matches(wanted, value),
            Self::Arn => pattern::arn_matches(wanted, value),
        }
    }
}

impl Key {
    /// Keys are compared without regard to case, the names of tags among them.
    fn read(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        if let Some(tag) = lower.strip_prefix("aws:principaltag/") {
            return (!tag.is_empty()).then(|| Self::PrincipalTag(tag.to_owned()));
        }
        match lower.as_str() {
            "aws:sourcearn" => Some(Self::SourceArn),
            "aws:sourceaccount" => Some(Self::SourceAccount),
            "sts:sourceidentity" => Some(Self::SourceIdentity),
            _ => None,
        }
    }

    fn value<'a>(&self, context: &RequestContext<'a>) -> Option<&'a str> {
        match self {
            Self::PrincipalTag(name) => {
                let mut tags = context.principal_tags.iter();
                let tag = tags.find(|(tag, _)| tag.eq_ignore_ascii_case(name));
                tag.map(|(_, value)| value.as_str())
            }
            Self::SourceArn => context.source_arn,
            Self::SourceAccount => context.source_account,
            Self::SourceIdentity => context.source_identity,
        }
    }
}
