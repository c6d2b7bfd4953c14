//! What each side reads of a certificate: a list of named fields, or a refusal.

use rolesanywhere_core::KeyAlgorithm;
use rolesanywhere_core::encoding::hex;
use rolesanywhere_core::x509::Certificate;

/// The fields, in the order in which `x509_fields.c` prints them.
pub(crate) const NAMES: [&str; 13] = [
    "version",
    "serialNumber",
    "issuer",
    "subject",
    "self-issued",
    "notBefore",
    "notAfter",
    "cA",
    "digitalSignature",
    "subjectKeyIdentifier",
    "authorityKeyIdentifier",
    "public key",
    "signature hash",
];

/// A field that is there and malformed, in OpenSSL's reading.
pub(crate) const BAD: &str = "bad";
/// A key that the service does not take, with the reason.
pub(crate) const OTHER_KEY: &str = "not taken: ";

/// One side's reading.
pub(crate) type Reading = Result<Vec<String>, String>;

/// The core's.
pub(crate) fn ours(der: &[u8]) -> Reading {
    let certificate = Certificate::from_der(der).map_err(|error| error.message().to_owned())?;
    let flag = |flag: bool| u8::from(flag).to_string();
    let identifier = |octets: Option<&[u8]>| match octets {
        Some(octets) => format!(":{}", hex(octets)),
        None => "none".to_owned(),
    };
    let key = match certificate.public_key() {
        Ok(key) => format!("{}:{}", key.algorithm().as_str(), hex(key.key_bytes())),
        Err(error) => format!("{OTHER_KEY}{}", error.message()),
    };
    Ok(vec![
        certificate.version().to_string(),
        certificate.serial_number().to_owned(),
        certificate.issuer().as_str().to_owned(),
        certificate.subject().as_str().to_owned(),
        flag(certificate.is_self_issued()),
        certificate.not_before().unix_seconds().to_string(),
        certificate.not_after().unix_seconds().to_string(),
        flag(certificate.is_ca()),
        certificate
            .allows_digital_signature()
            .map_or_else(|| "none".to_owned(), flag),
        identifier(certificate.subject_key_identifier()),
        identifier(certificate.authority_key_identifier()),
        key,
        certificate
            .weak_signature_hash()
            .unwrap_or("strong")
            .to_owned(),
    ])
}

/// OpenSSL's, from a line of `x509_fields.c`, in the same words.
pub(crate) fn theirs(line: &str) -> Reading {
    let mut fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
    if fields.remove(0) != "read" || fields.len() != NAMES.len() {
        return Err(fields.join(" "));
    }
    for (name, field) in NAMES.iter().zip(&mut fields) {
        *field = match *name {
            "cA" if field == "none" => "0".to_owned(),
            "public key" => key(field),
            "issuer" | "subject" => lower_hex(field),
            "signature hash" => match field.as_str() {
                "MD2" | "MD4" | "MD5" => field.clone(),
                "SHA1" => "SHA-1".to_owned(),
                "SHA224" => "SHA-224".to_owned(),
                _ => "strong".to_owned(),
            },
            _ => field.clone(),
        };
    }
    Ok(fields)
}

/// OpenSSL's names of the algorithms that the service takes.
fn key(field: &str) -> String {
    let known = [
        ("rsaEncryption", KeyAlgorithm::Rsa),
        ("id-ecPublicKeyprime256v1", KeyAlgorithm::P256),
        ("id-ecPublicKeysecp384r1", KeyAlgorithm::P384),
        ("id-ecPublicKeysecp521r1", KeyAlgorithm::P521),
    ];
    match field.split_once(':') {
        None => BAD.to_owned(),
        Some((name, octets)) => match known.iter().find(|(known, _)| *known == name) {
            Some((_, algorithm)) => format!("{}:{octets}", algorithm.as_str()),
            None => format!("{OTHER_KEY}{name}"),
        },
    }
}

/// The same text with the digits of its escapes and of its values in hex in lower case, which RFC 4514
/// leaves open.
fn lower_hex(text: &str) -> String {
    let mut lower = String::new();
    let (mut digits, mut whole) = (0, false);
    for (character, next) in text.chars().zip(text.chars().skip(1).chain([',', ','])) {
        match character {
            '\\' if next.is_ascii_hexdigit() => digits = 3,
            '#' if lower.ends_with('=') => whole = true,
            ',' | '+' => whole = false,
            _ => {}
        }
        let in_hex = whole || digits > 0;
        digits -= i32::from(digits > 0);
        lower.push(if in_hex {
            character.to_ascii_lowercase()
        } else {
            character
        });
    }
    lower
}
