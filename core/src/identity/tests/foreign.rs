//! The identities of other implementations, as they sent them.

use super::{Identity, Path, PathBuf, PublicHalf, String, Vec, base64, load_identity, println};
use serde_json::Value;
use std::fs;

fn vectors(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors");
    Some(root.join(folder)).filter(|path| path.is_dir())
}

fn header(capture: &Value, name: &str) -> Option<String> {
    let headers = capture["request"]["headers"].as_array().unwrap();
    let found = headers.iter().find(|header| header[0] == name)?;
    Some(found[1].as_str().unwrap().into())
}

#[test]
fn the_helpers_certificate_chain_and_serial() {
    let Some(captures) = vectors("aws-helper-captures") else {
        println!("SKIP core::the_helpers_certificate_chain_and_serial: no foreign captures here");
        return;
    };
    let mut compared = 0;
    for capture in fs::read_dir(captures).unwrap() {
        let folder = capture.unwrap().path();
        let read = |name: &str| fs::read(folder.join(name)).unwrap();
        let capture: Value = serde_json::from_slice(&read("capture.json")).unwrap();
        let (leaf, chain) = (read("leaf.pem"), read("chain.pem"));
        let chain = Some(chain.as_slice()).filter(|chain| !chain.is_empty());
        let identity = Identity::from_pem(&leaf, chain).unwrap();
        assert_as_sent(&identity, &capture);

        // The same from one file, upside down, with the root.
        let all = [&read("root.pem")[..], chain.unwrap_or_default(), &leaf].concat();
        assert_as_sent(&Identity::from_pem(&all, None).unwrap(), &capture);
        let (identity, _) = load_identity(&[&all], None, &PublicHalf).unwrap();
        assert_as_sent(&identity, &capture);
        compared += 1;
    }
    assert_eq!(compared, 10);
}

fn assert_as_sent(identity: &Identity, capture: &Value) {
    assert_eq!(identity.serial_number(), capture["serial_number"]);
    assert_eq!(
        Some(base64(identity.certificate_der())),
        header(capture, "X-Amz-X509")
    );
    let chain: Vec<String> = identity.chain_der().map(base64).collect();
    let sent = header(capture, "X-Amz-X509-Chain").unwrap_or_default();
    assert_eq!(chain.join(","), sent);
    let now = capture["request"]["headers"].as_array().unwrap();
    let date = now.iter().find(|header| header[0] == "X-Amz-Date").unwrap()[1].clone();
    let now = crate::Timestamp::parse_amz_date(date.as_str().unwrap()).unwrap();
    assert!(identity.check(now, None).is_ok());
}

#[test]
fn envoys_chain_is_its_root() {
    let Some(folder) = vectors("envoy-rolesanywhere") else {
        println!("SKIP core::envoys_chain_is_its_root: no foreign vectors here");
        return;
    };
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let expected: Value = serde_json::from_slice(&read("expected.json")).unwrap();
    let identity = Identity::from_pem(&read("rsa-leaf.pem"), Some(&read("rsa-chain.pem"))).unwrap();
    assert_eq!(identity.serial_number(), expected["serial"]);
    // Envoy sends the self-signed root; the chain leaves it out, so its vectors name the header.
    assert_eq!(identity.chain_der().count(), 0);
    assert_eq!(identity.issuer(), "CN=test-rsa");
    assert_eq!(
        identity.subject(),
        "CN=test-rsa.test,O=Default Company Ltd,L=Default City,C=XX"
    );
}
