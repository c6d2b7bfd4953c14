//! Who links the library: pkg-config, CMake in both ways, a program with another Rust archive, musl.

use super::build::{Library, succeed};
use super::dist;
use super::{scratch, sources};
use crate::report::Report;
use crate::shell;
use crate::tools;
use std::fs;
use std::path::Path;

pub(super) fn check(library: &Library) -> Report {
    let mut report = told(two_rust_archives(library));
    report.merge(told(pkg_config("installed", &library.prefix, true)));
    report.merge(told(find_package("installed", &library.prefix)));
    report.merge(told(cmake("subdirectory", "subdirectory", &library.prefix)));
    report.merge(unpacked("dev"));
    report
}

/// The release archive, unpacked where nobody installed it, finds its own parts.
pub(super) fn unpacked(profile: &str) -> Report {
    // pkg-config cannot say a path with a space in it, CMake can.
    let places = ["un+packed", "un packed"].map(|name| scratch().join(name));
    let prefixes = dist::pack(profile, &scratch()).and_then(|archive| {
        for place in &places {
            unpack(&archive, place)?;
        }
        Ok(places.map(|place| place.join(dist::name())))
    });
    let [plain, spaced] = match prefixes {
        Ok(prefixes) => prefixes,
        Err(problem) => return Report::check(false, problem),
    };
    let mut report = told(pkg_config("unpacked", &plain, false));
    report.merge(told(find_package("unpacked", &spaced)));
    report
}

fn unpack(archive: &Path, place: &Path) -> Result<(), String> {
    // Of an earlier run.
    let _removed = fs::remove_dir_all(place);
    fs::create_dir_all(place).map_err(|error| error.to_string())?;
    let mut tar = shell::command("tar");
    tar.arg("-xf").arg(archive).arg("-C").arg(place);
    succeed(&mut tar).map(drop)
}

/// A static program on musl, which needs all of it compiled anew.
pub(super) fn musl() -> Report {
    let target = "x86_64-unknown-linux-musl";
    match tools::add_musl(target) {
        Ok(()) => told(static_on_musl(target)),
        Err(reason) => Report::skip("c::musl", &reason),
    }
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

/// What `pkg-config` says is enough to link, shared and static. What is installed for `/usr` below a
/// directory of its own needs to be told of that directory; an unpacked archive does not.
fn pkg_config(what: &str, prefix: &Path, is_staged: bool) -> Result<(), String> {
    let archive = prefix.join("lib/librolesanywhere.a").display().to_string();
    for (name, flags) in [("shared", &[][..]), ("static", &["--static"][..])] {
        let mut query = shell::command("pkg-config");
        query
            .args(["--cflags", "--libs", "rolesanywhere"])
            .args(flags);
        query.env("PKG_CONFIG_LIBDIR", prefix.join("lib/pkgconfig"));
        if is_staged {
            query.env("PKG_CONFIG_SYSROOT_DIR", scratch().join("stage"));
            query.env("PKG_CONFIG_ALLOW_SYSTEM_LIBS", "1");
            query.env("PKG_CONFIG_ALLOW_SYSTEM_CFLAGS", "1");
        }
        let mut words = succeed(&mut query)?;
        if name == "static" {
            // Where both are installed, this is how the archive is chosen.
            words = words.replace("-lrolesanywhere", &archive);
        }
        let file = scratch().join(format!("{what}-{name}"));
        let mut compile = shell::command("cc");
        compile.arg(sources().join("tests/two/version.c"));
        compile.args(words.split_whitespace());
        succeed(compile.arg("-o").arg(&file))?;
        let mut run = shell::command(&file);
        succeed(run.env("LD_LIBRARY_PATH", prefix.join("lib")))?;
        let linked = succeed(shell::command("readelf").arg("-dW").arg(&file))?;
        if linked.contains("[librolesanywhere.so.0]") != (name == "shared") {
            return Err(format!("{what}, {name}: linked with the other library"));
        }
    }
    Ok(())
}

/// `find_package`, of the shared library and of the archive.
fn find_package(what: &str, prefix: &Path) -> Result<(), String> {
    let build = format!("find_package-{what}");
    cmake("find_package", &build, prefix)?;
    let archived = scratch().join("cmake").join(build).join("version_static");
    succeed(&mut shell::command(archived)).map(drop)
}

/// A project of `tests/cmake/WAY`.
fn cmake(way: &str, build: &str, prefix: &Path) -> Result<(), String> {
    let build = scratch().join("cmake").join(build);
    let mut configure = shell::command("cmake");
    configure
        .arg("-S")
        .arg(sources().join("tests/cmake").join(way));
    configure.arg("-B").arg(&build);
    configure.arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display()));
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
