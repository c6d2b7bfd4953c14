use super::authority::name;
use der::asn1::{Ia5String, OctetString};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::net::IpAddr;
use x509_cert::ext::pkix::name::GeneralName;

/// A subject alternative name that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AlternativeName {
    Dns(String),
    Uri(String),
    Ip(IpAddr),
    Directory(String),
}

impl AlternativeName {
    pub(super) fn encode(&self) -> Result<GeneralName> {
        Ok(match self {
            Self::Dns(text) => GeneralName::DnsName(ia5(text)?),
            Self::Uri(text) => GeneralName::UniformResourceIdentifier(ia5(text)?),
            Self::Directory(text) => GeneralName::DirectoryName(name(text)?),
            Self::Ip(address) => {
                let octets = match address {
                    IpAddr::V4(address) => OctetString::new(address.octets()),
                    IpAddr::V6(address) => OctetString::new(address.octets()),
                };
                GeneralName::IpAddress(octets.map_err(|_| malformed())?)
            }
        })
    }
}

fn ia5(text: &str) -> Result<Ia5String> {
    Ia5String::new(text).map_err(|_| malformed())
}

fn malformed() -> Error {
    let message = "a DNS name or URI has characters that are not ASCII";
    Error::new(ErrorCode::OptionInvalid, message)
}
