//! Which environment variables have a say.

use super::given::GivenFlags;
use crate::flags::FLAGS;
use crate::persona::Persona;
use rolesanywhere::Environment;
use rolesanywhere::core::config::OptionName;
use zeroize::Zeroizing;

/// What our own variables begin with: one that nobody knows is worth a warning.
const PREFIX: &str = "ROLESANYWHERE_";

/// As whom we were called, and the environment: its variables by name, and the names that begin
/// like ours.
pub(crate) struct Surroundings<'a> {
    pub(crate) persona: Persona,
    pub(crate) environment: &'a Environment<'a>,
    names: Vec<String>,
}

impl<'a> Surroundings<'a> {
    /// The environment with these names in it.
    pub(crate) fn new(
        persona: Persona,
        environment: &'a Environment<'a>,
        names: impl Iterator<Item = String>,
    ) -> Self {
        Self {
            persona,
            environment,
            names: names.filter(|name| name.starts_with(PREFIX)).collect(),
        }
    }

    /// A variable that is set and not empty.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name).filter(|value| !value.is_empty())
    }

    /// The variables that a command with these flags looks at, and those that look like ours and
    /// are not. Another command's are nothing to warn of.
    pub(super) fn variables(&self, flags: &GivenFlags<'_>) -> Vec<(String, Zeroizing<String>)> {
        let unknown = self.names.iter().filter(|name| !is_known(name)).cloned();
        let shared = flags.known().filter_map(|flag| flag.option());
        let shared = shared.flat_map(OptionName::environment_variables).copied();
        shared
            .chain(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"])
            .map(ToOwned::to_owned)
            .chain(unknown)
            .filter_map(|name| {
                let value = (self.environment)(&name).map(Zeroizing::new)?;
                Some((name, value))
            })
            .collect()
    }
}

fn is_known(name: &str) -> bool {
    let shared = OptionName::all().flat_map(OptionName::environment_variables);
    let own = FLAGS.iter().filter_map(|flag| flag.variable.as_ref());
    shared.chain(own).any(|known| *known == name)
}
