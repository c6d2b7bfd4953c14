//! The command line as one static program for every Linux of this architecture.

use crate::shell;
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};

const TARGET: &str = "x86_64-unknown-linux-musl";

/// `aws-lc-sys` gives these to the C compiler for this target only.
const CFLAGS: &str = "AWS_LC_SYS_CFLAGS_x86_64_unknown_linux_musl";

const LARGEST: u64 = 4_500_000;

/// Builds it into `dist`; more than 4.5 MB is an error.
pub(super) fn pack(dist: &Path) -> Result<PathBuf, String> {
    let program = build()?;
    let bytes = fs::metadata(&program)
        .map_err(|error| error.to_string())?
        .len();
    if bytes > LARGEST {
        return Err(format!(
            "the static program has {bytes} bytes, more than {LARGEST}"
        ));
    }
    let name = format!("rolesanywhere-{}-{TARGET}", env!("CARGO_PKG_VERSION"));
    let copy = dist.join(name);
    fs::copy(&program, &copy).map_err(|error| error.to_string())?;
    Ok(copy)
}

/// Builds it where cargo does; musl and its compiler are fetched where they can be.
pub(crate) fn build() -> Result<PathBuf, String> {
    tools::add_musl(TARGET)?;
    let header = shell::root().join("cli/static/aws_lc.h");
    let mut cargo = shell::cargo(["build", "--profile", "dist", "-p", "rolesanywhere-cli"]);
    cargo.args(["--target", TARGET]);
    cargo.env(CFLAGS, format!("-include {}", header.display()));
    let status = cargo.status().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(shell::root()
            .join("target")
            .join(TARGET)
            .join("dist/rolesanywhere"))
    } else {
        Err("the build failed".to_owned())
    }
}
