//! The table of error codes, for hosts that print or map them.

use crate::boundary::{ResultCode, infallible};
use crate::slice::{OwnedText, Text};
use rolesanywhere::core::ErrorCode;
use std::sync::OnceLock;

/// One line of the table, as text that C can borrow for ever.
struct Row {
    number: ResultCode,
    name: OwnedText,
    kind: OwnedText,
    meaning: OwnedText,
    hint: OwnedText,
    retryable: bool,
}

fn table() -> &'static [Row] {
    static TABLE: OnceLock<Vec<Row>> = OnceLock::new();
    TABLE.get_or_init(|| ErrorCode::ALL.iter().map(|code| row(*code)).collect())
}

fn row(code: ErrorCode) -> Row {
    Row {
        number: ResultCode::from(code.number()),
        name: OwnedText::new(code.as_str()),
        kind: OwnedText::new(code.kind().as_str()),
        meaning: OwnedText::new(code.meaning()),
        hint: OwnedText::new(code.hint()),
        retryable: code.usually_retryable(),
    }
}

fn ask<A>(code: ResultCode, otherwise: A, question: impl FnOnce(&'static Row) -> A) -> A {
    infallible(otherwise, || {
        table().iter().find(|row| row.number == code).map(question)
    })
}

/// The code with this number, where there is one.
pub(crate) fn find(code: ResultCode) -> Option<ErrorCode> {
    let mut codes = ErrorCode::ALL.iter();
    codes
        .find(|known| ResultCode::from(known.number()) == code)
        .copied()
}

/// How many error codes this version knows. Any thread; never fails.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_error_code_count() -> usize {
    ErrorCode::ALL.len()
}

/// The error code at a position below `rolesanywhere_error_code_count()`, in the order of the numbers;
/// 0 beyond it. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_error_code_at(index: usize) -> ResultCode {
    infallible(0, || table().get(index).map(|row| row.number))
}

/// A code's stable name, such as `access_denied`. Lives as long as the library is loaded; none for a
/// number that is no code. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_error_code_name(code: ResultCode) -> Text {
    ask(code, Text::NONE, |row| row.name.lend())
}

/// A code's kind: `input`, `identity`, `signing`, `service`, `transport` or `internal`. Lives as long
/// as the library is loaded; none for a number that is no code. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_error_code_kind(code: ResultCode) -> Text {
    ask(code, Text::NONE, |row| row.kind.lend())
}

/// What a code means, in one sentence. Lives as long as the library is loaded; none for a number that
/// is no code. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_error_code_meaning(code: ResultCode) -> Text {
    ask(code, Text::NONE, |row| row.meaning.lend())
}

/// What to do about a code when nothing more is known. Lives as long as the library is loaded; none
/// for a number that is no code. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_error_code_hint(code: ResultCode) -> Text {
    ask(code, Text::NONE, |row| row.hint.lend())
}

/// Whether an error of this code is worth retrying unless it says otherwise. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_error_code_is_retryable(code: ResultCode) -> bool {
    ask(code, false, |row| row.retryable)
}
