//! The provider under AWS's SDK for Rust, with the emulator as IAM Roles Anywhere and STS.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_sts::config::ProvideCredentials;
use rolesanywhere::core::session::{CreateSession, CreateSessionOptions};
use rolesanywhere::{HttpOptions, HttpTransport, IdentityFiles, IdentitySources, Provider, Source};
use rolesanywhere_emulator::config::{Role, TrustPolicy};
use rolesanywhere_emulator::pki::{Authority, KeyType, LeafOptions};
use rolesanywhere_emulator::{Emulator, Fault};
use std::error::Error as _;
use std::future::Future as _;
use std::sync::Arc;

/// Trusts the sessions of the first role.
fn next_policy() -> TrustPolicy {
    TrustPolicy::from_json(
        r#"{ "Statement": { "Effect": "Allow", "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
             "Principal": { "AWS": "arn:aws:iam::111122223333:role/EmulatorRole" } } }"#,
    )
    .unwrap()
}

fn world() -> (Emulator, Provider) {
    let root = Authority::generate(KeyType::P256).unwrap();
    let leaf = root.issue(&LeafOptions::new()).unwrap();
    let next = Role::new("arn:aws:iam::111122223333:role/Next").trust_policy(next_policy());
    let emulator = Emulator::builder().trust(&root).unwrap().role(next);
    let emulator = emulator.start().unwrap();
    let create = CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: emulator.trust_anchor_arn(),
        profile_arn: emulator.profile_arn(),
        role_arn: emulator.role_arn(),
        endpoint: Some(&emulator.url()),
        ..CreateSessionOptions::default()
    });
    let content = leaf.certificate_pem() + &leaf.private_key_pem().unwrap();
    let certificate = Source::parse(&content, "certificate").unwrap();
    let identity = IdentityFiles::new(IdentitySources::new(certificate));
    let transport = HttpTransport::new(HttpOptions::default(), &|_| None).unwrap();
    let provider = Provider::builder(create.unwrap(), Arc::new(identity), Arc::new(transport));
    (emulator, provider.build())
}

async fn config(emulator: &Emulator, credentials: impl ProvideCredentials + 'static) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .region(Region::new("us-east-1"))
        .endpoint_url(emulator.url())
        .credentials_provider(credentials)
        .load()
        .await
}

#[tokio::test]
async fn sts_knows_who_calls() {
    let (emulator, provider) = world();
    let config = config(&emulator, provider.clone()).await;
    let sts = aws_sdk_sts::Client::new(&config);
    let identity = sts.get_caller_identity().send().await.unwrap();
    assert_eq!(identity.account(), Some("111122223333"));
    assert!(
        identity
            .arn()
            .unwrap()
            .contains("assumed-role/EmulatorRole/")
    );
    sts.get_caller_identity().send().await.unwrap();
    let sessions = emulator.requests().into_iter();
    let sessions = sessions.filter(|record| record.target.starts_with("/sessions"));
    assert_eq!(sessions.count(), 1);
}

#[tokio::test]
async fn what_the_sdk_gets() {
    let (emulator, provider) = world();
    assert!(provider.fallback_on_interrupt().is_none());
    let credentials = provider.provide_credentials().await.unwrap();
    let fallback = provider.fallback_on_interrupt().unwrap();
    assert_eq!(credentials, fallback);
    assert_eq!(credentials.account_id().unwrap().as_str(), "111122223333");
    assert!(credentials.expiry().is_some());
    assert!(!format!("{credentials:?}").contains(credentials.secret_access_key()));

    provider.invalidate();
    assert!(provider.fallback_on_interrupt().is_none());
    let fault = r#"{ "status": 403, "headers": [["x-amzn-ErrorType", "AccessDeniedException"]] }"#;
    emulator.fault(Fault::from_json(fault).unwrap());
    let error = provider.provide_credentials().await.unwrap_err();
    let source = error.source().unwrap();
    let source = source.downcast_ref::<rolesanywhere::core::Error>().unwrap();
    assert_eq!(source.code().as_str(), "access_denied");
}

#[test]
fn without_a_runtime_it_blocks() {
    let (_emulator, provider) = world();
    let mut future = std::pin::pin!(provider.provide_credentials());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let poll = future.as_mut().poll(&mut context);
    assert!(matches!(poll, std::task::Poll::Ready(Ok(_))));
}

#[tokio::test]
async fn a_named_source_of_a_chained_profile() {
    let (emulator, provider) = world();
    let file = format!(
        "[profile next]\nrole_arn = arn:aws:iam::111122223333:role/Next\n\
         credential_source = RolesAnywhere\nregion = us-east-1\nendpoint_url = {}\n",
        emulator.url()
    );
    let files = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, file);
    let offline = ProviderConfig::without_region()
        .with_http_client(aws_smithy_http_client::Builder::new().build_http())
        .with_region(Some(Region::new("us-east-1")));
    let chained = ProfileFileCredentialsProvider::builder()
        .configure(&offline)
        .profile_files(files.build())
        .profile_name("next")
        .with_custom_provider("RolesAnywhere", provider)
        .build();
    let config = config(&emulator, chained).await;
    let sts = aws_sdk_sts::Client::new(&config);
    let identity = sts.get_caller_identity().send().await.unwrap();
    assert!(identity.arn().unwrap().contains("assumed-role/Next/"));
}
