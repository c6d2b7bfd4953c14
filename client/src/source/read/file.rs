//! Reading a file, whatever kind of file the path turns out to be.

use super::super::SIZE_LIMIT;
use super::{read_failed, too_large};
use crate::bounded::{ReadFailure, read_bounded};
use rolesanywhere_core::error::{Error, ErrorCode, Result, shown};
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a pipe or device may take to deliver.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Reads the file; `patience` bounds the wait for pipes and devices, which may never end.
pub(super) fn read(path: &Path, option: &str, patience: Duration) -> Result<Zeroizing<Vec<u8>>> {
    let failed = |error: io::Error| io_error(&error, path, option);
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(is_directory(path, option));
    }
    if !metadata.is_file() {
        return read_patiently(path, option, patience);
    }
    let Some(length) = usize::try_from(metadata.len())
        .ok()
        .filter(|len| *len <= SIZE_LIMIT)
    else {
        return Err(too_large(&describe(path, option)));
    };
    let mut file = File::open(path).map_err(failed)?;
    read_bounded(&mut file, length, SIZE_LIMIT)
        .map_err(|failure| read_error(&failure, path, option))
}

/// What a message calls the file.
pub(super) fn describe(path: &Path, option: &str) -> String {
    format!(
        "the file {}, which `{option}` names,",
        shown(&path.to_string_lossy())
    )
}

/// Opening a pipe that nobody writes to blocks, and std offers no other way out than a thread.
fn read_patiently(path: &Path, option: &str, patience: Duration) -> Result<Zeroizing<Vec<u8>>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let owned = path.to_owned();
    thread::Builder::new()
        .name("pipe reader".into())
        .spawn(move || {
            let content = File::open(&owned)
                .map_err(ReadFailure::Io)
                .and_then(|mut file| read_bounded(&mut file, 0, SIZE_LIMIT));
            // Nobody is left to take it once the wait is over.
            let _ = sender.send(content);
        })
        .map_err(|error| io_error(&error, path, option))?;
    match receiver.recv_timeout(patience) {
        Ok(content) => content.map_err(|failure| read_error(&failure, path, option)),
        Err(_) => Err(Error::new(
            ErrorCode::FileUnreadable,
            format!(
                "{} did not end within {} s",
                describe(path, option),
                patience.as_secs()
            ),
        )
        .with_hint("check that something writes to the pipe and closes it")),
    }
}

fn read_error(failure: &ReadFailure, path: &Path, option: &str) -> Error {
    match failure {
        ReadFailure::TooLarge => too_large(&describe(path, option)),
        ReadFailure::Io(error) => io_error(error, path, option),
    }
}

fn io_error(error: &io::Error, path: &Path, option: &str) -> Error {
    let what = describe(path, option);
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename => {
            Error::new(ErrorCode::FileNotFound, format!("{what} does not exist"))
        }
        io::ErrorKind::IsADirectory => is_directory(path, option),
        _ => read_failed(&ReadFailure::Io(io::Error::from(error.kind())), &what),
    }
}

fn is_directory(path: &Path, option: &str) -> Error {
    Error::new(
        ErrorCode::FileIsDirectory,
        format!("{} is a directory", describe(path, option)),
    )
}
