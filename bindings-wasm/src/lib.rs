//! The core behind one function: the name of an operation and a JSON object in, a JSON object out.
//!
//! It is what the WebAssembly module is made of, and says nothing about how the bytes come in:
//! `raw/` adds the places in linear memory. `raw/README.md` describes the operations.
#![forbid(unsafe_code)]

mod answer;
mod arguments;
mod backend;
mod handles;
mod json;
mod operations;

use arguments::Arguments;
use backend::PureRust;
use handles::Handles;
use json::Object;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::json::Value;
use std::cell::RefCell;
use zeroize::Zeroizing;

/// Everything that lives between two calls: identities, keys, requests, machines, each by its handle.
#[derive(Debug, Default)]
pub struct Instance {
    handles: Handles,
    backend: PureRust,
}

impl Instance {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls an operation. The answer is `{"ok": {…}}`, or `{"error": {"code": …, …}}`, and after
    /// either the instance is as good as before.
    ///
    /// # Examples
    /// ```
    /// let mut instance = rolesanywhere_wasm::Instance::new();
    /// let answer = instance.call("version", b"{}");
    /// assert!(answer.starts_with(br#"{"ok":{"#));
    /// ```
    pub fn call(&mut self, operation: &str, input: &[u8]) -> Zeroizing<Vec<u8>> {
        let mut answer = Object::new();
        answer.object("ok");
        if let Err(error) = self.answer(operation, input, &mut answer) {
            answer = Object::new();
            answer::failed(answer.object("error"), &error);
        }
        answer.end();
        answer.into_bytes()
    }

    fn answer(&mut self, operation: &str, input: &[u8], answer: &mut Object) -> Result<()> {
        let Some(run) = operations::named(operation) else {
            let message = "there is no operation of this name";
            return Err(Error::new(ErrorCode::ArgumentInvalid, message));
        };
        let input = Value::parse(input).unwrap_or(Value::Null);
        let error = RefCell::new(None);
        let arguments = Arguments::new(&input, &error);
        arguments.checked()?;
        let answered = run(self, arguments, answer);
        // An operation that was given something empty in its place may have said something else.
        arguments.checked().and(answered)
    }
}

#[cfg(test)]
mod tests;
