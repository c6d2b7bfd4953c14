//! `explain`: what would be signed.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use serde_json::Value;

fn explain(world: &World, more: &[&str]) -> Run {
    let mut command = command();
    command.args(["explain", "--certificate", &world.path("leaf.pem")]);
    world.arns(&mut command);
    Run::of(command.args(more))
}

fn world() -> World {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    world
}

#[test]
fn each_part_has_its_line_and_no_key_is_needed() {
    let run = explain(&world(), &[]).succeeded();
    for text in [
        "Canonical request\n  # the method\n  POST\n",
        "  # the path, each segment percent-encoded twice\n  /sessions\n",
        "  # the host that is asked\n  host:rolesanywhere.us-east-1.amazonaws.com\n",
        "  content-type;host;x-amz-date;x-amz-x509\n",
        "\nString to sign\n",
        "  AWS4-X509-",
        "/us-east-1/rolesanywhere/aws4_request\n",
        "\nSignature\n  # not made: `--sign` does\n",
    ] {
        assert!(run.text().contains(text), "{text}:\n{}", run.text());
    }
}

#[test]
fn the_signature_is_never_shown_whole() {
    let world = world();
    let key = world.path("leaf-key.pem");
    for format in ["text", "json"] {
        let run = explain(
            &world,
            &["--sign", "--private-key", &key, "--output", format],
        );
        let run = run.succeeded();
        let (before, _) = run.text().split_once(" hex digits)").unwrap();
        let (before, digits) = before.rsplit_once("… (").unwrap();
        assert!(digits.parse::<usize>().unwrap() > 100, "{digits}");
        let shown = before
            .bytes()
            .rev()
            .take_while(u8::is_ascii_hexdigit)
            .count();
        assert_eq!(shown, 16);
    }
    explain(&world, &["--sign"]).failed("private_key_missing", 3);
}

#[test]
fn json_holds_the_lines_whole() {
    let run = explain(&world(), &["--output", "json"]).succeeded();
    let value: Value = serde_json::from_str(run.text()).unwrap();
    let lines = |name: &str| {
        let lines = value[name].as_array().unwrap().iter();
        let texts = lines.map(|line| line["text"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    let canonical = lines("canonical_request").join("\n");
    let signed = lines("string_to_sign");
    let hash = rolesanywhere::core::encoding::sha256_hex(canonical.as_bytes());
    assert_eq!(signed.last(), Some(&hash));
    assert_eq!(value["signature"], Value::Null);
}
