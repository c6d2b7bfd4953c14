//! The grammar of AWS's helper where it differs from ours.

use crate::flags;
use clap::{Arg, ArgAction};
use std::ffi::OsString;

/// Where words go that are neither flag nor value: the helper ignores them.
pub(crate) const STRAY_WORDS: &str = "stray-words";

/// A switch may be given its value: `--debug=false`.
pub(super) fn switch(argument: Arg) -> Arg {
    argument
        .action(ArgAction::Set)
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("true")
        .hide_possible_values(true)
        .value_parser(boolean)
}

/// What Go takes for a boolean.
fn boolean(text: &str) -> Result<bool, &'static str> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("neither true nor false"),
    }
}

/// The same words with the command before its flags: the helper takes them in any order.
///
/// A flag that is not known is taken to have a value, as the helper does.
pub(super) fn command_first(mut words: Vec<OsString>) -> Vec<OsString> {
    let mut position = 1;
    while let Some(word) = words.get(position).and_then(|word| word.to_str()) {
        if word == "--" {
            return words;
        }
        if !word.starts_with('-') {
            let command = words.remove(position);
            words.insert(1, command);
            return words;
        }
        let step = if takes_next_word(word) { 2 } else { 1 };
        position += step;
    }
    words
}

fn takes_next_word(word: &str) -> bool {
    let Some(name) = word.strip_prefix("--") else {
        return false;
    };
    let is_switch = flags::find(name).is_some_and(|flag| flag.value.is_none());
    !(name.contains('=') || is_switch || name == "help")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_found_behind_flags() {
        for (line, expected) in [
            ("h version", "h version"),
            ("h --region r sign-string", "h sign-string --region r"),
            ("h --region=r sign-string x", "h sign-string --region=r x"),
            ("h --debug sign-string", "h sign-string --debug"),
            ("h -h sign-string", "h sign-string -h"),
            ("h --help sign-string", "h sign-string --help"),
            ("h -- sign-string", "h -- sign-string"),
            ("h --bogus sign-string", "h --bogus sign-string"),
            ("h --region", "h --region"),
            ("h", "h"),
        ] {
            let words = line.split(' ').map(OsString::from).collect();
            let words: Vec<_> = command_first(words)
                .into_iter()
                .map(|word| word.into_string().unwrap())
                .collect();
            assert_eq!(words.join(" "), expected, "{line}");
        }
    }
}
