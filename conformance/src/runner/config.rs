//! `config`: options from everywhere.

use super::operation::Operation;
use super::{Problem, Subject};
use crate::model::project::{ConfigExpected, ConfigInput, OptionValue, OriginKind, VocabularyName};
use rolesanywhere_core::config::{
    Argument, OptionName, Options, Origin, Sources, Value, Vocabulary, resolve,
};
use std::collections::BTreeMap;

pub(super) struct Config;

impl Operation for Config {
    type Input = ConfigInput;
    type Expected = ConfigExpected;
    const NAME: &'static str = "config";
    const FOLDER: &'static str = "project";

    fn answer(
        input: &ConfigInput,
        _: Option<&ConfigExpected>,
        _: &Subject,
    ) -> Result<ConfigExpected, Problem> {
        let options = resolved(input)?;
        let mut given = BTreeMap::new();
        for name in OptionName::all() {
            if let Some(origin) = options.origin(name) {
                let value = options.text(name).map(str::to_owned);
                given.insert(name.as_str().to_owned(), described(value, origin)?);
            }
        }
        let url = if input.create_session {
            let session = options.create_session()?;
            let url = session.url().split('?').next().unwrap_or_default();
            Some(url.to_owned())
        } else {
            None
        };
        Ok(ConfigExpected {
            options: given,
            notes: options.notes().len(),
            url,
        })
    }
}

fn resolved(input: &ConfigInput) -> Result<Options, Problem> {
    let arguments: Vec<Argument<'_>> = input
        .arguments
        .iter()
        .map(|(name, value)| Argument {
            name,
            value: value.as_deref().map_or(Value::Opaque, Value::Text),
        })
        .collect();
    let environment: Vec<(&str, &str)> = input
        .environment
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    Ok(resolve(&Sources {
        vocabulary: match input.vocabulary {
            VocabularyName::SnakeCase => Vocabulary::SnakeCase,
            VocabularyName::CamelCase => Vocabulary::CamelCase,
            VocabularyName::Flags => Vocabulary::Flags,
        },
        arguments: &arguments,
        environment: &environment,
        config_file: input.config_file.as_deref(),
        ambient_profile: input.ambient_profile.as_deref(),
    })?)
}

fn described(value: Option<String>, origin: &Origin) -> Result<OptionValue, Problem> {
    let (from, section) = match origin {
        Origin::Argument(_) => (OriginKind::Argument, None),
        Origin::Environment(_) => (OriginKind::Environment, None),
        Origin::Profile { profile, .. } => (OriginKind::Profile, Some(profile.clone())),
        Origin::Services { services } => (OriginKind::Services, Some(services.clone())),
        other => return Err(Problem::broken("options", format!("{other:?}"))),
    };
    Ok(OptionValue {
        value,
        from,
        name: origin.name().to_owned(),
        section,
    })
}
