//! The four extensions that matter here.

use super::certificate::malformed;
use crate::error::Result;
use alloc::vec::Vec;
use const_oid::AssociatedOid;
use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode, DecodeValue, Header, Reader, TagMode, TagNumber};
use x509_cert::certificate::{Raw, TbsCertificateInner};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Extensions {
    pub(super) is_ca: bool,
    pub(super) digital_signature: Option<bool>,
    pub(super) subject_key_identifier: Option<Vec<u8>>,
    pub(super) authority_key_identifier: Option<Vec<u8>>,
}

impl Extensions {
    pub(super) fn read(tbs: &TbsCertificateInner<Raw>) -> Result<Self> {
        let authority: Option<AuthorityKeyIdentifier> = get(tbs)?;
        Ok(Self {
            is_ca: get::<BasicConstraints>(tbs)?.is_some_and(|constraints| constraints.ca),
            digital_signature: get::<KeyUsage>(tbs)?.map(|usage| usage.digital_signature()),
            subject_key_identifier: get::<SubjectKeyIdentifier>(tbs)?
                .map(|identifier| identifier.0.as_bytes().to_vec()),
            authority_key_identifier: authority.and_then(|identifier| identifier.0),
        })
    }
}

fn get<T>(tbs: &TbsCertificateInner<Raw>) -> Result<Option<T>>
where
    T: for<'a> Decode<'a, Error = der::Error> + AssociatedOid,
{
    match tbs.get_extension::<T>() {
        Ok(found) => Ok(found.map(|(_, extension)| extension)),
        Err(_) => Err(malformed("an extension of the certificate is malformed")),
    }
}

/// The key identifier alone (RFC 5280 §4.2.1.1): the issuer and serial number that may follow are
/// not used here, and are often odd.
struct AuthorityKeyIdentifier(Option<Vec<u8>>);

impl AssociatedOid for AuthorityKeyIdentifier {
    const OID: const_oid::ObjectIdentifier =
        <x509_cert::ext::pkix::AuthorityKeyIdentifier as AssociatedOid>::OID;
}

impl<'a> DecodeValue<'a> for AuthorityKeyIdentifier {
    type Error = der::Error;

    fn decode_value<R: Reader<'a>>(reader: &mut R, _: Header) -> der::Result<Self> {
        let identifier =
            reader.context_specific::<&OctetStringRef>(TagNumber(0), TagMode::Implicit)?;
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok(Self(identifier.map(|octets| octets.as_bytes().to_vec())))
    }
}

impl der::FixedTag for AuthorityKeyIdentifier {
    const TAG: der::Tag = der::Tag::Sequence;
}
