//! Private keys as OpenSSL writes them.

use crate::maker::{KEYS, Maker, SECRET, file_name};
use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::suite::Suite;
use std::sync::Arc;

const CIPHERS: [&str; 4] = ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3"];
const HASHES: [&str; 5] = ["SHA1", "SHA224", "SHA256", "SHA384", "SHA512"];
const FORMS: [&str; 2] = ["PEM", "DER"];

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) {
    for key in KEYS {
        for form in FORMS {
            add_plain(suite, maker, key, form);
        }
        encrypted(suite, maker, key, "PEM", "-v2 aes-256-cbc".to_owned());
    }
    // What is inside makes no difference to its encryption, but for its length.
    for (key, forms) in [("p256", &FORMS[..]), ("rsa", &["PEM"])] {
        for form in forms {
            for cipher in CIPHERS {
                for hash in HASHES {
                    let options = format!("-v2 {cipher} -v2prf hmacWith{hash} -iter 3");
                    encrypted(suite, maker, key, form, options);
                }
                let options = format!("-v2 {cipher} -scrypt -scrypt_N 64 -scrypt_r 4 -scrypt_p 2");
                encrypted(suite, maker, key, form, options);
            }
        }
    }
    // OpenSSL's own cost, the most that tools write by default, and what PKCS#12 brought.
    for options in [
        "-scrypt",
        "-iter 600000",
        "-v1 PBE-SHA1-3DES",
        "-v1 PBE-SHA1-2DES",
        "-v1 PBE-SHA1-RC2-128 -provider default -provider legacy",
        "-v1 PBE-SHA1-RC2-40 -provider default -provider legacy",
    ] {
        encrypted(suite, maker, "p256", "PEM", options.to_owned());
    }
    add_mixtures(suite, maker);
}

fn encrypted(
    suite: &mut Suite,
    maker: &Arc<Maker>,
    key: &'static str,
    form: &'static str,
    options: String,
) {
    let name = format!("openssl::pkcs8::{key}::{form}::{options}");
    let command =
        format!("pkcs8 -topk8 -in {key}-key.pem -passout pass:{SECRET} {options} -outform {form}");
    add_command(suite, maker, name, key, command, Some(SECRET));
}

fn add_plain(suite: &mut Suite, maker: &Arc<Maker>, key: &'static str, form: &'static str) {
    let mut add = |what: &str, command: String| {
        let name = format!("openssl::{what}::{key}::{form}");
        add_command(
            suite,
            maker,
            name,
            key,
            format!("{command} -outform {form}"),
            None,
        );
    };
    add("pkcs8", format!("pkcs8 -topk8 -nocrypt -in {key}-key.pem"));
    if key == "rsa" {
        add("pkcs1", format!("rsa -traditional -in {key}-key.pem"));
    } else {
        add("sec1", format!("ec -in {key}-key.pem"));
        add("sec1-no-public", format!("ec -no_public -in {key}-key.pem"));
        let compressed = format!("ec -conv_form compressed -in {key}-key.pem");
        add("sec1-compressed", compressed);
    }
}

/// Makes the file when its turn comes.
fn add_command(
    suite: &mut Suite,
    maker: &Arc<Maker>,
    name: String,
    leaf: &'static str,
    command: String,
    passphrase: Option<&'static str>,
) {
    let maker = Arc::clone(maker);
    let file = file_name(&name);
    suite.add(name, move || {
        maker.openssl(&format!("{command} -out {file}"))?;
        maker.check_key(leaf, &maker.read(&file)?, passphrase)
    });
}

/// Files put together by hand.
fn add_mixtures(suite: &mut Suite, maker: &Arc<Maker>) {
    type Mix = fn(&[u8], &[u8], &[u8]) -> Vec<u8>;
    let mixtures: [(&str, Mix); 6] = [
        ("key first", |key, leaf, chain| [key, leaf, chain].concat()),
        ("key last", |key, leaf, chain| [leaf, chain, key].concat()),
        ("chain first", |key, leaf, chain| {
            [chain, key, leaf].concat()
        }),
        ("CRLF", |key, leaf, chain| {
            crlf(&[key, leaf, chain].concat())
        }),
        ("byte-order mark", |key, leaf, chain| {
            [b"\xef\xbb\xbf", key, leaf, chain].concat()
        }),
        ("no line end between", |key, leaf, chain| {
            [key.trim_ascii(), leaf.trim_ascii(), chain].concat()
        }),
    ];
    for key in KEYS {
        for (name, mix) in mixtures {
            let maker = Arc::clone(maker);
            suite.add(format!("mixture::{key}::{name}"), move || {
                let leaf = maker.read(&format!("{key}.pem"))?;
                let mixed = mix(
                    &maker.read(&format!("{key}-key.pem"))?,
                    &leaf,
                    &maker.read("chain.pem")?,
                );
                maker.check_identity(key, &mixed, None, 1)
            });
        }
        let maker = Arc::clone(maker);
        suite.add(format!("mixture::{key}::bag attributes"), move || {
            bag_attributes(&maker, key)
        });
    }
}

/// What `openssl pkcs12` prints, encrypted and not.
fn bag_attributes(maker: &Maker, key: &str) -> Result<()> {
    let file = format!("bag-{key}");
    maker.openssl(&format!(
        "pkcs12 -export -in {key}.pem -inkey {key}-key.pem -certfile chain.pem -name bag -passout pass:{SECRET} -out {file}.p12"
    ))?;
    for (options, passphrase) in [("-nodes", None), ("-passout pass:secret", Some(SECRET))] {
        maker.openssl(&format!(
            "pkcs12 -in {file}.p12 -passin pass:{SECRET} {options} -out {file}.pem"
        ))?;
        maker.check_identity(key, &maker.read(&format!("{file}.pem"))?, passphrase, 1)?;
    }
    Ok(())
}

fn crlf(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    text.replace('\n', "\r\n").into_bytes()
}
