//! Options from everywhere.

use crate::Instance;
use crate::arguments::{Arguments, wrong};
use rolesanywhere_core::config::{
    Argument, OptionName, Options, Origin, Sources, Value as Given, Vocabulary, resolve,
};
use rolesanywhere_core::error::Result;
use serde_json::{Map, Value, json};

/// Sources in, every option with its origin out.
pub(super) fn resolve_options(_: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let options = resolved(arguments)?;
    let mut given = Map::new();
    for name in OptionName::all() {
        if let Some(origin) = options.origin(name) {
            given.insert(name.as_str().into(), described(options.text(name), origin));
        }
    }
    Ok(json!({
        "options": given,
        "notes": options.notes(),
        "is_configured": options.is_configured(),
    }))
}

/// The CreateSession that the options describe.
pub(super) fn create_session(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let session = resolved(arguments)?.create_session()?;
    super::session::keep(instance, session)
}

/// `vocabulary`, `arguments`, `environment`, `config_file`, `ambient_profile`.
pub(super) fn resolved(arguments: &Arguments) -> Result<Options> {
    let given = arguments.list("arguments")?.iter();
    let given: Option<Vec<Argument<'_>>> = given.map(argument).collect();
    resolve(&Sources {
        vocabulary: match arguments.optional_text("vocabulary")? {
            None | Some("snake_case") => Vocabulary::SnakeCase,
            Some("camel_case") => Vocabulary::CamelCase,
            Some("flags") => Vocabulary::Flags,
            Some(_) => return Err(wrong("vocabulary", "`snake_case`, `camel_case` or `flags`")),
        },
        arguments: &given.ok_or_else(|| wrong("arguments", "pairs of name and value"))?,
        environment: &arguments.map("environment")?,
        config_file: arguments.optional_text("config_file")?,
        ambient_profile: arguments.optional_text("ambient_profile")?,
    })
}

/// A value that is no text is one that the host keeps.
fn argument(pair: &Value) -> Option<Argument<'_>> {
    let [name, value] = pair.as_array()?.as_slice() else {
        return None;
    };
    Some(Argument {
        name: name.as_str()?,
        value: value.as_str().map_or(Given::Opaque, Given::Text),
    })
}

fn described(value: Option<&str>, origin: &Origin) -> Value {
    let (from, section) = match origin {
        Origin::Argument(_) => ("argument", None),
        Origin::Environment(_) => ("environment", None),
        Origin::Profile { profile, .. } => ("profile", Some(profile)),
        Origin::Services { services } => ("services", Some(services)),
        _ => ("other", None),
    };
    let mut facts = json!({ "value": value, "from": from, "name": origin.name() });
    if let (Some(section), Some(facts)) = (section, facts.as_object_mut()) {
        facts.insert("section".into(), section.as_str().into());
    }
    facts
}
