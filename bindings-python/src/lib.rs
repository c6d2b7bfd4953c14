//! The native half of the Python package `rolesanywhere`: converts, calls, converts.
//!
//! What is decided is decided in [`rolesanywhere_core`] and [`rolesanywhere`]; waiting, transports
//! and the AWS SDKs' classes are Python's, in `python/rolesanywhere/`. Rules of this crate:
//!
//! - Whatever can fail goes through `boundary`, which turns errors into the package's exceptions
//!   and a panic into one of them too.
//! - Keys are read, derived and used with the interpreter released. The state of a provider is
//!   touched with it held, so that a fork in another thread never meets a lock that is taken.
#![forbid(unsafe_code)]

mod arguments;
mod attempt;
mod boundary;
mod catalogue;
mod credentials;
mod event;
mod identity;
mod options;
mod pending;
mod primitives;
mod private_key;
mod provider_state;
mod python_identity;
mod refresh;
mod request;
mod session;

use pyo3::prelude::*;

/// `rolesanywhere._native`
#[pymodule(gil_used = false, name = "_native")]
mod native {
    use super::*;

    #[pymodule_export]
    use super::attempt::{Attempt, Outcome, Prepared, Signed};
    #[pymodule_export]
    use super::catalogue::{ErrorCode, error, error_codes, version};
    #[pymodule_export]
    use super::credentials::Credentials;
    #[pymodule_export]
    use super::event::Event;
    #[pymodule_export]
    use super::identity::{Finding, Identity};
    #[pymodule_export]
    use super::options::{Options, resolve_options};
    #[pymodule_export]
    use super::pending::{PendingSignature, SigningRequest};
    #[pymodule_export]
    use super::primitives::{
        canonical_request, encode_signature, parse_arn, pem_blocks, resolve_endpoint,
        string_to_sign, verify_signature,
    };
    #[pymodule_export]
    use super::private_key::{PrivateKey, load_identity};
    #[pymodule_export]
    use super::provider_state::{ProviderPoll, ProviderState};
    #[pymodule_export]
    use super::refresh::{Fetch, Poll, Refresh};
    #[pymodule_export]
    use super::request::HttpRequest;
    #[pymodule_export]
    use super::session::{CreateSession, SignableRequest};

    /// Adds what only tests need, and what `__all__` does not name, to a development build.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        #[cfg(debug_assertions)]
        module.setattr("panic", wrap_pyfunction!(super::boundary::panic, module)?)?;
        let _added = module;
        Ok(())
    }
}
