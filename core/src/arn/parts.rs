//! The fields of an ARN and what each may hold.

use crate::encoding::{split, split_at_last, split_once};
use crate::error::{Error, ErrorCode, Result, shown};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

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
        let read = Fields::read(text).and_then(|fields| fields.check_rolesanywhere(kind));
        Self::unless_wrong(text, expected, read)
    }

    pub(super) fn parse_role(text: &str) -> Result<Self> {
        let read = Fields::read(text).and_then(Fields::check_role);
        Self::unless_wrong(text, "role", read)
    }

    fn unless_wrong(text: &str, expected: &str, read: Checked<()>) -> Result<Self> {
        match read {
            Ok(()) => Ok(Self { text: text.into() }),
            Err(reason) => {
                let text = shown(text);
                let message = format!("{text} is not the ARN of a {expected}: {reason}");
                Err(Error::new(ErrorCode::ArnMalformed, message))
            }
        }
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
        let (kind, id) = split_once(self.resource(), b'/')?;
        (kind != "alias").then_some(id)
    }

    fn field(&self, index: usize) -> &str {
        fields(&self.text).get(index).copied().unwrap_or_default()
    }
}

/// With the reason why it is not the ARN that it should be.
type Checked<T> = core::result::Result<T, Cow<'static, str>>;

struct Fields<'a> {
    service: &'a str,
    region: &'a str,
    resource: &'a str,
}

impl<'a> Fields<'a> {
    fn read(text: &'a str) -> Checked<Self> {
        let [arn, partition, service, region, account, resource] = fields(text);
        let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        check(
            text.len() <= MAX_LENGTH,
            "it is longer than 1011 characters",
        )?;
        check(arn == "arn", "it does not begin with `arn:`")?;
        check(!resource.is_empty(), "it does not have six fields")?;
        check(
            is_partition(partition),
            "its partition is not `aws` or `aws-…`",
        )?;
        check(digits, "its account is not 12 digits")?;
        Ok(Self {
            service,
            region,
            resource,
        })
    }

    fn check_rolesanywhere(self, kind: &str) -> Checked<()> {
        check(
            self.service == "rolesanywhere",
            "its service is not `rolesanywhere`",
        )?;
        check(
            is_region(self.region),
            "its region is not the name of a region",
        )?;
        let alias = self.resource.strip_prefix("alias/");
        let named = split_once(alias.unwrap_or(self.resource), b'/');
        let Some((_, name)) = named.filter(|(found, _)| *found == kind) else {
            return Err(format!("its resource is not `{kind}/…`").into());
        };
        let fits = match alias {
            Some(_) => is_alias_name(name),
            None => is_id(name),
        };
        if fits {
            return Ok(());
        }
        Err(format!("the name after `{kind}/` is not of the form AWS gives").into())
    }

    fn check_role(self) -> Checked<()> {
        check(self.service == "iam", "its service is not `iam`")?;
        check(self.region.is_empty(), "a role ARN has no region")?;
        let Some(path) = self.resource.strip_prefix("role/") else {
            return Err("its resource is not `role/…`".into());
        };
        let name = split_at_last(path, b'/').map_or(path, |(_, name)| name);
        let printable = path.bytes().all(|byte| byte.is_ascii_graphic());
        check(
            printable && name.len() <= 64 && is_iam_name(name),
            "its role name is not of the form IAM gives",
        )
    }
}

fn check(holds: bool, otherwise: &'static str) -> Checked<()> {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

/// The sixth is all the rest, with its colons.
fn fields(text: &str) -> [&str; 6] {
    let mut fields = [""; 6];
    let mut rest = text;
    for field in fields.iter_mut().take(5) {
        let (one, after) = split_once(rest, b':').unwrap_or((rest, ""));
        (*field, rest) = (one, after);
    }
    if let Some(last) = fields.last_mut() {
        *last = rest;
    }
    fields
}

/// One DNS label in lower case; whether the region exists, the endpoint says.
pub(crate) fn is_region(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with("-")
        && !text.ends_with("-")
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
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("-") && is_region(text))
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
        && matches!(text.as_bytes(), [first, ..] if first.is_ascii_alphabetic())
        && split(text, b'/').all(is_id)
}
