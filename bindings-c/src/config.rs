//! `rolesanywhere_config`: what a provider is made from.

mod given;
mod hooks;

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, borrow_mut, free};
use crate::option::named;
use crate::slice::{bytes, text};
use given::Given;
use hooks::Hooks;
use std::ffi::c_char;
use zeroize::Zeroizing;

/// What a provider is made from: options by their numbers, and functions of the host's. Of one thread
/// at a time. Everything is copied in; a provider made from it keeps nothing of it but the functions.
#[derive(Default)]
pub struct ConfigHandle {
    given: Given,
    pub(crate) hooks: Hooks,
}

/// An empty configuration. Nothing is read from the environment or from files unless asked for.
///
/// `*config` is the caller's, to be freed with `rolesanywhere_config_free`. Any thread.
///
/// # Safety
/// `config` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_new(
    config: *mut *mut ConfigHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            Out::new(config, "config")?.give(ConfigHandle::default());
            Ok(())
        })
    }
}

/// Sets an option (`ROLESANYWHERE_OPTION_…`) to a text; numbers and switches as they print: `900`,
/// `true`. An empty text is unset. Set again, the last one counts, but for `INSTANCE_PROPERTIES`. The
/// text is copied, and wiped with the configuration.
///
/// Fails with `option_unknown` for the number, `argument_invalid` for what is not UTF-8. Whether the
/// value will do is checked when it is used.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `value` points to as many bytes as its
/// length says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_text(
    config: *mut ConfigHandle,
    option: u32,
    value: *const c_char,
    value_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let value = text(value, value_length, "value")?;
            config.given.set_text(named(option)?, value);
            Ok(())
        })
    }
}

/// Sets `CERTIFICATE`, `PRIVATE_KEY`, `INTERMEDIATES` or `PRIVATE_KEY_PASSPHRASE` to its content: PEM,
/// DER, PKCS#12; the passphrase's bytes. Copied, and wiped with the configuration.
///
/// Fails with `option_unknown` for the number, `option_invalid` for another option.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `value` points to as many bytes as its
/// length says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_bytes(
    config: *mut ConfigHandle,
    option: u32,
    value: *const u8,
    value_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let value = bytes(value, value_length, "value")?;
            config
                .given
                .set_bytes(named(option)?, Zeroizing::new(value.to_vec()))
        })
    }
}

/// Reads the process's environment, now: the variables of the options, the config file that
/// `AWS_CONFIG_FILE` names (else `~/.aws/config`) if there is one, and the proxies and the CA bundle
/// for the built-in transport. Without this call none of them is looked at.
///
/// Fails with `file_unreadable` and other codes of files where a config file is there and cannot be
/// read.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses, and nobody changes the environment
/// meanwhile; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_use_environment(
    config: *mut ConfigHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            borrow_mut(config, "config")?.given.use_environment()
        })
    }
}

/// Adds an environment variable of the host's own, which counts as one of the process's. Copied.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; the texts point to as many bytes as their
/// lengths say; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_environment_variable(
    config: *mut ConfigHandle,
    name: *const c_char,
    name_length: usize,
    value: *const c_char,
    value_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let name = text(name, name_length, "name")?;
            let value = text(value, value_length, "value")?;
            config.given.set_variable(name, value);
            Ok(())
        })
    }
}

/// Gives the text of an AWS config file, in place of the one that would be read. Copied.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `file` points to as many bytes as its
/// length says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_config_file(
    config: *mut ConfigHandle,
    file: *const c_char,
    file_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            config
                .given
                .set_config_file(text(file, file_length, "file")?);
            Ok(())
        })
    }
}

/// Names the profile that the host has chosen for other purposes; its keys count least. Copied.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `profile` points to as many bytes as its
/// length says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_ambient_profile(
    config: *mut ConfigHandle,
    profile: *const c_char,
    profile_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let profile = text(profile, profile_length, "profile")?;
            config.given.set_ambient_profile(profile);
            Ok(())
        })
    }
}

/// Ends a configuration; what it holds is wiped. Functions that it was given end with the last
/// provider made from it. NULL is fine.
///
/// # Safety
/// `config` is NULL or a configuration that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_free(config: *mut ConfigHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(config) }
}
