//! Encryption that is not read: by name, and with the command that converts it.

use crate::error::{Error, ErrorCode};
use crate::fields;
use alloc::{
    format,
    string::{String, ToString},
};
use const_oid::ObjectIdentifierRef;

/// `key_encryption_unsupported`, with the algorithm's name where it is a known one.
pub(in crate::key) fn unsupported(oid: &ObjectIdentifierRef) -> Error {
    let name = fields::name(UNSUPPORTED, oid).map_or_else(|| oid.to_string(), String::from);
    Error::new(
        ErrorCode::KeyEncryptionUnsupported,
        format!("the private key is encrypted with {name}, which is not read"),
    )
}

/// What OpenSSL, Java and Windows have written or still write.
const UNSUPPORTED: &str = "\
    1.2.840.113549.1.5.1 PBES1 (MD2 and DES)\n\
    1.2.840.113549.1.5.3 PBES1 (MD5 and DES)\n\
    1.2.840.113549.1.5.4 PBES1 (MD2 and RC2)\n\
    1.2.840.113549.1.5.6 PBES1 (MD5 and RC2)\n\
    1.2.840.113549.1.5.10 PBES1 (SHA-1 and DES)\n\
    1.2.840.113549.1.5.11 PBES1 (SHA-1 and RC2)\n\
    1.2.840.113549.1.12.1.1 RC4 of 128 bits\n\
    1.2.840.113549.1.12.1.2 RC4 of 40 bits\n\
    1.2.840.113549.1.12.1.3 3DES in the scheme of PKCS#12\n\
    1.2.840.113549.1.12.1.4 3DES of two keys in the scheme of PKCS#12\n\
    1.2.840.113549.1.12.1.5 RC2 of 128 bits in the scheme of PKCS#12\n\
    1.2.840.113549.1.12.1.6 RC2 of 40 bits in the scheme of PKCS#12\n\
    1.2.840.113549.3.2 RC2\n\
    1.2.840.113549.3.4 RC4\n\
    1.3.14.3.2.7 DES\n\
    1.2.392.200011.61.1.1.1.2 Camellia-128\n\
    1.2.392.200011.61.1.1.1.3 Camellia-192\n\
    1.2.392.200011.61.1.1.1.4 Camellia-256\n\
    1.2.410.200046.1.1.2 ARIA-128\n\
    1.2.410.200046.1.1.7 ARIA-192\n\
    1.2.410.200046.1.1.12 ARIA-256\n\
    1.2.410.200004.1.4 SEED\n\
    1.2.156.10197.1.104.2 SM4\n\
    1.2.840.113549.2.12 PBKDF2 with SHA-512/224\n\
    1.2.840.113549.2.13 PBKDF2 with SHA-512/256\n\
    1.2.840.113549.2.5 a derivation with MD5\n\
    1.2.840.113549.2.6 PBKDF2 with MD5\n";

#[cfg(test)]
mod tests {
    use super::{UNSUPPORTED, unsupported};
    use crate::error::ErrorCode;
    use der::asn1::ObjectIdentifier;

    #[test]
    fn known_names_and_numbers_for_the_others() {
        for row in UNSUPPORTED.lines().chain(["1.2.3.4 1.2.3.4"]) {
            let (dotted, name) = row.split_once(' ').unwrap();
            let error = unsupported(&ObjectIdentifier::new(dotted).unwrap());
            assert_eq!(error.code(), ErrorCode::KeyEncryptionUnsupported);
            assert!(error.message().contains(name), "{error}");
            let convert = "`openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW";
            assert!(error.hint().contains(convert), "{}", error.hint());
        }
    }
}
