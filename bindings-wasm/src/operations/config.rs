//! Options from everywhere.

use crate::Instance;
use crate::arguments::Arguments;
use crate::json::Object;
use rolesanywhere_core::config::{
    Argument, OptionName, Options, Origin, Sources, Value as Given, Vocabulary, resolve,
};
use rolesanywhere_core::error::Result;
use rolesanywhere_core::json::Value;

/// Sources in, every option with its origin out.
pub(super) fn resolve_options(
    _: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let options = resolved(given)?;
    answer
        .texts("notes", options.notes())
        .flag("is_configured", options.is_configured())
        .object("options");
    for name in OptionName::all() {
        if let Some(origin) = options.origin(name) {
            describe(answer.object(name.as_str()), options.text(name), origin);
            answer.end();
        }
    }
    answer.end();
    Ok(())
}

/// The CreateSession that the options describe.
pub(super) fn create_session(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let session = resolved(given)?.create_session()?;
    super::session::keep(instance, given, answer, session)
}

/// `vocabulary`, `arguments`, `environment`, `config_file`, `ambient_profile`.
pub(super) fn resolved(given: Arguments<'_>) -> Result<Options> {
    let mut arguments = Vec::new();
    for pair in given.list("arguments") {
        match argument(pair) {
            Some(argument) => arguments.push(argument),
            None => given.wrong("arguments", "pairs of name and value"),
        }
    }
    let vocabulary = match given.optional_text("vocabulary") {
        None | Some("snake_case") => Some(Vocabulary::SnakeCase),
        Some("camel_case") => Some(Vocabulary::CamelCase),
        Some("flags") => Some(Vocabulary::Flags),
        Some(_) => None,
    };
    if vocabulary.is_none() {
        given.wrong("vocabulary", "`snake_case`, `camel_case` or `flags`");
    }
    resolve(&Sources {
        vocabulary: vocabulary.unwrap_or(Vocabulary::SnakeCase),
        arguments: &arguments,
        environment: &given.map("environment"),
        config_file: given.optional_text("config_file"),
        ambient_profile: given.optional_text("ambient_profile"),
    })
}

/// A value that is no text is one that the host keeps.
fn argument(pair: &Value) -> Option<Argument<'_>> {
    let [name, value] = pair.as_list()? else {
        return None;
    };
    Some(Argument {
        name: name.as_str()?,
        value: value.as_str().map_or(Given::Opaque, Given::Text),
    })
}

fn describe(facts: &mut Object, value: Option<&str>, origin: &Origin) {
    let (from, section) = match origin {
        Origin::Argument(_) => ("argument", None),
        Origin::Environment(_) => ("environment", None),
        Origin::Profile { profile, .. } => ("profile", Some(profile)),
        Origin::Services { services } => ("services", Some(services)),
        _ => ("other", None),
    };
    facts
        .optional_text("value", value)
        .text("from", from)
        .text("name", origin.name())
        .optional_text("section", section.map(String::as_str));
}
