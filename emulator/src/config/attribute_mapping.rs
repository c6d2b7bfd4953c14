use serde::{Deserialize, Serialize};

/// Which attributes of a field of the leaf become session tags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct AttributeMapping {
    /// The field.
    pub certificate_field: CertificateField,
    /// What is taken from it.
    pub mapping_rules: Vec<MappingRule>,
}

/// A field of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum CertificateField {
    /// The subject's distinguished name.
    #[serde(rename = "x509Subject")]
    Subject,
    /// The issuer's distinguished name.
    #[serde(rename = "x509Issuer")]
    Issuer,
    /// The subject alternative names.
    #[serde(rename = "x509SAN")]
    San,
}

/// One rule of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MappingRule {
    /// In subject and issuer an attribute's short name such as `CN`, its dotted OID, or `*` for all
    /// that are recognised; in the alternative names `DNS`, `URI`, `Name/*` or `Name/` and such a name.
    pub specifier: String,
}

impl AttributeMapping {
    /// A mapping of a field by these specifiers.
    #[must_use]
    pub fn new(certificate_field: CertificateField, specifiers: &[&str]) -> Self {
        let rules = specifiers.iter().map(|specifier| MappingRule {
            specifier: (*specifier).to_owned(),
        });
        Self {
            certificate_field,
            mapping_rules: rules.collect(),
        }
    }

    /// What a profile has when it is made: every recognised attribute of issuer and subject, and the
    /// first DNS name, URI and directory name.
    pub(super) fn defaults() -> Vec<Self> {
        vec![
            Self::new(CertificateField::Issuer, &["*"]),
            Self::new(CertificateField::San, &["DNS", "URI", "Name/*"]),
            Self::new(CertificateField::Subject, &["*"]),
        ]
    }
}
