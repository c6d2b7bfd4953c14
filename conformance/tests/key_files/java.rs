//! Java's `keytool`: PKCS#12, modern and as older releases wrote it, and its own old formats.

use crate::maker::{Maker, SECRET, is_there};
use crate::refused::helped;
use rolesanywhere_conformance::suite::Suite;
use rolesanywhere_core::ErrorCode;
use std::sync::Arc;

/// Java takes no shorter one.
const PASSPHRASE: &str = SECRET;

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) {
    if !is_there("keytool") {
        suite.skip("java", "there is no keytool");
        return;
    }
    for key in ["p256", "rsa"] {
        for (name, option) in [("modern", ""), ("legacy", "-J-Dkeystore.pkcs12.legacy")] {
            let maker = Arc::clone(maker);
            suite.add(format!("java::{name}::{key}"), move || {
                let file = format!("java-{name}-{key}.p12");
                import(
                    &maker,
                    key,
                    &file,
                    &format!("-deststoretype PKCS12 {option}"),
                )?;
                maker.check_identity(key, &maker.read(&file)?, Some(PASSPHRASE), 1)
            });
        }
    }
    for store in ["JKS", "JCEKS"] {
        let maker = Arc::clone(maker);
        suite.add(format!("java::{store}"), move || {
            let file = format!("java.{store}");
            import(&maker, "p256", &file, &format!("-deststoretype {store}"))?;
            let code = (ErrorCode::PrivateKeyMalformed, "Java keystore");
            let options =
                format!("-srcstorepass {PASSPHRASE} -deststorepass {PASSPHRASE} -noprompt");
            let made = helped(&maker, &file, code, &options)?;
            maker.check_identity("p256", &made, Some(PASSPHRASE), 1)
        });
    }
}

fn import(
    maker: &Maker,
    key: &str,
    file: &str,
    options: &str,
) -> rolesanywhere_conformance::Result<()> {
    maker.openssl(&format!(
        "pkcs12 -export -in {key}.pem -inkey {key}-key.pem -certfile chain.pem -name leaf -passout pass:{PASSPHRASE} -out {file}.source"
    ))?;
    maker.run(&format!(
        "keytool -importkeystore -noprompt -srckeystore {file}.source -srcstoretype PKCS12 -srcstorepass {PASSPHRASE} -destkeystore {file} -deststorepass {PASSPHRASE} {options}"
    ))
}
