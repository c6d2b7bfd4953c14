//! The configuration, checked: ARNs parsed, anchors' certificates and revocation lists read.

mod anchor;
mod member;
mod profile;
mod role;

pub(crate) use anchor::KnownAnchor;
pub(crate) use profile::KnownProfile;
pub(crate) use role::KnownRole;

use crate::arn::Arn;
use crate::config::{Config, Settings};
use rolesanywhere_core::error::Result;

/// What requests are held against.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) settings: Settings,
    anchors: Vec<KnownAnchor>,
    profiles: Vec<KnownProfile>,
    roles: Vec<KnownRole>,
}

impl Model {
    /// Checks a configuration.
    ///
    /// # Errors
    /// `arn_malformed`, `duration_out_of_range`, `option_invalid`, `pem_malformed`,
    /// `certificate_missing`, `certificate_malformed` for an anchor that is no CA certificate the
    /// service takes; each with the member's path.
    pub(crate) fn new(config: &Config) -> Result<Self> {
        let Config {
            trust_anchors,
            profiles,
            roles,
            ..
        } = config;
        let model = Self {
            settings: config.settings.clone(),
            anchors: member::each("trustAnchors", trust_anchors, KnownAnchor::new)?,
            profiles: member::each("profiles", profiles, KnownProfile::new)?,
            roles: member::each("roles", roles, KnownRole::new)?,
        };
        member::check_distinct(
            "trustAnchors",
            model.anchors.iter().flat_map(KnownAnchor::names),
        )?;
        member::check_distinct(
            "profiles",
            model.profiles.iter().flat_map(KnownProfile::names),
        )?;
        member::check_distinct("roles", model.roles.iter().map(|role| role.arn.as_str()))?;
        Ok(model)
    }

    pub(crate) fn anchor(&self, arn: &Arn) -> Option<&KnownAnchor> {
        let mut anchors = self.anchors.iter();
        anchors.find(|anchor| anchor.names().any(|name| name == arn.as_str()))
    }

    pub(crate) fn profile(&self, arn: &Arn) -> Option<&KnownProfile> {
        let mut profiles = self.profiles.iter();
        profiles.find(|profile| profile.names().any(|name| name == arn.as_str()))
    }

    pub(crate) fn role(&self, arn: &Arn) -> Option<&KnownRole> {
        self.roles.iter().find(|role| role.arn == *arn)
    }
}
