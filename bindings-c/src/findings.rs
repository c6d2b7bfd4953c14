//! `rolesanywhere_findings`: what can be said against an identity.

use crate::error::ErrorHandle;
use crate::handle::{ask, free};
use rolesanywhere::core::identity::{Finding, Severity};
use std::ptr::null;

/// Worth knowing.
pub const ROLESANYWHERE_SEVERITY_NOTE: u32 = 1;
/// May fail, or will fail soon.
pub const ROLESANYWHERE_SEVERITY_WARNING: u32 = 2;
/// Will be refused.
pub const ROLESANYWHERE_SEVERITY_ERROR: u32 = 3;

/// What can be said against an identity, the most specific first. Immutable: any number of threads may
/// read one.
pub struct FindingsHandle(Vec<(u32, ErrorHandle)>);

impl FindingsHandle {
    pub(crate) fn new(findings: Vec<Finding>) -> Self {
        let findings = findings.into_iter();
        Self(
            findings
                .map(|finding| (number(finding.severity), ErrorHandle::new(finding.error)))
                .collect(),
        )
    }
}

const fn number(severity: Severity) -> u32 {
    match severity {
        Severity::Note => ROLESANYWHERE_SEVERITY_NOTE,
        Severity::Warning => ROLESANYWHERE_SEVERITY_WARNING,
        // One that this file does not know is worse than those it does.
        _ => ROLESANYWHERE_SEVERITY_ERROR,
    }
}

/// How many findings there are; 0 for NULL.
///
/// # Safety
/// `findings` is NULL or findings that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_findings_count(findings: *const FindingsHandle) -> usize {
    // SAFETY: the caller's promise above.
    unsafe { ask(findings, 0, |it| Some(it.0.len())) }
}

/// How bad a finding is: a `ROLESANYWHERE_SEVERITY_…`, or 0 beyond the last.
///
/// # Safety
/// `findings` is NULL or findings that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_findings_severity(
    findings: *const FindingsHandle,
    index: usize,
) -> u32 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(findings, 0, |it| {
            it.0.get(index).map(|(severity, _)| *severity)
        })
    }
}

/// A finding as the error that it is or would be: code, message, hint. Borrowed from the findings, not
/// to be freed; NULL beyond the last.
///
/// # Safety
/// `findings` is NULL or findings that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_findings_error(
    findings: *const FindingsHandle,
    index: usize,
) -> *const ErrorHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(findings, null(), |it| {
            it.0.get(index).map(|(_, error)| &raw const *error)
        })
    }
}

/// Ends findings and the errors they lent. NULL is fine.
///
/// # Safety
/// `findings` is NULL or findings that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_findings_free(findings: *mut FindingsHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(findings) }
}
