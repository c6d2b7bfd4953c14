//! Every error code has a test that produces it: a case of the vectors, or one that is named here.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use rolesanywhere_conformance::paths;
use rolesanywhere_core::ErrorCode;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that no vector can produce, as they need a file, a clock, a network or a host: where each
/// is produced, and by which test.
const TESTS: &[(ErrorCode, &str, &str)] = &[
    (
        ErrorCode::TimestampMalformed,
        "core/src/time.rs",
        "range_is_1970_to_9999",
    ),
    (
        ErrorCode::ProviderClosed,
        "client/tests/faults/callers.rs",
        "close_forgets_and_wakes_who_waits",
    ),
    (
        ErrorCode::SessionDurationShort,
        "core/tests/session_advice.rs",
        "durations_that_surprise",
    ),
    (
        ErrorCode::SessionDurationLong,
        "core/tests/session_advice.rs",
        "durations_that_surprise",
    ),
    (
        ErrorCode::RegionUnknown,
        "core/tests/session_advice.rs",
        "a_region_that_nobody_knows_works_with_a_warning",
    ),
    (
        ErrorCode::CredentialsShadowed,
        "core/tests/session_advice.rs",
        "what_the_sdks_take_first",
    ),
    (
        ErrorCode::EndpointIgnored,
        "core/tests/session_advice.rs",
        "what_the_sdks_take_first",
    ),
    (
        ErrorCode::FileNotFound,
        "cli/tests/cli/bad_input/files.rs",
        "files",
    ),
    (
        ErrorCode::FileUnreadable,
        "client/src/source/read/tests.rs",
        "each_failure_of_a_file_has_its_code",
    ),
    (
        ErrorCode::FileIsDirectory,
        "cli/tests/cli/bad_input/files.rs",
        "files",
    ),
    (
        ErrorCode::FileTooLarge,
        "cli/tests/cli/bad_input/files.rs",
        "files",
    ),
    (
        ErrorCode::FileUnwritable,
        "emulator/tests/emulator/files.rs",
        "nothing_is_replaced_unless_asked_for",
    ),
    (
        ErrorCode::ChainSignatureInvalid,
        "core/src/identity/tests/advice.rs",
        "a_leaf_that_its_issuer_did_not_sign_is_an_error",
    ),
    (
        ErrorCode::PrivateKeyPermissions,
        "cli/tests/cli/doctor/local.rs",
        "a_key_that_everybody_can_read",
    ),
    (
        ErrorCode::SigningFailed,
        "client/tests/faults/signers.rs",
        "what_a_signer_raises_is_the_cause",
    ),
    (
        ErrorCode::ConnectionFailed,
        "cli/tests/cli/network.rs",
        "nobody_listens",
    ),
    (
        ErrorCode::ConnectionReset,
        "client/tests/transport/failures.rs",
        "a_reply_that_ends_early",
    ),
    (
        ErrorCode::Timeout,
        "client/tests/transport/failures.rs",
        "a_time_limit_shorter_than_its_own",
    ),
    (
        ErrorCode::TlsFailed,
        "cli/tests/cli/network.rs",
        "plain_http_where_tls_is_expected",
    ),
    (
        ErrorCode::ResponseTooLarge,
        "client/tests/transport/failures.rs",
        "a_reply_over_the_limit",
    ),
    (
        ErrorCode::Internal,
        "cli/tests/cli/output.rs",
        "a_closed_pipe_is_an_error_and_no_panic",
    ),
];

/// Codes of what only another language can get wrong. Their tests are those of the bindings.
const OF_BINDINGS: &[ErrorCode] = &[
    ErrorCode::NullArgument,
    ErrorCode::InputTooLarge,
    ErrorCode::ArgumentInvalid,
    ErrorCode::IdentityUnavailable,
    ErrorCode::Panic,
];

#[test]
fn every_code_has_a_test_that_produces_it() {
    let of_vectors = of_vectors();
    let mut problems = Vec::new();
    for code in ErrorCode::ALL {
        let named: Vec<_> = TESTS.iter().filter(|(named, _, _)| named == code).collect();
        let is_of_vectors = of_vectors.contains(code.as_str());
        let is_of_bindings = OF_BINDINGS.contains(code);
        match usize::from(is_of_vectors) + named.len() + usize::from(is_of_bindings) {
            0 => problems.push(format!("no test produces {code}: name one in {}", file!())),
            1 => {}
            _ => problems.push(format!("{code} is covered twice: keep one in {}", file!())),
        }
        for (_, path, name) in named {
            let text = fs::read_to_string(root().join(path)).unwrap_or_default();
            if !produces(&text, name, *code) {
                problems.push(format!("{path}: no test `{name}` that is about {code}"));
            }
        }
    }
    let texts = texts_of_bindings();
    for code in OF_BINDINGS {
        if !texts.iter().any(|text| text.contains(code.as_str())) {
            problems.push(format!("no test of a binding is about {code}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Whether the file has a test of this name, and the code stands in its body.
fn produces(text: &str, name: &str, code: ErrorCode) -> bool {
    let Some(start) = text.find(&format!("fn {name}()")) else {
        return false;
    };
    let before = &text[..start];
    let (before, indent) = before.rsplit_once('\n').unwrap_or(("", before));
    let is_test = before.trim_end().ends_with("#[test]");
    let body = &text[start..];
    let end = body.find(&format!("\n{indent}}}\n")).unwrap_or(body.len());
    let body = &body[..end];
    let variant = format!("ErrorCode::{code:?}");
    is_test
        && [variant.as_str(), code.as_str()]
            .iter()
            .any(|it| body.contains(it))
}

/// Codes that a case expects, as its error or among its findings.
fn of_vectors() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files(&paths::vectors()) {
        if path.ends_with("error_codes.json") {
            continue;
        }
        let value: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let groups = value["groups"].as_array().into_iter().flatten();
        for test in groups.flat_map(|group| group["tests"].as_array().into_iter().flatten()) {
            let findings = test["expected"]["findings"]
                .as_array()
                .into_iter()
                .flatten();
            let expected = findings.chain([&test["error"]["code"]]);
            codes.extend(expected.filter_map(Value::as_str).map(ToOwned::to_owned));
        }
    }
    codes
}

/// In lower case: C writes its codes in upper case.
fn texts_of_bindings() -> Vec<String> {
    let bindings = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let bindings = bindings.filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("bindings-")
    });
    let tests = bindings.flat_map(|path| ["test", "tests"].map(|tests| path.join(tests)));
    let tests = tests
        .filter(|path| path.is_dir())
        .flat_map(|path| files(&path));
    tests
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|text| text.to_lowercase())
        .collect()
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .collect()
}

fn root() -> PathBuf {
    paths::root().parent().unwrap().to_path_buf()
}
