//! Which certificate authorities are trusted for https.

use super::{HttpOptions, first_set};
use crate::environment::Environment;
use crate::source::{Source, SourceReader};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::borrow::Cow;
use ureq::tls::{Certificate, RootCerts};

/// One file that somebody named, or what the system trusts.
#[derive(Debug)]
pub(super) enum RootSource {
    Bundle {
        path: String,
        option: Cow<'static, str>,
    },
    System,
}

impl RootSource {
    /// The option, then `AWS_CA_BUNDLE`, then `SSL_CERT_FILE`, else the system's.
    pub(super) fn choose(options: &HttpOptions, environment: &Environment<'_>) -> Self {
        if let Some((path, option)) = options.ca_bundle.clone() {
            return Self::Bundle { path, option };
        }
        match first_set(environment, &["AWS_CA_BUNDLE", "SSL_CERT_FILE"]) {
            Some((name, path)) => Self::Bundle {
                path,
                option: Cow::Owned(name.to_owned()),
            },
            None => Self::System,
        }
    }

    /// Reads the certificates.
    pub(super) fn load(&self) -> Result<RootCerts> {
        let certificates = match self {
            Self::Bundle { path, option } => bundle(path, option)?,
            Self::System => system()?,
        };
        Ok(RootCerts::from(certificates.into_iter()))
    }
}

fn bundle(path: &str, option: &str) -> Result<Vec<Certificate<'static>>> {
    let source = Source::parse(&format!("file:{path}"), option.to_owned())?;
    let content = SourceReader::new(&|_| None).read(&source)?;
    let mut certificates = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&content) {
        let certificate = certificate.map_err(|_| {
            Error::new(
                ErrorCode::PemMalformed,
                format!("the CA bundle that `{option}` names holds a damaged PEM block"),
            )
        })?;
        certificates.push(Certificate::from_der(&certificate).to_owned());
    }
    if certificates.is_empty() {
        return Err(Error::new(
            ErrorCode::CertificateMissing,
            format!("the CA bundle that `{option}` names holds no certificate"),
        )
        .with_hint("name a PEM file that holds CERTIFICATE blocks"));
    }
    Ok(certificates)
}

fn system() -> Result<Vec<Certificate<'static>>> {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return Err(Error::new(
            ErrorCode::TlsFailed,
            "this system has no root certificates to verify the service with",
        )
        .with_hint("install the package ca-certificates, or name a PEM file in AWS_CA_BUNDLE"));
    }
    Ok(found
        .iter()
        .map(|certificate| Certificate::from_der(certificate).to_owned())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(options: &HttpOptions, variables: &[(&str, &str)]) -> Option<String> {
        let environment = |name: &str| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        match RootSource::choose(options, &environment) {
            RootSource::Bundle { path, option } => Some(format!("{path} {option}")),
            RootSource::System => None,
        }
    }

    #[test]
    fn the_nearest_bundle_wins() {
        let unset = HttpOptions::default();
        let set = HttpOptions::default().with_ca_bundle("a.pem", "--ca-bundle");
        let both = [("AWS_CA_BUNDLE", "b.pem"), ("SSL_CERT_FILE", "c.pem")];
        assert_eq!(chosen(&set, &both).unwrap(), "a.pem --ca-bundle");
        assert_eq!(chosen(&unset, &both).unwrap(), "b.pem AWS_CA_BUNDLE");
        assert_eq!(chosen(&unset, &both[1..]).unwrap(), "c.pem SSL_CERT_FILE");
        assert_eq!(chosen(&unset, &[("AWS_CA_BUNDLE", "")]), None);
    }

    #[test]
    fn a_bundle_without_certificates_is_refused() {
        let path = std::env::temp_dir().join(format!("rolesanywhere-ca-{}", std::process::id()));
        std::fs::write(&path, "no certificate in here").unwrap();
        let error = bundle(path.to_str().unwrap(), "AWS_CA_BUNDLE").unwrap_err();
        assert_eq!(error.code(), ErrorCode::CertificateMissing);
        std::fs::remove_file(&path).unwrap();
        let error = bundle("/does/not/exist", "AWS_CA_BUNDLE").unwrap_err();
        assert_eq!(error.code(), ErrorCode::FileNotFound);
    }
}
