//! Wycheproof's files, as much of them as is used.

use rolesanywhere_conformance::{Result, foreign};
use serde::Deserialize;
use std::path::PathBuf;

/// The directory of the files.
pub(crate) struct Vectors(PathBuf);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Set {
    pub(crate) test_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Group {
    pub(crate) private_key_pkcs8: Option<String>,
    pub(crate) private_key: Option<Numbers>,
    pub(crate) key_size: Option<usize>,
    pub(crate) sha: Option<String>,
    pub(crate) tests: Vec<Case>,
}

/// An RSA key's, in hex.
#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Numbers {
    pub(crate) modulus: String,
    pub(crate) public_exponent: String,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Case {
    pub(crate) tc_id: u32,
    pub(crate) comment: String,
    pub(crate) flags: Vec<String>,
    pub(crate) result: String,
    /// PEM, in the sets for ECDH.
    pub(crate) public: Option<String>,
    pub(crate) private: Option<String>,
    /// Hex, in the sets for signatures.
    pub(crate) msg: Option<String>,
    pub(crate) sig: Option<String>,
}

impl Vectors {
    pub(crate) fn find() -> core::result::Result<Self, String> {
        let module = foreign::go_module("wycheproof", "github.com/c2sp/wycheproof")?;
        Ok(Self(module.join("testvectors_v1")))
    }

    /// Reads the set of this name, which is its file's without `_test.json`.
    pub(crate) fn read(&self, name: &str) -> Result<Set> {
        let text = foreign::read_text(&self.0, &format!("{name}_test.json"))?;
        serde_json::from_str(&text).map_err(|error| format!("{name}: {error}").into())
    }

    /// The names of all sets that begin so.
    pub(crate) fn names(&self, prefix: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.0)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if let Some(name) = name.strip_suffix("_test.json")
                && name.starts_with(prefix)
            {
                names.push(name.to_owned());
            }
        }
        names.sort();
        Ok(names)
    }
}
