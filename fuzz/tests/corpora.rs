//! Every input of every corpus, and each cut short and flipped, with any toolchain.

use rolesanywhere_fuzz::TARGETS;
use std::fs;
use std::path::Path;

#[test]
fn no_input_of_a_corpus_panics() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, target) in TARGETS {
        let mut inputs = 0;
        for entry in fs::read_dir(corpora.join(name)).unwrap() {
            let input = fs::read(entry.unwrap().path()).unwrap();
            target(&input);
            for cut in (0..input.len()).step_by(input.len() / 16 + 1) {
                target(&input[..cut]);
                let mut flipped = input.clone();
                flipped[cut] ^= 0x20;
                target(&flipped);
            }
            inputs += 1;
        }
        println!("{name}: {inputs} inputs");
        assert!(inputs > 0, "{name} has no corpus");
    }
}
