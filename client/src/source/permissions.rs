//! Who else may read or replace a private key's file.

use super::{Place, Source};
use rolesanywhere_core::error::{Error, ErrorCode, shown};
use rolesanywhere_core::identity::{Finding, Severity};
use std::path::Path;

impl Source {
    /// What the permissions of the source's file leave open, as the file of a private key:
    /// `private_key_permissions`. `None` for what is no file, and where the system has no such
    /// permissions.
    ///
    /// Under a volume that Kubernetes projects it is a note: there the pod is the boundary.
    #[must_use]
    pub fn private_key_permissions(&self) -> Option<Finding> {
        match &self.place {
            Place::File(path) => finding(path, mode(path)?, &self.option),
            Place::Content(_) | Place::Variable(_) | Place::StandardInput => None,
        }
    }
}

fn finding(path: &Path, mode: u32, option: &str) -> Option<Finding> {
    let who = match mode {
        _ if mode & 0o002 != 0 => "everybody on this machine can replace",
        _ if mode & 0o004 != 0 => "everybody on this machine can read",
        _ if mode & 0o020 != 0 => "its group can replace",
        _ if mode & 0o040 != 0 => "its group can read",
        _ => return None,
    };
    let name = shown(&path.to_string_lossy()).replace('`', "");
    let message = format!(
        "{who} the file that `{option}` names (mode {:04o})",
        mode & 0o7777
    );
    let error = Error::new(ErrorCode::PrivateKeyPermissions, message);
    let is_projected = is_projected(path);
    // Some distributions give a group to the programs that share a key.
    let severity = match is_projected || mode & 0o026 == 0 {
        true => Severity::Note,
        false => Severity::Warning,
    };
    let error = match is_projected {
        true => error.with_hint("set `defaultMode: 0400` in the pod's volume"),
        false => error.with_hint(format!("let only its owner read it: `chmod 600 {name}`")),
    };
    Some(Finding::new(severity, error))
}

/// Kubernetes keeps the current files of a projected volume behind a link called `..data`.
fn is_projected(path: &Path) -> bool {
    let mut above = path.ancestors().skip(1);
    above.any(|directory| {
        let data = directory.join("..data").symlink_metadata();
        data.is_ok_and(|data| data.file_type().is_symlink())
    })
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let metadata = std::fs::metadata(path).ok()?;
    metadata.is_file().then(|| metadata.mode())
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn key_file(name: &str) -> std::path::PathBuf {
        let unique = format!("rolesanywhere-mode-{}-{name}", std::process::id());
        let directory = std::env::temp_dir().join(unique);
        std::fs::create_dir_all(&directory).unwrap();
        let path = directory.join("tls.key");
        std::fs::write(&path, "key").unwrap();
        path
    }

    fn found(path: &Path, mode: u32) -> Option<(Severity, String, String)> {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        let source = Source::parse(path.to_str().unwrap(), "--private-key").unwrap();
        let finding = source.private_key_permissions()?;
        assert_eq!(finding.error.code(), ErrorCode::PrivateKeyPermissions);
        let (message, hint) = (finding.error.message(), finding.error.hint());
        Some((finding.severity, message.to_owned(), hint.to_owned()))
    }

    #[test]
    fn who_may_do_what() {
        let path = key_file("plain");
        for (mode, severity, who) in [
            (
                0o644,
                Severity::Warning,
                "everybody on this machine can read",
            ),
            (
                0o602,
                Severity::Warning,
                "everybody on this machine can replace",
            ),
            (0o660, Severity::Warning, "its group can replace"),
            (0o640, Severity::Note, "its group can read"),
        ] {
            let (found, message, hint) = found(&path, mode).unwrap();
            assert_eq!(found, severity, "{mode:o}");
            assert!(message.starts_with(who), "{message}");
            assert!(
                hint.contains(&format!("chmod 600 {}", path.display())),
                "{hint}"
            );
        }
        assert_eq!(found(&path, 0o600), None);
        assert_eq!(found(&path, 0o400), None);
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn kubernetes_projects_volumes_with_open_modes() {
        let path = key_file("projected");
        let directory = path.parent().unwrap();
        symlink(directory, directory.join("..data")).unwrap();
        let (severity, _, hint) = found(&path, 0o644).unwrap();
        assert_eq!(severity, Severity::Note);
        assert!(hint.contains("defaultMode"), "{hint}");
        std::fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn what_is_no_file_has_no_permissions() {
        for text in ["env:KEY", "-", "-----BEGIN", "/nowhere/at/all"] {
            let source = Source::parse(text, "--private-key").unwrap();
            assert!(source.private_key_permissions().is_none(), "{text}");
        }
    }
}
