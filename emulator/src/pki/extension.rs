use aws_lc_rs::digest;
use const_oid::AssociatedOid;
use const_oid::db::rfc5280::ID_KP_SERVER_AUTH;
use der::asn1::{OctetString, Uint};
use der::flagset::FlagSet;
use der::{Decode, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralNames;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CrlNumber, ExtendedKeyUsage, KeyUsage, KeyUsages,
    SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::spki::SubjectPublicKeyInfoRef;

/// `basicConstraints`, critical.
pub(super) fn basic_constraints(ca: bool) -> der::Result<Extension> {
    critical(&BasicConstraints {
        ca,
        path_len_constraint: None,
    })
}

/// `keyUsage`, critical.
pub(super) fn key_usage(usages: impl Into<FlagSet<KeyUsages>>) -> der::Result<Extension> {
    critical(&KeyUsage(usages.into()))
}

/// `subjectKeyIdentifier` (RFC 7093 §2, method 1).
pub(super) fn subject_key_identifier(public_key_info: &[u8]) -> der::Result<Extension> {
    let identifier = OctetString::new(key_identifier(public_key_info)?)?;
    extension(&SubjectKeyIdentifier(identifier), false)
}

/// `authorityKeyIdentifier`, by the issuer's key.
pub(super) fn authority_key_identifier(issuer_key_info: &[u8]) -> der::Result<Extension> {
    let identifier = AuthorityKeyIdentifier {
        key_identifier: Some(OctetString::new(key_identifier(issuer_key_info)?)?),
        ..Default::default()
    };
    extension(&identifier, false)
}

/// `subjectAltName`.
pub(super) fn subject_alternative_names(names: GeneralNames) -> der::Result<Extension> {
    extension(&SubjectAltName(names), false)
}

/// `extKeyUsage` with `serverAuth` alone.
pub(super) fn server_auth() -> der::Result<Extension> {
    extension(&ExtendedKeyUsage(vec![ID_KP_SERVER_AUTH]), false)
}

/// `cRLNumber` 1: every list that is made here is the first.
pub(super) fn crl_number() -> der::Result<Extension> {
    extension(&CrlNumber(Uint::new(&[1])?), false)
}

fn critical<T: Encode + AssociatedOid>(value: &T) -> der::Result<Extension> {
    extension(value, true)
}

fn extension<T: Encode + AssociatedOid>(value: &T, critical: bool) -> der::Result<Extension> {
    let extn_value = OctetString::new(value.to_der()?)?;
    Ok(Extension {
        extn_id: T::OID,
        critical,
        extn_value,
    })
}

/// The leftmost 160 bits of the SHA-256 of the subject public key.
fn key_identifier(public_key_info: &[u8]) -> der::Result<Vec<u8>> {
    let info = SubjectPublicKeyInfoRef::from_der(public_key_info)?;
    let hash = digest::digest(&digest::SHA256, info.subject_public_key.raw_bytes());
    Ok(hash.as_ref().iter().copied().take(20).collect())
}
