//! What a module may say in several ways, said so that gzip finds more of it said before: how a
//! function's locals are numbered, which of two operands comes first, how accesses are aligned.
//!
//! All of it is exchanged in place: nothing becomes longer or shorter, and nothing runs differently.

use super::costs::Costs;
use super::deflate::Deflate;
use super::encoding::damaged;
use super::functions::{Function, functions};

/// How many places are looked at for one match; more gain nothing.
const DEPTH: usize = 128;
/// Of each pass, how many octets after a function are looked at along with it, and how many octets are
/// looked at in all for one function. In the first pass, those that follow still adapt.
const PASSES: [(usize, usize); 2] = [(0, 2_000_000), (1000, 500_000)];

/// The module in other words, shorter once compressed.
pub(super) fn reworded(mut module: Vec<u8>) -> Result<Vec<u8>, String> {
    let functions = functions(&module).ok_or_else(damaged)?;
    for (place, natural) in functions.iter().flat_map(|function| &function.alignments) {
        *module.get_mut(*place).ok_or_else(damaged)? = *natural;
    }
    let mut deflate = Deflate::new(module, DEPTH);
    for (ahead, effort) in PASSES {
        let costs = deflate.costs();
        for function in &functions {
            improve(&mut deflate, function, &costs, ahead, effort).ok_or_else(damaged)?;
        }
    }
    Ok(deflate.into_octets())
}

/// Keeps each change that makes the function cheaper, until none does.
fn improve(
    deflate: &mut Deflate,
    function: &Function,
    costs: &Costs,
    ahead: usize,
    mut effort: usize,
) -> Option<()> {
    let end = deflate.len().min(function.end + ahead);
    deflate.know(function.start);
    let mut least = deflate.cost(function.start, end, costs);
    loop {
        let before = least;
        for change in &function.changes {
            let Some(left) = effort.checked_sub(end - function.start) else {
                return Some(());
            };
            effort = left;
            function.apply(*change, deflate.octets())?;
            let cost = deflate.cost(function.start, end, costs);
            if cost < least {
                least = cost;
            } else {
                function.apply(*change, deflate.octets())?;
            }
        }
        if least == before {
            return Some(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::reworded;
    use crate::wasm::tests::module;

    /// Loads and adds with three locals.
    fn body([one, two, three]: [u8; 3], alignment: u8) -> Vec<u8> {
        let mut body = vec![1, 3, 0x7f];
        for (place, [to, from, add]) in [
            [one, two, three],
            [two, one, three],
            [one, three, two],
            [three, one, two],
            [one, two, one],
        ]
        .into_iter()
        .enumerate()
        {
            let offset = 40 + u8::try_from(place).unwrap();
            body.extend([0x20, from, 0x28, alignment, offset, 0x21, to]);
            body.extend([0x20, from, 0x20, add, 0x6a, 0x21, to]);
        }
        body.push(0x0b);
        body
    }

    #[test]
    fn the_same_is_said_in_the_same_words() {
        let first = body([2, 3, 4], 0);
        let mut second = body([4, 3, 2], 2);
        // The operands of the first addition.
        second.swap(11, 13);
        let reworded = reworded(module(&[first, second])).unwrap();
        let [one, other] = reworded[reworded.len() - 2 * 75..].split_at(75).into();
        assert_eq!(one, other);
    }

    #[test]
    fn parameters_keep_their_numbers() {
        let both = module(&[body([0, 1, 2], 2), body([1, 0, 2], 2)]);
        let reworded = reworded(both.clone()).unwrap();
        assert!(places_of_set(&reworded).eq(places_of_set(&both)));
    }

    fn places_of_set(module: &[u8]) -> impl Iterator<Item = &[u8]> {
        module.windows(2).filter(|two| two[0] == 0x21 && two[1] < 2)
    }
}
