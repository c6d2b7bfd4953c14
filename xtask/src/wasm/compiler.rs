//! The compiler of the modules: rustup's with the library's sources, else Debian's.
//!
//! Rust's own library is compiled along, so that a panic is a trap without message and place: the
//! modules are 35 KB smaller for it, compressed. That takes options which are not stable yet.

use super::TARGET;
use crate::shell;
use crate::tools::{self, succeeded};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Traps for panics, and no tables of what nobody sees; vectors, which move 16 bytes in one instruction,
/// for 3 KB less; compact hashes and ciphers, which for a few hundred bytes are no slower; no strength
/// reduction of loops, which costs a few hundred and gains nothing. A stack of 512 KiB: a P-521 key or an
/// expanded ML-DSA-87 one takes 235 KiB of it to load, the most of all; and below 1 MiB the address of
/// data behind it is a byte shorter.
const RUSTFLAGS: &str = "-Ctarget-feature=+simd128 -Zunstable-options -Cpanic=immediate-abort \
    -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-disable-lsr -Clink-arg=-zstack-size=524288 \
    --cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\" \
    --cfg aes_backend=\"soft\" --cfg aes_backend_soft=\"compact\"";

/// Besides, for RSA: numbers of many digits by 32 bits at a time. Products of 64 bits are function calls, and
/// a signature takes three quarters of the time without; P-256 alone is quicker with them.
const RUSTFLAGS_RSA: &str = "--cfg cpubits=\"32\"";

/// Debian's compiler for browsers, its library's sources, and a linker for WebAssembly.
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

#[derive(Clone, Copy)]
pub(crate) enum Compiler {
    Rustup,
    Debian,
}

impl Compiler {
    /// The first that can be had.
    pub(crate) fn find() -> Result<Self, String> {
        if has_sources() || add_sources() {
            return Ok(Self::Rustup);
        }
        if !tools::has_debian_rust() {
            for package in DEBIAN_PACKAGES {
                tools::apt_install(package).map_err(|reason| {
                    format!(
                        "`rustup component add rust-src` does not answer, and {package}: {reason}"
                    )
                })?;
            }
        }
        Ok(Self::Debian)
    }

    /// `cargo build` of a module for the target. Each compiler and each set of flags has its target
    /// directory: two in one would build everything anew each time.
    pub(super) fn build(self, has_rsa: bool) -> Command {
        let flags = if has_rsa {
            format!("{RUSTFLAGS} {RUSTFLAGS_RSA}")
        } else {
            RUSTFLAGS.to_owned()
        };
        let mut cargo = match self {
            Self::Rustup => shell::cargo(["build"]),
            Self::Debian => {
                let mut cargo = tools::debian_cargo();
                cargo
                    .arg("build")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
                cargo
            }
        };
        cargo
            .args(["-Zbuild-std=std,panic_abort", "--target", TARGET])
            .arg("-Zbuild-std-features=optimize_for_size")
            .arg("--target-dir")
            .arg(self.target_directory(has_rsa))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
            .args(["--profile", "wasm", "-p", "rolesanywhere-wasm-raw"]);
        if has_rsa {
            cargo.args(["--features", "rsa"]);
        }
        cargo
    }

    pub(super) fn target_directory(self, has_rsa: bool) -> PathBuf {
        let compiler = match self {
            Self::Rustup => "build",
            Self::Debian => "build-debian",
        };
        let directory = shell::root().join("target/wasm").join(compiler);
        directory.join(if has_rsa { "rsa" } else { "default" })
    }
}

/// Asks the compiler itself where its sources would be.
fn has_sources() -> bool {
    let mut question = shell::command("rustc");
    question.args(["--print", "sysroot"]);
    let answer = shell::run_or_tell(&mut question, BOUND);
    let library = Path::new(answer.output.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    answer.success && library.is_file()
}

fn add_sources() -> bool {
    let mut rustup = shell::command("rustup");
    rustup.args(["component", "add", "rust-src"]);
    succeeded("rustup", &shell::run_or_tell(&mut rustup, BOUND)).is_ok() && has_sources()
}

const BOUND: Duration = Duration::from_secs(120);
