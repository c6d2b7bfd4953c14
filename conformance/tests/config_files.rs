//! Config files as botocore reads them, and as we do.
//!
//! botocore itself reads the table, in the virtual environment that `cargo xtask test` makes under
//! `target/venv`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rolesanywhere_core::config::ini::ConfigFile;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Files that people, editors and tools have been known to write.
const FILES: &[&str] = &[
    "",
    "\n\n",
    "# only a comment",
    "[default]\nregion = us-east-1\n",
    "[default]\r\nregion = us-east-1\r\n\r\n[profile a]\r\nk = v\r\n",
    "[default]\rregion = us-east-1\r",
    "[default]\nregion=us-east-1",
    "[default]\nregion : us-east-1\n",
    "[default]\nurl = http://h:80/?a=b\n",
    "[default]\nk = v # not a comment\n",
    "[default]\nk = v ; neither\n",
    "[default]\n# comment\n; comment\n  # indented\nk = v\n",
    "[default]\nk = \n",
    "[default]\nk =\n  a = 1\n  b = 2\n",
    "[default]\nk = first\n  second\n\n  third\nl = w\n",
    "[default]\nk = first\n  # in between\n  second\n",
    "[default]\nk = v\n\n\n[profile b]\nl = w\n",
    "[default]\n  k = v\n  l = w\n",
    "[default]\n  k = v\n    more\n  l = w\n",
    "[default]\n\tk = v\n\t\tmore\n",
    "  [default]\n  k = v\n",
    "[default] trailing\nk = v\n",
    "[default]]\nk = v\n",
    "[ default ]\nk = v\n",
    "[profile a]\nk = v\n[profile b]\nk = w\n",
    "[profile \"two words\"]\nk = v\n",
    "[profile 'two words']\nk = v\n",
    "[profile two\\ words]\nk = v\n",
    "[profile a b]\nk = v\n",
    "[profile]\nk = v\n",
    "[profile ]\nk = v\n",
    "[profile \"open]\nk = v\n",
    "[profile  spaced  ]\nk = v\n",
    "[profile\ttab]\nk = v\n",
    "[profilea b]\nk = v\n",
    "[profile default]\nk = v\n[default]\nk = w\n",
    "[default]\nk = w\n[profile default]\nk = v\n",
    "[a]\nk = v\n",
    "[preview]\ncloudfront = true\n",
    "[Default]\nk = v\n",
    "[DEFAULT]\nk = v\n[profile a]\nl = w\n",
    "[DEFAULT]\nk = v\n[profile a]\nk = w\n",
    "[default]\nKEY = Value\nOther_Key = x\n",
    "[default]\nKEY = 1\nkey = 2\n",
    "[default]\n[default]\n",
    "[profile a]\nk = v\n[profile a]\nl = w\n",
    "[profile a]\nk = v\n[profile \"a\"]\nl = w\n",
    "k = v\n",
    "[default]\nnonsense\n",
    "[default]\n= v\n",
    "[default]\n: v\n",
    "[]\nk = v\n",
    "[default\nk = v\n",
    "[default]\n  nonsense\n",
    "[default]\nk = v\nnonsense\n",
    "[default]\nk = é 漢 \u{1f511}\n",
    "[default]\nk = \u{a0}nbsp\u{a0}\n",
    "[default]\nk = a\u{b}b\u{c}c\n",
    "[services s]\nrolesanywhere =\n  endpoint_url = https://h\n",
    "[services s]\nrolesanywhere =\n  endpoint_url=https://h/a=b\n  other = 1\n",
    "[services s]\nrolesanywhere =\n  endpoint_url = https://h\n\n  # note\ns3 =\n  endpoint_url = https://s3\n",
    "[services s]\nrolesanywhere =\n  Endpoint_URL = https://h\n",
    "[services s]\nROLESANYWHERE =\n  endpoint_url = https://h\n",
    "[services s]\nrolesanywhere = flat\n",
    "[services s]\nrolesanywhere =\n  endpoint_url = https://a\n  endpoint_url = https://b\n",
    "[services \"s t\"]\nrolesanywhere =\n  endpoint_url = https://h\n",
    "[profile a]\nk = v\n%include = x\n",
    "[profile a]\nk = %(b)s\nb = 1\n",
    "[profile a]\nk = \"quoted\"\n",
    "[profile a]\nk == v\n",
    "[profile a]\nk := v\n",
    "[profile a]\nk v = w\n",
    "[profile a]\nk = v\\\n  continued\n",
];

#[derive(Deserialize)]
struct Oracle {
    botocore: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Refused {
        error: String,
    },
    Read {
        profiles: BTreeMap<String, BTreeMap<String, String>>,
        endpoints: BTreeMap<String, String>,
    },
}

#[test]
fn odd_files_are_read_as_botocore_reads_them() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = here.join("../target/venv/bin/python");
    if !python.is_file() {
        println!(
            "SKIP config_files::odd_files_are_read_as_botocore_reads_them: no botocore in target/venv"
        );
        return;
    }
    let oracle = ask(&python, &here.join("python/config_files.py"));
    assert_eq!(oracle.answers.len(), FILES.len());
    let pairs = FILES.iter().zip(&oracle.answers);
    let differences: Vec<String> = pairs
        .filter_map(|(text, theirs)| difference(text, theirs))
        .collect();
    assert!(
        differences.is_empty(),
        "botocore {}:\n{}",
        oracle.botocore,
        differences.join("\n")
    );
}

fn ask(python: &Path, script: &Path) -> Oracle {
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let question = serde_json::to_vec(FILES).unwrap();
    child.stdin.take().unwrap().write_all(&question).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn difference(text: &str, theirs: &Answer) -> Option<String> {
    let ours = ConfigFile::parse(text);
    match (&ours, theirs) {
        (Err(_), Answer::Refused { .. }) => None,
        (Err(error), Answer::Read { .. }) => Some(format!("{text:?}: we refuse it: {error}")),
        (Ok(_), Answer::Refused { error }) => {
            Some(format!("{text:?}: botocore refuses it: {error}"))
        }
        (
            Ok(ours),
            Answer::Read {
                profiles,
                endpoints,
            },
        ) => {
            let read: BTreeMap<String, BTreeMap<String, String>> = ours
                .profile_names()
                .map(|name| {
                    let section = ours.profile(name).unwrap().clone();
                    (name.to_owned(), section.into_iter().collect())
                })
                .collect();
            let same = read == *profiles
                && ["s", "s t"].iter().all(|services| {
                    let url = ours
                        .service_key(services, "rolesanywhere", "endpoint_url")
                        .unwrap();
                    url.as_ref() == endpoints.get(*services)
                });
            (!same).then(|| format!("{text:?}: {read:?}, not {profiles:?} {endpoints:?}"))
        }
    }
}
