//! GnuTLS's `certtool`: PKCS#8 and PKCS#12.

use crate::maker::{Maker, SECRET, file_name, is_there};
use rolesanywhere_conformance::suite::Suite;
use std::sync::Arc;

const CIPHERS: [&str; 4] = ["aes-128", "aes-192", "aes-256", "3des"];
/// RC2 is too weak for its PKCS#8, and not for its PKCS#12.
const PKCS12_CIPHERS: [&str; 7] = [
    "aes-128",
    "aes-192",
    "aes-256",
    "3des",
    "3des-pkcs12",
    "rc2-40",
    "",
];

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) {
    if !is_there("certtool") {
        suite.skip("gnutls", "there is no certtool; Debian's gnutls-bin has it");
        return;
    }
    for key in ["p256", "rsa"] {
        for cipher in CIPHERS {
            for form in ["", "--outder"] {
                let maker = Arc::clone(maker);
                let name = format!("gnutls::pkcs8::{key}::{cipher}::{form}");
                let file = file_name(&name);
                suite.add(name, move || {
                    maker.run(&format!(
                        "certtool --to-p8 --load-privkey {key}-key.pem --pkcs-cipher {cipher} --password {SECRET} {form} --outfile {file}"
                    ))?;
                    maker.check_key(key, &maker.read(&file)?, Some(SECRET))
                });
            }
        }
        for cipher in PKCS12_CIPHERS {
            let maker = Arc::clone(maker);
            let name = format!("gnutls::pkcs12::{key}::{cipher}");
            let file = file_name(&name);
            suite.add(name, move || {
                let cipher = match cipher {
                    "" => String::new(),
                    cipher => format!("--pkcs-cipher {cipher}"),
                };
                maker.run(&format!(
                    "certtool --to-p12 --load-privkey {key}-key.pem --load-certificate {key}.pem --load-ca-certificate chain.pem --p12-name leaf {cipher} --password {SECRET} --outder --outfile {file}"
                ))?;
                maker.check_identity(key, &maker.read(&file)?, Some(SECRET), 1)
            });
        }
    }
}
