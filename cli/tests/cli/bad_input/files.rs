//! Files that cannot be read, or hold something else.

use crate::run::Run;
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;

#[test]
fn files() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let (leaf, key) = (world.path("leaf.pem"), world.path("leaf-key.pem"));
    let empty = world.file("empty.pem", "\n");
    let large = world.file("large.pem", vec![b'x'; 2 << 20]);
    let pem = std::fs::read_to_string(&leaf).unwrap();
    let truncated = world.file("truncated.pem", first_half(&pem));
    let key_pem = std::fs::read_to_string(&key).unwrap();
    let truncated_key = world.file("truncated-key.pem", first_half(&key_pem));
    let text = world.file("text.pem", "not a certificate\n");
    let directory = world.path(".");
    let missing = world.path("missing.pem");
    let below_a_file = format!("{leaf}/below");
    for (certificate, private_key, code, culprit) in [
        (&missing, &key, "file_not_found", "--certificate"),
        (&leaf, &missing, "file_not_found", "--private-key"),
        (&leaf, &below_a_file, "file_not_found", "--private-key"),
        (&empty, &key, "file_empty", "--certificate"),
        (&leaf, &empty, "file_empty", "--private-key"),
        (&directory, &key, "file_is_directory", "--certificate"),
        (&leaf, &directory, "file_is_directory", "--private-key"),
        (&large, &key, "file_too_large", "--certificate"),
        (&truncated, &key, "pem_malformed", "--certificate"),
        (&leaf, &truncated_key, "pem_malformed", "--private-key"),
        (&text, &key, "certificate_missing", "--certificate"),
        (&key, &key, "certificate_missing", "--certificate"),
        (&leaf, &leaf, "private_key_missing", "--private-key"),
    ] {
        let mut command = world.credential_process();
        command.args(["--certificate", certificate, "--private-key", private_key]);
        let run = Run::of(&mut command).failed(code, 3);
        assert!(run.stderr.contains(culprit), "{code}: {}", run.stderr);
    }
    assert!(world.emulator.requests().is_empty(), "nothing was sent");
}

fn first_half(text: &str) -> &str {
    text.get(..text.len() / 2).unwrap()
}

#[cfg(unix)]
#[test]
fn unreadable_files() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    // Root reads everything but a socket.
    let socket = world.path("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let locked = world.file("locked.pem", "secret");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    for path in [&socket, &locked] {
        if std::fs::read(path).is_ok() {
            println!("SKIP cli::unreadable_files: this user can read a file of mode 0");
            continue;
        }
        let mut command = world.credential_process();
        command.args([
            "--certificate",
            &world.path("leaf.pem"),
            "--private-key",
            path,
        ]);
        Run::of(&mut command).failed("file_unreadable", 3);
    }
}
