//! What callers wait for when nothing has to be fetched: polling, serving from memory, options.

use crate::shell;
use std::path::Path;

pub(crate) fn measure(identities: &Path) -> Result<(), String> {
    let mut bench = shell::cargo(["run", "--profile", "dist", "-p", "rolesanywhere"]);
    bench.args(["--example", "fresh", "--"]);
    bench.arg(identities.join("p256"));
    let status = bench.status().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err("the benchmark of what is fresh failed".to_owned())
    }
}
