//! A provider from resolved options.

use super::world::{World, id};
use rolesanywhere::core::config::{Argument, Options, Sources, Value, Vocabulary, resolve};
use rolesanywhere::core::error::{Error, ErrorCode};
use rolesanywhere::{Provider, provider::ProviderBuilder};

fn options(world: &World, more: &[(&str, &str)]) -> Options {
    let create = world.create();
    let path = |name: &str| world.directory.join(name).display().to_string();
    let endpoint = create.url().split("/sessions").next().unwrap().to_owned();
    let (certificate, key) = (path("tls.crt"), path("tls.key"));
    let text = [
        ("trust_anchor_arn", create.trust_anchor_arn().as_str()),
        ("profile_arn", create.profile_arn().as_str()),
        ("role_arn", create.role_arn().as_str()),
        ("certificate", &certificate),
        ("private_key", &key),
        ("endpoint", &endpoint),
    ];
    let arguments: Vec<Argument<'_>> = text
        .iter()
        .chain(more)
        .map(|&(name, value)| Argument {
            name,
            value: Value::Text(value),
        })
        .collect();
    resolve(&Sources {
        vocabulary: Vocabulary::SnakeCase,
        arguments: &arguments,
        environment: &[],
        config_file: None,
        ambient_profile: None,
    })
    .unwrap()
}

fn refusal(world: &World, more: &[(&str, &str)]) -> Error {
    Provider::from_options(&options(world, more), &|_| None).unwrap_err()
}

#[test]
fn from_options() {
    let world = World::new("options");
    let build = |more: &[(&str, &str)]| {
        let builder = ProviderBuilder::from_options(&options(&world, more), &|_| None).unwrap();
        world.furnish(builder).build()
    };
    let credentials = build(&[]).credentials().unwrap();
    assert_eq!(credentials.account_id(), Some("111122223333"));
    let credentials = build(&[("account_id", "false"), ("duration_seconds", "900")])
        .credentials()
        .unwrap();
    assert_eq!(credentials.account_id(), None);
    let life = credentials.expiration().unix_seconds() - super::world::START;
    assert_eq!(life, 900);
    let content = std::fs::read_to_string(world.directory.join("tls.key")).unwrap();
    id(build(&[("private_key", &content)]).credentials());
    // A passphrase that nothing needs is not looked at.
    id(build(&[("private_key_passphrase", "secret")]).credentials());
}

#[test]
fn what_is_wrong_is_told_by_its_name() {
    let world = World::new("options-wrong");
    let error = refusal(&world, &[("private_key_passphrase_source", "pkcs11:pin")]);
    assert_eq!(error.code(), ErrorCode::FeatureUnavailable);
    assert!(error.message().contains("private_key_passphrase_source"));
    let error = refusal(&world, &[("private_key", "pkcs11:object=k")]);
    assert_eq!(error.code(), ErrorCode::FeatureUnavailable);
    assert!(error.message().contains("private_key"), "{error}");
    let error = refusal(&world, &[("duration_seconds", "899")]);
    assert_eq!(error.code(), ErrorCode::DurationOutOfRange);
}
