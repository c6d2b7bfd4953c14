//! What to do with a file that holds something else than what is looked for, by its label.

/// The exact command where one helps.
pub(crate) fn hint(label: &str) -> Option<&'static str> {
    Some(match label {
        "JAVA KEYSTORE" => {
            "convert it with `keytool -importkeystore -srckeystore FILE -destkeystore NEW -deststoretype PKCS12`"
        }
        "PUTTY PRIVATE KEY" => {
            "convert it with `puttygen FILE -O private-openssh -o NEW`, then with `openssl pkcs8 -topk8 -v2 aes-256-cbc -in NEW -out KEY`"
        }
        "PGP PRIVATE KEY BLOCK" | "PGP PUBLIC KEY BLOCK" | "PGP MESSAGE" => {
            "OpenPGP has no X.509 certificates: make a key with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY`, and have a certificate issued for it"
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            "a request is what a CA makes a certificate from, such as `openssl x509 -req -in FILE -CA CA -CAkey CAKEY -out CERTIFICATE`; the key is the one that the request was made with"
        }
        "PUBLIC KEY" | "RSA PUBLIC KEY" => {
            "a public key cannot sign: name its private key; `openssl pkey -in KEY -pubout` shows which public key a private key has"
        }
        "X509 CRL" => {
            "a revocation list holds neither certificate nor key; `openssl crl -in FILE -noout -issuer` shows whose it is"
        }
        "PKCS7" | "CMS" => {
            "take the certificates out with `openssl pkcs7 -print_certs -in FILE -out PEM`; there are no private keys in PKCS#7"
        }
        "TRUSTED CERTIFICATE" => "convert it with `openssl x509 -in FILE -out CERTIFICATE`",
        "PKCS12" => {
            "load the file together with its passphrase, or convert it with `openssl pkcs12 -in FILE -out PEM`"
        }
        _ => return None,
    })
}
