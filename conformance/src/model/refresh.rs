//! Inputs and outputs of the refresh machine: a script of calls with both clocks' readings.

use super::protocol::parts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

parts! {
    /// `refresh`: calls in order, with the default policy.
    RefreshInput {
        /// The calls.
        steps: Vec<Step>,
    }

    /// What each call brings, as many as there are steps.
    RefreshExpected {
        /// One for each step.
        steps: Vec<StepExpected>,
    }

    /// One call.
    Step {
        /// Wall clock and monotonic clock, both in milliseconds.
        at: (u64, u64),
        /// The call.
        call: Call,
    }

    /// What a call brings.
    StepExpected {
        /// The answer, where the call is `poll`.
        #[serde(skip_serializing_if = "Option::is_none")]
        poll: Option<PollExpected>,
        /// What happened, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        events: Vec<EventExpected>,
        /// When the next refresh is due, in monotonic milliseconds, after the call.
        next_refresh: Option<u64>,
    }

    /// The answer of `poll`.
    PollExpected {
        /// The end of the credentials that may be served, in Unix seconds.
        credentials: Option<i64>,
        /// What the caller does.
        next: NextExpected,
        /// Why there are no credentials.
        error: Option<String>,
    }

    /// A fetch that succeeded.
    Success {
        /// The attempt.
        id: u64,
        /// The credentials' end in Unix seconds.
        expiration: i64,
        /// The leaf's end in Unix seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        identity_not_after: Option<i64>,
        /// The reply's `Date` in Unix seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        server_date: Option<i64>,
        /// 0 to 1.
        jitter: f64,
    }

    /// A fetch that failed.
    Failure {
        /// The attempt.
        id: u64,
        /// The error's code.
        code: String,
        /// Whether it is retryable, where that is not what its code says.
        #[serde(skip_serializing_if = "Option::is_none")]
        retryable: Option<bool>,
        /// The reply's `Retry-After` in seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
        /// The reply's `Date` in Unix seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        server_date: Option<i64>,
        /// 0 to 1.
        jitter: f64,
    }

    /// One attempt to fetch.
    FetchExpected {
        /// Its name in the report.
        id: u64,
        /// Unix seconds to sign with.
        signing_time: i64,
        /// Monotonic milliseconds after which it is forfeit.
        deadline: u64,
    }
}

/// A call of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Call {
    /// A caller asks.
    Poll,
    /// A fetch succeeded.
    Success(Success),
    /// A fetch failed.
    Failure(Failure),
    /// Whoever was fetching gave up on this attempt.
    Cancel(u64),
    /// The credentials no longer work.
    Invalidate,
    /// A refresh is wanted now.
    RequestRefresh,
}

/// What the caller does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NextExpected {
    /// Send one request.
    Fetch(FetchExpected),
    /// Poll again at this point in monotonic milliseconds.
    Wait(u64),
    /// Nothing.
    Idle,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventExpected {
    /// New credentials, and their end in Unix seconds.
    Refreshed(i64),
    /// A fetch failed with this code.
    RefreshFailed(String),
    /// Requests carry the service's time: seconds added to this machine's clock.
    ClockCorrected(i64),
    /// The leaf ends at this Unix time.
    CertificateExpiring(i64),
}
