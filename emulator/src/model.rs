//! The configuration, checked: ARNs parsed, anchors' certificates read.

use crate::arn::{Arn, ArnKind};
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
    pub(crate) enabled: bool,
    pub(crate) certificates: Vec<Certificate>,
}

#[derive(Debug)]
pub(crate) struct KnownProfile {
    pub(crate) arn: Arn,
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
        self.anchors.iter().find(|anchor| anchor.arn == *arn)
    }

    pub(crate) fn profile(&self, arn: &Arn) -> Option<&KnownProfile> {
        self.profiles.iter().find(|profile| profile.arn == *arn)
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
        Ok(Self {
            arn: parse(ArnKind::TrustAnchor, &anchor.trust_anchor_arn)?,
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
        Ok(Self {
            arn: parse(ArnKind::Profile, &profile.profile_arn)?,
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

fn parse(kind: ArnKind, text: &str) -> Result<Arn> {
    Arn::parse(kind, text).ok_or_else(|| {
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
