use super::certificate::{time, unencodable};
use super::extension;
use super::key::KeyPair;
use super::serial::Serial;
use super::signature::SignatureAlgorithm;
use der::asn1::{BitString, Int};
use der::{Encode, Sequence};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::time::Time;

const MONTH: i64 = 30 * 86_400;

/// A revocation list in DER (RFC 5280 §5.1), from `now` for thirty days.
pub(super) fn sign(issuer: &Name, key: &KeyPair, serials: &[Serial], now: i64) -> Result<Vec<u8>> {
    let usual = SignatureAlgorithm::Usual;
    let identifier = usual.identifier(key.key_type()).ok_or_else(|| {
        let message = "a CA key of this type signs no revocation list";
        Error::new(ErrorCode::OptionInvalid, message)
    })?;
    let list = contents(issuer, key, serials, now, identifier.clone())?;
    let signature = key.sign(usual, &list.to_der().map_err(unencodable)?)?;
    let list = CertificateList {
        list,
        signature_algorithm: identifier,
        signature: BitString::from_bytes(&signature).map_err(unencodable)?,
    };
    list.to_der().map_err(unencodable)
}

fn contents(
    issuer: &Name,
    key: &KeyPair,
    serials: &[Serial],
    now: i64,
    signature: AlgorithmIdentifierOwned,
) -> Result<TbsCertList> {
    let key_info = key.public_key_info()?;
    let this_update = time(now).map_err(unencodable)?;
    let revoked = serials.iter().map(|serial| {
        Ok(RevokedCertificate {
            serial_number: Int::new(serial.content_octets())?,
            revocation_date: this_update,
        })
    });
    let revoked: Vec<_> = revoked.collect::<der::Result<_>>().map_err(unencodable)?;
    let extensions = [
        extension::authority_key_identifier(&key_info),
        extension::crl_number(),
    ];
    let extensions: der::Result<Vec<_>> = extensions.into_iter().collect();
    Ok(TbsCertList {
        version: 1,
        signature,
        issuer: issuer.clone(),
        this_update,
        next_update: time(now + MONTH).map_err(unencodable)?,
        revoked_certificates: (!revoked.is_empty()).then_some(revoked),
        extensions: extensions.map_err(unencodable)?,
    })
}

// x509-cert's own types take serial numbers of twenty octets at most.
#[derive(Sequence)]
struct CertificateList {
    list: TbsCertList,
    signature_algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

#[derive(Sequence)]
struct TbsCertList {
    /// Version 2 is 1.
    version: u8,
    signature: AlgorithmIdentifierOwned,
    issuer: Name,
    this_update: Time,
    next_update: Time,
    #[asn1(optional = "true")]
    revoked_certificates: Option<Vec<RevokedCertificate>>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    extensions: Vec<Extension>,
}

#[derive(Sequence)]
struct RevokedCertificate {
    serial_number: Int,
    revocation_date: Time,
}
