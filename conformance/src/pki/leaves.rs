//! What is right: the root, a leaf and key of each algorithm, chains, odd serial numbers and names.

use super::certificate::{Issuer, Template, name, rdn};
use super::key::{KEYS, Key, seed};
use super::{Files, pem};
use crate::{Result, der};
use rolesanywhere_core::KeyAlgorithm;

/// The root that issues everything, and what it says of itself.
pub(super) struct Root {
    pub(super) key: Key,
    pub(super) name: Vec<u8>,
}

impl Root {
    pub(super) fn new(common_name: &str) -> Result<Self> {
        Ok(Self {
            key: Key::named(common_name, KeyAlgorithm::P256)?,
            name: authority_name(common_name),
        })
    }

    pub(super) fn issuer(&self) -> Issuer<'_> {
        Issuer {
            name: self.name.clone(),
            key: &self.key,
        }
    }

    pub(super) fn certificate(&self) -> Result<Vec<u8>> {
        let spki = self.key.signing.public_key().spki_der();
        Template::authority(self.name.clone(), spki).issue(&self.issuer())
    }
}

pub(super) fn add(files: &mut Files) -> Result<()> {
    let root = Root::new("root")?;
    files.insert(
        "pki/root.pem".into(),
        pem::certificate(&root.certificate()?),
    );
    files.insert("pki/root-key.pem".into(), root.key.file.clone());
    for (directory, algorithm) in KEYS {
        let key = Key::named(directory, algorithm)?;
        let spki = key.signing.public_key().spki_der();
        let leaf = Template::leaf(leaf_name(directory), spki).issue(&root.issuer())?;
        files.insert(format!("pki/{directory}/leaf.pem"), pem::certificate(&leaf));
        files.insert(format!("pki/{directory}/leaf.der"), leaf);
        files.insert(format!("pki/{directory}/key.pem"), key.file);
    }
    let p256 = Key::named("p256", KeyAlgorithm::P256)?;
    let spki = p256.signing.public_key().spki_der();
    add_chain(files, &root, spki)?;
    add_serial_numbers(files, &root, spki)?;
    add_names(files, &root, spki)
}

/// Six intermediates, a leaf below each, and two certificates that look like the second one.
fn add_chain(files: &mut Files, root: &Root, leaf_spki: &[u8]) -> Result<()> {
    let mut above = Root::new("root")?;
    for number in 1..=6 {
        let label = format!("intermediate-{number}");
        let this = Root::new(&label)?;
        let spki = this.key.signing.public_key().spki_der();
        let template = Template::authority(this.name.clone(), spki);
        let certificate = template.issue(&above.issuer())?;
        files.insert(
            format!("pki/chain/{label}.pem"),
            pem::certificate(&certificate),
        );
        if number == 2 {
            let mut renewed = template.clone();
            renewed.not_before = "20260101000000Z";
            renewed.serial_number = vec![2];
            let renewed = renewed.issue(&above.issuer())?;
            files.insert(
                "pki/chain/intermediate-2-renewed.pem".into(),
                pem::certificate(&renewed),
            );
            let other = Root::new("other-root")?;
            let crossed = template.issue(&other.issuer())?;
            files.insert(
                "pki/chain/intermediate-2-crossed.pem".into(),
                pem::certificate(&crossed),
            );
            files.insert(
                "pki/other-root.pem".into(),
                pem::certificate(&other.certificate()?),
            );
        }
        let leaf = Template::leaf(leaf_name(&format!("below-{number}")), leaf_spki);
        let leaf = leaf.issue(&this.issuer())?;
        files.insert(
            format!("pki/chain/leaf-of-{number}.pem"),
            pem::certificate(&leaf),
        );
        above = this;
    }
    // The same name as the first intermediate, and another key.
    let namesake = Root {
        key: Key::named("namesake", KeyAlgorithm::P256)?,
        name: authority_name("intermediate-1"),
    };
    let spki = namesake.key.signing.public_key().spki_der();
    let namesake = Template::authority(namesake.name.clone(), spki).issue(&root.issuer())?;
    files.insert(
        "pki/chain/intermediate-1-namesake.pem".into(),
        pem::certificate(&namesake),
    );
    Ok(())
}

fn add_serial_numbers(files: &mut Files, root: &Root, spki: &[u8]) -> Result<()> {
    let mut twenty = seed("serial number", 20)?;
    if let Some(first) = twenty.first_mut() {
        *first |= 0x80;
    }
    let with_sign_octet = [vec![0], twenty.clone()].concat();
    let largest = [vec![0x7f], vec![0xff; 19]].concat();
    let serials = [
        ("one", vec![1]),
        ("128", vec![0, 0x80]),
        ("2-to-the-63", vec![0, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        ("2-to-the-64", vec![1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("20-octets-high-bit", with_sign_octet),
        ("largest", largest),
        ("zero", vec![0]),
        ("negative", vec![0x80]),
        ("21-octets", [vec![1], twenty].concat()),
    ];
    for (label, serial_number) in serials {
        let mut leaf = Template::leaf(leaf_name(&format!("serial-{label}")), spki);
        leaf.serial_number = serial_number;
        let leaf = pem::certificate(&leaf.issue(&root.issuer())?);
        files.insert(format!("pki/serial/{label}.pem"), leaf);
    }
    Ok(())
}

fn add_names(files: &mut Files, root: &Root, spki: &[u8]) -> Result<()> {
    let multi_valued = [
        rdn(&[("C", "DE")]),
        rdn(&[("CN", "build-7"), ("UID", "7"), ("OU", "ci")]),
    ];
    let names = [
        ("multi-valued", der::sequence(&multi_valued)),
        (
            "unicode",
            name(&[("O", "Bäckerei 東京"), ("CN", "naïve ☂")]),
        ),
        (
            "escapes",
            name(&[("O", "a, b + c"), ("CN", "#1 \"x\" <y>; \\ z ")]),
        ),
        (
            "many",
            name(&[
                ("C", "DE"),
                ("ST", "Berlin"),
                ("L", "Berlin"),
                ("O", "Example"),
                ("OU", "one"),
                ("OU", "two"),
                ("serialNumber", "0042"),
                ("CN", "many"),
            ]),
        ),
        ("common-name-64", name(&[("CN", &"n".repeat(64))])),
        ("common-name-65", name(&[("CN", &"n".repeat(65))])),
        (
            "longest-tag",
            name(&[("CN", "tag"), ("OU", &"u".repeat(256))]),
        ),
        ("long-tag", name(&[("CN", "tag"), ("OU", &"u".repeat(257))])),
        (
            "large",
            name(&[("CN", "large"), ("description", &"d".repeat(17_000))]),
        ),
    ];
    for (label, subject) in names {
        let leaf = Template::leaf(subject, spki).issue(&root.issuer())?;
        files.insert(format!("pki/name/{label}.pem"), pem::certificate(&leaf));
    }
    Ok(())
}

pub(super) fn leaf_name(common_name: &str) -> Vec<u8> {
    name(&[("C", "DE"), ("O", "Conformance"), ("CN", common_name)])
}

fn authority_name(common_name: &str) -> Vec<u8> {
    name(&[("O", "Conformance"), ("CN", common_name)])
}
