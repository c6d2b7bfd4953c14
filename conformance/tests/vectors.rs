//! Every case once with each backend, through the core's public API.

use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::model::results::ResultOutcome;
use rolesanywhere_conformance::runner::BACKENDS;
use rolesanywhere_conformance::suite::Suite;
use rolesanywhere_conformance::suite_files::Vectors;
use std::process::ExitCode;

fn main() -> Result<ExitCode> {
    let mut suite = Suite::new("vectors");
    for (entry, case) in Vectors::load()?.cases() {
        for backend in &BACKENDS {
            let case = case.clone();
            suite.add(format!("{}::{}", backend.name(), case.id), move || {
                let judged = entry.judge(&case, backend);
                if judged.outcome == ResultOutcome::Passed {
                    return Ok(());
                }
                let (stage, context) = (judged.stage.unwrap_or_default(), judged.context);
                Err(format!("{stage}: {}", context.unwrap_or_default()).into())
            });
        }
    }
    Ok(suite.run())
}
