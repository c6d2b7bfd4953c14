//! Trials: named, counted one by one, and never skipped in silence.

use crate::Result;
use core::fmt::Debug;
use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

/// The trials of one test program, or the reason why there are none.
pub struct Suite {
    name: &'static str,
    trials: Vec<Trial>,
}

impl Suite {
    /// An empty suite.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            trials: Vec::new(),
        }
    }

    /// Adds one comparison.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        compare: impl FnOnce() -> Result<()> + Send + 'static,
    ) {
        self.trials.push(Trial::test(name, compare));
    }

    /// Adds a comparison that cannot be made here: it counts, and the line `SKIP …`, printed now so
    /// that no other output gets into it, says why.
    pub fn skip(&mut self, name: impl Into<String>, reason: &str) {
        let name = name.into();
        println!("SKIP {}::{name}: {reason}", self.name);
        self.add(name, || Ok(()));
    }

    /// The number of comparisons so far.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.trials.len()
    }

    /// Whether there is none so far.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.trials.is_empty()
    }

    /// Runs the trials with the command line's filter, as any test program does.
    #[must_use]
    pub fn run(self) -> ExitCode {
        libtest_mimic::run(&Arguments::from_args(), self.trials).exit_code()
    }
}

impl Debug for Suite {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            formatter,
            "Suite({}, {} trials)",
            self.name,
            self.trials.len()
        )
    }
}

/// Compares what is ours with what is theirs, and shows both where they differ.
///
/// # Errors
/// Where they differ.
pub fn equal<T: PartialEq + Debug>(what: &str, ours: T, theirs: T) -> Result<()> {
    if ours == theirs {
        Ok(())
    } else {
        Err(format!("{what} differs\n  ours: {ours:?}\ntheirs: {theirs:?}").into())
    }
}
