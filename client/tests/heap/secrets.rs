//! What must not be found: of each file the key's numbers, both ways round, its text, its passphrase.

use crate::Result;
use crate::files::File;
use std::fs;
use std::path::Path;

/// So many octets of each secret are looked for; fewer would be found by chance.
const LENGTH: usize = 16;

/// Names and octets.
pub(crate) fn of(directory: &Path, file: &File) -> Result<Vec<(String, Vec<u8>)>> {
    let plain = fs::read(directory.join(file.plain))?;
    let mut numbers = Vec::new();
    strings(&plain, &mut numbers);
    let mut secrets = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let middle = number.get(number.len() / 4..).unwrap_or_default();
        let part = middle.get(..LENGTH).ok_or("a number is too short")?;
        secrets.push((format!("number-{index}"), part.to_vec()));
        let turned = part.iter().rev().copied().collect();
        secrets.push((format!("number-{index}-turned"), turned));
    }
    if let Some(passphrase) = file.passphrase {
        let passphrase = fs::read(directory.join(passphrase))?;
        let wide = passphrase.iter().flat_map(|octet| [0, *octet]).collect();
        secrets.push(("passphrase".to_owned(), passphrase));
        secrets.push(("passphrase-wide".to_owned(), wide));
    } else {
        // A third of the way is where all forms have their private number.
        let text = fs::read(directory.join(&file.name))?;
        let part = text.get(text.len() / 3..text.len() / 3 + LENGTH);
        secrets.push((
            "file".to_owned(),
            part.ok_or("a file is too short")?.to_vec(),
        ));
    }
    Ok(secrets)
}

/// The private numbers of PKCS#8: every INTEGER and OCTET STRING of 24 octets or more in it, but for
/// the modulus, which comes first in RSA's and is no secret.
fn strings(der: &[u8], found: &mut Vec<Vec<u8>>) {
    let mut all = Vec::new();
    walk(der, &mut all);
    let is_rsa = all.len() > 2;
    found.extend(all.into_iter().skip(usize::from(is_rsa)));
}

fn walk(mut rest: &[u8], found: &mut Vec<Vec<u8>>) {
    while let [tag, length, after @ ..] = rest {
        let (size, after) = match length {
            0..=0x7f => (usize::from(*length), after),
            _ => {
                let (octets, after) = after.split_at(usize::from(length & 0x7f));
                let add = |sum, octet: &u8| sum * 256 + usize::from(*octet);
                (octets.iter().fold(0, add), after)
            }
        };
        let (content, after) = after.split_at(size);
        match (tag, content) {
            (0x30, _) | (0x04, [0x30, ..]) => walk(content, found),
            (0x02 | 0x04, _) if content.len() >= 24 => found.push(content.to_vec()),
            _ => {}
        }
        rest = after;
    }
}
