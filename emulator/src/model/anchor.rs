use super::member::{aliases, arn, below, wrong};
use crate::arn::{Arn, ArnKind};
use crate::certificate::Certificate;
use crate::config::{Crl, TrustAnchor};
use crate::pki::{certificates_from_pem, decode_pem};
use rolesanywhere_core::error::{ErrorCode, Result};
use webpki::{CertRevocationList, OwnedCertRevocationList};

/// A trust anchor, checked.
#[derive(Debug)]
pub(crate) struct KnownAnchor {
    pub(crate) arn: Arn,
    aliases: Vec<String>,
    pub(crate) enabled: bool,
    pub(crate) certificates: Vec<Certificate>,
    /// Those that are enabled.
    pub(crate) crls: Vec<CertRevocationList<'static>>,
}

impl KnownAnchor {
    pub(super) fn new(anchor: &TrustAnchor) -> Result<Self> {
        let arn = arn(
            ArnKind::TrustAnchor,
            "trustAnchorArn",
            &anchor.trust_anchor_arn,
        )?;
        let mut crls = Vec::new();
        for (index, crl) in anchor.crls.iter().enumerate() {
            let list = revocation_list(crl).map_err(|e| below(&format!("crls[{index}]"), e))?;
            crls.extend(Some(list).filter(|_| crl.enabled));
        }
        Ok(Self {
            aliases: aliases(ArnKind::TrustAnchor, &arn, &anchor.aliases)?,
            arn,
            enabled: anchor.enabled,
            certificates: certificates(&anchor.x509_certificate_data)?,
            crls,
        })
    }

    /// The ARNs it may be asked for by.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        [self.arn.as_str()]
            .into_iter()
            .chain(self.aliases.iter().map(String::as_str))
    }
}

fn certificates(pem: &str) -> Result<Vec<Certificate>> {
    let member = "x509CertificateData";
    let ders =
        certificates_from_pem(pem).map_err(|error| wrong(error.code(), member, error.message()))?;
    if ders.is_empty() {
        let what = "there is no certificate in PEM";
        return Err(wrong(ErrorCode::CertificateMissing, member, what));
    }
    let certificates = ders.iter().map(|der| {
        let certificate = Certificate::from_der(der)?;
        certificate.check_anchor().map(|()| certificate)
    });
    let certificates = certificates.collect::<std::result::Result<_, &str>>();
    certificates.map_err(|reason| {
        let what = format!("this certificate cannot be a trust anchor's: {reason}");
        wrong(ErrorCode::CertificateMalformed, member, &what)
    })
}

fn revocation_list(crl: &Crl) -> Result<CertRevocationList<'static>> {
    let member = "crlData";
    let der = decode_pem("X509 CRL", &crl.crl_data)
        .map_err(|error| wrong(error.code(), member, error.message()))?;
    let list = OwnedCertRevocationList::from_der(&der);
    list.map(Into::into).map_err(|error| {
        let what = format!("this is not a revocation list of version 2: {error}");
        wrong(ErrorCode::CertificateMalformed, member, &what)
    })
}
