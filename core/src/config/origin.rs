//! Where a value came from, for messages.

use alloc::string::String;
use core::fmt;

/// Where a value came from, with the name as the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// An argument or a flag, dashes included.
    Argument(String),
    /// An environment variable.
    Environment(String),
    /// A key of a profile.
    Profile {
        /// The profile's name.
        profile: String,
        /// The key.
        key: String,
    },
    /// `rolesanywhere.endpoint_url` of a `[services …]` section.
    Services {
        /// The section's name.
        services: String,
    },
}

impl Origin {
    /// The flag with its dashes, the argument, the variable or the key: the name alone.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Argument(name) | Self::Environment(name) => name,
            Self::Profile { key, .. } => key,
            Self::Services { .. } => "rolesanywhere.endpoint_url",
        }
    }

    /// Whether the user gave the value for this very call.
    #[must_use]
    pub const fn is_argument(&self) -> bool {
        matches!(self, Self::Argument(_))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(name) => write!(formatter, "`{name}`"),
            Self::Environment(name) => write!(formatter, "environment variable `{name}`"),
            Self::Profile { profile, key } => write!(formatter, "`{key}` of profile `{profile}`"),
            Self::Services { services } => {
                write!(
                    formatter,
                    "`rolesanywhere.endpoint_url` of section `services {services}`"
                )
            }
        }
    }
}
