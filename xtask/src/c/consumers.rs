//! Who links the library: pkg-config, CMake in both ways, a program with another Rust archive, musl.

use super::build::{Library, succeed};
use super::{scratch, sources};
use crate::report::Report;
use crate::shell;
use crate::tools;
use std::fs;
use std::path::Path;

pub(super) fn check(library: &Library) -> Report {
    let mut report = Report::default();
    for found in [two_rust_archives(library), pkg_config(library)] {
        report.merge(told(found));
    }
    report.merge(told(cmake("find_package", library)));
    report.merge(told(cmake("subdirectory", library)));
    report
}

/// A static program on musl, which needs all of it compiled anew.
pub(super) fn musl() -> Report {
    if shell::find("musl-gcc").is_none()
        && let Err(reason) = tools::apt_install("musl-tools")
    {
        return Report::skip("c::musl", &reason);
    }
    let target = "x86_64-unknown-linux-musl";
    let mut add = shell::command("rustup");
    if let Err(problem) = succeed(add.args(["target", "add", target])) {
        return Report::skip("c::musl", problem.lines().last().unwrap_or_default());
    }
    told(static_on_musl(target))
}

fn static_on_musl(target: &str) -> Result<(), String> {
    let out = scratch().join("musl");
    let mut make = shell::command("make");
    make.arg("-C").arg(sources());
    make.args(["PROFILE=dev", &format!("TARGET={target}")]);
    succeed(make.arg(format!("OUT={}", out.display())))?;
    let file = out.join("bad_input");
    let mut compile = shell::command("musl-gcc");
    compile.args(["-std=c99", "-static", "-I"]);
    compile.arg(sources().join("include"));
    compile.arg(sources().join("tests/bad_input.c"));
    compile.arg(out.join("librolesanywhere.a"));
    succeed(compile.arg("-o").arg(&file))?;
    succeed(&mut shell::command(&file)).map(drop)
}

/// Each brings Rust's standard library; linked whole, they must not clash.
fn two_rust_archives(library: &Library) -> Result<(), String> {
    let directory = scratch().join("two");
    fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    let other = directory.join("libother.a");
    let mut rustc = shell::command("rustc");
    rustc.args(["--edition=2024", "--crate-type=staticlib", "-o"]);
    rustc.arg(&other);
    succeed(rustc.arg(sources().join("tests/two/other.rs")))?;
    let link = |archive: &Path| {
        let file = directory.join("two");
        let mut compile = shell::command("cc");
        compile.arg("-I").arg(library.prefix.join("include"));
        compile.arg(sources().join("tests/two/main.c"));
        compile.arg("-Wl,--whole-archive").arg(archive).arg(&other);
        compile.args(["-Wl,--no-whole-archive", "-lgcc_s", "-lpthread", "-lm"]);
        succeed(compile.args(["-ldl", "-o"]).arg(&file)).map(|_| file)
    };
    // Without the hiding they clash, or this test could not fail.
    if link(&library.out.join("inner.a")).is_ok() {
        return Err("two Rust archives do not clash even as they come from cargo".to_owned());
    }
    let file = link(&library.prefix.join("lib/librolesanywhere.a"))?;
    succeed(&mut shell::command(file)).map(drop)
}

/// What `pkg-config` says is enough to link, shared and static.
fn pkg_config(library: &Library) -> Result<(), String> {
    let stage = scratch().join("stage");
    for (name, flags) in [("shared", &[][..]), ("static", &["--static"][..])] {
        let mut query = shell::command("pkg-config");
        query
            .args(["--cflags", "--libs", "rolesanywhere"])
            .args(flags);
        query.env("PKG_CONFIG_LIBDIR", library.prefix.join("lib/pkgconfig"));
        query.env("PKG_CONFIG_SYSROOT_DIR", &stage);
        query.env("PKG_CONFIG_ALLOW_SYSTEM_LIBS", "1");
        query.env("PKG_CONFIG_ALLOW_SYSTEM_CFLAGS", "1");
        let words = succeed(&mut query)?;
        let file = scratch().join(format!("pkg-config-{name}"));
        let mut compile = shell::command("cc");
        compile.arg(sources().join("tests/two/version.c"));
        if name == "static" {
            // Where both are installed, this is how the archive is chosen.
            let archive = library.prefix.join("lib/librolesanywhere.a");
            let archive = archive.display().to_string();
            let words = words.replace("-lrolesanywhere", &archive);
            compile.args(words.split_whitespace());
        } else {
            compile.args(words.split_whitespace());
        }
        succeed(compile.arg("-o").arg(&file))?;
        let mut run = shell::command(&file);
        succeed(run.env("LD_LIBRARY_PATH", library.prefix.join("lib")))?;
    }
    Ok(())
}

/// A project of `tests/cmake/WAY`.
fn cmake(way: &str, library: &Library) -> Result<(), String> {
    let build = scratch().join("cmake").join(way);
    let mut configure = shell::command("cmake");
    configure
        .arg("-S")
        .arg(sources().join("tests/cmake").join(way));
    configure.arg("-B").arg(&build);
    configure.arg(format!("-DCMAKE_PREFIX_PATH={}", library.prefix.display()));
    configure.arg("-DROLESANYWHERE_PROFILE=dev");
    succeed(&mut configure)?;
    succeed(shell::command("cmake").arg("--build").arg(&build))?;
    succeed(&mut shell::command(build.join("version"))).map(drop)
}

fn told(outcome: Result<(), String>) -> Report {
    match outcome {
        Ok(()) => Report::check(true, ""),
        Err(problem) => Report::check(false, problem),
    }
}
