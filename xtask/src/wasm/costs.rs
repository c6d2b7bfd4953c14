//! What the symbols of one compressed file cost, in 256ths of a bit.
//!
//! Counted without floating point, so that all machines build the same modules.

const BIT: usize = 256;

/// What gzip makes of some octets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Symbol {
    Octet(u8),
    Match { length: usize, distance: usize },
}

#[derive(Debug)]
pub(super) struct Costs {
    octets: Vec<usize>,
    /// By length less 3, and by distance less 1.
    lengths: Vec<usize>,
    distances: Vec<usize>,
}

impl Costs {
    pub(super) fn of(symbols: &[Symbol]) -> Self {
        // The second half of the first alphabet is the lengths'.
        let (mut first, mut second) = (vec![0; 512], vec![0; 32]);
        for symbol in symbols {
            match *symbol {
                Symbol::Octet(octet) => count(&mut first, usize::from(octet)),
                Symbol::Match { length, distance } => {
                    count(&mut first, 256 + class(length - 3, 2).0);
                    count(&mut second, class(distance - 1, 1).0);
                }
            }
        }
        let (first, second) = (entropies(&first), entropies(&second));
        Self {
            octets: (0..256).map(|octet| at(&first, octet)).collect(),
            lengths: (0..256)
                .map(|length| whole(&first, 256, class(length, 2)))
                .collect(),
            distances: (0..32768)
                .map(|distance| whole(&second, 0, class(distance, 1)))
                .collect(),
        }
    }

    pub(super) fn symbol(&self, symbol: Symbol) -> usize {
        match symbol {
            Symbol::Octet(octet) => at(&self.octets, octet.into()),
            Symbol::Match { length, distance } => {
                at(&self.lengths, length - 3) + at(&self.distances, distance - 1)
            }
        }
    }
}

/// The symbol for a number's upper bits, and how many bits follow it.
fn class(number: usize, upper: usize) -> (usize, usize) {
    let mut extra = 0;
    while number >> extra >= 2 << upper {
        extra += 1;
    }
    ((extra << upper) + (number >> extra), extra)
}

fn whole(symbols: &[usize], first: usize, (symbol, extra): (usize, usize)) -> usize {
    at(symbols, first + symbol) + BIT * extra
}

fn count(counts: &mut [usize], symbol: usize) {
    if let Some(count) = counts.get_mut(symbol) {
        *count += 1;
    }
}

fn at(numbers: &[usize], place: usize) -> usize {
    numbers.get(place).copied().unwrap_or_default()
}

/// Of symbols that occur so often; one that does not occur counts as half of one.
fn entropies(counts: &[usize]) -> Vec<usize> {
    let all = logarithm(2 * counts.iter().sum::<usize>() + 2);
    let bits = counts.iter().map(|count| all - logarithm(2 * count + 1));
    bits.collect()
}

/// To base 2, by squaring.
fn logarithm(mut number: usize) -> usize {
    let mut logarithm = 15 * BIT;
    while number >= 1 << 16 {
        number >>= 1;
        logarithm += BIT;
    }
    while number < 1 << 15 {
        number <<= 1;
        logarithm -= BIT;
    }
    for place in (0..8).rev() {
        number = (number * number) >> 15;
        if number >= 1 << 16 {
            number >>= 1;
            logarithm += 1 << place;
        }
    }
    logarithm
}

#[cfg(test)]
mod tests {
    use super::{BIT, Costs, Symbol, class, logarithm};

    #[test]
    fn classes_are_those_of_deflate() {
        for (length, class_and_extra) in [(3, (0, 0)), (10, (7, 0)), (11, (8, 1)), (257, (27, 5))] {
            assert_eq!(class(length - 3, 2), class_and_extra);
        }
        for (distance, class_and_extra) in
            [(1, (0, 0)), (4, (3, 0)), (5, (4, 1)), (32768, (29, 13))]
        {
            assert_eq!(class(distance - 1, 1), class_and_extra);
        }
    }

    #[test]
    fn logarithms_are_exact_to_a_part_of_a_bit() {
        assert_eq!(logarithm(1), 0);
        assert_eq!(logarithm(1 << 20), 20 * BIT);
        assert_eq!(logarithm(3), 405);
    }

    #[test]
    fn the_frequent_is_cheap_and_the_far_is_dear() {
        let far = Symbol::Match {
            length: 9,
            distance: 3000,
        };
        let near = Symbol::Match {
            length: 9,
            distance: 3,
        };
        let costs = Costs::of(&[
            Symbol::Octet(1),
            Symbol::Octet(1),
            Symbol::Octet(2),
            far,
            near,
        ]);
        assert!(costs.symbol(Symbol::Octet(1)) < costs.symbol(Symbol::Octet(2)));
        assert!(costs.symbol(Symbol::Octet(2)) < costs.symbol(Symbol::Octet(3)));
        assert_eq!(costs.symbol(far) - costs.symbol(near), 10 * BIT);
    }
}
