//! Options as Python gives them, resolved by the core.

use crate::arguments::{Text, bytes_of};
use crate::boundary::attached;
use crate::session::CreateSession;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt, PyMapping, PyString};
use rolesanywhere_core::config::{
    Argument, Kind, OptionName, Options as CoreOptions, Origin, Sources, Value, Vocabulary, resolve,
};
use rolesanywhere_core::error::{Error, ErrorCode, shown};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Resolved options, and the bytes among them, which the core does not keep.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct Options {
    pub(crate) options: CoreOptions,
    pub(crate) bytes: BTreeMap<OptionName, Zeroizing<Vec<u8>>>,
}

/// `(value, kind of origin, name as written, section)`
type Given = (Option<String>, &'static str, String, Option<String>);

/// Resolves options, and reads neither files nor the environment for it.
///
/// `arguments` is a mapping of option names to values, or pairs where a name may come twice;
/// `environment` a mapping of variables; `config_file` the text of the shared config file;
/// `ambient_profile` the profile that the SDK uses; `vocabulary` how names are written:
/// ``snake_case`` unless given, ``camel_case`` or ``flags``.
///
/// Raises `InputError`: ``option_unknown``, ``option_invalid``, ``options_conflict``,
/// ``option_missing``, ``config_file_malformed``, ``feature_unavailable``; `TypeError` for a value of
/// a wrong type, by the option's name.
#[pyfunction]
#[pyo3(signature = (arguments, environment, config_file=None, ambient_profile=None, vocabulary=None))]
pub(crate) fn resolve_options(
    py: Python<'_>,
    arguments: &Bound<'_, PyAny>,
    environment: &Bound<'_, PyMapping>,
    config_file: Option<Text>,
    ambient_profile: Option<Text>,
    vocabulary: Option<Text>,
) -> PyResult<Options> {
    let given = GivenArguments::read(arguments)?;
    let environment: Vec<(Text, Text)> = environment.items()?.extract()?;
    let environment: Vec<(&str, &str)> = environment
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let options = attached(py, || {
        let vocabulary = match vocabulary.as_ref().map(Text::as_str) {
            None | Some("snake_case") => Vocabulary::SnakeCase,
            Some("camel_case") => Vocabulary::CamelCase,
            Some("flags") => Vocabulary::Flags,
            Some(other) => {
                let message = format!("there is no vocabulary {}", shown(other));
                return Err(Error::new(ErrorCode::OptionInvalid, message));
            }
        };
        resolve(&Sources {
            vocabulary,
            arguments: &given.arguments(),
            environment: &environment,
            config_file: config_file.as_ref().map(Text::as_str),
            ambient_profile: ambient_profile.as_ref().map(Text::as_str),
        })
    })?;
    Ok(Options {
        options,
        bytes: given.bytes,
    })
}

/// Arguments with their text; those without are kept elsewhere.
#[derive(Default)]
struct GivenArguments {
    named: Vec<(String, Option<Zeroizing<String>>)>,
    bytes: BTreeMap<OptionName, Zeroizing<Vec<u8>>>,
}

impl GivenArguments {
    fn read(arguments: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut given = Self::default();
        // A mapping, or pairs where a name may come twice.
        let pairs: Vec<(Text, Bound<'_, PyAny>)> = match arguments.cast::<PyMapping>() {
            Ok(mapping) => mapping.items()?.extract()?,
            Err(_) => arguments.extract()?,
        };
        for (name, value) in pairs {
            if !value.is_none() {
                given.add(name.0, &value)?;
            }
        }
        Ok(given)
    }

    fn add(&mut self, name: String, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let option = OptionName::all().find(|option| option.as_str() == name);
        let is_text = value.cast::<PyString>().is_ok();
        if option.is_some_and(|option| option.kind() == Kind::Map) && !is_text {
            return self.add_map(&name, value);
        }
        // What is no option in this vocabulary is for the core to refuse, or to know in another one.
        let Some(kind) = option.map(OptionName::kind) else {
            let text = value.cast::<PyString>().ok();
            let text = text.map(|text| Zeroizing::new(Text::of(text).0));
            self.named.push((name, text));
            return Ok(());
        };
        let text = match text(kind, value)? {
            Found::Text(text) => Some(text),
            Found::Bytes(bytes) => {
                self.bytes.extend(option.map(|option| (option, bytes)));
                None
            }
            Found::Callable => None,
            Found::Nothing => return Err(wrong_type(&name, expected(kind), value)),
        };
        self.named.push((name, text));
        Ok(())
    }

    fn add_map(&mut self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let expected = "a mapping of str to str";
        let wrong = || wrong_type(name, expected, value);
        let mapping = value.cast::<PyMapping>().map_err(|_| wrong())?;
        let items: Vec<(Text, Text)> = mapping.items()?.extract().map_err(|_| wrong())?;
        for (key, value) in items {
            let pair = format!("{}={}", key.0, value.0);
            self.named
                .push((name.to_owned(), Some(Zeroizing::new(pair))));
        }
        Ok(())
    }

    fn arguments(&self) -> Vec<Argument<'_>> {
        let named = self.named.iter();
        named
            .map(|(name, text)| Argument {
                name,
                value: text
                    .as_ref()
                    .map_or(Value::Opaque, |text| Value::Text(text)),
            })
            .collect()
    }
}

enum Found {
    Text(Zeroizing<String>),
    Bytes(Zeroizing<Vec<u8>>),
    Callable,
    Nothing,
}

fn text(kind: Kind, value: &Bound<'_, PyAny>) -> PyResult<Found> {
    // Text for a callable, too: the core says what is wrong with it.
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Found::Text(Zeroizing::new(Text::of(text).0)));
    }
    if matches!(kind, Kind::Callable) && value.is_callable() {
        return Ok(Found::Callable);
    }
    let is_bool = value.cast::<PyBool>().is_ok();
    let prints = match kind {
        Kind::Flag => is_bool,
        Kind::Seconds => value.cast::<PyInt>().is_ok() && !is_bool,
        _ => false,
    };
    if prints {
        let text = value.str()?.to_string_lossy().to_lowercase();
        return Ok(Found::Text(Zeroizing::new(text)));
    }
    if matches!(kind, Kind::Source | Kind::Secret)
        && let Some(bytes) = bytes_of(value.as_borrowed())
    {
        return bytes.map(Found::Bytes);
    }
    if matches!(kind, Kind::Source | Kind::Path) && value.hasattr("__fspath__")? {
        let path = value.call_method0("__fspath__")?;
        if let Ok(path) = path.cast::<PyString>() {
            return Ok(Found::Text(Zeroizing::new(Text::of(path).0)));
        }
    }
    Ok(Found::Nothing)
}

const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Path => "str or a path",
        Kind::Source => "str, bytes or a path",
        Kind::Secret => "str or bytes",
        Kind::Flag => "bool",
        Kind::Seconds => "int",
        Kind::Callable => "a callable",
        _ => "str",
    }
}

fn wrong_type(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let given = value.get_type().name();
    let given = given.map_or_else(|_| "object".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("option '{name}': expected {expected}, not {given}"))
}

#[pymethods]
impl Options {
    /// An option's text, by its snake_case name; `None` when it is unset or not text.
    fn text(&self, name: Text) -> Option<&str> {
        self.options.text(option(&name)?)
    }

    /// Whether an option of yes or no is on, by its snake_case name.
    fn flag(&self, name: Text) -> bool {
        option(&name).is_some_and(|option| self.options.flag(option))
    }

    /// Whether an option was given anywhere, by its snake_case name.
    fn is_given(&self, name: Text) -> bool {
        option(&name).is_some_and(|option| self.options.is_given(option))
    }

    /// Whether anything asks for credentials of IAM Roles Anywhere, complete or not.
    #[getter]
    fn is_configured(&self) -> bool {
        self.options.is_configured()
    }

    /// What has no effect here, a sentence each.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.options.notes().to_vec()
    }

    /// Every option that was given: ``{name: (text, kind, name as written, section)}``.
    ///
    /// The kind is ``argument``, ``environment``, ``profile`` or ``services``; secrets have no text.
    fn origins(&self, py: Python<'_>) -> PyResult<BTreeMap<&'static str, Given>> {
        let given = |name: OptionName| {
            let origin = self.options.origin(name)?;
            let (kind, section) = match origin {
                Origin::Argument(_) => ("argument", None),
                Origin::Environment(_) => ("environment", None),
                Origin::Profile { profile, .. } => ("profile", Some(profile.clone())),
                Origin::Services { services } => ("services", Some(services.clone())),
                _ => ("other", None),
            };
            let text = self.options.text(name);
            let told = (
                text.map(str::to_owned),
                kind,
                origin.name().to_owned(),
                section,
            );
            Some((name.as_str(), told))
        };
        attached(py, || Ok(OptionName::all().filter_map(given).collect()))
    }

    /// The CreateSession that these options ask for.
    ///
    /// Raises `InputError`: ``option_missing``, and those of `CreateSession`.
    fn create_session(&self, py: Python<'_>) -> PyResult<CreateSession> {
        attached(py, || self.options.create_session()).map(CreateSession)
    }

    fn __repr__(&self) -> String {
        format!("<Options {:?}>", self.options)
    }
}

fn option(name: &Text) -> Option<OptionName> {
    OptionName::all().find(|option| option.as_str() == name.as_str())
}
