//! The fields of an ARN and what each may hold.

use crate::encoding::split_at_last;
use crate::error::{Error, ErrorCode, Result, shown};
use alloc::{
    format,
    string::{String, ToString},
};

/// The longest ARN that the service takes, in characters.
const MAX_LENGTH: usize = 1011;

/// An ARN that has been checked. Six fields, so that each accessor finds its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    text: String,
}

impl Parts {
    /// `expected` is the resource in words, `kind` as the ARN writes it.
    pub(super) fn parse_rolesanywhere(text: &str, expected: &str, kind: &str) -> Result<Self> {
        let fields = Fields::split(text, expected)?;
        fields.check(
            fields.service == "rolesanywhere",
            "its service is not `rolesanywhere`",
        )?;
        fields.check(
            is_region(fields.region),
            "its region is not the name of a region",
        )?;
        let is_alias = fields.resource.strip_prefix("alias/");
        let (found, rest) = is_alias
            .unwrap_or(fields.resource)
            .split_once('/')
            .ok_or_else(|| fields.error(&format!("its resource is not `{kind}/…`")))?;
        fields.check(found == kind, &format!("its resource is not `{kind}/…`"))?;
        let fits = if is_alias.is_some() {
            is_alias_name(rest)
        } else {
            is_id(rest)
        };
        fields.check(
            fits,
            &format!("the name after `{kind}/` is not of the form AWS gives"),
        )?;
        Ok(Self {
            text: text.to_string(),
        })
    }

    pub(super) fn parse_role(text: &str) -> Result<Self> {
        let fields = Fields::split(text, "role")?;
        fields.check(fields.service == "iam", "its service is not `iam`")?;
        fields.check(fields.region.is_empty(), "a role ARN has no region")?;
        let path = fields
            .resource
            .strip_prefix("role/")
            .ok_or_else(|| fields.error("its resource is not `role/…`"))?;
        let name = split_at_last(path, b'/').map_or(path, |(_, name)| name);
        let printable = path.bytes().all(|byte| byte.is_ascii_graphic());
        let fits = printable && name.len() <= 64 && is_iam_name(name);
        fields.check(fits, "its role name is not of the form IAM gives")?;
        Ok(Self {
            text: text.to_string(),
        })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn partition(&self) -> &str {
        self.field(1)
    }

    pub(super) fn region(&self) -> &str {
        self.field(3)
    }

    pub(super) fn account_id(&self) -> &str {
        self.field(4)
    }

    pub(super) fn resource(&self) -> &str {
        self.field(5)
    }

    /// What stands behind the resource's kind; `None` for an alias.
    pub(super) fn id(&self) -> Option<&str> {
        let (kind, id) = self.resource().split_once('/')?;
        (kind != "alias").then_some(id)
    }

    fn field(&self, index: usize) -> &str {
        self.text.splitn(6, ':').nth(index).unwrap_or_default()
    }
}

struct Fields<'a> {
    text: &'a str,
    expected: &'a str,
    service: &'a str,
    region: &'a str,
    resource: &'a str,
}

impl<'a> Fields<'a> {
    fn split(text: &'a str, expected: &'a str) -> Result<Self> {
        let mut fields = text.splitn(6, ':');
        let mut next = || fields.next().unwrap_or_default();
        let (arn, partition, service, region, account) = (next(), next(), next(), next(), next());
        let resource = next();
        let fields = Self {
            text,
            expected,
            service,
            region,
            resource,
        };
        fields.check(
            text.len() <= MAX_LENGTH,
            "it is longer than 1011 characters",
        )?;
        fields.check(arn == "arn", "it does not begin with `arn:`")?;
        fields.check(!resource.is_empty(), "it does not have six fields")?;
        fields.check(
            is_partition(partition),
            "its partition is not `aws` or `aws-…`",
        )?;
        let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        fields.check(digits, "its account is not 12 digits")?;
        Ok(fields)
    }

    fn check(&self, holds: bool, otherwise: &str) -> Result<()> {
        if holds {
            Ok(())
        } else {
            Err(self.error(otherwise))
        }
    }

    fn error(&self, reason: &str) -> Error {
        let message = format!(
            "{} is not the ARN of a {}: {reason}",
            shown(self.text),
            self.expected
        );
        Error::new(ErrorCode::ArnMalformed, message)
    }
}

/// One DNS label in lower case; whether the region exists, the endpoint says.
pub(crate) fn is_region(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// IAM's `[\w+=,.@-]`, which role names and session names share.
pub(crate) fn is_iam_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

fn is_partition(text: &str) -> bool {
    text.strip_prefix("aws")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') && is_region(text))
}

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// 1 to 256 characters, a letter first, `/` only between others.
fn is_alias_name(text: &str) -> bool {
    (1..=256).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.split('/').all(is_id)
}
