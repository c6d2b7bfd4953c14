use super::{Chain, end_entity};
use crate::error::ErrorCode;
use crate::x509::Certificate;
use alloc::vec::Vec;

macro_rules! certificate {
    ($name:literal) => {
        Certificate::all_from_pem(include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/certificates/",
            $name,
            ".pem"
        )))
        .unwrap()
        .remove(0)
    };
}

/// The common names of a chain, and how many of it are linked.
fn ordered(leaf: &Certificate, given: &[Certificate]) -> (Vec<alloc::string::String>, usize) {
    let chain = Chain::new(leaf, given.to_vec()).unwrap();
    let names = |certificate: &Certificate| {
        let subject = certificate.subject().as_str();
        let serial = certificate.serial_number();
        alloc::format!("{} {serial}", subject.split(',').next().unwrap())
    };
    assert_eq!(
        chain.linked().count() + chain.unlinked().count(),
        chain.certificates().len()
    );
    (
        chain.certificates().iter().map(names).collect(),
        chain.linked().count(),
    )
}

fn is_ambiguous(certificates: &[Certificate]) -> bool {
    end_entity(certificates).is_err_and(|error| error.code() == ErrorCode::LeafAmbiguous)
}

#[test]
fn any_order_becomes_the_leafs_issuer_first() {
    let leaf = certificate!("leaf-of-2");
    let chain = [
        certificate!("intermediate-1"),
        certificate!("intermediate-2"),
    ];
    let expected = ["CN=intermediate 2 2", "CN=intermediate 1 1"];
    let [one, two] = chain;
    for given in [
        &[one.clone(), two.clone()][..],
        &[two.clone(), one.clone()],
        &[two.clone(), one.clone(), two.clone()],
        &[certificate!("root"), one.clone(), leaf.clone(), two.clone()],
        &[certificate!("other-root"), two.clone(), one.clone()],
    ] {
        let (names, linked) = ordered(&leaf, given);
        assert_eq!(
            (names.as_slice(), linked),
            (&expected.map(Into::into)[..], 2)
        );
    }
}

#[test]
fn a_leaf_of_the_anchor_needs_no_chain() {
    assert_eq!(
        ordered(&certificate!("leaf"), &[certificate!("root")])
            .0
            .len(),
        0
    );
    assert_eq!(
        ordered(&certificate!("root"), &[certificate!("root")])
            .0
            .len(),
        0
    );
}

#[test]
fn what_does_not_link_stays_at_the_end() {
    let leaf = certificate!("leaf-of-2");
    let (names, linked) = ordered(
        &leaf,
        &[
            certificate!("ed25519-ca"),
            certificate!("intermediate-1"),
            certificate!("wrong-version"),
            certificate!("intermediate-2"),
        ],
    );
    assert_eq!(linked, 2);
    assert_eq!(names[2..], ["CN=Ed25519 CA 5", "CN=version 1 21"]);
    assert_eq!(
        ordered(&leaf, &[certificate!("intermediate-1")]).1,
        0,
        "a gap"
    );
}

#[test]
fn another_end_entity_is_left_out() {
    let other = certificate!("leaf");
    let leaf = certificate!("leaf-of-2");
    let given = [certificate!("intermediate-2"), other.clone(), leaf.clone()];
    let chain = Chain::new(&leaf, given.to_vec()).unwrap();
    assert_eq!(chain.certificates(), [certificate!("intermediate-2")]);
    assert_eq!(chain.left_out(), [other]);
}

#[test]
fn key_identifiers_tell_a_renewed_ca_from_the_old_one() {
    let leaf = certificate!("leaf-of-2");
    let (names, linked) = ordered(
        &leaf,
        &[
            certificate!("intermediate-2-renewed"),
            certificate!("intermediate-2"),
        ],
    );
    assert_eq!(linked, 1);
    assert_eq!(names, ["CN=intermediate 2 2", "CN=intermediate 2 3"]);
}

#[test]
fn both_certificates_of_a_crossed_ca_are_kept() {
    let (names, linked) = ordered(
        &certificate!("leaf-of-2"),
        &[
            certificate!("intermediate-1"),
            certificate!("intermediate-2-crossed"),
            certificate!("intermediate-2"),
        ],
    );
    assert_eq!(linked, 3);
    assert_eq!(
        names,
        [
            "CN=intermediate 2 4",
            "CN=intermediate 2 2",
            "CN=intermediate 1 1"
        ]
    );
}

#[test]
fn five_are_taken_and_six_refused() {
    let mut given = Vec::from([
        certificate!("intermediate-1"),
        certificate!("intermediate-2"),
        certificate!("intermediate-2-crossed"),
        certificate!("intermediate-2-renewed"),
        certificate!("ed25519-ca"),
    ]);
    let leaf = certificate!("leaf-of-2");
    assert_eq!(ordered(&leaf, &given).0.len(), 5);
    given.push(certificate!("leaf"));
    assert_eq!(
        ordered(&leaf, &given).0.len(),
        5,
        "no CA, so it is left out"
    );
    given.push(certificate!("wrong-version"));
    let error = Chain::new(&leaf, given).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ChainTooLong);
}

#[test]
fn the_end_entity_issued_none_of_the_others() {
    let leaf = certificate!("leaf-of-2");
    let one = certificate!("intermediate-1");
    let two = certificate!("intermediate-2");
    for certificates in [
        &[leaf.clone()][..],
        &[leaf.clone(), two.clone(), one.clone()],
        &[certificate!("root"), one.clone(), two.clone(), leaf.clone()],
    ] {
        assert_eq!(end_entity(certificates).unwrap(), &leaf);
    }
    assert_eq!(end_entity(&[one.clone(), two.clone()]).unwrap(), &two);
    let root = certificate!("root");
    assert_eq!(end_entity(core::slice::from_ref(&root)).unwrap(), &root);
}

#[test]
fn two_leaves_or_none_are_ambiguous() {
    let two = [certificate!("leaf"), certificate!("leaf-p384")];
    assert!(is_ambiguous(&two));
    let gap = [certificate!("leaf-of-2"), certificate!("intermediate-1")];
    assert!(is_ambiguous(&gap));
    assert!(is_ambiguous(&[]));
}
