//! Reading a stream to its end: bounded, and wiped when dropped.

use std::io::{self, Read};
use zeroize::Zeroizing;

/// Why a bounded read ended without content.
pub(crate) enum ReadFailure {
    TooLarge,
    Io(io::Error),
}

/// Reads at most `limit` bytes. `expected` bytes are allocated at once; outgrown buffers are wiped.
pub(crate) fn read_bounded(
    reader: &mut dyn Read,
    expected: usize,
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, ReadFailure> {
    // One byte more than expected, so that the end shows without growing the buffer.
    let mut buffer = Zeroizing::new(vec![0; expected.min(limit).saturating_add(1).max(4096)]);
    let mut filled = 0;
    loop {
        if filled == buffer.len() {
            buffer = grown(&buffer);
        }
        let free = buffer.get_mut(filled..).unwrap_or_default();
        match reader.read(free) {
            Ok(0) => break,
            Ok(count) => filled = filled.saturating_add(count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ReadFailure::Io(error)),
        }
        if filled > limit {
            return Err(ReadFailure::TooLarge);
        }
    }
    buffer.truncate(filled);
    Ok(buffer)
}

/// A vector that grows by itself would leave its old memory unwiped.
fn grown(buffer: &Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    let doubled = buffer.len().saturating_mul(2);
    let mut larger = Zeroizing::new(Vec::with_capacity(doubled));
    larger.extend_from_slice(buffer);
    larger.resize(doubled, 0);
    larger
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_survives_growing() {
        let content: Vec<u8> = (0..20_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        let read = read_bounded(&mut content.as_slice(), 0, 20_000)
            .ok()
            .unwrap();
        assert_eq!(*read, content);
        let read = read_bounded(&mut content.as_slice(), 20_000, 20_000)
            .ok()
            .unwrap();
        assert_eq!(*read, content);
    }

    #[test]
    fn one_byte_over_the_limit_is_too_much() {
        let content = [7; 5001];
        let failure = read_bounded(&mut content.as_slice(), 0, 5000)
            .err()
            .unwrap();
        assert!(matches!(failure, ReadFailure::TooLarge));
    }
}
