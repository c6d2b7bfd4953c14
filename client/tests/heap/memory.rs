//! The process's own memory, and how secrets are looked for in it without being in it.

use crate::Result;
use std::fs::File;
use std::os::unix::fs::FileExt;

/// The secrets under their mask, in hex: `NAME:HEX NAME:HEX`.
pub(crate) const VARIABLE: &str = "MASKED_SECRETS";
const MASK: u8 = 0xa5;
/// What is read at once, of which the last octets are read again with the next ones.
const PIECE: usize = 1 << 20;
const OVERLAP: usize = 64;

/// Octets to look for, each under the mask.
pub(crate) struct Masked(Vec<(String, Vec<u8>)>);

/// The value of [`VARIABLE`].
pub(crate) fn masked(secrets: &[(String, Vec<u8>)]) -> String {
    let hex = |octets: &[u8]| {
        octets
            .iter()
            .map(|octet| format!("{:02x}", octet ^ MASK))
            .collect()
    };
    let words: Vec<String> = secrets
        .iter()
        .map(|(name, secret)| {
            let hex: String = hex(secret);
            format!("{name}:{hex}")
        })
        .collect();
    words.join(" ")
}

impl Masked {
    pub(crate) fn from_environment() -> Result<Self> {
        let text = std::env::var(VARIABLE)?;
        let mut secrets = Vec::new();
        for word in text.split(' ') {
            let (name, hex) = word.split_once(':').ok_or("a secret without its name")?;
            let octets = (0..hex.len() / 2)
                .map(|index| {
                    let pair = hex.get(2 * index..2 * index + 2).unwrap_or_default();
                    u8::from_str_radix(pair, 16)
                })
                .collect::<std::result::Result<_, _>>()?;
            secrets.push((name.to_owned(), octets));
        }
        Ok(Self(secrets))
    }

    /// Prints the name and the place of each that is found, in every mapping that can be written but
    /// the main thread's stack.
    pub(crate) fn search(&self) -> Result<()> {
        let maps = std::fs::read_to_string("/proc/self/maps")?;
        let memory = File::open("/proc/self/mem")?;
        let mut piece = vec![0; PIECE];
        for line in maps
            .lines()
            .filter(|line| line.contains(" rw") && !line.ends_with("[stack]"))
        {
            let (from, to) = range(line).ok_or("a line of /proc/self/maps is odd")?;
            let mut at = from;
            while at < to {
                let wanted = usize::try_from(to - at)?.min(PIECE);
                let free = piece.get_mut(..wanted).unwrap_or_default();
                // A mapping may have gone since the list was made.
                let Ok(read) = memory.read_at(free, at) else {
                    break;
                };
                self.search_piece(piece.get(..read).unwrap_or_default(), at, line);
                let step = read.checked_sub(OVERLAP).filter(|step| *step > 0);
                match step.map(u64::try_from) {
                    Some(Ok(step)) if at + u64::try_from(read)? < to => at += step,
                    _ => break,
                }
            }
        }
        Ok(())
    }

    fn search_piece(&self, piece: &[u8], at: u64, line: &str) {
        for (name, masked) in &self.0 {
            let found = piece.windows(masked.len()).position(|window| {
                window
                    .iter()
                    .zip(masked)
                    .all(|(it, wanted)| it ^ MASK == *wanted)
            });
            if let Some(found) = found {
                let mapping = line.rsplit(' ').next().unwrap_or_default();
                println!("{name} at {at:x} + {found:x} {mapping}");
            }
        }
    }
}

fn range(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split(' ').next()?.split_once('-')?;
    let number = |hex| u64::from_str_radix(hex, 16).ok();
    Some((number(from)?, number(to)?))
}
