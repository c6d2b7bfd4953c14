//! What of a module's functions may be exchanged without a change in what they do.

use super::encoding::{CODE, FUNCTION, TYPE, number, octet, section, sized};
use super::instructions::{Kind, instruction};

/// Numbers of one octet.
const SHORT: usize = 128;

/// All places are the module's.
#[derive(Debug, Default)]
pub(super) struct Function {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) changes: Vec<Change>,
    /// Where alignments stand, and what is natural there.
    pub(super) alignments: Vec<(usize, u8)>,
    /// Where numbers of locals stand.
    locals: Vec<usize>,
}

/// Each done twice is undone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
    /// Two locals of one type change their numbers.
    Locals(u8, u8),
    /// The operands of the operation there, two `local.get`, change their places.
    Operands(usize),
}

impl Function {
    pub(super) fn apply(&self, change: Change, module: &mut [u8]) -> Option<()> {
        match change {
            Change::Locals(one, other) => {
                for place in &self.locals {
                    let local = module.get_mut(*place)?;
                    if *local == one {
                        *local = other;
                    } else if *local == other {
                        *local = one;
                    }
                }
            }
            Change::Operands(place) => {
                let [.., one, _, other, operation] = module.get_mut(..=place)? else {
                    return None;
                };
                std::mem::swap(one, other);
                if let Kind::Binary { exchanged } = instruction(&mut &[*operation][..])?.0 {
                    *operation = exchanged;
                }
            }
        }
        Some(())
    }

    fn read(module: &[u8], start: usize, end: usize, parameters: usize) -> Option<Self> {
        let mut rest = module.get(start..end)?;
        let mut function = Self {
            start,
            end,
            ..Self::default()
        };
        function.changes = exchangeable(&mut rest, parameters)?;
        // How many of the instructions before are `local.get` in two octets.
        let mut operands = 0;
        while !rest.is_empty() {
            let place = end - rest.len();
            let (kind, length) = instruction(&mut rest)?;
            match kind {
                Kind::Get | Kind::Set if length == 2 => function.locals.push(place + 1),
                Kind::Access { hint, natural } => function.alignments.push((place + hint, natural)),
                Kind::Binary { .. } if operands >= 2 => {
                    function.changes.push(Change::Operands(place));
                }
                _ => {}
            }
            operands = if (kind, length) == (Kind::Get, 2) {
                operands + 1
            } else {
                0
            };
        }
        Some(function)
    }
}

pub(super) fn functions(module: &[u8]) -> Option<Vec<Function>> {
    let mut rest = module.get(8..)?;
    let (mut types, mut parameters, mut functions) = (Vec::new(), Vec::new(), Vec::new());
    while !rest.is_empty() {
        let (kind, mut content) = section(&mut rest)?;
        if ![TYPE, FUNCTION, CODE].contains(&kind) {
            continue;
        }
        for index in 0..number(&mut content)? {
            match kind {
                TYPE => types.push(parameter_count(&mut content)?),
                FUNCTION => parameters.push(*types.get(number(&mut content)?)?),
                _ => {
                    let body = sized(&mut content)?;
                    let end = module.len() - rest.len() - content.len();
                    let start = end - body.len();
                    functions.push(Function::read(module, start, end, *parameters.get(index)?)?);
                }
            }
        }
    }
    Some(functions)
}

fn parameter_count(types: &mut &[u8]) -> Option<usize> {
    let is_function = octet(types)? == 0x60;
    let parameters = sized(types)?.len();
    sized(types)?;
    is_function.then_some(parameters)
}

/// The pairs of a function's own locals that have one type. Its parameters keep their numbers: those
/// are the callers' too.
fn exchangeable(declarations: &mut &[u8], parameters: usize) -> Option<Vec<Change>> {
    let mut pairs = Vec::new();
    let mut types: Vec<(u8, u8)> = Vec::new();
    let mut next = parameters;
    for _ in 0..number(declarations)? {
        let count = number(declarations)?;
        let kind = octet(declarations)?;
        for local in next..next.checked_add(count)?.min(SHORT) {
            let local = u8::try_from(local).ok()?;
            let alike = types.iter().filter(|(other, _)| *other == kind);
            pairs.extend(alike.map(|(_, other)| Change::Locals(*other, local)));
            types.push((kind, local));
        }
        next = next.checked_add(count)?;
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::{Change, functions};
    use crate::wasm::tests::module;

    #[test]
    fn own_locals_of_one_type_are_exchanged() {
        // Two of type i32, one of i64, one more of i32.
        let body = b"\x03\x02\x7f\x01\x7e\x01\x7f\x20\x00\x21\x02\x20\x03\x21\x05\x20\x02\x1a\x0b";
        let mut module = module(&[body.to_vec()]);
        let [function] = &functions(&module).unwrap()[..] else {
            panic!()
        };
        let pairs = [(2, 3), (2, 5), (3, 5)].map(|(one, other)| Change::Locals(one, other));
        assert_eq!(function.changes, pairs);
        let before = module.clone();
        function.apply(Change::Locals(2, 3), &mut module).unwrap();
        let exchanged = b"\x20\x00\x21\x03\x20\x02\x21\x05\x20\x03\x1a\x0b";
        assert!(module.ends_with(exchanged));
        function.apply(Change::Locals(2, 3), &mut module).unwrap();
        assert_eq!(module, before);
    }

    #[test]
    fn a_local_with_a_longer_number_stays() {
        // From 2 to 130: 128 is two octets, of which the second is 1.
        let body = b"\x01\x81\x01\x7f\x20\x80\x01\x21\x7f\x0b";
        let mut module = module(&[body.to_vec()]);
        let [function] = &functions(&module).unwrap()[..] else {
            panic!()
        };
        assert_eq!(function.changes.len(), 126 * 125 / 2);
        function.apply(Change::Locals(2, 127), &mut module).unwrap();
        assert!(module.ends_with(b"\x20\x80\x01\x21\x02\x0b"));
    }

    #[test]
    fn operands_are_exchanged_where_the_result_stays() {
        // local.get 0, local.get 1, i32.lt_u; then i32.sub, and a constant in between.
        let body = b"\0\x20\0\x20\x01\x49\x1a\x20\0\x20\x01\x6b\x1a\x20\0\x41\0\x6a\x1a\x0b";
        let mut module = module(&[body.to_vec()]);
        let [function] = &functions(&module).unwrap()[..] else {
            panic!()
        };
        let [change] = function.changes[..] else {
            panic!()
        };
        function.apply(change, &mut module).unwrap();
        let start = function.start;
        assert_eq!(module[start..start + 8], *b"\0\x20\x01\x20\0\x4b\x1a\x20");
    }

    #[test]
    fn the_unknown_is_an_error() {
        assert!(functions(&module(&[b"\0\xff\x0b".to_vec()])).is_none());
        assert!(functions(b"\0asm\x01\0\0\0\x01\x03\x01\x4e\0").is_none());
    }
}
