//! The options' numbers. Append-only: a number is never reused.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::Out;
use crate::slice::text;
use rolesanywhere::core::config::{Argument, OptionName, Sources, Value, Vocabulary, resolve};
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::ffi::c_char;

/// Required: the trust anchor's id or alias ARN.
pub const ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN: u32 = 1;
/// Required: the profile's id or alias ARN.
pub const ROLESANYWHERE_OPTION_PROFILE_ARN: u32 = 2;
/// Required: the role's ARN.
pub const ROLESANYWHERE_OPTION_ROLE_ARN: u32 = 3;
/// The certificate, which may hold its chain and key too: PEM text, `env:NAME`, `file:PATH`, a path;
/// or bytes of PEM, DER, PKCS#12.
pub const ROLESANYWHERE_OPTION_CERTIFICATE: u32 = 4;
/// The private key, as `CERTIFICATE`; by default looked for there.
pub const ROLESANYWHERE_OPTION_PRIVATE_KEY: u32 = 5;
/// More certificates of the chain, as `CERTIFICATE`.
pub const ROLESANYWHERE_OPTION_INTERMEDIATES: u32 = 6;
/// What opens the private key or the PKCS#12 file: the secret itself, text or bytes.
pub const ROLESANYWHERE_OPTION_PRIVATE_KEY_PASSPHRASE: u32 = 7;
/// Where the passphrase is: `env:NAME`, `file:PATH`, a path.
pub const ROLESANYWHERE_OPTION_PRIVATE_KEY_PASSPHRASE_SOURCE: u32 = 8;
/// A signer in place of a private key; set with `rolesanywhere_config_set_sign`.
pub const ROLESANYWHERE_OPTION_SIGN: u32 = 9;
/// A function that yields the identity; set with `rolesanywhere_config_set_identity`.
pub const ROLESANYWHERE_OPTION_IDENTITY: u32 = 10;
/// Default: the trust anchor's region.
pub const ROLESANYWHERE_OPTION_REGION: u32 = 11;
/// Full base URL. Default: the region's.
pub const ROLESANYWHERE_OPTION_ENDPOINT: u32 = 12;
/// `true` permits plain http beyond the loopback interface.
pub const ROLESANYWHERE_OPTION_ALLOW_HTTP: u32 = 13;
/// 900 to 43200, in decimal; not sent unless set.
pub const ROLESANYWHERE_OPTION_DURATION_SECONDS: u32 = 14;
/// 2 to 64 of `[\w+=,.@-]`.
pub const ROLESANYWHERE_OPTION_ROLE_SESSION_NAME: u32 = 15;
/// `KEY=VALUE`; may be set several times.
pub const ROLESANYWHERE_OPTION_INSTANCE_PROPERTIES: u32 = 16;
/// `true` asks the FIPS host of the region.
pub const ROLESANYWHERE_OPTION_USE_FIPS_ENDPOINT: u32 = 17;
/// `true` asks the dual-stack host of the region.
pub const ROLESANYWHERE_OPTION_USE_DUALSTACK_ENDPOINT: u32 = 18;
/// `false` leaves the account out of the credentials.
pub const ROLESANYWHERE_OPTION_ACCOUNT_ID: u32 = 19;
/// A PEM file of root certificates, for the built-in transport.
pub const ROLESANYWHERE_OPTION_CA_BUNDLE: u32 = 20;
/// `false` has the built-in transport trust any server. The reply holds secrets.
pub const ROLESANYWHERE_OPTION_VERIFY: u32 = 21;
/// The profile of the config file whose keys give what is not set here.
pub const ROLESANYWHERE_OPTION_CONFIG_PROFILE: u32 = 22;

const NUMBERS: &[(u32, OptionName)] = &[
    (
        ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN,
        OptionName::TrustAnchorArn,
    ),
    (ROLESANYWHERE_OPTION_PROFILE_ARN, OptionName::ProfileArn),
    (ROLESANYWHERE_OPTION_ROLE_ARN, OptionName::RoleArn),
    (ROLESANYWHERE_OPTION_CERTIFICATE, OptionName::Certificate),
    (ROLESANYWHERE_OPTION_PRIVATE_KEY, OptionName::PrivateKey),
    (
        ROLESANYWHERE_OPTION_INTERMEDIATES,
        OptionName::Intermediates,
    ),
    (
        ROLESANYWHERE_OPTION_PRIVATE_KEY_PASSPHRASE,
        OptionName::PrivateKeyPassphrase,
    ),
    (
        ROLESANYWHERE_OPTION_PRIVATE_KEY_PASSPHRASE_SOURCE,
        OptionName::PrivateKeyPassphraseSource,
    ),
    (ROLESANYWHERE_OPTION_SIGN, OptionName::Sign),
    (ROLESANYWHERE_OPTION_IDENTITY, OptionName::Identity),
    (ROLESANYWHERE_OPTION_REGION, OptionName::Region),
    (ROLESANYWHERE_OPTION_ENDPOINT, OptionName::Endpoint),
    (ROLESANYWHERE_OPTION_ALLOW_HTTP, OptionName::AllowHttp),
    (
        ROLESANYWHERE_OPTION_DURATION_SECONDS,
        OptionName::DurationSeconds,
    ),
    (
        ROLESANYWHERE_OPTION_ROLE_SESSION_NAME,
        OptionName::RoleSessionName,
    ),
    (
        ROLESANYWHERE_OPTION_INSTANCE_PROPERTIES,
        OptionName::InstanceProperties,
    ),
    (
        ROLESANYWHERE_OPTION_USE_FIPS_ENDPOINT,
        OptionName::UseFipsEndpoint,
    ),
    (
        ROLESANYWHERE_OPTION_USE_DUALSTACK_ENDPOINT,
        OptionName::UseDualstackEndpoint,
    ),
    (ROLESANYWHERE_OPTION_ACCOUNT_ID, OptionName::AccountId),
    (ROLESANYWHERE_OPTION_CA_BUNDLE, OptionName::CaBundle),
    (ROLESANYWHERE_OPTION_VERIFY, OptionName::Verify),
    (
        ROLESANYWHERE_OPTION_CONFIG_PROFILE,
        OptionName::ConfigProfile,
    ),
];

/// The option of this number.
pub(crate) fn named(number: u32) -> Result<OptionName> {
    let found = NUMBERS.iter().find(|(known, _)| *known == number);
    found.map(|(_, name)| *name).ok_or_else(|| {
        let message = format!("there is no option of number {number}");
        Error::new(ErrorCode::OptionUnknown, message)
    })
}

/// The option of a name as the tables of options write it, such as `trust_anchor_arn`: for hosts that
/// take options from a configuration of their own. `*option` becomes a `ROLESANYWHERE_OPTION_…`.
///
/// Any thread. Fails with `option_unknown`, whose hint names the nearest option, and
/// `feature_unavailable`.
///
/// # Safety
/// `name` points to as many bytes as its length says; `option` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_option_from_name(
    name: *const c_char,
    name_length: usize,
    option: *mut u32,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(option, "option")?;
            out.set(from_name(text(name, name_length, "name")?)?);
            Ok(())
        })
    }
}

fn from_name(name: &str) -> Result<u32> {
    if let Some((number, _)) = NUMBERS.iter().find(|(_, known)| known.as_str() == name) {
        return Ok(*number);
    }
    // Core knows which option somebody meant.
    resolve(&Sources {
        vocabulary: Vocabulary::SnakeCase,
        arguments: &[Argument {
            name,
            value: Value::Opaque,
        }],
        environment: &[],
        config_file: None,
        ambient_profile: None,
    })?;
    let message = "this option has no number here";
    Err(Error::new(ErrorCode::FeatureUnavailable, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_has_one_number() {
        for name in OptionName::all() {
            let number = from_name(name.as_str()).unwrap();
            assert_eq!(named(number), Ok(name));
        }
        assert_eq!(NUMBERS.len(), OptionName::all().count());
        for (index, (number, _)) in NUMBERS.iter().enumerate() {
            assert_eq!(usize::try_from(*number).unwrap(), index + 1);
        }
    }

    #[test]
    fn unknown_names_are_told_the_nearest() {
        let error = from_name("role_arm").unwrap_err();
        assert_eq!(error.code(), ErrorCode::OptionUnknown);
        assert!(error.hint().contains("role_arn"), "{error:?}");
        assert_eq!(named(0).unwrap_err().code(), ErrorCode::OptionUnknown);
    }
}
