//! The command line as one program for every Linux of this architecture: static with musl, and for glibc.

mod called;

use crate::shell;
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};

/// One build: its target, and the most bytes that it may have.
pub(crate) struct Build {
    target: &'static str,
    largest: u64,
}

pub(crate) const STATIC: Build = Build {
    target: "x86_64-unknown-linux-musl",
    largest: 4_500_000,
};

/// It keeps what [`CFLAGS`] leave out: glibc's headers do not bear to be read before AWS-LC's.
pub(crate) const GLIBC: Build = Build {
    target: "x86_64-unknown-linux-gnu",
    largest: 5_850_000,
};

/// `aws-lc-sys` gives these to the C compiler for the static target only.
const CFLAGS: &str = "AWS_LC_SYS_CFLAGS_x86_64_unknown_linux_musl";

impl Build {
    /// Builds it into `dist`; too many bytes are an error.
    pub(super) fn pack(&self, dist: &Path) -> Result<PathBuf, String> {
        let program = self.run()?;
        let bytes = fs::metadata(&program)
            .map_err(|error| error.to_string())?
            .len();
        let Self { target, largest } = self;
        if bytes > *largest {
            return Err(format!("{target}: {bytes} bytes, more than {largest}"));
        }
        let name = format!("rolesanywhere-{}-{target}", env!("CARGO_PKG_VERSION"));
        let copy = dist.join(name);
        fs::copy(&program, &copy).map_err(|error| error.to_string())?;
        Ok(copy)
    }

    /// Builds it twice, where cargo does: with its symbols, to see what a session calls, and with that
    /// in one place. musl and its compiler are fetched where they can be.
    pub(crate) fn run(&self) -> Result<PathBuf, String> {
        if self.target.ends_with("musl") {
            tools::add_musl(self.target)?;
        }
        let with_symbols = self.link("strip=none")?;
        let script = called::linker_script(&with_symbols, self.target)?;
        self.link(&format!("link-arg=-Wl,-T,{}", script.display()))
    }

    fn link(&self, option: &str) -> Result<PathBuf, String> {
        let header = shell::root().join("cli/static/aws_lc.h");
        let mut cargo = shell::cargo(["rustc", "--profile", "dist", "-p", "rolesanywhere-cli"]);
        cargo.args(["--bin", "rolesanywhere", "--target", self.target]);
        cargo.args(["--", "-C", option]);
        cargo.env(CFLAGS, format!("-include {}", header.display()));
        let status = cargo.status().map_err(|error| error.to_string())?;
        if status.success() {
            let target = shell::root().join("target").join(self.target);
            Ok(target.join("dist/rolesanywhere"))
        } else {
            Err("the build failed".to_owned())
        }
    }
}
