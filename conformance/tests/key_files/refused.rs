//! Files that are refused by name; where the hint has a command, it is run, and makes one that is
//! read.

use crate::maker::{Maker, SECRET, file_name, is_there};
use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::suite::{Suite, equal};
use rolesanywhere_core::ErrorCode::{self, KeyEncryptionUnsupported, PrivateKeyMalformed};
use std::sync::Arc;

/// How OpenSSL makes the file, and what its refusal says.
const ENCRYPTED: &[(&str, &str)] = &[
    ("pkcs8 -topk8 -v2 camellia-128-cbc", "Camellia-128"),
    ("pkcs8 -topk8 -v2 camellia-256-cbc", "Camellia-256"),
    ("pkcs8 -topk8 -v2 aria-128-cbc", "ARIA-128"),
    ("pkcs8 -topk8 -v2 aria-256-cbc", "ARIA-256"),
    ("pkcs8 -topk8 -v2 rc2 LEGACY", "RC2"),
    ("pkcs8 -topk8 -v2 des LEGACY", "DES"),
    (
        "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512-224",
        "SHA-512/224",
    ),
    (
        "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512-256",
        "SHA-512/256",
    ),
    ("pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithMD5", "MD5"),
    ("pkcs8 -topk8 -v1 PBE-MD5-DES LEGACY", "PBES1 (MD5 and DES)"),
    (
        "pkcs8 -topk8 -v1 PBE-SHA1-DES LEGACY",
        "PBES1 (SHA-1 and DES)",
    ),
    (
        "pkcs8 -topk8 -v1 PBE-MD5-RC2-64 LEGACY",
        "PBES1 (MD5 and RC2)",
    ),
    (
        "pkcs8 -topk8 -v1 PBE-SHA1-RC2-64 LEGACY",
        "PBES1 (SHA-1 and RC2)",
    ),
    (
        "pkcs8 -topk8 -v1 PBE-SHA1-RC4-128 LEGACY",
        "RC4 of 128 bits",
    ),
    ("pkcs8 -topk8 -v1 PBE-SHA1-RC4-40 LEGACY", "RC4 of 40 bits"),
    ("ec -aes128", "traditional PEM"),
    ("ec -des3", "traditional PEM"),
];

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) {
    for (command, says) in ENCRYPTED {
        let maker = Arc::clone(maker);
        let name = format!("refused::{command}");
        let file = file_name(&name);
        suite.add(name, move || {
            let command = command.replace("LEGACY", "-provider default -provider legacy");
            maker.openssl(&format!(
                "{command} -in p256-key.pem -passout pass:{SECRET} -out {file}"
            ))?;
            let passwords = format!("-passin pass:{SECRET} -passout pass:{SECRET}");
            let made = helped(&maker, &file, (KeyEncryptionUnsupported, says), &passwords)?;
            maker.check_key("p256", &made, Some(SECRET))
        });
    }
    add_explicit(suite, maker);
    add_formats(suite, maker);
}

fn add_explicit(suite: &mut Suite, maker: &Arc<Maker>) {
    let maker = Arc::clone(maker);
    suite.add("refused::explicit parameters", move || {
        maker.openssl("ec -in p256-key.pem -param_enc explicit -out explicit.pem")?;
        let code = ErrorCode::KeyAlgorithmUnsupported;
        let made = helped(&maker, "explicit.pem", (code, "explicit"), "")?;
        maker.check_key("p256", &made, None)
    });
}

/// Formats of other programs, converted to by those programs.
fn add_formats(suite: &mut Suite, maker: &Arc<Maker>) {
    if is_there("ssh-keygen") {
        let maker = Arc::clone(maker);
        suite.add("refused::OpenSSH", move || {
            std::fs::copy(maker.path("p256-key.pem"), maker.path("openssh"))?;
            let options = maker.path("openssh").display().to_string();
            maker.run(&format!("chmod 600 {options}"))?;
            maker.run(&format!("ssh-keygen -q -p -N secret -f {options}"))?;
            let code = (PrivateKeyMalformed, "OpenSSH");
            let made = helped(&maker, "openssh", code, "-P secret -N secret")?;
            maker.check_key("p256", &made, Some(SECRET))
        });
    } else {
        suite.skip("refused::OpenSSH", "there is no ssh-keygen");
    }
    if is_there("puttygen") {
        let maker = Arc::clone(maker);
        suite.add("refused::PuTTY", move || {
            maker.openssl("ec -in p256-key.pem -out putty.pem")?;
            maker.run("puttygen putty.pem -O private -o putty")?;
            let code = (PrivateKeyMalformed, "PuTTY");
            let made = helped(&maker, "putty", code, "")?;
            maker.check_key("p256", &made, None)
        });
    } else {
        suite.skip("refused::PuTTY", "there is no puttygen");
    }
}

/// Checks the refusal, runs the hint's first command on the file, and gives what it made.
pub(crate) fn helped(
    maker: &Maker,
    file: &str,
    (code, says): (ErrorCode, &str),
    options: &str,
) -> Result<Vec<u8>> {
    let error = Maker::refusal(&maker.read(file)?, Some(SECRET))?;
    equal("code", error.code(), code)?;
    if !error.message().contains(says) {
        return Err(format!("it says: {}", error.message()).into());
    }
    let command = error
        .hint()
        .split('`')
        .nth(1)
        .ok_or("the hint has no command")?;
    let made = format!("{file}.made");
    let words: Vec<&str> = command
        .split_whitespace()
        .map(|word| match word {
            "FILE" | "COPY" => file,
            "NEW" | "KEY" => &made,
            word => word,
        })
        .collect();
    maker.run(&format!("{} {options}", words.join(" ")))?;
    maker.read(&made).or_else(|_| maker.read(file))
}
