//! The shared config file, read as botocore reads it.
//!
//! botocore uses Python's `RawConfigParser`: keys in lower case, `=` or `:`, `#` and `;` comments on
//! lines of their own, indented continuation lines, repeated sections and keys refused, keys of
//! `[DEFAULT]` in every section. The tests compare both on a table of odd files. One difference: a
//! byte-order mark is skipped here.

use super::entries::Entries;
use crate::encoding::{split, split_at_last, split_once};
use crate::error::{Error, ErrorCode, Result};
use crate::lowercase::lowercase;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Keys and values of one section; a value that spans lines holds line ends.
pub type Section = Entries<String>;

/// A parsed config file: its profiles and its `[services …]` sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigFile {
    profiles: Entries<Section>,
    services: Entries<Section>,
}

impl ConfigFile {
    /// Reads the file's text.
    ///
    /// # Errors
    /// `config_file_malformed`, naming the line, where botocore refuses the file too.
    pub fn parse(text: &str) -> Result<Self> {
        let mut file = Self::default();
        for (header, section) in Reader::read(text)? {
            let words = shell_words(&header).unwrap_or_default();
            match (words.as_slice(), header.as_str()) {
                ([_, name], header) if header.starts_with("profile") => {
                    file.profiles.insert(name.clone(), section);
                }
                ([_, name], header) if header.starts_with("services") => {
                    file.services.insert(name.clone(), section);
                }
                (_, "default") => {
                    file.profiles.insert(header, section);
                }
                _ => {}
            }
        }
        Ok(file)
    }

    /// Reads the text of a credentials file, where a section's name is the profile's.
    ///
    /// # Errors
    /// As [`parse`](Self::parse)
    pub fn parse_credentials(text: &str) -> Result<Self> {
        let mut file = Self::default();
        for (name, section) in Reader::read(text)? {
            file.profiles.insert(name, section);
        }
        Ok(file)
    }

    /// A profile's keys.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Section> {
        self.profiles.get(name)
    }

    /// The names of all profiles.
    pub fn profile_names(&self) -> impl Iterator<Item = &str> {
        self.profiles.names()
    }

    /// A key of a service inside the `[services …]` section that a profile names.
    ///
    /// # Errors
    /// `config_file_malformed` for an indented line without `=`.
    pub fn service_key(&self, services: &str, service: &str, key: &str) -> Result<Option<String>> {
        let block = self
            .services
            .get(services)
            .and_then(|section| section.get(service));
        let Some(block) = block.filter(|value| value.starts_with("\n")) else {
            return Ok(None);
        };
        let mut found = None;
        for line in split(block, b'\n').map(str::trim) {
            if line.is_empty() {
                continue;
            }
            let (name, value) = split_once(line, b'=').ok_or_else(|| {
                let message = format!(
                    "an indented line under `{service}` of section `services {services}` has no `=`"
                );
                Error::new(ErrorCode::ConfigFileMalformed, message)
            })?;
            if name.trim() == key {
                found = Some(value.trim().to_string());
            }
        }
        Ok(found)
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    sections: Vec<(String, Section)>,
    defaults: Section,
    section: Option<Place>,
    key: Option<String>,
    indent: usize,
}

#[derive(Clone, Copy)]
enum Place {
    Defaults,
    Section(usize),
}

impl Reader {
    fn read(text: &str) -> Result<Vec<(String, Section)>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Self::default();
        let mut number = 0_usize;
        // Lines end with `\n`, `\r\n` or `\r`.
        for part in split(text, b'\n') {
            for line in split(part.strip_suffix("\r").unwrap_or(part), b'\r') {
                number = number.saturating_add(1);
                reader.line(line).map_err(|reason| {
                    let message = format!("line {number} of the config file {reason}");
                    Error::new(ErrorCode::ConfigFileMalformed, message)
                })?;
            }
        }
        let defaults = without_end(reader.defaults);
        for (_, section) in &mut reader.sections {
            let mut whole = defaults.clone();
            for (key, value) in without_end(core::mem::take(section)) {
                whole.insert(key, value);
            }
            *section = whole;
        }
        Ok(reader.sections)
    }

    fn line(&mut self, line: &str) -> core::result::Result<(), &'static str> {
        let content = line.trim();
        if matches!(content.as_bytes().first(), Some(b'#' | b';')) {
            return Ok(());
        }
        if content.is_empty() {
            if let Some(value) = self.current_value() {
                value.push('\n');
            }
            return Ok(());
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if indent > self.indent
            && let Some(value) = self.current_value()
        {
            value.push('\n');
            value.push_str(content);
            return Ok(());
        }
        self.indent = indent;
        match content
            .strip_prefix("[")
            .and_then(|rest| split_at_last(rest, b']'))
        {
            Some((header, _)) if !header.is_empty() => self.open(header),
            _ => self.pair(content),
        }
    }

    fn open(&mut self, header: &str) -> core::result::Result<(), &'static str> {
        self.key = None;
        if header == "DEFAULT" {
            self.section = Some(Place::Defaults);
            return Ok(());
        }
        if self.sections.iter().any(|(known, _)| known == header) {
            return Err("opens a section for the second time");
        }
        self.section = Some(Place::Section(self.sections.len()));
        self.sections.push((header.to_string(), Section::default()));
        Ok(())
    }

    fn pair(&mut self, content: &str) -> core::result::Result<(), &'static str> {
        let Some(values) = self.values() else {
            return Err("stands before the first section");
        };
        let mut octets = content.bytes();
        let separator = octets.find(|octet| matches!(octet, b'=' | b':'));
        let (key, value) = separator
            .and_then(|separator| split_once(content, separator))
            .ok_or("has neither `=` nor `:`")?;
        let key: String = key.trim_end().chars().flat_map(lowercase).collect();
        if key.is_empty() {
            return Err("has no key");
        }
        if values
            .insert(key.clone(), value.trim().to_string())
            .is_some()
        {
            return Err("gives a key for the second time");
        }
        self.key = Some(key);
        Ok(())
    }

    fn values(&mut self) -> Option<&mut Section> {
        match self.section? {
            Place::Defaults => Some(&mut self.defaults),
            Place::Section(index) => self.sections.get_mut(index).map(|(_, values)| values),
        }
    }

    fn current_value(&mut self) -> Option<&mut String> {
        let key = self.key.clone()?;
        self.values()?.get_mut(&key)
    }
}

/// Empty lines count between others, and not at the end.
fn without_end(mut section: Section) -> Section {
    for value in section.values_mut() {
        value.truncate(value.trim_end().len());
    }
    section
}

/// Splits a header as a POSIX shell splits words; `None` for an open quote.
fn shell_words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\'' | '"' => {
                let quoted = word.get_or_insert_default();
                loop {
                    match characters.next()? {
                        end if end == character => break,
                        '\\' if character == '"' => {
                            let escaped = characters.next()?;
                            if !matches!(escaped, '"' | '\\') {
                                quoted.push('\\');
                            }
                            quoted.push(escaped);
                        }
                        plain => quoted.push(plain),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(characters.next()?),
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            plain => word.get_or_insert_default().push(plain),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::ConfigFile;
    use crate::error::ErrorCode;

    const FILE: &str = "\u{feff}# a comment\r\n[default]\r\nregion = us-east-1\r\n\
        [profile ci]\nRolesAnywhere_Role_ARN: arn:aws:iam::1:role/a\nservices = s\n  # inside\n\
        [profile \"two words\"]\nkey = first\n   second\n\n[ profile x ]\na=1\n[profile]\nb=2\n\
        [services s]\nrolesanywhere =\n  endpoint_url = https://h\n  other = 1\ns3 = flat\n";

    #[test]
    fn sections_keys_and_continuations() {
        let file = ConfigFile::parse(FILE).unwrap();
        assert_eq!(
            file.profile_names().collect::<alloc::vec::Vec<_>>(),
            ["ci", "default", "two words"]
        );
        let ci = file.profile("ci").unwrap();
        assert_eq!(
            ci.get("rolesanywhere_role_arn").unwrap(),
            "arn:aws:iam::1:role/a"
        );
        assert_eq!(
            file.profile("two words").unwrap().get("key").unwrap(),
            "first\nsecond"
        );
        let endpoint = file
            .service_key("s", "rolesanywhere", "endpoint_url")
            .unwrap();
        assert_eq!(endpoint.as_deref(), Some("https://h"));
        assert_eq!(file.service_key("s", "s3", "endpoint_url").unwrap(), None);
        assert_eq!(
            file.service_key("t", "rolesanywhere", "endpoint_url")
                .unwrap(),
            None
        );
    }

    #[test]
    fn defaults_reach_every_section() {
        let file = ConfigFile::parse("[DEFAULT]\na = 1\nb = 1\n[profile p]\nb = 2\n").unwrap();
        let profile = file.profile("p").unwrap();
        assert_eq!(
            (
                profile.get("a").unwrap().as_str(),
                profile.get("b").unwrap().as_str()
            ),
            ("1", "2")
        );
    }

    #[test]
    fn damaged_files_name_their_line() {
        for (text, line) in [
            ("a = 1\n", "line 1"),
            ("[default]\nnonsense\n", "line 2"),
            ("[default]\n= 1\n", "line 2"),
            ("[default]\na = 1\nA = 2\n", "line 3"),
            ("[default]\n[default]\n", "line 2"),
        ] {
            let error = ConfigFile::parse(text).unwrap_err();
            assert_eq!(error.code(), ErrorCode::ConfigFileMalformed, "{text}");
            assert!(error.message().contains(line), "{error}");
        }
    }
}
