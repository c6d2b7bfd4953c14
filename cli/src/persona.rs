//! As whom the program was called.

use std::ffi::OsStr;
use std::path::Path;

/// Ourselves, or AWS's credential helper, which a link of its name lets us stand in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Persona {
    Own,
    Helper,
}

impl Persona {
    /// The persona that goes with the name of the program.
    pub(crate) fn of(program: Option<&OsStr>) -> Self {
        let stem = program.and_then(|program| Path::new(program).file_stem());
        match stem.is_some_and(|stem| stem.eq_ignore_ascii_case(Self::Helper.name())) {
            true => Self::Helper,
            false => Self::Own,
        }
    }

    /// What the program is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Own => "rolesanywhere",
            Self::Helper => "aws_signing_helper",
        }
    }

    /// Whether the program stands in for the helper.
    pub(crate) fn is_helper(self) -> bool {
        self == Self::Helper
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_alone_decides() {
        for (program, persona) in [
            ("rolesanywhere", Persona::Own),
            ("/usr/bin/aws_signing_helper", Persona::Helper),
            ("aws_signing_helper.exe", Persona::Helper),
            ("/opt/aws_signing_helper/rolesanywhere", Persona::Own),
            ("my_aws_signing_helper", Persona::Own),
        ] {
            assert_eq!(Persona::of(Some(OsStr::new(program))), persona, "{program}");
        }
        assert_eq!(Persona::of(None), Persona::Own);
    }
}
