//! One vocabulary of options, resolved the same way in every language.
//!
//! Precedence: argument or flag, keys of an explicitly named profile, environment, keys of the
//! profile that the host SDK chose, default. An empty value is unset. [`resolve`] is pure: hosts
//! read the environment and the file and hand them in.

mod display;
mod entries;
mod found;
pub mod ini;
mod lookup;
mod names;
mod options;
mod origin;
mod shadows;
mod table;

pub use display::ShownOption;
pub use entries::Entries;
pub use names::Vocabulary;
pub use options::Options;
pub use origin::Origin;
pub use shadows::{Surroundings, shadows};
pub use table::{Kind, OptionName};

use crate::error::{Error, ErrorCode, Result, shown};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use ini::ConfigFile;
use lookup::Lookup;

/// An option as the user gave it.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::exhaustive_structs,
    reason = "plain input, built by its fields"
)]
pub struct Argument<'a> {
    /// The name in the host's vocabulary; of a flag without its dashes.
    pub name: &'a str,
    /// The value.
    pub value: Value<'a>,
}

/// An argument's value.
#[derive(Clone, Copy)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a host passes text, or keeps the value to itself"
)]
pub enum Value<'a> {
    /// Text; numbers and booleans as they print.
    Text(&'a str),
    /// Bytes, a callable, a key object: given, and kept by the host.
    Opaque,
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Opaque => "Opaque",
        })
    }
}

/// Everything that options may come from.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::exhaustive_structs,
    reason = "plain input, built by its fields"
)]
pub struct Sources<'a> {
    /// How the host writes option names.
    pub vocabulary: Vocabulary,
    /// Arguments or flags, in order; the last of a name wins, but for `KEY=VALUE` options.
    pub arguments: &'a [Argument<'a>],
    /// Environment variables. Others than those of the table are not looked at.
    pub environment: &'a [(&'a str, &'a str)],
    /// The text of the config file (`AWS_CONFIG_FILE`, else `~/.aws/config`), if there is one.
    pub config_file: Option<&'a str>,
    /// The profile that the host SDK has already chosen.
    pub ambient_profile: Option<&'a str>,
}

/// Resolves the options.
///
/// # Errors
/// `option_unknown`, `option_invalid`, `options_conflict`, `feature_unavailable`,
/// `config_file_malformed`. Whether something required is missing, [`Options`] says when it is
/// asked for.
///
/// # Examples
/// ```
/// use rolesanywhere_core::config::{OptionName, Sources, Vocabulary, resolve};
///
/// let options = resolve(&Sources {
///     vocabulary: Vocabulary::SnakeCase,
///     arguments: &[],
///     environment: &[("ROLESANYWHERE_REGION", "eu-central-1")],
///     config_file: None,
///     ambient_profile: None,
/// })?;
/// assert_eq!(options.text(OptionName::Region), Some("eu-central-1"));
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
pub fn resolve(sources: &Sources<'_>) -> Result<Options> {
    let mut lookup = Lookup::new(sources)?;
    let explicit = lookup.explicit_profile()?;
    // A damaged file harms only who uses it.
    let is_used = explicit.is_some() || sources.ambient_profile.is_some();
    let file = match sources.config_file.filter(|_| is_used) {
        Some(text) => ConfigFile::parse(text)?,
        None => ConfigFile::default(),
    };
    if let Some(name) = &explicit {
        check_profile(&file, name)?;
    }
    lookup.profiles(&file, explicit.as_deref(), sources.ambient_profile)?;
    Options::new(lookup)
}

fn check_profile(file: &ConfigFile, name: &str) -> Result<()> {
    if file.profile(name).is_some() {
        return Ok(());
    }
    let known: Vec<String> = file.profile_names().map(ToString::to_string).collect();
    let message = format!("the config file has no profile {}", shown(name));
    let hint = if known.is_empty() {
        "the config file has no profiles; AWS_CONFIG_FILE names another".to_string()
    } else {
        format!("the profiles there are {}", known.join(", "))
    };
    Err(Error::new(ErrorCode::OptionInvalid, message).with_hint(hint))
}
