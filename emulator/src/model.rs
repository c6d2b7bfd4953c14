//! The configuration, checked: ARNs parsed, anchors' certificates read.

use crate::arn::{Arn, ArnKind, is_alias};
use crate::certificate::Certificate;
use crate::config::{Config, Profile, Role, Settings, TrustAnchor};
use crate::pki::certificates_from_pem;
use rolesanywhere_core::error::{Error, ErrorCode, Result};

/// What requests are held against.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) settings: Settings,
    anchors: Vec<KnownAnchor>,
    profiles: Vec<KnownProfile>,
    roles: Vec<KnownRole>,
}

#[derive(Debug)]
pub(crate) struct KnownAnchor {
    pub(crate) arn: Arn,
    aliases: Vec<String>,
    pub(crate) enabled: bool,
    pub(crate) certificates: Vec<Certificate>,
}

#[derive(Debug)]
pub(crate) struct KnownProfile {
    pub(crate) arn: Arn,
    aliases: Vec<String>,
    pub(crate) enabled: bool,
    pub(crate) role_arns: Vec<String>,
    pub(crate) duration_seconds: u32,
    pub(crate) accept_role_session_name: bool,
}

#[derive(Debug)]
pub(crate) struct KnownRole {
    pub(crate) arn: Arn,
    pub(crate) max_session_duration: u32,
}

impl Model {
    /// Checks a configuration.
    ///
    /// # Errors
    /// `arn_malformed`, `duration_out_of_range`, `pem_malformed`, `certificate_missing`,
    /// `certificate_malformed` for an anchor that is no CA certificate the service takes.
    pub(crate) fn new(config: &Config) -> Result<Self> {
        Ok(Self {
            settings: config.settings.clone(),
            anchors: config
                .trust_anchors
                .iter()
                .map(KnownAnchor::new)
                .collect::<Result<_>>()?,
            profiles: config
                .profiles
                .iter()
                .map(KnownProfile::new)
                .collect::<Result<_>>()?,
            roles: config
                .roles
                .iter()
                .map(KnownRole::new)
                .collect::<Result<_>>()?,
        })
    }

    pub(crate) fn anchor(&self, arn: &Arn) -> Option<&KnownAnchor> {
        let mut anchors = self.anchors.iter();
        anchors.find(|anchor| anchor.arn == *arn || names(&anchor.aliases, arn))
    }

    pub(crate) fn profile(&self, arn: &Arn) -> Option<&KnownProfile> {
        let mut profiles = self.profiles.iter();
        profiles.find(|profile| profile.arn == *arn || names(&profile.aliases, arn))
    }

    pub(crate) fn role(&self, arn: &Arn) -> Option<&KnownRole> {
        self.roles.iter().find(|role| role.arn == *arn)
    }
}

impl KnownAnchor {
    fn new(anchor: &TrustAnchor) -> Result<Self> {
        let ders = certificates_from_pem(&anchor.x509_certificate_data)?;
        if ders.is_empty() {
            return Err(Error::new(
                ErrorCode::CertificateMissing,
                "a trust anchor has no certificate",
            ));
        }
        let certificates = ders.iter().map(|der| {
            let certificate = Certificate::from_der(der)?;
            certificate.check_anchor().map(|()| certificate)
        });
        let certificates = certificates.collect::<std::result::Result<_, &str>>();
        let arn = parse(ArnKind::TrustAnchor, &anchor.trust_anchor_arn)?;
        Ok(Self {
            aliases: aliases(ArnKind::TrustAnchor, &arn, &anchor.aliases)?,
            arn,
            enabled: anchor.enabled,
            certificates: certificates.map_err(|reason| {
                let message = format!("a trust anchor's certificate is not usable: {reason}");
                Error::new(ErrorCode::CertificateMalformed, message)
            })?,
        })
    }
}

impl KnownProfile {
    fn new(profile: &Profile) -> Result<Self> {
        for role in &profile.role_arns {
            parse(ArnKind::Role, role)?;
        }
        check_duration(profile.duration_seconds, 900)?;
        let arn = parse(ArnKind::Profile, &profile.profile_arn)?;
        Ok(Self {
            aliases: aliases(ArnKind::Profile, &arn, &profile.aliases)?,
            arn,
            enabled: profile.enabled,
            role_arns: profile.role_arns.clone(),
            duration_seconds: profile.duration_seconds,
            accept_role_session_name: profile.accept_role_session_name,
        })
    }
}

impl KnownRole {
    fn new(role: &Role) -> Result<Self> {
        check_duration(role.max_session_duration, 3600)?;
        Ok(Self {
            arn: parse(ArnKind::Role, &role.role_arn)?,
            max_session_duration: role.max_session_duration,
        })
    }
}

fn names(aliases: &[String], arn: &Arn) -> bool {
    aliases.iter().any(|alias| alias == arn.as_str())
}

/// The ARNs of the aliases.
fn aliases(kind: ArnKind, arn: &Arn, names: &[String]) -> Result<Vec<String>> {
    match names.iter().find(|name| !is_alias(name)) {
        None => Ok(names.iter().map(|name| arn.alias(kind, name)).collect()),
        Some(name) => {
            let message = format!("the alias {name:?} in the configuration is malformed");
            Err(Error::new(ErrorCode::ArnMalformed, message))
        }
    }
}

/// An ARN by id.
fn parse(kind: ArnKind, text: &str) -> Result<Arn> {
    let arn = Arn::parse(kind, text).filter(|arn| !arn.is_alias());
    arn.ok_or_else(|| {
        let message = format!("a {} in the configuration is malformed", kind.member());
        Error::new(ErrorCode::ArnMalformed, message)
    })
}

fn check_duration(seconds: u32, least: u32) -> Result<()> {
    if (least..=43_200).contains(&seconds) {
        return Ok(());
    }
    let message = format!("a duration in the configuration is outside {least} to 43200 seconds");
    Err(Error::new(ErrorCode::DurationOutOfRange, message))
}
