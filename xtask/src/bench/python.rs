//! The Python package beside `iam-rolesanywhere-session`, each in fresh interpreters.

use crate::python;
use crate::shell;
use crate::tools;
use std::path::{Path, PathBuf};

const RUNS: &str = "15";

pub(crate) fn measure(identities: &Path) -> Result<(), String> {
    let interpreter = tools::interpreter(python::NEWEST);
    let interpreter = interpreter.unwrap_or_else(|| PathBuf::from("python3"));
    let requirements = "bindings-python/requirements-bench.txt";
    let environment = tools::venv_with(&interpreter, "target/python/bench", requirements)?;
    let wheel = python::wheel(&environment, &["--release"])?;
    python::install(&environment, &wheel)?;
    for key_type in ["rsa2048", "p256"] {
        println!("{key_type}\n");
        bench(&environment, &identities.join(key_type), RUNS)?;
    }
    println!("\nrsa4096 under a passphrase, scrypt\n");
    bench(&environment, &identities.join("rsa4096"), "loop")
}

fn bench(environment: &Path, identity: &Path, what: &str) -> Result<(), String> {
    let mut bench = shell::command(environment.join("bin/python"));
    bench.arg(python::package().join("bench.py"));
    let status = bench.arg(identity).arg(what).status();
    if status.map_err(|error| error.to_string())?.success() {
        Ok(())
    } else {
        Err("the benchmark of the Python package failed".to_owned())
    }
}
