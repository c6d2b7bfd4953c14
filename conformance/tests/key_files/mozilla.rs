//! NSS's `pk12util`, which writes BER: lengths left open, octet strings in pieces.

use crate::maker::{Maker, SECRET, file_name, is_there};
use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::suite::Suite;
use std::sync::Arc;

/// Its names of what keys and certificates are encrypted with; none is its default.
const CIPHERS: [(&str, &str); 5] = [
    ("", ""),
    ("AES-128-CBC", "AES-256-CBC"),
    ("AES-256-CBC", "none"),
    ("DES-EDE3-CBC", "AES-192-CBC"),
    (
        "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC",
        "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC",
    ),
];

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) {
    if !is_there("pk12util") {
        suite.skip("nss", "there is no pk12util; Debian's libnss3-tools has it");
        return;
    }
    for key in ["p256", "rsa"] {
        for (cipher, certificates) in CIPHERS {
            let maker = Arc::clone(maker);
            let name = format!("nss::{key}::{cipher}::{certificates}");
            let directory = file_name(&name).replace('#', "");
            suite.add(name, move || {
                let ciphers = match cipher {
                    "" => String::new(),
                    _ => format!("-c {} -C {}", joined(cipher), joined(certificates)),
                };
                export(&maker, key, &directory, &ciphers)?;
                let file = maker.read(&format!("{directory}/exported.p12"))?;
                maker.check_identity(key, &file, Some(SECRET), 1)
            });
        }
    }
}

/// One word.
fn joined(name: &str) -> String {
    name.replace(' ', "~")
}

/// Into a database of its own, and out again.
fn export(maker: &Maker, key: &str, directory: &str, ciphers: &str) -> Result<()> {
    std::fs::create_dir_all(maker.path(directory))?;
    std::fs::write(maker.path(&format!("{directory}/empty")), "\n")?;
    maker.openssl(&format!(
        "pkcs12 -export -in {key}.pem -inkey {key}-key.pem -certfile chain.pem -name leaf -passout pass:{SECRET} -out {directory}/source.p12"
    ))?;
    let database = format!("-d sql:{directory}");
    maker.run(&format!("certutil -N {database} --empty-password"))?;
    let passwords = format!("-W {SECRET} -k {directory}/empty");
    maker.run(&format!(
        "pk12util -i {directory}/source.p12 {database} {passwords}"
    ))?;
    maker.run(&format!(
        "pk12util -o {directory}/exported.p12 -n leaf {database} {passwords} {ciphers}"
    ))
}
