//! `resolveOptions`.

use crate::guard::guarded;
use crate::session::CreateSession;
use napi_derive::napi;
use rolesanywhere::core::config::{
    Argument, OptionName, Options as Resolved, Origin, Sources, Value, Vocabulary, resolve,
};
use rolesanywhere::core::error::{Error, ErrorCode, Result};

/// Everything that options may come from.
#[napi(object)]
pub struct OptionSources {
    /// Names and values; without a value where the host keeps it.
    pub arguments: Vec<(String, Option<String>)>,
    pub environment: Vec<(String, String)>,
    pub config_file: Option<String>,
    pub ambient_profile: Option<String>,
    /// `camel_case`, `snake_case` or `flags`.
    pub vocabulary: String,
}

/// Where a value came from.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct OptionOrigin {
    /// `argument`, `environment`, `profile` or `services`.
    pub from: String,
    /// As the user wrote it.
    pub name: String,
    /// The profile, or the services section.
    pub section: Option<String>,
}

/// Resolved options.
#[napi]
#[derive(Debug)]
pub struct Options(pub(crate) Resolved);

#[napi]
pub fn resolve_options(sources: OptionSources) -> napi::Result<Options> {
    guarded(|| resolved(&sources).map(Options))
}

pub(crate) fn resolved(sources: &OptionSources) -> Result<Resolved> {
    let arguments: Vec<Argument<'_>> = sources
        .arguments
        .iter()
        .map(|(name, value)| Argument {
            name,
            value: value.as_deref().map_or(Value::Opaque, Value::Text),
        })
        .collect();
    let environment: Vec<(&str, &str)> = sources
        .environment
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    resolve(&Sources {
        vocabulary: vocabulary(&sources.vocabulary)?,
        arguments: &arguments,
        environment: &environment,
        config_file: sources.config_file.as_deref(),
        ambient_profile: sources.ambient_profile.as_deref(),
    })
}

#[napi]
impl Options {
    /// The names of those that were given, in snake_case.
    #[napi(getter)]
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let given = OptionName::all().filter(|name| self.0.is_given(*name));
        given.map(|name| name.as_str().to_owned()).collect()
    }

    /// `name` in snake_case.
    #[napi]
    #[must_use]
    pub fn text(&self, name: String) -> Option<String> {
        self.0.text(found(&name)?).map(str::to_owned)
    }

    /// `name` in snake_case.
    #[napi]
    #[must_use]
    pub fn flag(&self, name: String) -> bool {
        found(&name).is_some_and(|name| self.0.flag(name))
    }

    /// `name` in snake_case.
    #[napi]
    #[must_use]
    pub fn origin(&self, name: String) -> Option<OptionOrigin> {
        self.0.origin(found(&name)?).map(OptionOrigin::from)
    }

    #[napi(getter)]
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.0.notes().to_vec()
    }

    #[napi]
    pub fn create_session(&self) -> napi::Result<CreateSession> {
        guarded(|| self.0.create_session().map(CreateSession))
    }
}

fn found(name: &str) -> Option<OptionName> {
    OptionName::all().find(|known| known.as_str() == name)
}

fn vocabulary(name: &str) -> Result<Vocabulary> {
    match name {
        "camel_case" => Ok(Vocabulary::CamelCase),
        "snake_case" => Ok(Vocabulary::SnakeCase),
        "flags" => Ok(Vocabulary::Flags),
        _ => Err(Error::new(
            ErrorCode::OptionInvalid,
            "a vocabulary is `camel_case`, `snake_case` or `flags`",
        )),
    }
}

impl From<&Origin> for OptionOrigin {
    fn from(origin: &Origin) -> Self {
        let (from, section) = match origin {
            Origin::Argument(_) => ("argument", None),
            Origin::Environment(_) => ("environment", None),
            Origin::Profile { profile, .. } => ("profile", Some(profile.clone())),
            Origin::Services { services } => ("services", Some(services.clone())),
            _ => ("other", None),
        };
        Self {
            from: from.to_owned(),
            name: origin.name().to_owned(),
            section,
        }
    }
}

impl std::fmt::Debug for OptionSources {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("OptionSources(…)")
    }
}
