use crate::arn::Arn;
use crate::certificate::Certificate;
use crate::pki::Serial;
use crate::sigv4::sha256_hex;
use rolesanywhere_core::encoding;

/// Lower hex of the serial number's content octets, sign octet kept, as CloudTrail shows it.
pub(super) fn default_session_name(serial: &Serial) -> String {
    encoding::hex(serial.content_octets())
}

/// What the services take for `roleSessionName`, and for a source identity.
pub(crate) fn is_session_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    (2..=64).contains(&name.len()) && name.chars().all(allowed)
}

/// `CN=` and the common name, the common name alone when that would be too long, else `ID=` and the
/// serial number in hex.
pub(super) fn source_identity(leaf: &Certificate) -> String {
    let common_name = leaf.subject().common_name().ok().flatten();
    let common_name = common_name.map(String::from);
    match common_name
        .as_ref()
        .map(|name| (name, name.chars().count()))
    {
        Some((name, 1..=61)) => format!("CN={name}"),
        Some((name, 62..=64)) => name.clone(),
        _ => format!("ID={}", default_session_name(&leaf.serial())),
    }
}

/// `…:subject/` and an id that follows from the subject's name.
pub(super) fn subject_arn(leaf: &Certificate, profile: &Arn) -> String {
    let hash = sha256_hex(&leaf.subject_der());
    let mut characters = hash.chars();
    let groups =
        [8, 4, 4, 4, 12].map(|length| characters.by_ref().take(length).collect::<String>());
    format!(
        "arn:{}:rolesanywhere:{}:{}:subject/{}",
        profile.partition(),
        profile.region(),
        profile.account(),
        groups.join("-")
    )
}

#[cfg(test)]
mod tests {
    use super::{default_session_name, source_identity};
    use crate::certificate::Certificate;
    use crate::pki::{Authority, KeyType, LeafOptions};

    #[test]
    fn session_names_keep_the_sign_octet() {
        assert_eq!(default_session_name(&"1".parse().unwrap()), "01");
        assert_eq!(default_session_name(&"0xff".parse().unwrap()), "00ff");
    }

    #[test]
    fn source_identity_follows_the_length_of_the_common_name() {
        let root = Authority::generate(KeyType::P256).unwrap();
        for (length, expected) in [
            (1, "CN=n".to_owned()),
            (61, format!("CN={}", "n".repeat(61))),
            (62, "n".repeat(62)),
            (64, "n".repeat(64)),
            (65, "ID=02".to_owned()),
        ] {
            let subject = format!("O=Example Corp,CN={}", "n".repeat(length));
            let options = LeafOptions::new()
                .subject(&subject)
                .serial("2".parse().unwrap());
            let leaf = root.issue(&options).unwrap();
            let leaf = Certificate::from_der(leaf.certificate_der()).unwrap();
            assert_eq!(source_identity(&leaf), expected);
        }
    }
}
