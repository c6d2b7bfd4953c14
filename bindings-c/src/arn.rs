//! `rolesanywhere_arn`: the parts of an ARN.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, free};
use crate::slice::{OwnedText, Text, any_text, lend_option};
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::{ProfileArn, RoleArn, TrustAnchorArn};
use std::ffi::c_char;

/// The ARN of a trust anchor, by id or alias.
pub const ROLESANYWHERE_ARN_TRUST_ANCHOR: u32 = 1;
/// The ARN of a profile, by id or alias.
pub const ROLESANYWHERE_ARN_PROFILE: u32 = 2;
/// The ARN of a role.
pub const ROLESANYWHERE_ARN_ROLE: u32 = 3;

/// An ARN that has been read. Immutable: any number of threads may read one.
///
/// The texts that it lends live as long as it does.
pub struct ArnHandle {
    partition: OwnedText,
    region: Option<OwnedText>,
    account_id: OwnedText,
    role_name: Option<OwnedText>,
}

impl ArnHandle {
    fn parse(kind: u32, text: &str) -> Result<Self> {
        match kind {
            ROLESANYWHERE_ARN_TRUST_ANCHOR => TrustAnchorArn::parse(text)
                .map(|it| Self::regional(it.partition(), it.region(), it.account_id())),
            ROLESANYWHERE_ARN_PROFILE => ProfileArn::parse(text)
                .map(|it| Self::regional(it.partition(), it.region(), it.account_id())),
            ROLESANYWHERE_ARN_ROLE => RoleArn::parse(text).map(|it| Self {
                partition: OwnedText::new(it.partition()),
                region: None,
                account_id: OwnedText::new(it.account_id()),
                role_name: Some(OwnedText::new(it.role_name())),
            }),
            _ => {
                let message = format!("there is no kind of ARN of number {kind}");
                Err(Error::new(ErrorCode::ArgumentInvalid, message))
            }
        }
    }

    fn regional(partition: &str, region: &str, account_id: &str) -> Self {
        Self {
            partition: OwnedText::new(partition),
            region: Some(OwnedText::new(region)),
            account_id: OwnedText::new(account_id),
            role_name: None,
        }
    }
}

/// Reads an ARN of a kind (`ROLESANYWHERE_ARN_…`), as a CreateSession does.
///
/// `*parsed` is the caller's, to be freed with `rolesanywhere_arn_free`; it borrows nothing. Any thread.
/// Fails with `arn_malformed`; with `argument_invalid` for the kind.
///
/// # Safety
/// `arn` points to as many bytes as its length says; `parsed` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_arn_parse(
    kind: u32,
    arn: *const c_char,
    arn_length: usize,
    parsed: *mut *mut ArnHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(parsed, "parsed")?;
            let arn = any_text(arn, arn_length, "arn")?;
            out.give(ArnHandle::parse(kind, arn)?);
            Ok(())
        })
    }
}

/// The partition, such as `aws` or `aws-cn`. Borrowed from the ARN.
///
/// # Safety
/// `arn` is NULL or an ARN that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_arn_partition(arn: *const ArnHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(arn, Text::NONE, |it| Some(it.partition.lend())) }
}

/// The region. Borrowed from the ARN; a role has none.
///
/// # Safety
/// `arn` is NULL or an ARN that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_arn_region(arn: *const ArnHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(arn, Text::NONE, |it| Some(lend_option(it.region.as_ref()))) }
}

/// The account: 12 digits. Borrowed from the ARN.
///
/// # Safety
/// `arn` is NULL or an ARN that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_arn_account_id(arn: *const ArnHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(arn, Text::NONE, |it| Some(it.account_id.lend())) }
}

/// The role's name without its path. Borrowed from the ARN; trust anchors and profiles have none.
///
/// # Safety
/// `arn` is NULL or an ARN that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_arn_role_name(arn: *const ArnHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(arn, Text::NONE, |it| {
            Some(lend_option(it.role_name.as_ref()))
        })
    }
}

/// Ends an ARN and what it lent. NULL is fine.
///
/// # Safety
/// `arn` is NULL or an ARN that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_arn_free(arn: *mut ArnHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(arn) }
}
