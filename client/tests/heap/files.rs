//! Key files of every form, made by OpenSSL for one certificate each time.

use crate::Result;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A file with a key.
pub(crate) struct File {
    /// Its name in the directory.
    pub(crate) name: String,
    /// The file with its passphrase.
    pub(crate) passphrase: Option<&'static str>,
    /// The same key as unencrypted PKCS#8 in DER.
    pub(crate) plain: &'static str,
}

/// Long, so that it is not found by chance; nobody else's.
const PASSPHRASE: &str = "zuerich-Quittung-4711-Ofenrohr";
const PASSPHRASE_FILE: &str = "passphrase";
/// Name, how it is made of `key.pem`, and whether it has a passphrase.
const FORMS: [(&str, &str, bool); 7] = [
    ("pkcs8.pem", "pkcs8 -topk8 -nocrypt -in key.pem", false),
    (
        "pkcs8.der",
        "pkcs8 -topk8 -nocrypt -in key.pem -outform DER",
        false,
    ),
    ("own.pem", "", false),
    (
        "pbkdf2.pem",
        "pkcs8 -topk8 -in key.pem -v2 aes-256-cbc -iter 3000 -passout file:passphrase",
        true,
    ),
    (
        "scrypt.pem",
        "pkcs8 -topk8 -in key.pem -scrypt -passout file:passphrase",
        true,
    ),
    (
        "modern.p12",
        "pkcs12 -export -inkey key.pem -in leaf.pem -passout file:passphrase",
        true,
    ),
    (
        "legacy.p12",
        "pkcs12 -export -legacy -inkey key.pem -in leaf.pem -passout file:passphrase",
        true,
    ),
];

/// The files of each algorithm, in a directory of its own; or the reason to skip, where there is no
/// OpenSSL 3.
pub(crate) fn make(
    directory: &Path,
    algorithm: &str,
) -> Result<core::result::Result<Vec<File>, String>> {
    let _gone = fs::remove_dir_all(directory);
    fs::create_dir_all(directory)?;
    fs::write(directory.join(PASSPHRASE_FILE), PASSPHRASE)?;
    let Ok(version) = Command::new("openssl").arg("version").output() else {
        return Ok(Err("there is no openssl".to_owned()));
    };
    if !version.stdout.starts_with(b"OpenSSL 3") {
        return Ok(Err("openssl is not version 3".to_owned()));
    }
    let (generate, own) = match algorithm {
        "rsa" => (
            "RSA -pkeyopt rsa_keygen_bits:2048",
            "rsa -traditional -in key.pem",
        ),
        _ => ("EC -pkeyopt ec_paramgen_curve:P-256", "ec -in key.pem"),
    };
    openssl(
        directory,
        &format!("genpkey -quiet -algorithm {generate} -out key.pem"),
    )?;
    openssl(
        directory,
        "req -new -x509 -key key.pem -subj /CN=leaf -days 9 -out leaf.pem -addext basicConstraints=CA:FALSE",
    )?;
    let mut files = Vec::new();
    for (name, command, encrypted) in FORMS {
        let command = if command.is_empty() { own } else { command };
        openssl(directory, &format!("{command} -out {name}"))?;
        files.push(File {
            name: name.to_owned(),
            passphrase: encrypted.then_some(PASSPHRASE_FILE),
            plain: "pkcs8.der",
        });
    }
    Ok(Ok(files))
}

fn openssl(directory: &Path, words: &str) -> Result<()> {
    let output = Command::new("openssl")
        .args(words.split(' '))
        .current_dir(directory)
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("openssl {words}: {said}").into())
}
