//! `rolesanywhere_event`: what a log gets.

use crate::error::ErrorHandle;
use crate::handle::{ask, free};
use crate::slice::{OwnedText, Text};
use rolesanywhere::ProviderEvent;
use rolesanywhere::core::Timestamp;
use rolesanywhere::core::refresh::Event;
use std::ptr::null;

/// Worth a line in a log.
pub const ROLESANYWHERE_LEVEL_INFO: u32 = 1;
/// Will go wrong if nobody does anything.
pub const ROLESANYWHERE_LEVEL_WARNING: u32 = 2;
/// Went wrong.
pub const ROLESANYWHERE_LEVEL_ERROR: u32 = 3;

/// Something that happened. None holds a secret. Immutable.
pub struct EventHandle {
    name: OwnedText,
    message: OwnedText,
    level: u32,
    error: Option<ErrorHandle>,
    time: Option<Timestamp>,
    offset_seconds: i64,
}

impl EventHandle {
    pub(crate) fn new(event: &ProviderEvent) -> Self {
        match event {
            ProviderEvent::Refresh(event) => Self::of_refresh(event),
            ProviderEvent::IdentityChanged(details) => Self {
                time: Some(details.not_after),
                ..Self::of(
                    event.name(),
                    ROLESANYWHERE_LEVEL_INFO,
                    &format!(
                        "certificate {} ({}) signs from now on, until {}",
                        details.serial_number,
                        details.subject,
                        details.not_after.rfc3339()
                    ),
                )
            },
            ProviderEvent::IdentityFailed(error) => Self {
                error: Some(ErrorHandle::new(error.as_ref().clone())),
                ..Self::of(event.name(), ROLESANYWHERE_LEVEL_ERROR, error.message())
            },
            other => Self::of(other.name(), ROLESANYWHERE_LEVEL_INFO, other.name()),
        }
    }

    pub(crate) fn of_refresh(event: &Event) -> Self {
        let of = |level, message: &str| Self::of(event.name(), level, message);
        match event {
            Event::Refreshed { expiration } => Self {
                time: Some(*expiration),
                ..of(
                    ROLESANYWHERE_LEVEL_INFO,
                    &format!("credentials until {}", expiration.rfc3339()),
                )
            },
            Event::RefreshFailed { error } => Self {
                error: Some(ErrorHandle::new(error.as_ref().clone())),
                ..of(ROLESANYWHERE_LEVEL_ERROR, error.message())
            },
            Event::ClockCorrected { offset_seconds } => Self {
                offset_seconds: *offset_seconds,
                ..of(
                    ROLESANYWHERE_LEVEL_WARNING,
                    &format!("this clock is wrong; {offset_seconds} s are added to it"),
                )
            },
            Event::CertificateExpiring { not_after } => Self {
                time: Some(*not_after),
                ..of(
                    ROLESANYWHERE_LEVEL_WARNING,
                    &format!("the certificate ends at {}", not_after.rfc3339()),
                )
            },
            other => Self::of(other.name(), ROLESANYWHERE_LEVEL_INFO, other.name()),
        }
    }

    fn of(name: &str, level: u32, message: &str) -> Self {
        Self {
            name: OwnedText::new(name),
            message: OwnedText::new(message),
            level,
            error: None,
            time: None,
            offset_seconds: 0,
        }
    }
}

/// The event's name: `refreshed`, `refresh_failed`, `clock_corrected`, `certificate_expiring`,
/// `identity_changed`, `identity_failed`; a later version may have others. Borrowed from the event.
///
/// # Safety
/// `event` is NULL or an event that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_event_name(event: *const EventHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(event, Text::NONE, |it| Some(it.name.lend())) }
}

/// One sentence for a log. Borrowed from the event.
///
/// # Safety
/// `event` is NULL or an event that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_event_message(event: *const EventHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(event, Text::NONE, |it| Some(it.message.lend())) }
}

/// How bad it is: a `ROLESANYWHERE_LEVEL_…`; 0 for NULL.
///
/// # Safety
/// `event` is NULL or an event that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_event_level(event: *const EventHandle) -> u32 {
    // SAFETY: the caller's promise above.
    unsafe { ask(event, 0, |it| Some(it.level)) }
}

/// Why something failed; NULL where nothing did. Borrowed from the event, not to be freed.
///
/// # Safety
/// `event` is NULL or an event that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_event_error(
    event: *const EventHandle,
) -> *const ErrorHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(event, null(), |it| {
            it.error.as_ref().map(|error| &raw const *error)
        })
    }
}

/// The time that the event is about, in Unix seconds: when the credentials or the certificate end;
/// `ROLESANYWHERE_NO_TIME` where there is none.
///
/// # Safety
/// `event` is NULL or an event that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_event_time(event: *const EventHandle) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(event, crate::create_session::ROLESANYWHERE_NO_TIME, |it| {
            it.time.map(Timestamp::unix_seconds)
        })
    }
}

/// What `clock_corrected` adds to this machine's clock, in seconds; 0 for other events.
///
/// # Safety
/// `event` is NULL or an event that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_event_offset_seconds(event: *const EventHandle) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe { ask(event, 0, |it| Some(it.offset_seconds)) }
}

/// Ends an event that `rolesanywhere_refresh_next_event` gave; not one that a callback got. NULL is
/// fine.
///
/// # Safety
/// `event` is NULL or an event that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_event_free(event: *mut EventHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(event) }
}
