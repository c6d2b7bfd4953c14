//! What AWS's helper makes of its options otherwise than we do. It warns where we know better.

use super::Surroundings;
use super::given::GivenFlags;
use crate::flags::SESSION;
use rolesanywhere::core::config::{Argument, OptionName, Options, Origin};
use rolesanywhere::core::error::Result;

const SERVICE_ENDPOINT: &str = "AWS_ENDPOINT_URL_ROLESANYWHERE";
const GLOBAL_ENDPOINT: &str = "AWS_ENDPOINT_URL";
const IGNORE_ENDPOINTS: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

/// The session duration that the helper asks for when none is given, in seconds.
const DURATION_SECONDS: &str = "3600";

/// The arguments for the core. For the helper, `AWS_ENDPOINT_URL_ROLESANYWHERE` goes before
/// `--endpoint`, and words that are no flags do not matter.
pub(super) fn arguments<'a>(
    flags: &GivenFlags<'a>,
    surroundings: &Surroundings<'_>,
) -> (Vec<Argument<'a>>, Vec<String>) {
    let (mut arguments, mut notes) = (flags.arguments(), Vec::new());
    if !surroundings.persona.is_helper() {
        return (arguments, notes);
    }
    if flags.has_stray_words() {
        notes.push("words that belong to no flag have no effect".to_owned());
    }
    let variable = endpoint(SERVICE_ENDPOINT, surroundings);
    if variable.is_some() && flags.text("endpoint").is_some() {
        arguments.retain(|argument| argument.name != "endpoint");
        notes.push(format!(
            "`--endpoint` has no effect, because {SERVICE_ENDPOINT} is set"
        ));
    }
    (arguments, notes)
}

/// What the helper uses for options that nothing gave.
///
/// # Errors
/// `option_invalid`
pub(super) fn fall_back(
    options: Options,
    flags: &GivenFlags<'_>,
    surroundings: &Surroundings<'_>,
    notes: &mut Vec<String>,
) -> Result<Options> {
    if !surroundings.persona.is_helper() || !flags.is_of(SESSION) {
        return Ok(options);
    }
    let global = endpoint(GLOBAL_ENDPOINT, surroundings).unwrap_or_default();
    if !global.is_empty() && !options.is_given(OptionName::Endpoint) {
        notes.push(format!(
            "{GLOBAL_ENDPOINT} sends this request elsewhere too; {SERVICE_ENDPOINT} does so for \
             this service alone"
        ));
    }
    let default = Origin::Argument("--session-duration".to_owned());
    options
        .with_fallback(
            OptionName::Endpoint,
            &global,
            Origin::Environment(GLOBAL_ENDPOINT.to_owned()),
        )?
        .with_fallback(OptionName::DurationSeconds, DURATION_SECONDS, default)
}

/// An endpoint from the environment, unless those are switched off.
fn endpoint(name: &str, surroundings: &Surroundings<'_>) -> Option<String> {
    let ignore = surroundings.variable(IGNORE_ENDPOINTS);
    let is_ignored = ignore.is_some_and(|value| value.eq_ignore_ascii_case("true"));
    surroundings.variable(name).filter(|_| !is_ignored)
}
