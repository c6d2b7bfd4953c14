//! `AlgorithmIdentifier` (RFC 5280 §4.1.1.2) of keys: the ones we take, and the others by name.

use super::KeyAlgorithm;
use crate::error::{Error, ErrorCode, Result};
use crate::fields::{self, Algorithm, object_identifier};
use alloc::{borrow::Cow, format, vec::Vec};
use const_oid::ObjectIdentifierRef;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Encode, Tag, Tagged};
use spki::AlgorithmIdentifierRef;

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const SECP256R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const SECP521R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ML_DSA_44: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.17");
const ML_DSA_65: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.18");
const ML_DSA_87: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.19");

/// The key algorithm that an identifier names, in a `SubjectPublicKeyInfo` or in PKCS#8.
///
/// # Errors
/// `key_algorithm_unsupported`, with the algorithm's name where it is a known one.
pub(crate) fn key_algorithm(identifier: &Algorithm<'_>) -> Result<KeyAlgorithm> {
    let Algorithm { oid, parameters } = *identifier;
    if *oid == EC_PUBLIC_KEY {
        return curve(parameters);
    }
    let algorithm = known(&ALGORITHMS, oid)?;
    // RFC 3279 wants NULL; OpenSSL and Go take keys without it too.
    let may_be_null = algorithm == KeyAlgorithm::Rsa;
    if parameters.is_some_and(|parameters| !may_be_null || !parameters.is_null()) {
        return Err(unsupported(
            "the key's algorithm has parameters that it must not have",
        ));
    }
    Ok(algorithm)
}

fn known(
    table: &[(ObjectIdentifier, KeyAlgorithm)],
    oid: &ObjectIdentifierRef,
) -> Result<KeyAlgorithm> {
    let row = table.iter().find(|(known, _)| *oid == *known);
    row.map(|(_, algorithm)| *algorithm)
        .ok_or_else(|| unsupported_oid(oid))
}

const ALGORITHMS: [(ObjectIdentifier, KeyAlgorithm); 4] = [
    (RSA_ENCRYPTION, KeyAlgorithm::Rsa),
    (ML_DSA_44, KeyAlgorithm::MlDsa44),
    (ML_DSA_65, KeyAlgorithm::MlDsa65),
    (ML_DSA_87, KeyAlgorithm::MlDsa87),
];

const CURVES: [(ObjectIdentifier, KeyAlgorithm); 3] = [
    (SECP256R1, KeyAlgorithm::P256),
    (SECP384R1, KeyAlgorithm::P384),
    (SECP521R1, KeyAlgorithm::P521),
];

/// The curve that `ECParameters` name (RFC 5480 §2.1.1), in an identifier or in a SEC1 key.
///
/// # Errors
/// `key_algorithm_unsupported`, with the curve's name where it is a known one.
pub(crate) fn curve(parameters: Option<AnyRef<'_>>) -> Result<KeyAlgorithm> {
    let Some(parameters) = parameters else {
        return Err(unsupported("the EC key does not name its curve"));
    };
    if parameters.tag() == Tag::Sequence {
        return Err(unsupported(
            "the EC key has explicit curve parameters instead of a named curve",
        )
        .with_hint("convert the key with `openssl ec -in FILE -param_enc named_curve -out KEY`; a certificate with such a key must be issued anew"));
    }
    match object_identifier(parameters) {
        Ok(oid) => known(&CURVES, oid),
        Err(_) => Err(unsupported("the EC key does not name its curve")),
    }
}

/// The identifier of an algorithm, in the one form that certificates use.
pub(crate) fn identifier(algorithm: KeyAlgorithm) -> AlgorithmIdentifierRef<'static> {
    let (oid, parameters) = match algorithm {
        KeyAlgorithm::Rsa => (RSA_ENCRYPTION, Some(AnyRef::NULL)),
        KeyAlgorithm::P256 => (EC_PUBLIC_KEY, Some(AnyRef::from(&SECP256R1))),
        KeyAlgorithm::P384 => (EC_PUBLIC_KEY, Some(AnyRef::from(&SECP384R1))),
        KeyAlgorithm::P521 => (EC_PUBLIC_KEY, Some(AnyRef::from(&SECP521R1))),
        KeyAlgorithm::MlDsa44 => (ML_DSA_44, None),
        KeyAlgorithm::MlDsa65 => (ML_DSA_65, None),
        KeyAlgorithm::MlDsa87 => (ML_DSA_87, None),
    };
    AlgorithmIdentifierRef { oid, parameters }
}

/// The DER of that.
pub(crate) fn encoded(algorithm: KeyAlgorithm) -> der::Result<Vec<u8>> {
    let identifier = identifier(algorithm);
    let mut content = AnyRef::from(&identifier.oid).to_der()?;
    if let Some(parameters) = identifier.parameters {
        content.extend(parameters.to_der()?);
    }
    fields::encoded(Tag::Sequence, &content)
}

fn unsupported(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorCode::KeyAlgorithmUnsupported, message)
}

fn unsupported_oid(oid: &ObjectIdentifierRef) -> Error {
    let message = match fields::name(UNSUPPORTED, oid) {
        Some("RSA-PSS") => {
            "the service takes PKCS#1 v1.5 signatures only, which an RSA-PSS key must not make"
                .into()
        }
        Some(name) => format!("the service does not take {name} keys"),
        None => format!("the service does not take keys of the algorithm {oid}"),
    };
    unsupported(message)
}

/// Algorithms and curves that people do have keys of.
const UNSUPPORTED: &str = "\
    1.3.101.110 X25519\n\
    1.3.101.111 X448\n\
    1.3.101.112 Ed25519\n\
    1.3.101.113 Ed448\n\
    1.2.840.10040.4.1 DSA\n\
    1.2.840.10046.2.1 Diffie-Hellman\n\
    1.2.840.113549.1.3.1 Diffie-Hellman\n\
    1.2.840.113549.1.1.7 RSA-OAEP\n\
    1.2.840.113549.1.1.10 RSA-PSS\n\
    1.2.840.10045.3.1.1 P-192\n\
    1.3.132.0.33 P-224\n\
    1.3.132.0.10 secp256k1\n\
    1.3.36.3.3.2.8.1.1.7 brainpoolP256r1\n\
    1.3.36.3.3.2.8.1.1.11 brainpoolP384r1\n\
    1.3.36.3.3.2.8.1.1.13 brainpoolP512r1\n\
    1.2.156.10197.1.301 SM2\n\
    2.16.840.1.101.3.4.3.32 HashML-DSA-44\n\
    2.16.840.1.101.3.4.3.33 HashML-DSA-65\n\
    2.16.840.1.101.3.4.3.34 HashML-DSA-87\n\
    2.16.840.1.101.3.4.4.1 ML-KEM-512\n\
    2.16.840.1.101.3.4.4.2 ML-KEM-768\n\
    2.16.840.1.101.3.4.4.3 ML-KEM-1024\n";

#[cfg(test)]
mod tests {
    use super::{identifier, unsupported_oid};
    use crate::error::{ErrorCode, Result};
    use crate::fields;
    use crate::signing::KeyAlgorithm;
    use der::asn1::{AnyRef, ObjectIdentifier};
    use der::{Decode, Encode};
    use spki::AlgorithmIdentifierRef;

    fn key_algorithm(identifier: &AlgorithmIdentifierRef<'_>) -> Result<KeyAlgorithm> {
        let der = identifier.to_der().unwrap();
        super::key_algorithm(&fields::algorithm(fields::value(&der).unwrap()).unwrap())
    }

    #[test]
    fn identifiers_are_read_back() {
        for algorithm in KeyAlgorithm::ALL {
            assert_eq!(key_algorithm(&identifier(*algorithm)).unwrap(), *algorithm);
        }
    }

    #[test]
    fn rsa_may_lack_its_null() {
        let bare = AlgorithmIdentifierRef {
            parameters: None,
            ..identifier(KeyAlgorithm::Rsa)
        };
        assert_eq!(key_algorithm(&bare).unwrap(), KeyAlgorithm::Rsa);
    }

    #[test]
    fn ml_dsa_takes_no_parameters() {
        let parameters = Some(AnyRef::NULL);
        let odd = AlgorithmIdentifierRef {
            parameters,
            ..identifier(KeyAlgorithm::MlDsa44)
        };
        let error = key_algorithm(&odd).unwrap_err();
        assert_eq!(error.code(), ErrorCode::KeyAlgorithmUnsupported);
    }

    #[test]
    fn other_algorithms_are_refused_by_name() {
        for row in super::UNSUPPORTED.lines() {
            let (oid, name) = row.split_once(' ').unwrap();
            let error = unsupported_oid(&ObjectIdentifier::new(oid).unwrap());
            assert!(error.message().contains(name), "{oid}");
        }
        let unknown = unsupported_oid(&ObjectIdentifier::new("1.2.3.4").unwrap());
        assert!(unknown.message().contains("1.2.3.4"));
    }

    #[test]
    fn curves_are_refused_by_name() {
        let refused: [(&[u8], &str); 4] = [
            (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a], "secp256k1"),
            (&[0x30, 0x00], "explicit"),
            (&[0x05, 0x00], "does not name"),
            (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x21], "P-224"),
        ];
        for (der, name) in refused {
            let parameters = Some(AnyRef::from_der(der).unwrap());
            let error = super::curve(parameters).unwrap_err();
            assert_eq!(error.code(), ErrorCode::KeyAlgorithmUnsupported);
            assert!(error.message().contains(name), "{}", error.message());
        }
        assert!(super::curve(None).is_err());
    }

    #[test]
    fn identifiers_are_those_of_certificates() {
        let der = identifier(KeyAlgorithm::P256).to_der().unwrap();
        assert_eq!(
            der,
            b"\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
        );
        let der = identifier(KeyAlgorithm::Rsa).to_der().unwrap();
        assert_eq!(
            der,
            b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00"
        );
    }
}
