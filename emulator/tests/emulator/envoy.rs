//! Envoy's six fixed requests: what was signed there verifies here. Their ARNs are no ARNs, so that
//! the service refuses them for that, but only after the signature.

use crate::world::{NOW, answer, json};
use rolesanywhere_core::Timestamp;
use rolesanywhere_emulator::{Clock, Config, Request, Service};
use serde_json::Value;
use std::path::PathBuf;

#[test]
fn signatures_verify_and_only_as_they_are() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.join("../../shared/vectors/envoy-rolesanywhere");
    if !root.is_dir() {
        println!(
            "SKIP emulator::envoy::signatures_verify_and_only_as_they_are: the vectors are not here"
        );
        return;
    }
    let text = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let vectors: Value = serde_json::from_str(&text("expected.json")).unwrap();
    let [leaf, chain] = ["rsa-leaf.pem", "rsa-chain.pem"].map(|name| one_line(&text(name)));
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let request = request(&vectors, case, &leaf, &chain);
        let now = Timestamp::parse_amz_date(case["date"].as_str().unwrap()).unwrap();
        let service = Service::new(&Config::default(), Clock::fixed(now.unix_seconds())).unwrap();
        let (reply, record) = answer(&service, &request);
        let message = &json(&reply)["message"];
        assert_eq!(
            (reply.status, message),
            (400, &"trustAnchorArn is not a valid ARN.".into()),
            "{record:?}"
        );
        let mut changed = request.clone();
        changed.body[3] ^= 1;
        let (reply, record) = answer(&service, &changed);
        assert_eq!(reply.status, 403, "{record:?}");
        let late = Service::new(&Config::default(), Clock::fixed(NOW)).unwrap();
        let (reply, _) = answer(&late, &request);
        assert!(
            json(&reply)["message"]
                .as_str()
                .unwrap()
                .starts_with("Signature expired")
        );
    }
}

fn request(vectors: &Value, case: &Value, leaf: &str, chain: &str) -> Request {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let with_chain = case["chain"].as_bool().unwrap();
    let date = text(&case["date"]);
    let names = if with_chain {
        "signed_headers_chain"
    } else {
        "signed_headers_nochain"
    };
    let authorization = format!(
        "AWS4-X509-RSA-SHA256 Credential={}/{}/{}/rolesanywhere/aws4_request, SignedHeaders={}, \
         Signature={}",
        text(&vectors["serial"]),
        date.split_once('T').unwrap().0,
        text(&vectors["region"]),
        text(&vectors[names]),
        text(&case["signature"]),
    );
    let request = Request::new(&text(&vectors["method"]), &text(&vectors["path"]))
        .header("Host", text(&vectors["host"]))
        .header("Content-Type", text(&vectors["content_type"]))
        .header("X-Amz-Content-Sha256", text(&case["content_sha256"]))
        .header("X-Amz-Date", date)
        .header("X-Amz-X509", leaf)
        .header("Authorization", authorization)
        .body(text(&case["body"]));
    if with_chain {
        request.header("X-Amz-X509-Chain", chain)
    } else {
        request
    }
}

/// The one PEM block's base64, without its lines.
fn one_line(pem: &str) -> String {
    pem.lines()
        .filter(|line| !line.starts_with("-----"))
        .collect()
}
