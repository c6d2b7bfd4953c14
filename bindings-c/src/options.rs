//! `rolesanywhere_options`: what a configuration comes to.

use crate::boundary::{ResultCode, fallible};
use crate::config::ConfigHandle;
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, borrow, free};
use crate::option::named;
use crate::slice::{OwnedText, Text};
use rolesanywhere::core::config::{OptionName, Options};
use std::collections::BTreeMap;

/// Every option that something gave, with its origin. Immutable: any number of threads may read one.
///
/// The texts that it lends live as long as it does; secrets among them are wiped.
pub struct OptionsHandle {
    found: BTreeMap<OptionName, (Option<OwnedText>, OwnedText)>,
    notes: Vec<OwnedText>,
}

impl OptionsHandle {
    fn new(options: &Options) -> Self {
        let found = OptionName::all().filter_map(|name| {
            let origin = OwnedText::new(&options.origin(name)?.to_string());
            Some((name, (options.text(name).map(OwnedText::new), origin)))
        });
        Self {
            found: found.collect(),
            notes: options
                .notes()
                .iter()
                .map(|it| OwnedText::new(it))
                .collect(),
        }
    }
}

/// Resolves a configuration: what was set, then the profile that was named, the environment, the
/// ambient profile. Providers do this by themselves; this shows what comes of it.
///
/// `*options` is the caller's, to be freed with `rolesanywhere_options_free`; it borrows nothing. Fails
/// with `option_invalid`, `options_conflict`, `config_file_malformed`.
///
/// # Safety
/// `config` is NULL or a configuration that is not changed or freed meanwhile; `options` and `error` are
/// NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_resolve(
    config: *const ConfigHandle,
    options: *mut *mut OptionsHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(options, "options")?;
            let resolved = borrow(config, "config")?.resolve()?;
            out.give(OptionsHandle::new(&resolved));
            Ok(())
        })
    }
}

/// Whether something gave the option, as text, bytes or a function.
///
/// # Safety
/// `options` is NULL or options that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_options_is_given(
    options: *const OptionsHandle,
    option: u32,
) -> bool {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(options, false, |it| {
            Some(it.found.contains_key(&named(option).ok()?))
        })
    }
}

/// The option's text. Borrowed from the options; none where it is unset, bytes or a function.
///
/// # Safety
/// `options` is NULL or options that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_options_text(
    options: *const OptionsHandle,
    option: u32,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(options, Text::NONE, |it| {
            let (text, _) = it.found.get(&named(option).ok()?)?;
            text.as_ref().map(OwnedText::lend)
        })
    }
}

/// Where the option's value came from, as messages write it: an option, environment variable or profile
/// key by its name. Borrowed from the options; none where it is unset.
///
/// # Safety
/// `options` is NULL or options that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_options_origin(
    options: *const OptionsHandle,
    option: u32,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(options, Text::NONE, |it| {
            it.found
                .get(&named(option).ok()?)
                .map(|(_, origin)| origin.lend())
        })
    }
}

/// How many notes there are about what has no effect; 0 for NULL.
///
/// # Safety
/// `options` is NULL or options that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_options_note_count(options: *const OptionsHandle) -> usize {
    // SAFETY: the caller's promise above.
    unsafe { ask(options, 0, |it| Some(it.notes.len())) }
}

/// A note about what has no effect: one sentence. Borrowed from the options; none beyond the last.
///
/// # Safety
/// `options` is NULL or options that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_options_note(
    options: *const OptionsHandle,
    index: usize,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(options, Text::NONE, |it| {
            it.notes.get(index).map(OwnedText::lend)
        })
    }
}

/// Ends options and what they lent. NULL is fine.
///
/// # Safety
/// `options` is NULL or options that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_options_free(options: *mut OptionsHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(options) }
}
