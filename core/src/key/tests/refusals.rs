//! What is not read: by name, and with what to do about it.

use super::{der_of, refused};
use crate::error::ErrorCode::{
    self, FeatureUnavailable, FileEmpty, KeyAlgorithmUnsupported, KeyEncryptionUnsupported,
    KeyTooSmall, PrivateKeyEncrypted, PrivateKeyMalformed, PrivateKeyMissing,
};
use alloc::{format, vec::Vec};

/// The file, its code, a part of its message and a part of its hint.
type Row<'a> = (&'a [u8], ErrorCode, &'a str, &'a str);

fn check(rows: &[Row<'_>]) {
    for (data, code, message, hint) in rows {
        let error = refused(data);
        assert_eq!(error.code(), *code, "{message}");
        assert!(error.message().contains(message), "{error:?}");
        assert!(error.hint().contains(hint), "{error:?}");
    }
}

fn block(label: &str) -> Vec<u8> {
    format!("-----BEGIN {label}-----\nMAA=\n-----END {label}-----\n").into_bytes()
}

#[test]
fn algorithms() {
    let genpkey = "`openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY`";
    let named = "`openssl ec -in FILE -param_enc named_curve -out KEY`";
    let code = KeyAlgorithmUnsupported;
    check(&[
        (key!("ed25519.pem"), code, "Ed25519", genpkey),
        (key!("ed448.pem"), code, "Ed448", genpkey),
        (key!("x25519.pem"), code, "X25519", genpkey),
        (key!("dsa.pem"), code, "DSA", genpkey),
        (&block("DSA PRIVATE KEY"), code, "DSA", genpkey),
        (key!("secp256k1.pem"), code, "secp256k1", genpkey),
        (key!("brainpool.pem"), code, "brainpoolP256r1", genpkey),
        (
            key!("rsa-pss.pem"),
            code,
            "PKCS#1 v1.5 signatures only, which an RSA-PSS key",
            genpkey,
        ),
        (key!("p256-explicit.pem"), code, "explicit", named),
        (key!("p256-explicit-pkcs8.pem"), code, "explicit", named),
        (
            key!("rsa1024-three-primes.pem"),
            code,
            "two primes",
            "`openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY`",
        ),
        (
            key!("rsa512.pem"),
            KeyTooSmall,
            "512",
            "`openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY`",
        ),
    ]);
}

#[test]
fn encryption() {
    let pkcs8 = key!("p256-encrypted.pem");
    check(&[
        (
            key!("p256-traditional-encrypted.pem"),
            KeyEncryptionUnsupported,
            "traditional PEM",
            "`openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW",
        ),
        (pkcs8, PrivateKeyEncrypted, "no passphrase", "passphrase"),
        (
            &der_of(pkcs8),
            PrivateKeyEncrypted,
            "no passphrase",
            "passphrase",
        ),
    ]);
}

#[cfg(not(feature = "encrypted-keys"))]
#[test]
fn what_is_not_built_in() {
    let error = super::PrivateKey::from_pem(key!("p256-encrypted.pem"), Some(b"secret"));
    let error = error.unwrap_err();
    assert_eq!(error.code(), FeatureUnavailable);
    assert!(error.hint().contains("`openssl pkey -in FILE -out PLAIN`"));
    check(&[(
        key!("p256.p12"),
        FeatureUnavailable,
        "PKCS#12",
        "`openssl pkcs12 -in FILE",
    )]);
}

#[test]
fn formats_of_other_programs() {
    let jks = b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x01";
    let jceks = b"\xce\xce\xce\xce\0\0\0\x02\0\0\0\x01";
    let putty = b"PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\r\nEncryption: none\r\n";
    let keytool =
        "`keytool -importkeystore -srckeystore FILE -destkeystore NEW -deststoretype PKCS12`";
    let pgp = block("PGP PRIVATE KEY BLOCK");
    check(&[
        (jks, PrivateKeyMalformed, "Java keystore", keytool),
        (jceks, PrivateKeyMalformed, "Java keystore", keytool),
        (putty, PrivateKeyMalformed, "PuTTY", "`openssl pkcs8 -topk8"),
        (&pgp, PrivateKeyMalformed, "OpenPGP", "`openssl genpkey"),
        (
            key!("p256-openssh.pem"),
            PrivateKeyMalformed,
            "OpenSSH",
            "`ssh-keygen -p -m PKCS8 -f COPY`",
        ),
        (&block("TSS2 PRIVATE KEY"), FeatureUnavailable, "TPM", ""),
        (
            &block("MY PRIVATE KEY"),
            PrivateKeyMalformed,
            "MY PRIVATE KEY",
            "",
        ),
    ]);
}

#[test]
fn what_is_no_key() {
    let request = key!("p256-request.pem");
    let public = key!("p256-public.pem");
    let crl = key!("revocations.pem");
    check(&[
        (
            public,
            PrivateKeyMissing,
            "PUBLIC KEY",
            "`openssl pkey -in KEY -pubout`",
        ),
        (
            &der_of(public),
            PrivateKeyMissing,
            "PUBLIC KEY",
            "`openssl pkey",
        ),
        (
            request,
            PrivateKeyMissing,
            "CERTIFICATE REQUEST",
            "`openssl x509 -req",
        ),
        (
            &der_of(request),
            PrivateKeyMissing,
            "CERTIFICATE REQUEST",
            "`openssl x509 -req",
        ),
        (crl, PrivateKeyMissing, "X509 CRL", "`openssl crl -in FILE"),
        (
            &der_of(crl),
            PrivateKeyMissing,
            "X509 CRL",
            "`openssl crl -in FILE",
        ),
        (
            &block("PKCS7"),
            PrivateKeyMissing,
            "PKCS7",
            "`openssl pkcs7",
        ),
        (
            &block("EC PARAMETERS"),
            PrivateKeyMissing,
            "EC PARAMETERS",
            "",
        ),
        (b"hello", PrivateKeyMissing, "neither PEM nor DER", ""),
        (b"\x30\x00", PrivateKeyMalformed, "neither PEM", ""),
        (b" \n", FileEmpty, "empty", ""),
    ]);
}

/// The same files where a certificate is looked for.
#[test]
fn what_is_no_certificate() {
    let rows: [(&[u8], &str, &str); 4] = [
        (
            key!("p256-request.pem"),
            "CERTIFICATE REQUEST",
            "`openssl x509 -req",
        ),
        (key!("revocations.pem"), "X509 CRL", "`openssl crl"),
        (b"\xfe\xed\xfe\xed\0\0\0\x02", "JAVA KEYSTORE", "`keytool"),
        (
            &block("PKCS7"),
            "PKCS7",
            "`openssl pkcs7 -print_certs -in FILE -out PEM`",
        ),
    ];
    for (data, message, hint) in rows {
        let error = crate::Identity::from_pem(data, None).unwrap_err();
        assert_eq!(error.code(), ErrorCode::CertificateMissing);
        assert!(error.message().contains(message), "{error:?}");
        assert!(error.hint().contains(hint), "{error:?}");
    }
}
