//! Connections that cannot be made.

use crate::run::Run;
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use std::net::TcpListener;

fn run(endpoint: &str, more: &[(&str, &str)]) -> Run {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let mut command = crate::run::command();
    command.args([
        "credential-process",
        "--endpoint",
        endpoint,
        "--timeout",
        "3",
    ]);
    world.arns(&mut command);
    command.args(["--certificate", &world.path("leaf.pem")]);
    command.args(["--private-key", &world.path("leaf-key.pem")]);
    Run::of(command.envs(more.iter().copied()))
}

#[test]
fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    run(&format!("http://{address}"), &[]).failed("connection_failed", 5);
}

#[test]
fn a_name_that_does_not_exist() {
    let run = run("https://service.invalid", &[]).failed("connection_failed", 5);
    assert!(run.stderr.contains("does not resolve"), "{}", run.stderr);
}

#[test]
fn plain_http_where_tls_is_expected() {
    let world = World::new();
    let url = world.emulator.url().replace("http://", "https://");
    run(&url, &[]).failed("tls_failed", 5);
}

#[test]
fn a_ca_bundle_that_cannot_be_read() {
    for (bundle, code) in [
        ("/nonexistent", "file_not_found"),
        ("/", "file_is_directory"),
    ] {
        let run = run("https://127.0.0.1:1", &[("AWS_CA_BUNDLE", bundle)]).failed(code, 3);
        assert!(run.stderr.contains("AWS_CA_BUNDLE"), "{}", run.stderr);
    }
}

#[test]
fn a_proxy_that_cannot_be_read() {
    let proxy = [("HTTPS_PROXY", "ftp://user:hunter2@proxy")];
    let run = run("https://service.invalid", &proxy).failed("option_invalid", 2);
    assert!(run.stderr.contains("HTTPS_PROXY") && !run.stderr.contains("hunter2"));
}
