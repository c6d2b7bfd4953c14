//! A provider from resolved options.

use super::world::{World, id};
use rolesanywhere::core::config::{
    Argument, OptionName, Options, Sources, Value, Vocabulary, resolve,
};
use rolesanywhere::core::error::{Error, ErrorCode};
use rolesanywhere::core::refresh::{Jitter, Next, RefreshPolicy};
use rolesanywhere::provider::{
    ProviderBuilder, ProviderState, identity_sources, identity_sources_with, run,
};
use rolesanywhere::{IdentityFiles, Provider};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

fn options(world: &World, more: &[(&str, &str)]) -> Options {
    options_with(world, more, &[])
}

/// `last` wins over what comes before.
fn options_with(world: &World, more: &[(&str, &str)], last: &[Argument<'_>]) -> Options {
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
        .chain(last.iter().copied())
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

#[test]
fn a_state_from_options_and_bytes() {
    let world = World::new("options-state");
    let identity = |name: &str| {
        let content = std::fs::read(world.directory.join(name)).unwrap();
        Some(Zeroizing::new(content))
    };
    let bytes = |name| match name {
        OptionName::Certificate => identity("tls.crt"),
        OptionName::PrivateKey => identity("tls.key"),
        _ => None,
    };
    let opaque = ["certificate", "private_key"].map(|name| Argument {
        name,
        value: Value::Opaque,
    });
    let options = options_with(&world, &[("account_id", "false")], &opaque);
    assert!(identity_sources(&options).is_err(), "there is no text");
    let sources = identity_sources_with(&options, &bytes).unwrap();
    let identity = Arc::new(IdentityFiles::new(sources));
    let policy = RefreshPolicy::default();
    let mut state = ProviderState::from_options(&options, identity, policy).unwrap();
    let now = world.time.now();
    let Next::Fetch(fetch) = state.poll(now).next else {
        panic!("the first caller fetches")
    };
    let outcome = run(state.attempt(fetch), &*world.transport, Duration::MAX);
    state.report(outcome, now, Jitter::from_fraction(0.5));
    let credentials = state.credentials(now).unwrap();
    assert_eq!(credentials.account_id(), None);
}
