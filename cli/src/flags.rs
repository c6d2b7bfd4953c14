//! Every flag, once: its name, where else its value may come from, and who takes it.

mod conflicts;
mod table;

pub(crate) use conflicts::CONFLICTS;
pub(crate) use table::FLAGS;

/// The commands that ask for a session, or tell how they would.
pub(crate) const SESSION: &[&str] = &["credential-process", "update", "serve", "doctor", "explain"];
/// The commands that use a key.
pub(crate) const KEY: &[&str] = &[
    "credential-process",
    "update",
    "serve",
    "sign-string",
    "doctor",
    "explain",
];
/// The commands that use a certificate.
pub(crate) const CERTIFICATE: &[&str] = &[
    "credential-process",
    "update",
    "serve",
    "sign-string",
    "read-certificate-data",
    "doctor",
    "explain",
];

/// One flag of the command line.
pub(crate) struct Flag {
    /// Without the two dashes.
    pub(crate) name: &'static str,
    /// What its value is called, or `None` for a switch.
    pub(crate) value: Option<&'static str>,
    /// The variable that gives the value when the flag does not, where no shared option has one.
    pub(crate) variable: Option<&'static str>,
    /// The commands that take it.
    pub(crate) commands: &'static [&'static str],
    /// One line of help.
    pub(crate) help: &'static str,
    /// Whether it may be given more than once.
    pub(crate) repeats: bool,
    /// Whether it is understood and not there yet.
    pub(crate) later: bool,
}

impl Flag {
    const fn text(
        name: &'static str,
        value: &'static str,
        commands: &'static [&'static str],
        help: &'static str,
    ) -> Self {
        Self {
            value: Some(value),
            ..Self::switch(name, commands, help)
        }
    }

    const fn switch(
        name: &'static str,
        commands: &'static [&'static str],
        help: &'static str,
    ) -> Self {
        Self {
            name,
            value: None,
            variable: None,
            commands,
            help,
            repeats: false,
            later: false,
        }
    }

    const fn or(self, variable: &'static str) -> Self {
        Self {
            variable: Some(variable),
            ..self
        }
    }

    const fn repeated(self) -> Self {
        Self {
            repeats: true,
            ..self
        }
    }

    const fn later(self) -> Self {
        Self {
            later: true,
            ..self
        }
    }
}

/// The flag of this name.
pub(crate) fn find(name: &str) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| flag.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_conflicts_name_flags() {
        for (index, flag) in FLAGS.iter().enumerate() {
            assert!(
                FLAGS[..index].iter().all(|other| other.name != flag.name),
                "{}",
                flag.name
            );
        }
        for (one, others, _) in CONFLICTS {
            for name in std::iter::once(one).chain(*others) {
                assert!(find(name).is_some(), "{name}");
            }
        }
    }
}
