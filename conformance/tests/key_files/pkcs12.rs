//! PKCS#12 as OpenSSL writes it: modern, legacy, and every scheme between.

use crate::maker::{Maker, SECRET, file_name};
use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_core::ErrorCode;
use std::sync::Arc;

/// What keys and certificates are encrypted with.
const SCHEMES: [&str; 9] = [
    "",
    "-legacy",
    "-keypbe aes-128-cbc -certpbe aes-192-cbc",
    "-keypbe aes-192-cbc -certpbe NONE",
    "-keypbe NONE -certpbe aes-256-cbc",
    "-keypbe NONE -certpbe NONE",
    "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40 -legacy",
    "-keypbe PBE-SHA1-2DES -certpbe PBE-SHA1-RC2-128 -legacy",
    "-iter 1 -nomaciter",
];
const MACS: [&str; 6] = [
    "-macalg sha1",
    "-macalg sha224",
    "-macalg sha256",
    "-macalg sha384",
    "-macalg sha512",
    "-nomac",
];
/// Passphrases that readers have got wrong: of one letter, longer than a block, of other alphabets
/// and beyond 16 bits.
const PASSPHRASES: [&str; 4] = [
    "x",
    "0123456789012345678901234567890123456789012345678901234567890123456789",
    "Größe-€",
    "key🔑",
];

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) {
    for key in ["p256", "rsa"] {
        for scheme in SCHEMES {
            for more in ["", "-certfile chain.pem -name friendly"] {
                file(suite, maker, key, SECRET, format!("{scheme} {more}"));
            }
        }
        for mac in MACS {
            file(suite, maker, key, SECRET, mac.to_owned());
        }
        for passphrase in PASSPHRASES {
            for scheme in ["", "-legacy"] {
                file(suite, maker, key, passphrase, scheme.to_owned());
            }
        }
        for scheme in ["", "-legacy"] {
            file(suite, maker, key, "", scheme.to_owned());
        }
    }
}

fn file(
    suite: &mut Suite,
    maker: &Arc<Maker>,
    key: &'static str,
    passphrase: &'static str,
    options: String,
) {
    let maker = Arc::clone(maker);
    let name = format!("openssl::pkcs12::{key}::{passphrase}::{}", options.trim());
    let file = format!("{}.p12", file_name(&name));
    suite.add(name, move || {
        maker.openssl(&format!(
            "pkcs12 -export -in {key}.pem -inkey {key}-key.pem -passout pass:{passphrase} {options} -out {file}"
        ))?;
        let file = maker.read(&file)?;
        let intermediates = usize::from(options.contains("-certfile"));
        maker.check_identity(key, &file, Some(passphrase), intermediates)?;
        maker.check_key(key, &file, Some(passphrase))?;
        if passphrase.is_empty() {
            return maker.check_identity(key, &file, None, intermediates);
        }
        // Neither encrypted nor with a MAC there is nothing that a passphrase opens.
        wrong_passphrase(&file)
    });
}

fn wrong_passphrase(file: &[u8]) -> Result<()> {
    let code = |passphrase| Maker::refusal(file, passphrase).map(|error| error.code());
    equal(
        "wrong",
        code(Some("wrong"))?,
        ErrorCode::PassphraseIncorrect,
    )?;
    equal("none", code(None)?, ErrorCode::PrivateKeyEncrypted)
}
