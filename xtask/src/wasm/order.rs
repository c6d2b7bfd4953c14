//! The order of a module's functions: like next to like, since gzip looks back 32 KB and no farther.
//!
//! Binaryen sorts functions by their names, so all that is written here is a section of names.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

/// How many octets in a row count as something that two functions share.
const RUN: usize = 5;
/// What more functions than these have in common says nothing.
const COMMON: usize = 400;
/// A function follows the one that shares most with so many before it.
const LOOKED_BACK: usize = 5;
/// Added to each function's length, or the smallest would always be the nearest.
const PENALTY: usize = 120;

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const CODE: u8 = 10;

/// The module with names for its functions that sort as they shall stand.
pub(super) fn named(module: &[u8]) -> Result<Vec<u8>, String> {
    let damaged = || "the WebAssembly module is damaged".to_owned();
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

/// The longest function first, and after each the one that shares most with those before it.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let shared = shared(bodies);
    let length = |function: usize| bodies.get(function).map_or(0, |body| body.len() + PENALTY);
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    left.sort_by_key(|function| Reverse(length(*function)));
    let mut order: Vec<usize> = Vec::new();
    loop {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        let before = order.iter().rev().take(LOOKED_BACK);
        let runs = before
            .filter_map(|function| shared.get(*function))
            .flatten();
        for other in runs.flat_map(|owners| owners.iter()) {
            *counts.entry(*other).or_default() += 1;
        }
        let count = |function: usize| counts.get(&function).copied().unwrap_or_default();
        // One share is the greater where it is so multiplied crosswise.
        let nearest = left.iter().enumerate().reduce(|best, next| {
            let [one, other] = [*next.1, *best.1];
            let is_nearer = count(one) * length(other) > count(other) * length(one);
            if is_nearer { next } else { best }
        });
        let Some((place, _)) = nearest else {
            return order;
        };
        order.push(left.remove(place));
    }
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

fn section<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (kind, after) = rest.split_first()?;
    *rest = after;
    Some((*kind, sized(rest)?))
}

fn bodies(mut code: &[u8]) -> Option<Vec<&[u8]>> {
    let count = number(&mut code)?;
    (0..count).map(|_| sized(&mut code)).collect()
}

fn sized<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)?;
    let (content, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(content)
}

/// LEB128.
fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (octet, after) = rest.split_first()?;
        *rest = after;
        number |= usize::from(octet & 0x7f) << shift;
        if *octet < 0x80 {
            return Some(number);
        }
    }
    None
}

fn push_number(output: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        output.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    output.push(low_bits(number));
}

fn low_bits(number: usize) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or_default()
}

fn push_sized(output: &mut Vec<u8>, content: &[u8]) {
    push_number(output, content.len());
    output.extend(content);
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
