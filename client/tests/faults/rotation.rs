//! Certificate and key are replaced while they are in use.

use super::world::{World, id, refused};
use rolesanywhere::core::KeyAlgorithm;
use rolesanywhere::core::error::ErrorCode;
use rolesanywhere::provider::ProviderEvent;
use rolesanywhere::{IdentityFiles, IdentitySource, IdentitySources, Source};
use rolesanywhere_emulator::pki::{IssuedLeaf, KeyType};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[test]
fn plain() {
    let world = World::new("rotation-plain");
    let provider = world.provider();
    let first = id(provider.credentials());
    world.put(&world.leaf(KeyType::P256));
    world.time.pass(2600);
    assert_ne!(id(provider.credentials()), first);
    assert_eq!(
        world.events(),
        ["refreshed", "identity_changed", "refreshed"]
    );
}

#[test]
fn rsa_to_ec() {
    let world = World::new("rotation-algorithm");
    world.put(&world.leaf(KeyType::Rsa2048));
    let provider = world.provider();
    provider.credentials().unwrap();
    assert_eq!(world.last_algorithm(), "AWS4-X509-RSA-SHA256");
    world.put(&world.leaf(KeyType::P384));
    provider.refresh().unwrap();
    assert_eq!(world.last_algorithm(), "AWS4-X509-ECDSA-SHA256");
    let events = world.events();
    assert_eq!(events, ["refreshed", "identity_changed", "refreshed"]);
}

#[test]
fn half_written_or_missing_files_leave_the_identity_in_use() {
    let world = World::new("rotation-half");
    let provider = world.provider();
    provider.credentials().unwrap();
    let next = world.leaf(KeyType::P256);
    let half = next.certificate_pem();
    let half = half.split_at(half.len() / 2).0;
    let states: [(&str, &dyn Fn()); 4] = [
        ("another key", &|| {
            world.write("tls.key", &next.private_key_pem().unwrap())
        }),
        ("half a certificate", &|| world.write("tls.crt", half)),
        ("an empty file", &|| world.write("tls.crt", "")),
        ("no file", &|| {
            std::fs::remove_file(world.directory.join("tls.crt")).unwrap()
        }),
    ];
    world.events();
    for (name, state) in states {
        state();
        provider.refresh().unwrap();
        assert_eq!(world.events(), ["identity_failed", "refreshed"], "{name}");
    }
    world.write("tls.crt", &next.certificate_pem());
    provider.refresh().unwrap();
    assert_eq!(world.events(), ["identity_changed", "refreshed"]);
}

#[test]
fn half_written_at_the_start() {
    let world = World::new("rotation-start");
    world.write(
        "tls.key",
        &world.leaf(KeyType::P256).private_key_pem().unwrap(),
    );
    let provider = world.provider();
    refused(provider.credentials(), ErrorCode::KeyMismatch);
    assert_eq!((world.sent(), world.events()), (0, vec!["refresh_failed"]));
    world.put(&world.leaf(KeyType::P256));
    world.time.pass(15);
    provider.credentials().unwrap();
}

/// An identity in variables, whose certificate changes before the first read and whose key changes
/// after `reads` reads of it.
fn caught(world: &World, reads: usize) -> (IdentityFiles, IssuedLeaf) {
    let (old, new) = (world.leaf(KeyType::P256), world.leaf(KeyType::P256));
    let keys = [&old, &new].map(|leaf| leaf.private_key_pem().unwrap());
    let certificate = new.certificate_pem();
    let read = AtomicUsize::new(0);
    let sources = IdentitySources::new(Source::parse("env:CERTIFICATE", "certificate").unwrap())
        .with_private_key(Source::parse("env:KEY", "private_key").unwrap());
    let identity = IdentityFiles::new(sources).with_environment(move |name| match name {
        "CERTIFICATE" => Some(certificate.clone()),
        _ => {
            let is_new = read.fetch_add(1, Ordering::SeqCst) >= reads;
            keys.get(usize::from(is_new)).cloned()
        }
    });
    (identity, new)
}

#[test]
fn a_rotation_caught_half_way_is_read_again() {
    let world = World::new("rotation-caught");
    for reads in [1, 2, 3, 5] {
        let (identity, new) = caught(&world, reads);
        let snapshot = identity.snapshot().unwrap();
        assert_eq!(snapshot.identity.certificate_der(), new.certificate_der());
    }
    let (identity, _) = caught(&world, 1000);
    let error = identity.snapshot().unwrap_err();
    assert_eq!(
        error.code(),
        ErrorCode::KeyMismatch,
        "the reading is bounded"
    );
}

/// A world's certificate with this key, in variables; `passphrase` gives the passphrase's text at
/// each read. Counts the reads of the key.
fn counted(
    world: &World,
    key: &'static str,
    passphrase: Source,
    passphrases: &'static [&'static str],
) -> (IdentityFiles, Arc<AtomicUsize>) {
    let certificate = world.leaf(KeyType::P256).certificate_pem();
    let (reads, asked) = (Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0));
    let count = Arc::clone(&reads);
    let sources = IdentitySources::new(Source::parse("env:CERTIFICATE", "certificate").unwrap())
        .with_private_key(Source::parse("env:KEY", "private_key").unwrap())
        .with_passphrase(passphrase);
    let identity = IdentityFiles::new(sources).with_environment(move |name| match name {
        "CERTIFICATE" => Some(certificate.clone()),
        "KEY" => {
            count.fetch_add(1, Ordering::SeqCst);
            Some(key.to_owned())
        }
        _ => {
            let asked = asked.fetch_add(1, Ordering::SeqCst);
            let last = passphrases.len() - 1;
            passphrases.get(asked.min(last)).map(ToString::to_string)
        }
    });
    (identity, reads)
}

/// Certificates by the world's CA do not fit these keys.
const ENCRYPTED: &str = include_str!("../../../core/tests/data/encrypted/aes256-sha512.pem");
const TOO_COSTLY: &str = include_str!("../../../core/tests/data/encrypted/too-many-iterations.pem");
const OLD_CIPHER: &str = include_str!("../../../core/tests/data/encrypted/pbes1.pem");

#[test]
fn what_no_rotation_explains_is_read_once_and_checked() {
    let world = World::new("rotation-none");
    for (key, passphrase, code) in [
        (ENCRYPTED, "wrong", ErrorCode::PassphraseIncorrect),
        (TOO_COSTLY, "secret", ErrorCode::KeyDerivationTooCostly),
        (OLD_CIPHER, "secret", ErrorCode::KeyEncryptionUnsupported),
    ] {
        let passphrase = Source::bytes(passphrase.as_bytes().to_vec().into(), "passphrase");
        let (identity, reads) = counted(&world, key, passphrase, &[""]);
        assert_eq!(identity.snapshot().unwrap_err().code(), code);
        assert_eq!(reads.load(Ordering::SeqCst), 2, "{code}");
    }
}

#[test]
fn a_key_is_derived_again_when_something_has_changed() {
    let world = World::new("rotation-passphrase");
    let source = || Source::parse("env:PASSPHRASE", "passphrase").unwrap();
    let (identity, reads) = counted(&world, ENCRYPTED, source(), &["wrong"]);
    let error = identity.snapshot().unwrap_err();
    assert_eq!(error.code(), ErrorCode::PassphraseIncorrect);
    // Once and checked; then four times the same bytes, which are not parsed again.
    assert_eq!(reads.load(Ordering::SeqCst), 2 + 4);

    let rotated = &["wrong", "wrong", "secret"];
    let (identity, reads) = counted(&world, ENCRYPTED, source(), rotated);
    let error = identity.snapshot().unwrap_err();
    assert_eq!(error.code(), ErrorCode::KeyMismatch, "the key is open");
    assert_eq!(reads.load(Ordering::SeqCst), 2 + 2 + 3);
}

#[test]
fn unchanged_bytes_are_parsed_once() {
    let world = World::new("rotation-unchanged");
    let identity = IdentityFiles::new(world.sources());
    let first = identity.snapshot().unwrap();
    assert!(Arc::ptr_eq(&first, &identity.snapshot().unwrap()));
    world.put(&world.leaf(KeyType::P256));
    assert!(!Arc::ptr_eq(&first, &identity.snapshot().unwrap()));
}

/// Replaces what `..data` points to in one step, as Kubernetes does.
#[cfg(unix)]
fn swap(directory: &Path, revision: &str, leaf: &IssuedLeaf) {
    let data = directory.join(revision);
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("tls.crt"), leaf.certificate_pem()).unwrap();
    std::fs::write(data.join("tls.key"), leaf.private_key_pem().unwrap()).unwrap();
    let link = directory.join("..data_tmp");
    std::os::unix::fs::symlink(revision, &link).unwrap();
    std::fs::rename(link, directory.join("..data")).unwrap();
}

#[cfg(unix)]
#[test]
fn symlinks_swapped_as_kubernetes_does_it() {
    let world = World::new("rotation-kubernetes");
    let leaves = [world.leaf(KeyType::P256), world.leaf(KeyType::P384)];
    for name in ["tls.crt", "tls.key"] {
        let file = world.directory.join(name);
        std::fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink(Path::new("..data").join(name), file).unwrap();
    }
    swap(&world.directory, "..0", &leaves[0]);
    let provider = world.provider();
    provider.credentials().unwrap();
    swap(&world.directory, "..1", &leaves[1]);
    provider.refresh().unwrap();
    assert_eq!(
        world.events(),
        ["refreshed", "identity_changed", "refreshed"]
    );

    let (identity, done) = (IdentityFiles::new(world.sources()), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                for (revision, leaf) in ["..0", "..1"].into_iter().zip(&leaves) {
                    swap(&world.directory, revision, leaf);
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
            }
        });
        for _ in 0..60 {
            identity.snapshot().unwrap();
        }
        done.store(true, Ordering::SeqCst);
    });
}

#[test]
fn the_event_says_which_leaf_it_is() {
    let world = World::new("rotation-event");
    let provider = world.provider();
    provider.credentials().unwrap();
    world.put(&world.leaf(KeyType::P521));
    provider.refresh().unwrap();
    let events = world.take_events();
    let changed = events.iter().find_map(|event| match event {
        ProviderEvent::IdentityChanged(details) => Some(details.key_algorithm),
        _ => None,
    });
    assert_eq!(changed, Some(KeyAlgorithm::P521));
}
