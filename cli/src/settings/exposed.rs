//! Secrets on the command line: others on the machine can see them for as long as the command runs.

use super::given::GivenFlags;
use crate::flags::Flag;
use rolesanywhere::core::config::{Kind, OptionName};

/// What to say of each flag whose value is a secret, and of no value.
pub(super) fn notes(flags: &GivenFlags<'_>) -> Vec<String> {
    let note = |flag: &Flag| {
        let value = flags.text(flag.name)?;
        let better = better(flag.option()?, value)?;
        let name = flag.name;
        Some(format!(
            "others on this machine can see the secret after `--{name}`; {better}"
        ))
    };
    flags.known().filter_map(note).collect()
}

/// The way that shows the secret to nobody, where this value is one.
fn better(option: OptionName, value: &str) -> Option<&'static str> {
    match option {
        OptionName::PrivateKeyPassphrase => {
            Some("give a file, env:NAME or - to `--private-key-passphrase` in its place")
        }
        _ if option.kind() == Kind::Source && value.contains("PRIVATE KEY-----") => {
            Some("give a file, env:NAME or - in its place")
        }
        _ => None,
    }
}
