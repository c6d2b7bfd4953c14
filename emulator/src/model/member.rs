//! What several members of the configuration have in common; every error begins with the path.

use crate::arn::{Arn, ArnKind, is_alias};
use rolesanywhere_core::error::{Error, ErrorCode, Result};

/// Checks each element of a list; errors begin with the element's path.
pub(super) fn each<T, U>(list: &str, items: &[T], check: fn(&T) -> Result<U>) -> Result<Vec<U>> {
    let numbered = items.iter().enumerate();
    numbered
        .map(|(index, item)| check(item).map_err(|error| below(&format!("{list}[{index}]"), error)))
        .collect()
}

/// The error, one level further up.
pub(super) fn below(path: &str, error: Error) -> Error {
    let message = format!("{path}.{}", error.message());
    error.with_message(message)
}

/// An error in a member.
pub(super) fn wrong(code: ErrorCode, member: &str, what: &str) -> Error {
    Error::new(code, format!("{member}: {what}"))
}

/// An ARN by id.
pub(super) fn arn(kind: ArnKind, member: &str, text: &str) -> Result<Arn> {
    let arn = Arn::parse(kind, text).filter(|arn| !arn.is_alias());
    arn.ok_or_else(|| {
        let what = format!("this is not a {} by id", kind.member());
        wrong(ErrorCode::ArnMalformed, member, &what)
    })
}

/// The ARNs of the aliases.
pub(super) fn aliases(kind: ArnKind, arn: &Arn, names: &[String]) -> Result<Vec<String>> {
    let numbered = names.iter().enumerate();
    let arns = numbered.map(|(index, name)| {
        if is_alias(name) {
            Ok(arn.alias(kind, name))
        } else {
            let member = format!("aliases[{index}]");
            Err(wrong(
                ErrorCode::ArnMalformed,
                &member,
                "this is not the name of an alias",
            ))
        }
    });
    arns.collect()
}

pub(super) fn check_duration(member: &str, seconds: u32, least: u32) -> Result<()> {
    if (least..=43_200).contains(&seconds) {
        return Ok(());
    }
    let what = format!("{seconds} is outside {least} to 43200 seconds");
    Err(wrong(ErrorCode::DurationOutOfRange, member, &what))
}

/// No ARN and no alias may be there twice: the second would never be found.
pub(super) fn check_distinct<'a>(list: &str, names: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            let what = format!("{name} is there twice");
            return Err(wrong(ErrorCode::OptionInvalid, list, &what));
        }
    }
    Ok(())
}
