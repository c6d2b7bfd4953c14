use super::key::KeyPair;
use super::serial::Serial;
use super::signature::SignatureAlgorithm;
use der::asn1::{BitString, GeneralizedTime, Int, UtcTime};
use der::{Any, DateTime, Decode, Encode, Sequence};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use spki::AlgorithmIdentifierOwned;
use std::time::Duration;
use x509_cert::certificate::Version;
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::time::Time;

/// What a certificate says, whoever signs it.
pub(super) struct Contents {
    pub(super) version: Version,
    pub(super) serial: Serial,
    pub(super) issuer: Name,
    pub(super) subject: Name,
    /// Unix seconds.
    pub(super) not_before: i64,
    /// Unix seconds, inclusive.
    pub(super) not_after: i64,
    pub(super) public_key_info: Vec<u8>,
    pub(super) extensions: Vec<Extension>,
}

impl Contents {
    /// The certificate in DER, signed with `key`.
    pub(super) fn sign(self, key: &KeyPair, algorithm: SignatureAlgorithm) -> Result<Vec<u8>> {
        let identifier = algorithm.identifier(key.key_type()).ok_or_else(|| {
            Error::new(
                ErrorCode::OptionInvalid,
                "a CA key of this type makes no such signature",
            )
            .with_hint("use a P-256 CA for SHA-1, and any key type but ed25519 for a CA")
        })?;
        let tbs = self.into_tbs(identifier.clone()).map_err(unencodable)?;
        let message = tbs.to_der().map_err(unencodable)?;
        let signature = BitString::from_bytes(&key.sign(algorithm, &message)?);
        let certificate = Certificate {
            tbs_certificate: tbs,
            signature_algorithm: identifier,
            signature: signature.map_err(unencodable)?,
        };
        certificate.to_der().map_err(unencodable)
    }

    fn into_tbs(self, signature: AlgorithmIdentifierOwned) -> der::Result<TbsCertificate> {
        let validity = Validity {
            not_before: time(self.not_before)?,
            not_after: time(self.not_after)?,
        };
        Ok(TbsCertificate {
            version: self.version,
            serial_number: Int::new(self.serial.content_octets())?,
            signature,
            issuer: self.issuer,
            validity,
            subject: self.subject,
            subject_public_key_info: Any::from_der(&self.public_key_info)?,
            extensions: (!self.extensions.is_empty()).then_some(self.extensions),
        })
    }
}

// x509-cert's own types refuse what the wrong certificates need, and their fields are private.
#[derive(Sequence)]
struct Certificate {
    tbs_certificate: TbsCertificate,
    signature_algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

#[derive(Sequence)]
struct TbsCertificate {
    #[asn1(context_specific = "0", default = "Default::default")]
    version: Version,
    serial_number: Int,
    signature: AlgorithmIdentifierOwned,
    issuer: Name,
    validity: Validity,
    subject: Name,
    subject_public_key_info: Any,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    extensions: Option<Vec<Extension>>,
}

#[derive(Sequence)]
struct Validity {
    not_before: Time,
    not_after: Time,
}

/// UTCTime through 2049, GeneralizedTime after (RFC 5280 §4.1.2.5).
pub(super) fn time(unix_seconds: i64) -> der::Result<Time> {
    let since_epoch = Duration::from_secs(u64::try_from(unix_seconds).unwrap_or(0));
    let at = DateTime::from_unix_duration(since_epoch)?;
    Ok(UtcTime::from_date_time(at).map_or_else(
        |_| Time::GeneralTime(GeneralizedTime::from_date_time(at)),
        Time::UtcTime,
    ))
}

pub(super) fn unencodable(_: der::Error) -> Error {
    Error::new(
        ErrorCode::OptionInvalid,
        "no certificate can be written with these fields",
    )
    .with_hint("check the subject, the serial number, the public key and the dates")
}
