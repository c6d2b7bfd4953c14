//! The C library: what a call costs over the Rust one, and how large the libraries are.

use crate::c::build::succeed;
use crate::c::dist;
use crate::shell;
use std::fs;
use std::path::Path;

/// Each with as many signatures as take about a second.
const IDENTITIES: [(&str, u32); 2] = [("p256", 5000), ("rsa2048", 1000)];

const ROUNDS: usize = 7;

pub(super) fn measure(identities: &Path) -> Result<(), String> {
    let tree = shell::root().join("target/c/release-tree");
    fs::create_dir_all(&tree).map_err(|error| error.to_string())?;
    dist::tree(&tree, "release")?;
    let c = tree.join("speed");
    let mut compile = shell::command("cc");
    compile.args(["-O2", "-I"]).arg(tree.join("include"));
    compile.arg(shell::root().join("bindings-c/tests/speed.c"));
    compile.arg(tree.join("lib/librolesanywhere.a"));
    compile.args(["-lgcc_s", "-lpthread", "-lm", "-ldl", "-o"]);
    succeed(compile.arg(&c))?;
    let mut example = shell::cargo(["build", "--quiet", "--release", "-p", "rolesanywhere-ffi"]);
    succeed(example.args(["--example", "speed"]))?;
    let rust = shell::root().join("target/release/examples/speed");
    println!("| signed CreateSession | Rust µs | C µs | C / Rust |\n|---|---|---|---|");
    for (name, count) in IDENTITIES {
        let identity = identities.join(name);
        let file = identity.join("both.pem");
        let read = |part: &str| fs::read_to_string(identity.join(part));
        let text = read("leaf.pem").and_then(|leaf| Ok(leaf + &read("leaf-key.pem")?));
        let text = text.map_err(|error| error.to_string())?;
        fs::write(&file, text).map_err(|error| error.to_string())?;
        let (ours, theirs) = interleaved(&c, &rust, &file, count)?;
        println!(
            "| {name} | {theirs:.1} | {ours:.1} | {:.3} |",
            ours / theirs
        );
    }
    println!("\n| library, profile release | bytes |\n|---|---|");
    for name in ["librolesanywhere.a", "librolesanywhere.so"] {
        let size = fs::metadata(tree.join("lib").join(name)).map_or(0, |file| file.len());
        println!("| {name} | {size} |");
    }
    Ok(())
}

/// The least of each, taken in turns.
fn interleaved(c: &Path, rust: &Path, file: &Path, count: u32) -> Result<(f64, f64), String> {
    let mut least = [f64::INFINITY; 2];
    for _ in 0..ROUNDS {
        for (least, program) in least.iter_mut().zip([c, rust]) {
            let mut run = shell::command(program);
            let printed = succeed(run.arg(file).arg(count.to_string()))?;
            let micros: f64 = printed.trim().parse().map_err(|_| printed.clone())?;
            *least = least.min(micros);
        }
    }
    let [c, rust] = least;
    Ok((c, rust))
}
