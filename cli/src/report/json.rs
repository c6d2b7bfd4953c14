//! A JSON object on one line, its members in the order in which they are given.

use rolesanywhere::core::error::Error;
use serde_json::{Map, Value};

/// An object under construction.
pub(crate) struct Line(String);

impl Line {
    pub(crate) fn new(level: &str) -> Self {
        Self(String::new()).text("level", level)
    }

    pub(crate) fn text(self, name: &str, value: &str) -> Self {
        self.member(name, &Value::from(value))
    }

    pub(crate) fn error(self, error: &Error) -> Self {
        let line = self
            .text("code", error.code().as_str())
            .text("kind", error.kind().as_str())
            .text("message", error.message())
            .text("hint", error.hint())
            .member("retryable", &Value::from(error.is_retryable()));
        let Some(service) = error.service() else {
            return line;
        };
        line.member("status", &Value::from(service.status))
            .optional("service_code", service.service_code.as_deref())
            .optional("service_message", service.service_message.as_deref())
            .optional("request_id", service.request_id.as_deref())
    }

    pub(crate) fn end(self) -> String {
        format!("{{{}}}", self.0)
    }

    fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    fn member(mut self, name: &str, value: &Value) -> Self {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(&format!("{}:{value}", Value::from(name)));
        self
    }
}

/// An error's members, for an object that has others too.
pub(crate) fn error_members(error: &Error) -> Map<String, Value> {
    let line = Line(String::new()).error(error).end();
    serde_json::from_str(&line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Line;
    use rolesanywhere::core::error::{Error, ErrorCode};

    #[test]
    fn an_error_is_one_line_in_order() {
        let error = Error::new(ErrorCode::Timeout, "no \"answer\"\n").with_hint("wait");
        assert_eq!(
            Line::new("error").error(&error).end(),
            r#"{"level":"error","code":"timeout","kind":"transport","message":"no \"answer\"\n","hint":"wait","retryable":true}"#
        );
    }
}
