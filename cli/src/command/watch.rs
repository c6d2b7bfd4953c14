//! What a provider tells while it works, as messages.

use super::debug;
use crate::report::Report;
use rolesanywhere::ProviderEvent;
use rolesanywhere::core::error::{Error, ErrorCode};
use rolesanywhere::core::identity::{Finding, Severity};
use rolesanywhere::core::refresh::Event;
use rolesanywhere::provider::Step;
use std::sync::{Mutex, PoisonError};

/// Reports steps and events. What several attempts find again is said once.
pub(super) struct Watch {
    report: Report,
    debug: bool,
    told: Mutex<Vec<ErrorCode>>,
}

impl Watch {
    pub(super) const fn new(report: Report, debug: bool) -> Self {
        Self {
            report,
            debug,
            told: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn step(&self, step: &Step<'_>) {
        if self.debug {
            debug::show(step, &self.report);
        }
        if let Step::Finding(finding) = step
            && self.is_news(finding)
        {
            self.report.warn(&finding.error);
        }
    }

    pub(super) fn event(&self, event: &ProviderEvent) {
        match event {
            ProviderEvent::Refresh(Event::ClockCorrected { offset_seconds }) => {
                self.report.warn(&clock_skew(*offset_seconds));
            }
            ProviderEvent::IdentityFailed(error) => self.report.warn(error),
            // A certificate that ends soon is among the findings; how it ended is told by the end.
            _ => {}
        }
    }

    fn is_news(&self, finding: &Finding) -> bool {
        let code = finding.error.code();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_told = told.contains(&code);
        told.push(code);
        !is_told && (finding.severity != Severity::Note || self.debug)
    }
}

fn clock_skew(offset_seconds: i64) -> Error {
    let direction = if offset_seconds < 0 {
        "ahead of"
    } else {
        "behind"
    };
    let message = format!(
        "this machine's clock is {} seconds {direction} the service's; the request is signed again \
         with the service's time",
        offset_seconds.unsigned_abs()
    );
    Error::new(ErrorCode::ClockSkewed, message)
}
