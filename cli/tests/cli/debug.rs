//! `--debug` tells what happens and no secret.

use crate::world::World;
use rolesanywhere::core::encoding::base64;
use rolesanywhere_emulator::pki::{KeyType, LeafOptions};
use serde_json::Value;

#[test]
fn what_is_sent_and_received_without_secrets() {
    let world = World::new();
    let leaf = world.leaf("leaf", &LeafOptions::new().key_type(KeyType::Rsa2048));
    let run = world.run("leaf", &["--debug"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for told in [
        "debug: request: POST http://127.0.0.1:",
        "debug: request header: x-amz-date: ",
        "Signature=(not shown)",
        "debug: canonical request: POST",
        "debug: reply: status 201 and ",
        " ms",
    ] {
        let told = told.to_ascii_lowercase();
        assert!(
            run.stderr.to_ascii_lowercase().contains(&told),
            "{told}: {}",
            run.stderr
        );
    }
    let credentials: Value = serde_json::from_str(run.text()).unwrap();
    for secret in ["SecretAccessKey", "SessionToken"] {
        assert!(
            !run.stderr.contains(credentials[secret].as_str().unwrap()),
            "{secret}"
        );
    }
    // The modulus is public and stands in the certificate too; the last line may be only `==`.
    let public = base64(leaf.certificate_der());
    let key = leaf.private_key_pem().unwrap();
    let private = |line: &&str| line.len() > 16 && !public.contains(line);
    for line in key.lines().filter(private) {
        assert!(!run.stderr.contains(line), "a line of the key");
    }
    // The signature: 512 hexadecimal digits, where everything else has at most 64.
    let is_hex = |c: char| c.is_ascii_hexdigit() && !c.is_uppercase();
    let longest = run
        .stderr
        .split(|c| !is_hex(c))
        .map(str::len)
        .max()
        .unwrap();
    assert!(longest <= 64, "{longest}");
}
