//! `cargo xtask …`: the two commands of the README, and everything CI runs.
#![forbid(unsafe_code)]

mod bench;
mod c;
mod demo;
mod dist;
mod errors;
mod fuzz;
mod mutants;
mod node;
mod python;
mod report;
mod sandbox;
mod shell;
mod soak;
mod suite;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo            make a CA and a certificate, start the emulator, get credentials, use them
cargo xtask test [AREA…]    run every check, or those of the named areas:
                            house core client cli emulator conformance c node python wasm fuzz nostd clients
cargo xtask soak [ROUNDS|PART] the long rest: properties with many cases, rounds of new keys of every type;
                            or one part of it: python, node, wasm, mutants, c
cargo xtask fuzz [SECONDS]  fuzz every target for so long; default: 60
cargo xtask bench           measure, and print ratios; ROLESANYWHERE_PEER names a program to compare
cargo xtask errors [--check] write docs/errors.md and the C header's codes from core's table, or compare them
cargo xtask node-types      write bindings-node/lib/native.d.ts from the native module
cargo xtask dist WHAT       write release artefacts to target/artefacts: cli (static, and for glibc), conformance (the test vectors), node, python, wasm, c
cargo xtask header [--check] write bindings-c/include/rolesanywhere.h and symbols.txt, or compare them
cargo xtask wasm            build both modules and the npm package of bindings-wasm
cargo xtask help            this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.split_first() {
        Some((&"demo", [])) => demo::run(),
        Some((&"test", areas)) => test::run(areas),
        Some((&"bench", [])) => bench::run(),
        Some((&"soak", rest)) => soak::run(rest),
        Some((&"fuzz", rest)) => fuzz::run(rest),
        Some((&"dist", rest)) => dist::run(rest),
        Some((&"errors", rest)) => errors::run(rest),
        Some((&"wasm", [])) => wasm::run(),
        Some((&"node-types", [])) => node::write_types(),
        Some((&"header", rest)) => c::header::run(rest),
        Some((&("help" | "--help" | "-h"), _)) | None => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Some((other, _)) => {
            eprint!("xtask: there is no task `{other}`\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}
