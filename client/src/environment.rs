//! What the process is told from outside.

/// Looks an environment variable up; an empty one counts as unset wherever this crate asks.
///
/// An argument instead of the process's own environment, so that hosts and tests can give theirs.
pub type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The process's own environment.
///
/// A value that is not UTF-8 is kept with replacement characters: it then fails where it is used,
/// by name, instead of being taken for unset.
#[must_use]
pub fn process_environment(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}
