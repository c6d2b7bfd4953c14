//! Which hash a CA signed with, where that is too weak.

use crate::fields::{Algorithm, Fields, name};
use const_oid::{ObjectIdentifier, ObjectIdentifierRef};
use der::asn1::AnyRef;

const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

/// The name of a hash weaker than SHA-256. Algorithms that are not known count as strong: what no
/// document says is left to the service.
pub(super) fn weak(algorithm: &Algorithm<'_>) -> Option<&'static str> {
    if *algorithm.oid == RSASSA_PSS {
        return match pss_hash(algorithm.parameters) {
            // RFC 4055 §3.1: SHA-1 where none is named.
            None => Some("SHA-1"),
            Some(hash) => name(WEAK_HASHES, hash),
        };
    }
    name(WEAK_SIGNATURES, algorithm.oid)
}

/// `RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] EXPLICIT AlgorithmIdentifier DEFAULT, … }`
fn pss_hash(parameters: Option<AnyRef<'_>>) -> Option<&ObjectIdentifierRef> {
    let mut fields = Fields::among(parameters?.value()).ok()?;
    let hash = fields.explicit(0).ok()??;
    Fields::among(hash.value()).ok()?.object_identifier().ok()
}

const WEAK_SIGNATURES: &str = concat!(
    "1.2.840.113549.1.1.5 SHA-1\n",     // sha1WithRSAEncryption
    "1.3.14.3.2.29 SHA-1\n",            // sha1WithRSASignature (OIW)
    "1.2.840.10045.4.1 SHA-1\n",        // ecdsa-with-SHA1
    "1.2.840.10040.4.3 SHA-1\n",        // dsa-with-sha1
    "1.2.840.113549.1.1.14 SHA-224\n",  // sha224WithRSAEncryption
    "1.2.840.10045.4.3.1 SHA-224\n",    // ecdsa-with-SHA224
    "2.16.840.1.101.3.4.3.1 SHA-224\n", // id-dsa-with-sha224
    "1.2.840.113549.1.1.4 MD5\n",       // md5WithRSAEncryption
    "1.2.840.113549.1.1.3 MD4\n",       // md4WithRSAEncryption
    "1.2.840.113549.1.1.2 MD2\n",       // md2WithRSAEncryption
);

const WEAK_HASHES: &str = "\
    1.3.14.3.2.26 SHA-1\n\
    2.16.840.1.101.3.4.2.4 SHA-224\n\
    1.2.840.113549.2.5 MD5\n";

#[cfg(test)]
mod tests {
    use super::weak;
    use crate::fields;

    fn weak_of(der: &[u8]) -> Option<&'static str> {
        weak(&fields::algorithm(fields::value(der).unwrap()).unwrap())
    }

    #[test]
    fn signatures() {
        let rsa = |last| {
            weak_of(&[
                0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, last, 5, 0,
            ])
        };
        assert_eq!(rsa(4), Some("MD5"));
        assert_eq!(rsa(5), Some("SHA-1"));
        assert_eq!(rsa(14), Some("SHA-224"));
        assert_eq!(rsa(11), None);
        assert_eq!(
            weak_of(b"\x30\x09\x06\x07\x2a\x86\x48\xce\x3d\x04\x01"),
            Some("SHA-1")
        );
        assert_eq!(weak_of(b"\x30\x04\x06\x02\x2a\x03"), None, "unknown");
    }

    #[test]
    fn pss_names_its_hash_in_the_parameters() {
        let pss = |parameters: &[u8]| {
            let oid = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a";
            let content = [&oid[..], parameters].concat();
            let length = u8::try_from(content.len()).unwrap();
            weak_of(&[&[0x30, length], content.as_slice()].concat())
        };
        let sha = |last| {
            let hash = [
                0x30, 0x0f, 0xa0, 0x0d, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 3, 4,
                2, last,
            ];
            pss(&hash)
        };
        assert_eq!(sha(1), None, "SHA-256");
        assert_eq!(sha(4), Some("SHA-224"));
        assert_eq!(pss(b"\x30\x00"), Some("SHA-1"));
        assert_eq!(pss(b""), Some("SHA-1"));
        let sha1 = b"\x30\x0b\xa0\x09\x30\x07\x06\x05\x2b\x0e\x03\x02\x1a";
        assert_eq!(pss(sha1), Some("SHA-1"));
    }
}
