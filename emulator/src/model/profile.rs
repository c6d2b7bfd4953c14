use super::member::{aliases, arn, check_duration, wrong};
use crate::arn::{Arn, ArnKind};
use crate::attribute;
use crate::config::{AttributeMapping, CertificateField, Profile};
use rolesanywhere_core::error::{ErrorCode, Result};

/// A profile, checked.
#[derive(Debug)]
pub(crate) struct KnownProfile {
    pub(crate) arn: Arn,
    aliases: Vec<String>,
    pub(crate) enabled: bool,
    pub(crate) role_arns: Vec<String>,
    pub(crate) duration_seconds: u32,
    pub(crate) accept_role_session_name: bool,
    pub(crate) attribute_mappings: Vec<AttributeMapping>,
}

impl KnownProfile {
    pub(super) fn new(profile: &Profile) -> Result<Self> {
        let profile_arn = arn(ArnKind::Profile, "profileArn", &profile.profile_arn)?;
        for (index, role) in profile.role_arns.iter().enumerate() {
            arn(ArnKind::Role, &format!("roleArns[{index}]"), role)?;
        }
        check_duration("durationSeconds", profile.duration_seconds, 900)?;
        for (index, mapping) in profile.attribute_mappings.iter().enumerate() {
            check_mapping(&format!("attributeMappings[{index}]"), mapping)?;
        }
        Ok(Self {
            aliases: aliases(ArnKind::Profile, &profile_arn, &profile.aliases)?,
            arn: profile_arn,
            enabled: profile.enabled,
            role_arns: profile.role_arns.clone(),
            duration_seconds: profile.duration_seconds,
            accept_role_session_name: profile.accept_role_session_name,
            attribute_mappings: profile.attribute_mappings.clone(),
        })
    }

    /// The ARNs it may be asked for by.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        [self.arn.as_str()]
            .into_iter()
            .chain(self.aliases.iter().map(String::as_str))
    }
}

fn check_mapping(path: &str, mapping: &AttributeMapping) -> Result<()> {
    let is_attribute = |text: &str| text == "*" || attribute::oid_of(text).is_some();
    let is_known = |specifier: &str| match mapping.certificate_field {
        CertificateField::Subject | CertificateField::Issuer => is_attribute(specifier),
        CertificateField::San => {
            let name = specifier.strip_prefix("Name/");
            matches!(specifier, "DNS" | "URI") || name.is_some_and(is_attribute)
        }
    };
    for (index, rule) in mapping.mapping_rules.iter().enumerate() {
        if !is_known(&rule.specifier) {
            let member = format!("{path}.mappingRules[{index}].specifier");
            let what = format!("{:?} is not known here", rule.specifier);
            return Err(wrong(ErrorCode::OptionInvalid, &member, &what));
        }
    }
    Ok(())
}
