//! Options from everywhere.

use crate::Instance;
use crate::arguments::{Arguments, wrong};
use crate::json::{Json, Object};
use rolesanywhere_core::config::{
    Argument, OptionName, Options, Origin, Sources, Value as Given, Vocabulary, resolve,
};
use rolesanywhere_core::error::Result;
use rolesanywhere_core::json::Value;

/// Sources in, every option with its origin out.
pub(super) fn resolve_options(_: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let options = resolved(arguments)?;
    let mut given = Object::new();
    for name in OptionName::all() {
        if let Some(origin) = options.origin(name) {
            given.member(name.as_str(), &described(options.text(name), origin));
        }
    }
    Ok(Object::new()
        .member("options", &given.done())
        .member("notes", &Json::texts(options.notes()))
        .flag("is_configured", options.is_configured())
        .done())
}

/// The CreateSession that the options describe.
pub(super) fn create_session(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
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
    let [name, value] = pair.as_list()? else {
        return None;
    };
    Some(Argument {
        name: name.as_str()?,
        value: value.as_str().map_or(Given::Opaque, Given::Text),
    })
}

fn described(value: Option<&str>, origin: &Origin) -> Json {
    let (from, section) = match origin {
        Origin::Argument(_) => ("argument", None),
        Origin::Environment(_) => ("environment", None),
        Origin::Profile { profile, .. } => ("profile", Some(profile)),
        Origin::Services { services } => ("services", Some(services)),
        _ => ("other", None),
    };
    Object::new()
        .member("value", &value.map_or_else(Json::null, Json::text))
        .text("from", from)
        .text("name", origin.name())
        .optional_text("section", section.map(String::as_str))
        .done()
}
