//! What is wrong: leaves that the service refuses, each for one reason.

use super::certificate::{KEY_ENCIPHERMENT, Template, name};
use super::key::{Key, foreign_spki, seed};
use super::leaves::{Root, leaf_name};
use super::{Files, pem};
use crate::Result;
use crate::der::{oid, sequence, tagged};
use rolesanywhere_core::KeyAlgorithm;

pub(super) fn add(files: &mut Files) -> Result<()> {
    let root = Root::new("root")?;
    let key = Key::named("p256", KeyAlgorithm::P256)?;
    let spki = key.signing.public_key().spki_der();
    let mut made: Vec<(&str, Template)> = Vec::new();
    let mut wrong = |label: &'static str, change: fn(&mut Template)| {
        let mut template = Template::leaf(leaf_name(label), spki);
        change(&mut template);
        made.push((label, template));
    };
    wrong("ca", |leaf| leaf.is_ca = true);
    wrong("key-usage", |leaf| leaf.key_usage = Some(KEY_ENCIPHERMENT));
    wrong("without-key-usage", |leaf| leaf.key_usage = None);
    wrong("version-1", |leaf| leaf.version_3 = false);
    wrong("empty-subject", |leaf| leaf.subject = name(&[]));
    wrong("expired", |leaf| leaf.not_after = "20251231235959Z");
    wrong("not-yet-valid", |leaf| leaf.not_before = "20980101000000Z");
    wrong("sha1", |leaf| {
        leaf.claimed_signature = Some(sequence(&[oid(&[1, 2, 840, 10045, 4, 1])]))
    });
    wrong("sha224", |leaf| {
        leaf.claimed_signature = Some(sequence(&[oid(&[1, 2, 840, 10045, 4, 3, 1])]));
    });
    wrong("sha1-and-expired", |leaf| {
        leaf.claimed_signature = Some(sequence(&[oid(&[1, 2, 840, 10045, 4, 1])]));
        leaf.not_after = "20251231235959Z";
    });
    for (label, spki) in foreign_keys()? {
        made.push((label, Template::leaf(leaf_name(label), &spki)));
    }
    for (label, template) in made {
        let certificate = pem::certificate(&template.issue(&root.issuer())?);
        files.insert(format!("pki/wrong/{label}.pem"), certificate);
    }
    Ok(())
}

/// Public keys that the service does not take. Nobody has their private halves.
fn foreign_keys() -> Result<[(&'static str, Vec<u8>); 6]> {
    let ec_public_key = oid(&[1, 2, 840, 10045, 2, 1]);
    let point = [vec![4], seed("point", 64)?].concat();
    let modulus = |octets: usize| -> Result<Vec<u8>> {
        let mut modulus = [vec![0, 0xc1], seed("modulus", octets - 1)?].concat();
        if let Some(last) = modulus.last_mut() {
            *last |= 1;
        }
        Ok(sequence(&[
            tagged(0x02, &modulus),
            tagged(0x02, &[1, 0, 1]),
        ]))
    };
    let rsa = [oid(&[1, 2, 840, 113_549, 1, 1, 1]), tagged(0x05, &[])];
    let secp256k1 = [ec_public_key.clone(), oid(&[1, 3, 132, 0, 10])];
    let explicit = [ec_public_key, sequence(&[tagged(0x02, &[1])])];
    Ok([
        (
            "ed25519",
            foreign_spki(&[oid(&[1, 3, 101, 112])], &seed("ed25519", 32)?),
        ),
        (
            "x25519",
            foreign_spki(&[oid(&[1, 3, 101, 110])], &seed("x25519", 32)?),
        ),
        ("secp256k1", foreign_spki(&secp256k1, &point)),
        ("explicit-parameters", foreign_spki(&explicit, &point)),
        ("rsa512", foreign_spki(&rsa, &modulus(64)?)),
        ("rsa1024", foreign_spki(&rsa, &modulus(128)?)),
    ])
}
