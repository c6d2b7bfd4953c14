use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Everyone,
    OwnerOnly,
}

/// Reads a file of text.
pub(super) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| {
        let code = match error.kind() {
            io::ErrorKind::NotFound => ErrorCode::FileNotFound,
            _ => ErrorCode::FileUnreadable,
        };
        let message = format!("{} cannot be read: {error}", path.display());
        Error::new(code, message).with_hint("make the directory with `init` first")
    })
}

/// Writes a file whole or not at all: into a new file beside it, which then takes its place.
pub(super) fn write(path: &Path, content: &[u8], access: Access) -> Result<()> {
    let unwritable = |error| unwritable(path, &format!("cannot be written: {error}"));
    let temporary = beside(path);
    // Left over from a run that was cut off.
    let _ = fs::remove_file(&temporary);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    restrict(&mut options, access);
    let written = options.open(&temporary).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| fs::rename(&temporary, path));
    placed.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        unwritable(error)
    })
}

/// An error when one of the files is there already.
pub(super) fn refuse_existing<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Result<()> {
    let mut paths = paths;
    paths.find(|path| path.exists()).map_or(Ok(()), |path| {
        Err(unwritable(path, "is there already").with_hint("use --force to replace it"))
    })
}

pub(super) fn create_directory(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| unwritable(path, &format!("cannot be made: {error}")))
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn unwritable(path: &Path, what: &str) -> Error {
    Error::new(
        ErrorCode::FileUnwritable,
        format!("{} {what}", path.display()),
    )
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions, access: Access) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(match access {
        Access::Everyone => 0o644,
        Access::OwnerOnly => 0o600,
    });
}

#[cfg(not(unix))]
fn restrict(_: &mut OpenOptions, _: Access) {}
