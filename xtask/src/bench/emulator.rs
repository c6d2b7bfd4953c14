//! How large a fleet can be tested against one emulator.

use crate::shell;

pub(crate) fn measure() -> Result<(), String> {
    let mut load = shell::cargo(["run", "--release", "-p", "rolesanywhere-emulator"]);
    load.args(["--example", "load"]);
    let status = load.status().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err("the emulator's benchmark failed".to_owned())
    }
}
