//! What the emulator knows: trust anchors, profiles and roles. `emulator.json` is this, as JSON.

mod attribute_mapping;
mod crl;
mod profile;
mod role;
mod settings;
mod trust_anchor;

pub use crate::policy::TrustPolicy;
pub use attribute_mapping::{AttributeMapping, CertificateField, MappingRule};
pub use crl::Crl;
pub use profile::Profile;
pub use role::Role;
pub use settings::Settings;
pub use trust_anchor::TrustAnchor;

use crate::json;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use serde::{Deserialize, Serialize};

/// Trust anchors, profiles and roles, as many of each as are needed, in any accounts and regions.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::config::Config;
/// use rolesanywhere_emulator::pki::{Authority, KeyType};
///
/// let root = Authority::generate(KeyType::P256)?;
/// let config = Config::example("eu-central-1", "111122223333", &root.certificate_pem())?;
/// let json = config.to_json()?;
/// assert_eq!(Config::from_json(&json)?, config);
/// assert!(Config::from_json(r#"{"trustAnchor": []}"#).is_err(), "unknown members are refused");
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Config {
    /// Where `serve` listens when it is not told otherwise: an address and a port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// Where the emulator may be stricter or more lenient.
    pub settings: Settings,
    /// The trust anchors.
    pub trust_anchors: Vec<TrustAnchor>,
    /// The profiles.
    pub profiles: Vec<Profile>,
    /// The roles.
    pub roles: Vec<Role>,
}

impl Config {
    /// One trust anchor, one profile and one role, with ids that never change.
    ///
    /// The role allows sessions of up to twelve hours, and its trust policy names the trust anchor; the
    /// profile's own duration is one hour, and it accepts role session names.
    ///
    /// # Errors
    /// `region_malformed`, `option_invalid` for an account that is not twelve digits.
    pub fn example(region: &str, account: &str, certificate_pem: &str) -> Result<Self> {
        let partition = partition(region)?;
        if account.len() != 12 || !account.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(Error::new(
                ErrorCode::OptionInvalid,
                "an account has twelve digits",
            ));
        }
        let service = format!("arn:{partition}:rolesanywhere:{region}:{account}");
        let role = format!("arn:{partition}:iam::{account}:role/EmulatorRole");
        let profile = format!("{service}:profile/7b1c9e52-4f0a-4d1e-9a57-1f2e3d4c5b6a");
        let anchor = format!("{service}:trust-anchor/2f6d0c1b-8e3a-4b57-b1c9-0a9e8d7c6b5a");
        Ok(Self {
            trust_anchors: vec![TrustAnchor::new(&anchor, certificate_pem)],
            profiles: vec![
                Profile::new(&profile)
                    .role(&role)
                    .accept_role_session_name(),
            ],
            roles: vec![
                Role::new(&role)
                    .max_session_duration(43_200)
                    .trust_policy(TrustPolicy::for_trust_anchor(&anchor)),
            ],
            ..Self::default()
        })
    }

    /// Reads JSON; members it does not know are refused, so that nobody relies on one in vain.
    ///
    /// # Errors
    /// `option_invalid`, with the path of the member, the line and the column.
    pub fn from_json(text: &str) -> Result<Self> {
        json::object(text).map_err(|error| {
            Error::new(
                ErrorCode::OptionInvalid,
                format!("the configuration is wrong: {error}"),
            )
            .with_hint("compare it with the emulator.json that `init` writes")
        })
    }

    /// Writes JSON, indented.
    ///
    /// # Errors
    /// `internal`
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self)
            .map(|text| text + "\n")
            .map_err(|_| {
                Error::new(
                    ErrorCode::Internal,
                    "the configuration could not be written as JSON",
                )
            })
    }
}

fn partition(region: &str) -> Result<&'static str> {
    let valid = region
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if region.is_empty() || !valid {
        return Err(Error::new(
            ErrorCode::RegionMalformed,
            "this is not the name of a region",
        ));
    }
    let by_prefix = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
        ("us-iso-", "aws-iso"),
        ("eu-isoe-", "aws-iso-e"),
        ("eusc-", "aws-eusc"),
    ];
    let known = by_prefix
        .iter()
        .find(|(prefix, _)| region.starts_with(prefix));
    Ok(known.map_or("aws", |(_, partition)| partition))
}

pub(crate) const fn yes() -> bool {
    true
}
