use crate::message::Request;
use crate::refusal::{Refusal, Result};
use crate::sigv4::query_pairs;

pub(super) const VERSION: &str = "2011-06-15";

/// The parameters, from the query or the form in the body.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn read(request: &Request) -> Result<Self> {
        let form = std::str::from_utf8(&request.body)
            .unwrap_or_default()
            .replace('+', "%20");
        let pairs = query_pairs(request.query()).chain(query_pairs(&form));
        let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
        let parameters = Self(
            pairs
                .map(|(name, value)| (text(name), text(value)))
                .collect(),
        );
        let action = parameters.action();
        if action.is_empty() {
            let message = "The request must contain the parameter Action";
            let reason = "there is no Action";
            return Err(Refusal::new(400, "MissingAction", message, reason));
        }
        let version = parameters.get("Version").unwrap_or_default();
        if version != VERSION {
            let message = format!("Could not find operation {action} for version {version}");
            let reason = "the version is not STS's";
            return Err(Refusal::new(400, "InvalidAction", message, reason));
        }
        Ok(parameters)
    }

    pub(super) fn action(&self) -> &str {
        self.get("Action").unwrap_or_default()
    }

    /// The first value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        let pair = pairs.find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str())
    }

    /// The names of the parameters.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}
