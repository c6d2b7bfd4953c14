//! The order of a module's functions: like next to like, since gzip looks back 32 KB and no farther.
//!
//! Binaryen sorts functions by their names, so all that is written here is a section of names.

use super::costs::Costs;
use super::deflate::Deflate;
use super::encoding::{CODE, CUSTOM, IMPORT, bodies, damaged, push_number, push_sized, section};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

/// How many octets in a row count as something that two functions share.
const RUN: usize = 5;
/// What more functions than these have in common says nothing.
const COMMON: usize = 400;
/// Of those that share most with so many before, so many are tried as the next.
const LOOKED_BACK: usize = 5;
const TRIED: usize = 30;
/// Added to each function's length, or the smallest would always share most.
const PENALTY: usize = 120;
/// In what parts shares are compared.
const PRECISION: usize = 1 << 12;
/// Added to what each costs, or the smallest would always be the next.
const BASE: usize = 20 * 256;
/// How many places are looked at for one match.
const DEPTH: usize = 64;

/// The module with names for its functions that sort as they shall stand.
pub(super) fn named(module: &[u8]) -> Result<Vec<u8>, String> {
    let (header, mut rest) = module.split_at_checked(8).ok_or_else(damaged)?;
    let mut output = header.to_vec();
    let mut order = Vec::new();
    while !rest.is_empty() {
        let whole = rest;
        let (kind, content) = section(&mut rest).ok_or_else(damaged)?;
        match kind {
            CUSTOM => continue,
            IMPORT => return Err("the WebAssembly module has imports".to_owned()),
            CODE => order = chain(&bodies(content).ok_or_else(damaged)?),
            _ => {}
        }
        output.extend(whole.strip_suffix(rest).ok_or_else(damaged)?);
    }
    output.push(CUSTOM);
    push_sized(&mut output, &names(&order));
    Ok(output)
}

/// The custom section `name` with its subsection of functions.
fn names(order: &[usize]) -> Vec<u8> {
    let mut ranks: Vec<(usize, usize)> = order.iter().copied().zip(0..).collect();
    ranks.sort_unstable();
    let mut functions = Vec::new();
    push_number(&mut functions, ranks.len());
    for (function, rank) in ranks {
        push_number(&mut functions, function);
        push_sized(&mut functions, format!("{rank:06}").as_bytes());
    }
    let mut names = Vec::new();
    push_sized(&mut names, b"name");
    names.push(1);
    push_sized(&mut names, &functions);
    names
}

/// The longest function first, and after each the one that becomes shortest by those before it.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let costs = Deflate::new(bodies.concat(), DEPTH).costs();
    let mut text = Deflate::new(Vec::new(), DEPTH);
    let mut alone = HashMap::new();
    for (function, body) in bodies.iter().enumerate() {
        alone.insert(function, BASE + cost(&mut text, body, &costs));
    }
    let body = |function: usize| bodies.get(function).copied().unwrap_or_default();
    let length = |function: usize| body(function).len();
    let shared = shared(bodies);
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    left.sort_by_key(|function| Reverse(length(*function)));
    let mut order: Vec<usize> = Vec::new();
    loop {
        let mut best: Option<(usize, [usize; 2])> = None;
        for function in nearest(&left, &counts(&order, &shared), length) {
            let one = BASE + cost(&mut text, body(function), &costs);
            let all = alone.get(&function).copied().unwrap_or_default();
            // One share is the smaller where it is so multiplied crosswise.
            if best.is_none_or(|(_, [best, best_all])| one * best_all < best * all) {
                best = Some((function, [one, all]));
            }
        }
        let Some((function, _)) = best else {
            return order;
        };
        left.retain(|other| *other != function);
        order.push(function);
        text.push(body(function));
        // What three octets begin with its last two depends on the next.
        text.know(text.len().saturating_sub(2));
    }
}

/// What a function costs as the next.
fn cost(text: &mut Deflate, body: &[u8], costs: &Costs) -> usize {
    let length = text.len();
    text.push(body);
    let cost = text.cost(length, text.len(), costs);
    text.truncate(length);
    cost
}

/// How many runs each function shares with the last ones.
fn counts(order: &[usize], shared: &[Vec<Rc<[usize]>>]) -> HashMap<usize, usize> {
    let mut counts = HashMap::new();
    let before = order.iter().rev().take(LOOKED_BACK);
    let runs = before
        .filter_map(|function| shared.get(*function))
        .flatten();
    for other in runs.flat_map(|owners| owners.iter()) {
        *counts.entry(*other).or_default() += 1;
    }
    counts
}

/// Those that share most for their length.
fn nearest(
    left: &[usize],
    counts: &HashMap<usize, usize>,
    length: impl Fn(usize) -> usize,
) -> Vec<usize> {
    let count = |function: usize| counts.get(&function).copied().unwrap_or_default();
    let mut nearest = left.to_vec();
    nearest.sort_by_key(|function| {
        Reverse(count(*function) * PRECISION / (length(*function) + PENALTY))
    });
    nearest.truncate(TRIED);
    nearest
}

/// Of each function, for every run of octets that others have too, who has it.
fn shared(bodies: &[&[u8]]) -> Vec<Vec<Rc<[usize]>>> {
    let mut owners: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, body) in bodies.iter().enumerate() {
        for run in body.windows(RUN) {
            let owners = owners.entry(run).or_default();
            if owners.last() != Some(&function) {
                owners.push(function);
            }
        }
    }
    let mut shared = vec![Vec::new(); bodies.len()];
    for owners in owners.into_values() {
        if (2..COMMON).contains(&owners.len()) {
            let owners: Rc<[usize]> = owners.into();
            for function in owners.iter() {
                if let Some(runs) = shared.get_mut(*function) {
                    runs.push(Rc::clone(&owners));
                }
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::{chain, named};

    #[test]
    fn like_stands_next_to_like() {
        let bodies: [&[u8]; 4] = [b"abcdefgh-1", b"12345678--", b"abcdefgh-2", b"12345678-+++"];
        assert_eq!(chain(&bodies), [3, 1, 0, 2]);
    }

    #[test]
    fn names_are_added_and_all_else_stays() {
        let module =
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x04\x01\x02\0\x0b\0\x02\x01x";
        let named = named(module).unwrap();
        assert_eq!(named[..module.len() - 4], module[..module.len() - 4]);
        assert_eq!(
            named[module.len() - 4..],
            *b"\0\x10\x04name\x01\x09\x01\0\x06000000"
        );
    }
}
