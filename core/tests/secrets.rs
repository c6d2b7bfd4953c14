//! What holds a secret cannot be copied or serialised, and shows nothing when printed.

use rolesanywhere_core::config::Options;
use rolesanywhere_core::pem::Block;
use rolesanywhere_core::provider::Snapshot;
use rolesanywhere_core::sigv4::SignatureEncoding;
use rolesanywhere_core::{
    Credentials, HttpRequest, HttpResponse, Identity, PrivateKey, SignableRequest, Signature,
    SigningKey,
};
use std::marker::PhantomData;

struct Probe<T: ?Sized>(PhantomData<T>);

/// What a type has where nothing nearer says otherwise.
trait Otherwise {
    const CLONE: bool = false;
    const SERIALIZE: bool = false;
}

impl<T: ?Sized> Otherwise for Probe<T> {}

impl<T: Clone> Probe<T> {
    const CLONE: bool = true;
}

impl<T: serde::Serialize + ?Sized> Probe<T> {
    const SERIALIZE: bool = true;
}

/// Whether a type can be copied, and whether it can be serialised.
macro_rules! is {
    ($type:ty) => {
        (<Probe<$type>>::CLONE, <Probe<$type>>::SERIALIZE)
    };
}

#[test]
fn a_probe_tells_what_a_type_can_do() {
    assert_eq!(is!(String), (true, true));
    assert_eq!(is!(HttpRequest), (true, false));
    assert_eq!(is!(str), (false, true));
}

#[test]
fn what_holds_a_secret_is_neither_copied_nor_serialised() {
    let types = [
        ("PrivateKey", is!(PrivateKey)),
        ("SigningKey", is!(Box<dyn SigningKey>)),
        ("Snapshot", is!(Snapshot)),
        ("Credentials", is!(Credentials)),
        ("Block", is!(Block<'static>)),
        ("HttpResponse", is!(HttpResponse)),
        ("Options", is!(Options)),
    ];
    for (name, can) in types {
        assert_eq!(can, (false, false), "{name}");
    }
}

#[test]
fn a_request_shows_the_names_of_its_headers_alone() {
    let identity = Identity::from_pem(include_bytes!("data/certificates/leaf.pem"), None).unwrap();
    let pending = SignableRequest {
        method: "POST",
        url: "https://example.com/sessions",
        headers: &[],
        body: b"{\"durationSeconds\":3600}",
        region: "eu-central-1",
        service: "rolesanywhere",
    }
    .prepare(&identity, identity.not_before())
    .unwrap();
    let signature = Signature::new(b"\x30\x06\x02\x01\x11\x02\x01\x22".to_vec());
    let request = pending.finish(&signature, SignatureEncoding::Der).unwrap();
    let shown = format!("{request:?} {signature:?}");
    assert!(shown.to_lowercase().contains("authorization"), "{shown}");
    for hidden in ["3006", "durationSeconds", "17, 2"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

#[test]
fn a_reply_shows_its_status_and_sizes_alone() {
    let headers = vec![("x".to_owned(), "hunter2".to_owned())];
    let reply = HttpResponse::new(201, headers, b"hunter2".to_vec().into());
    let shown = format!("{reply:?}");
    assert!(
        shown.contains("201") && !shown.contains("hunter2"),
        "{shown}"
    );
}
