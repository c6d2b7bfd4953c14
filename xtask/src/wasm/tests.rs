//! A module for tests.

use super::encoding::{CODE, FUNCTION, TYPE, push_number, push_sized};

/// Functions of one type, with two parameters.
pub(super) fn module(bodies: &[Vec<u8>]) -> Vec<u8> {
    let (mut kinds, mut code) = (Vec::new(), Vec::new());
    push_number(&mut kinds, bodies.len());
    push_number(&mut code, bodies.len());
    for body in bodies {
        kinds.push(0);
        push_sized(&mut code, body);
    }
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    let sections = [
        (TYPE, &b"\x01\x60\x02\x7f\x7f\x00"[..]),
        (FUNCTION, &kinds),
        (CODE, &code),
    ];
    for (kind, content) in sections {
        module.push(kind);
        push_sized(&mut module, content);
    }
    module
}
