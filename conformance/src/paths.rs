//! Where the parts of the suite are.

use std::path::PathBuf;

/// `conformance/`: this package's directory, or the one that `CONFORMANCE_ROOT` names.
#[must_use]
pub fn root() -> PathBuf {
    let other = std::env::var_os("CONFORMANCE_ROOT");
    other.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

/// `conformance/fixtures/`.
#[must_use]
pub fn fixtures() -> PathBuf {
    root().join("fixtures")
}

/// `conformance/vectors/`.
#[must_use]
pub fn vectors() -> PathBuf {
    root().join("vectors")
}

/// `conformance/schema/`.
#[must_use]
pub fn schema() -> PathBuf {
    root().join("schema")
}

/// `target/conformance/`, where the runners of this repository write their results.
#[must_use]
pub fn results() -> PathBuf {
    root().with_file_name("target").join("conformance")
}

/// `conformance/exceptions/`.
#[must_use]
pub fn exceptions() -> PathBuf {
    root().join("exceptions")
}
