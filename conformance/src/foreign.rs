//! Where the vectors of other implementations are.

use crate::Result;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The workspace's root.
#[must_use]
pub fn workspace() -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path
}

/// A directory of `../shared/vectors`, beside the workspace.
///
/// These are not committed here: they carry other people's keys and certificates.
///
/// # Errors
/// The reason to skip a suite, where the directory is not there.
pub fn shared(directory: &str) -> core::result::Result<PathBuf, String> {
    let path = workspace().join("../shared/vectors").join(directory);
    if path.is_dir() {
        Ok(path)
    } else {
        Err(format!(
            "there is no ../shared/vectors/{directory} beside the workspace"
        ))
    }
}

/// The directory of cargo's own copy of a package that this workspace depends on.
///
/// # Errors
/// Where cargo does not answer or does not know the package.
pub fn registry_copy(package: &str) -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(workspace())
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata
        .get("packages")
        .and_then(serde_json::Value::as_array);
    let manifest = packages
        .into_iter()
        .flatten()
        .filter(|candidate| candidate.get("name").is_some_and(|name| name == package))
        .find_map(|found| found.get("manifest_path")?.as_str())
        .ok_or_else(|| format!("cargo does not know the package {package}"))?;
    let directory = Path::new(manifest).parent();
    Ok(directory.ok_or("a manifest is in no directory")?.to_owned())
}

/// The directory of Go's own copy of a module, in the version and with the hash that the `go.mod` and
/// `go.sum` in a directory of this package name; downloaded where it is not there yet.
///
/// # Errors
/// The reason to skip a suite, where there is no Go or its proxy does not answer.
pub fn go_module(directory: &str, module: &str) -> core::result::Result<PathBuf, String> {
    let output = go(directory)
        .args(["mod", "download", "-json", module])
        .output()
        .map_err(|_| "there is no `go` command".to_owned())?;
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let found = said.get("Dir").and_then(serde_json::Value::as_str);
    found.map(PathBuf::from).ok_or_else(|| {
        let error = said.get("Error").and_then(serde_json::Value::as_str);
        let unknown = String::from_utf8_lossy(&output.stderr);
        format!("go mod download: {}", error.unwrap_or(&unknown).trim())
    })
}

/// `go` in a directory of this package, with nothing but what its `go.sum` knows.
#[must_use]
pub fn go(directory: &str) -> Command {
    let mut command = Command::new("go");
    command
        .current_dir(workspace().join("conformance").join(directory))
        .env("GOFLAGS", "-mod=readonly");
    command
}

/// The directories inside one, by name.
///
/// # Errors
/// Where the directory cannot be read.
pub fn directories(path: &Path) -> Result<Vec<PathBuf>> {
    let entries: core::result::Result<Vec<_>, _> = fs::read_dir(path)?.collect();
    let paths = entries?.into_iter().map(|entry| entry.path());
    let mut directories: Vec<_> = paths.filter(|path| path.is_dir()).collect();
    directories.sort();
    Ok(directories)
}

/// The last part of a path, for the name of a trial.
#[must_use]
pub fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A file's bytes; an error names the file.
///
/// # Errors
/// Where the file cannot be read.
pub fn read(directory: &Path, file: &str) -> Result<Vec<u8>> {
    let path = directory.join(file);
    fs::read(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A file's text.
///
/// # Errors
/// Where the file cannot be read or is not UTF-8.
pub fn read_text(directory: &Path, file: &str) -> Result<String> {
    Ok(String::from_utf8(read(directory, file)?)?)
}
