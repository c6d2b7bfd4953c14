//! A signed request, and a transport with an environment of its own.

use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::identity::load_identity;
use rolesanywhere::core::{HttpRequest, SignableRequest, Timestamp};
use rolesanywhere::{HttpOptions, HttpTransport};

const LEAF: &[u8] = include_bytes!("../../../core/tests/data/certificates/leaf.pem");
const KEY: &[u8] = include_bytes!("../../../core/tests/data/keys/p256.pem");

/// A `POST` of a small body.
pub(crate) fn signed(url: &str) -> HttpRequest {
    let (identity, key) = load_identity(&[LEAF, KEY], None, &AwsLc).unwrap();
    let request = SignableRequest {
        method: "POST",
        url,
        headers: &[
            ("Content-Type", "application/json"),
            ("X-Odd", "two  spaces, kept"),
        ],
        body: b"{\"durationSeconds\":900}",
        region: "us-east-1",
        service: "rolesanywhere",
    };
    let now = Timestamp::from_unix_seconds(1_900_000_000).unwrap();
    request.sign(&identity, key.unwrap().as_ref(), now).unwrap()
}

/// A transport that sees only these variables.
pub(crate) fn transport(options: HttpOptions, variables: &[(&str, &str)]) -> HttpTransport {
    let environment = |name: &str| {
        variables
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    HttpTransport::new(options, &environment).unwrap()
}

/// The path of a file of test data.
pub(crate) fn data(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}
