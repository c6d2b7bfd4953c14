//! What was set, and what comes of it.

use super::ConfigHandle;
use rolesanywhere::core::CreateSession;
use rolesanywhere::core::config::{
    Argument, Kind, OptionName, Options, Sources, Value, Vocabulary, resolve,
};
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::provider::{IdentityFiles, IdentitySource, identity_sources_with};
use rolesanywhere::{Source, SourceReader, process_environment};
use std::collections::BTreeMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// What the host set, in the order in which it did.
#[derive(Default)]
pub(super) struct Given {
    texts: Vec<(OptionName, Zeroizing<String>)>,
    bytes: BTreeMap<OptionName, Zeroizing<Vec<u8>>>,
    environment: Vec<(String, Zeroizing<String>)>,
    config_file: Option<String>,
    ambient_profile: Option<String>,
}

impl Given {
    pub(super) fn set_text(&mut self, name: OptionName, value: &str) {
        self.bytes.remove(&name);
        self.texts.push((name, Zeroizing::new(value.to_owned())));
    }

    pub(super) fn set_bytes(&mut self, name: OptionName, value: Zeroizing<Vec<u8>>) -> Result<()> {
        let takes_bytes = matches!(name.kind(), Kind::Source | Kind::Secret)
            && name != OptionName::PrivateKeyPassphraseSource;
        if !takes_bytes {
            let message = format!("`{}` takes text and no bytes", name.as_str());
            return Err(Error::new(ErrorCode::OptionInvalid, message));
        }
        self.texts.retain(|(known, _)| *known != name);
        self.bytes.insert(name, value);
        Ok(())
    }

    pub(super) fn set_variable(&mut self, name: &str, value: &str) {
        let value = Zeroizing::new(value.to_owned());
        self.environment.push((name.to_owned(), value));
    }

    pub(super) fn set_config_file(&mut self, file: &str) {
        self.config_file = Some(file.to_owned());
    }

    pub(super) fn set_ambient_profile(&mut self, profile: &str) {
        self.ambient_profile = Some(profile.to_owned());
    }

    pub(super) fn use_environment(&mut self) -> Result<()> {
        let variables = std::env::vars_os().map(|(name, value)| {
            let name = name.to_string_lossy().into_owned();
            (name, Zeroizing::new(value.to_string_lossy().into_owned()))
        });
        // Those that the host gives count more, and the last one of a name counts.
        self.environment.splice(0..0, variables);
        if self.config_file.is_none() {
            self.config_file = self.read_config_file()?;
        }
        Ok(())
    }

    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let mut named = self.environment.iter().filter(|(known, _)| known == name);
        named
            .next_back()
            .map(|(_, value)| value.as_str().to_owned())
    }

    /// A file that is not there is as good as an empty one.
    fn read_config_file(&self) -> Result<Option<String>> {
        let named = self
            .variable("AWS_CONFIG_FILE")
            .filter(|path| !path.is_empty());
        let home = || Some(format!("{}/.aws/config", self.variable("HOME")?));
        let Some(path) = named.or_else(home) else {
            return Ok(None);
        };
        let source = Source::parse(&format!("file:{path}"), "AWS_CONFIG_FILE")?;
        let nothing = |_: &str| None;
        match SourceReader::new(&nothing).read(&source) {
            Ok(content) => Ok(Some(String::from_utf8_lossy(&content).into_owned())),
            Err(error)
                if matches!(error.code(), ErrorCode::FileNotFound | ErrorCode::FileEmpty) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn resolve(&self, functions: &[OptionName]) -> Result<Options> {
        let opaque = self.bytes.keys().chain(functions);
        let arguments: Vec<Argument<'_>> = self
            .texts
            .iter()
            .map(|(name, text)| Argument {
                name: name.as_str(),
                value: Value::Text(text),
            })
            .chain(opaque.map(|name| Argument {
                name: name.as_str(),
                value: Value::Opaque,
            }))
            .collect();
        let environment: Vec<(&str, &str)> = self
            .environment
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        resolve(&Sources {
            vocabulary: Vocabulary::SnakeCase,
            arguments: &arguments,
            environment: &environment,
            config_file: self.config_file.as_deref(),
            ambient_profile: self.ambient_profile.as_deref(),
        })
    }
}

impl ConfigHandle {
    pub(crate) fn resolve(&self) -> Result<Options> {
        self.given.resolve(&self.hooks.options())
    }

    /// For a host that brings the identity itself: none has to be configured.
    pub(crate) fn create_session(&self) -> Result<CreateSession> {
        let options = self.resolve()?;
        if options.is_given(OptionName::Certificate) || options.is_given(OptionName::Identity) {
            return options.create_session();
        }
        let mut functions = self.hooks.options();
        functions.retain(|name| *name != OptionName::Sign);
        functions.push(OptionName::Identity);
        self.given.resolve(&functions)?.create_session()
    }

    /// A variable that the host asked to be looked at: proxies, for the built-in transport.
    #[cfg(feature = "http")]
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        self.given.variable(name)
    }

    /// Where the identity comes from at each refresh.
    pub(crate) fn identity_source(&self, options: &Options) -> Result<Arc<dyn IdentitySource>> {
        if options.is_given(OptionName::Identity)
            && let Some(identity) = self.hooks.identity()
        {
            return Ok(identity);
        }
        let given = |name: OptionName| {
            let bytes = self.given.bytes.get(&name);
            // The value of another place may have won.
            bytes.filter(|_| options.text(name).is_none()).cloned()
        };
        let files = IdentityFiles::new(identity_sources_with(options, &given)?);
        // `env:NAME` is asking for it.
        let files = files.with_environment(process_environment);
        Ok(match self.hooks.sign() {
            Some(sign) if options.is_given(OptionName::Sign) => Arc::new(files.with_sign(sign)),
            _ => Arc::new(files),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_counts_whatever_its_kind() {
        let mut given = Given::default();
        given.set_text(OptionName::Certificate, "leaf.pem");
        let content = || Zeroizing::new(b"content".to_vec());
        given.set_bytes(OptionName::Certificate, content()).unwrap();
        let options = given.resolve(&[]).unwrap();
        assert_eq!(options.text(OptionName::Certificate), None);
        given.set_text(OptionName::Certificate, "other.pem");
        let options = given.resolve(&[]).unwrap();
        assert_eq!(options.text(OptionName::Certificate), Some("other.pem"));
        let error = given.set_bytes(OptionName::Region, content()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::OptionInvalid);
    }

    #[test]
    fn variables_of_the_host_count_more_than_those_of_the_process() {
        let mut given = Given::default();
        given.set_config_file("");
        given.set_variable("PATH", "of the host");
        given.use_environment().unwrap();
        assert_eq!(given.variable("PATH").as_deref(), Some("of the host"));
        assert!(given.environment.len() > 1);
    }
}
