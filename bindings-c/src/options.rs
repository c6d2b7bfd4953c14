//! `rolesanywhere_options`: what a configuration comes to.

use crate::boundary::{ResultCode, fallible};
use crate::config::ConfigHandle;
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, borrow, free};
use crate::name_value::{NameValue, name_values, texts};
use crate::option::named;
use crate::slice::{OwnedText, Text, optional_text};
use rolesanywhere::core::config::{
    Argument, OptionName, Options, Sources, Value, Vocabulary, resolve,
};
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::collections::BTreeMap;
use std::ffi::c_char;

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

/// Names as `trust_anchor_arn`.
pub const ROLESANYWHERE_VOCABULARY_SNAKE_CASE: u32 = 1;
/// Names as `trustAnchorArn`.
pub const ROLESANYWHERE_VOCABULARY_CAMEL_CASE: u32 = 2;
/// Names as `trust-anchor-arn`, which messages write with two dashes before.
pub const ROLESANYWHERE_VOCABULARY_FLAGS: u32 = 3;

/// Resolves options that somebody wrote in the vocabulary of another host, such as the flags of a
/// program: for hosts that parse a command line or a configuration of their own. `vocabulary` is a
/// `ROLESANYWHERE_VOCABULARY_…`; the last argument of a name wins, but for `instance_properties`; one
/// whose value is NULL is given, and kept by the host: bytes, or a function. `config_file` is the text of
/// an AWS config file, `ambient_profile` the profile that the host has chosen for other purposes; each
/// may be NULL. Reads nothing else.
///
/// `*options` is the caller's, to be freed with `rolesanywhere_options_free`; it borrows nothing. Any
/// thread. Fails with `option_unknown`, `option_invalid`, `options_conflict`, `feature_unavailable`,
/// `config_file_malformed`; with `argument_invalid` for the vocabulary and what is not UTF-8.
///
/// # Safety
/// The arrays point to as many items as their counts say, the texts to as many bytes as their lengths
/// say; `options` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_resolve_options(
    vocabulary: u32,
    arguments: *const NameValue,
    argument_count: usize,
    environment: *const NameValue,
    environment_count: usize,
    config_file: *const c_char,
    config_file_length: usize,
    ambient_profile: *const c_char,
    ambient_profile_length: usize,
    options: *mut *mut OptionsHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(options, "options")?;
            let arguments = name_values(arguments, argument_count, "arguments")?;
            let arguments: Vec<Argument<'_>> = arguments.into_iter().map(argument).collect();
            let environment = texts(environment, environment_count, "environment")?;
            let profile =
                optional_text(ambient_profile, ambient_profile_length, "ambient_profile")?;
            let resolved = resolve(&Sources {
                vocabulary: self::vocabulary(vocabulary)?,
                arguments: &arguments,
                environment: &environment,
                config_file: optional_text(config_file, config_file_length, "config_file")?,
                ambient_profile: profile,
            })?;
            out.give(OptionsHandle::new(&resolved));
            Ok(())
        })
    }
}

fn argument<'a>((name, value): (&'a str, Option<&'a str>)) -> Argument<'a> {
    let value = value.map_or(Value::Opaque, Value::Text);
    Argument { name, value }
}

fn vocabulary(number: u32) -> Result<Vocabulary> {
    match number {
        ROLESANYWHERE_VOCABULARY_SNAKE_CASE => Ok(Vocabulary::SnakeCase),
        ROLESANYWHERE_VOCABULARY_CAMEL_CASE => Ok(Vocabulary::CamelCase),
        ROLESANYWHERE_VOCABULARY_FLAGS => Ok(Vocabulary::Flags),
        _ => {
            let message = format!("there is no vocabulary of number {number}");
            Err(Error::new(ErrorCode::ArgumentInvalid, message))
        }
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
