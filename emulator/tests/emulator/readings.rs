//! Two readings of the same rules: whatever the signing core signs, the emulator computes alike.

use crate::world::{NOW, World, answer, json};
use proptest::prelude::*;
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::{Backend, Identity, PrivateKey, SignableRequest, SigningKey, Timestamp};
use rolesanywhere_emulator::{Request, Service};

struct Client {
    identity: Identity,
    key: Box<dyn SigningKey>,
    service: Service,
}

impl Client {
    fn new() -> Self {
        let world = World::new();
        let leaf = world.leaf();
        let key = PrivateKey::from_pem(leaf.private_key_pem().unwrap().as_bytes(), None).unwrap();
        Self {
            identity: Identity::from_pem(leaf.certificate_pem().as_bytes(), None).unwrap(),
            key: AwsLc.signing_key(key).unwrap(),
            service: world.service(),
        }
    }

    /// The request as the core signs it; none where the core takes no such request.
    fn sign(&self, query: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Request> {
        let signable = SignableRequest {
            method: "POST",
            url: &format!("http://127.0.0.1:9912/sessions?{query}"),
            headers,
            body,
            region: "eu-west-1",
            service: "rolesanywhere",
        };
        let now = Timestamp::from_unix_seconds(NOW).unwrap();
        let signed = signable.sign(&self.identity, &*self.key, now).ok()?;
        let target = signed.url.strip_prefix("http://127.0.0.1:9912").unwrap();
        let request = Request::new("POST", target).header("Host", "127.0.0.1:9912");
        let add = |request: Request, (name, value): &(String, String)| {
            request.header(name, value.as_str())
        };
        Some(signed.headers.iter().fold(request, add).body(signed.body))
    }
}

proptest! {
    /// The ARNs are missing, which the service notices after the signature.
    #[test]
    fn agree(
        query in "([a-zA-Z0-9~._/:@!$'()*,;?=&+-]|%[0-9a-fA-F]{2}|&&|%C3%BC|%[g-z]){0,40}",
        headers in proptest::collection::vec(
            ("(x-|X-|a|A|b|my-header|My-Header)[a-zA-Z0-9-]{0,2}", "[ -~\t]{0,30}"), 0..6,
        ),
        body in "[ -~]{0,50}",
    ) {
        thread_local! { static CLIENT: Client = Client::new(); }
        CLIENT.with(|client| {
            let headers = headers.iter().filter(|(name, _)| !name.to_lowercase().starts_with("x-amz"));
            let headers: Vec<_> =
                headers.map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let request = client.sign(&query, &headers, body.as_bytes());
            prop_assume!(request.is_some());
            let (reply, record) = answer(&client.service, &request.unwrap());
            let told = json(&reply);
            let reasons = ["trustAnchorArn is required.", "The request body is not a JSON object."];
            prop_assert!(reasons.iter().any(|reason| told["message"] == *reason), "{record:?}");
            Ok(())
        })?;
    }
}
