//! The npm package `rolesanywhere-wasm` in Node: loading, a call, signatures.

use crate::{shell, wasm};

pub(crate) fn measure() -> Result<(), String> {
    wasm::build()?;
    let mut node = shell::command("node");
    node.current_dir(wasm::package()).arg("scripts/bench.mjs");
    let status = node.status().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err("the WebAssembly benchmark failed".to_owned())
    }
}
