//! Every operation by its name.

mod config;
mod credentials;
mod identity;
mod machine;
mod refresh;
mod session;
mod signing;
mod small;

use crate::Instance;
use crate::arguments::Arguments;
use crate::json::Object;
use rolesanywhere_core::error::Result;

/// Reads its arguments, does its work, and writes the members of its answer.
pub(crate) type Operation = fn(&mut Instance, Arguments<'_>, &mut Object) -> Result<()>;

/// The names in one text: a table of their addresses and lengths weighs more, compressed.
macro_rules! operations {
    ($($name:literal => $run:path,)*) => {
        const NAMES: &str = concat!($($name, "\n",)*);
        const RUNS: &[Operation] = &[$($run,)*];
    };
}

// `raw/README.md` says of each what it takes and answers.
operations! {
    "version" => small::version,
    "error_codes" => small::error_codes,
    "seed" => small::seed,
    "free" => small::free,
    "arn" => small::arn,
    "endpoint" => small::endpoint,
    "pem" => small::pem,
    "identity_from_pem" => identity::from_pem,
    "load_identity" => identity::load,
    "identity_findings" => identity::findings,
    "identity_check" => identity::check,
    "private_key_from_pem" => identity::private_key_from_pem,
    "private_key_matches" => identity::private_key_matches,
    "sign" => signing::sign,
    "encode_signature" => signing::encode,
    "verify" => signing::verify,
    "canonical_request" => signing::canonical_request,
    "string_to_sign" => signing::string_to_sign,
    "prepare" => signing::prepare,
    "pending_sign" => signing::pending_sign,
    "pending_finish" => signing::pending_finish,
    "pending_verify" => signing::pending_verify,
    "create_session" => session::new,
    "create_session_from_options" => config::create_session,
    "create_session_prepare" => session::prepare,
    "create_session_parse_response" => session::parse_response,
    "credentials" => credentials::forms,
    "resolve_options" => config::resolve_options,
    "refresh" => refresh::new,
    "refresh_poll" => refresh::poll,
    "refresh_success" => refresh::success,
    "refresh_failure" => refresh::failure,
    "refresh_cancel" => refresh::cancel,
    "refresh_invalidate" => refresh::invalidate,
    "refresh_request" => refresh::request,
    "machine" => machine::new,
    "machine_poll" => machine::poll,
    "machine_identify" => machine::identify,
    "machine_signed" => machine::signed,
    "machine_received" => machine::received,
    "machine_failed" => machine::failed,
    "machine_invalidate" => machine::invalidate,
    "machine_request_refresh" => machine::request_refresh,
    "machine_next_refresh" => machine::next_refresh,
    "machine_events" => machine::events,
}

pub(crate) fn named(name: &str) -> Option<&'static Operation> {
    let names = NAMES.as_bytes().split(|octet| *octet == b'\n');
    let mut known = names.zip(RUNS);
    let found = known.find(|(known, _)| *known == name.as_bytes());
    found.map(|(_, run)| run)
}
