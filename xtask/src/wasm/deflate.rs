//! What gzip finds in a file, at its highest level, asked again and again while the file changes.

use super::costs::{Costs, Symbol};

/// The shortest match and the longest; the shortest must not be farther away than that.
const SHORTEST: usize = 3;
const LONGEST: usize = 258;
const NEAR: usize = 4096;
/// With a match so long, a better one is sought among fewer.
const GOOD: usize = 32;
const REACH: usize = 32768 - LONGEST - SHORTEST - 1;
const NOWHERE: usize = usize::MAX;

#[derive(Debug)]
pub(super) struct Deflate {
    octets: Vec<u8>,
    /// By hash, where its last three octets stand; by place, where those before them do.
    last: Vec<usize>,
    before: Vec<usize>,
    /// All before this place can be found.
    known: usize,
    /// How many places are looked at for one match; gzip's own number is 4096.
    depth: usize,
}

impl Deflate {
    pub(super) fn new(octets: Vec<u8>, depth: usize) -> Self {
        Self {
            last: vec![NOWHERE; 1 << 16],
            before: vec![NOWHERE; octets.len()],
            octets,
            known: 0,
            depth,
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.octets.len()
    }

    pub(super) fn into_octets(self) -> Vec<u8> {
        self.octets
    }

    /// To be changed only from three octets after the known ones on.
    pub(super) fn octets(&mut self) -> &mut [u8] {
        &mut self.octets
    }

    pub(super) fn push(&mut self, octets: &[u8]) {
        self.octets.extend(octets);
        self.before.resize(self.octets.len(), NOWHERE);
    }

    /// Takes off what is not known.
    pub(super) fn truncate(&mut self, length: usize) {
        self.octets.truncate(length);
        self.before.truncate(length);
    }

    /// By what the whole consists of.
    pub(super) fn costs(&mut self) -> Costs {
        let mut symbols = Vec::new();
        self.forget(0);
        self.parse(0, self.len(), |symbol| symbols.push(symbol));
        self.forget(0);
        Costs::of(&symbols)
    }

    /// What the octets of a range cost after all those before it.
    pub(super) fn cost(&mut self, start: usize, end: usize, costs: &Costs) -> usize {
        let mut cost = 0;
        let known = self.known;
        self.parse(start, end, |symbol| cost += costs.symbol(symbol));
        self.forget(known);
        cost
    }

    pub(super) fn know(&mut self, end: usize) {
        while self.known < end {
            let place = self.known;
            if let Some(last) = self.last_like(place) {
                let before = std::mem::replace(last, place);
                if let Some(entry) = self.before.get_mut(place) {
                    *entry = before;
                }
            }
            self.known += 1;
        }
    }

    fn forget(&mut self, start: usize) {
        while self.known > start {
            self.known -= 1;
            let place = self.known;
            let before = self.previous(place);
            if let Some(last) = self.last_like(place) {
                *last = before;
            }
        }
    }

    fn last_like(&mut self, place: usize) -> Option<&mut usize> {
        let &[a, b, c] = self.octets.get(place..)?.first_chunk()?;
        let hash = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9e37_79b1) >> 16;
        self.last.get_mut(usize::try_from(hash).ok()?)
    }

    fn previous(&self, place: usize) -> usize {
        self.before.get(place).copied().unwrap_or(NOWHERE)
    }

    /// gzip's lazy way: a match is taken if none that begins one octet later is longer.
    fn parse(&mut self, start: usize, end: usize, mut found: impl FnMut(Symbol)) {
        self.know(start);
        let mut earlier: Option<(Symbol, usize)> = None;
        let mut place = start;
        while place < end {
            self.know(place + 1);
            let least = earlier.map_or(SHORTEST - 1, |(_, length)| length);
            let longer = self.longest(place, end, least);
            match (earlier, longer) {
                (Some((symbol, length)), None) if length >= SHORTEST => {
                    found(symbol);
                    place += length - 1;
                    self.know(place);
                    earlier = None;
                    continue;
                }
                (Some((Symbol::Match { .. }, _)), Some(_)) => found(self.octet(place - 1)),
                (Some((symbol, _)), _) => found(symbol),
                (None, _) => {}
            }
            earlier = longer.or(Some((self.octet(place), SHORTEST - 1)));
            place += 1;
        }
        if let Some((symbol, _)) = earlier {
            found(symbol);
        }
    }

    fn octet(&self, place: usize) -> Symbol {
        Symbol::Octet(self.octets.get(place).copied().unwrap_or_default())
    }

    /// The nearest of the longest matches that are longer than this.
    fn longest(&self, place: usize, end: usize, least: usize) -> Option<(Symbol, usize)> {
        let most = LONGEST.min(end - place);
        let these = self.octets.get(place..place + most)?;
        let mut best = (Symbol::Octet(0), least);
        let mut other = self.previous(place);
        for _ in 0..if least < GOOD {
            self.depth
        } else {
            self.depth / 4
        } {
            let distance = place
                .checked_sub(other)
                .filter(|distance| *distance <= REACH);
            let (Some(distance), Some(those)) = (distance, self.octets.get(other..)) else {
                break;
            };
            // Most are refused by their last octet alone.
            if best.1 < most && these.get(best.1) == those.get(best.1) {
                let pairs = these.iter().zip(those);
                let length = pairs.take_while(|(one, other)| one == other).count();
                if length > best.1 {
                    best = (Symbol::Match { length, distance }, length);
                }
            }
            other = self.previous(other);
        }
        let is_worth_it = best.1 > least
            && !matches!(best.0, Symbol::Match { length: SHORTEST, distance } if distance > NEAR);
        is_worth_it.then_some(best)
    }
}

#[cfg(test)]
mod tests {
    use super::Deflate;
    use crate::wasm::costs::Symbol::{self, Match, Octet};

    fn parsed(octets: &[u8]) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        Deflate::new(octets.to_vec(), 4096).parse(0, octets.len(), |symbol| symbols.push(symbol));
        symbols
    }

    #[test]
    fn what_was_there_before_is_found() {
        let expected = [Octet(b'a'), Octet(b'b'), Octet(b'c'), Octet(b'-')];
        let repeated = Match {
            length: 3,
            distance: 4,
        };
        assert_eq!(parsed(b"abc-abc"), [&expected[..], &[repeated]].concat());
        let repeated = Match {
            length: 9,
            distance: 1,
        };
        assert_eq!(parsed(b"aaaaaaaaaa"), [Octet(b'a'), repeated]);
    }

    #[test]
    fn a_longer_match_one_octet_later_is_preferred() {
        let symbols = parsed(b"abc1bcdef2abcdef");
        let expected = [
            Octet(b'a'),
            Match {
                length: 5,
                distance: 7,
            },
        ];
        assert_eq!(symbols[symbols.len() - 2..], expected);
    }

    #[test]
    fn asking_leaves_no_trace() {
        let mut deflate = Deflate::new(b"abcdefabcdef".to_vec(), 4096);
        let costs = deflate.costs();
        deflate.know(6);
        let cost = deflate.cost(6, 12, &costs);
        deflate.octets()[9] = b'-';
        assert!(deflate.cost(6, 12, &costs) > cost);
        deflate.octets()[9] = b'd';
        assert_eq!(deflate.cost(6, 12, &costs), cost);
    }
}
