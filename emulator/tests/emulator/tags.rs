//! Session tags: what of a leaf becomes one, and what cannot.

use crate::world::{World, answer, json};
use rolesanywhere_core::ErrorCode;
use rolesanywhere_emulator::config::{AttributeMapping, CertificateField};
use rolesanywhere_emulator::pki::LeafOptions;
use rolesanywhere_emulator::{Clock, Record, Reply, Service};

fn ask(world: &World, options: &LeafOptions) -> (Reply, Record) {
    let leaf = world.root.issue(options).unwrap();
    answer(&world.service(), &world.sign(&leaf))
}

/// The session's tags as lines.
fn tags(world: &World, options: &LeafOptions) -> String {
    let (reply, record) = ask(world, options);
    assert_eq!(reply.status, 201, "{record:?}");
    let tags = record.session_tags.unwrap();
    let lines: Vec<_> = tags
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    lines.join("\n")
}

const ISSUER: &str = "x509Issuer/CN=Emulator root p256\nx509Issuer/O=Example Corp\n";

fn rich() -> LeafOptions {
    World::leaf_options()
        .subject("CN=build-7,OU=Tools,OU=Build+L=Ulm,O=Example Corp,1.2.3.4=#0c0178")
        .dns_name("b7.example.org")
        .dns_name("other.example.org")
        .uri("spiffe://example.org/b7")
        .uri("spiffe://example.org/other")
        .directory_name("CN=directory,O=One")
        .directory_name("CN=other,O=Two")
}

#[test]
fn every_recognised_attribute_is_one() {
    let found = tags(&World::new(), &rich());
    let expected = format!(
        "{ISSUER}x509SAN/DNS=b7.example.org\nx509SAN/Name/CN=directory\nx509SAN/Name/O=One\n\
         x509SAN/URI=spiffe://example.org/b7\nx509Subject/CN=build-7\nx509Subject/L=Ulm\n\
         x509Subject/O=Example Corp\nx509Subject/OU=Build/Tools"
    );
    assert_eq!(found, expected);
}

#[test]
fn mappings_narrow_and_widen() {
    let mut world = World::new();
    let (subject, san) = (CertificateField::Subject, CertificateField::San);
    for (mappings, expected) in [
        (vec![], ""),
        (vec![(subject, "CN")], "x509Subject/CN=build-7"),
        (
            vec![(subject, "2.5.4.3"), (subject, "cn")],
            "x509Subject/CN=build-7",
        ),
        (vec![(subject, "1.2.3.4")], "x509Subject/1.2.3.4=x"),
        (vec![(subject, "UID")], ""),
        (vec![(san, "URI")], "x509SAN/URI=spiffe://example.org/b7"),
        (vec![(san, "Name/O")], "x509SAN/Name/O=One"),
        (vec![(CertificateField::Issuer, "*")], ISSUER.trim_end()),
    ] {
        let mappings = mappings.iter();
        let mappings =
            mappings.map(|(field, specifier)| AttributeMapping::new(*field, &[specifier]));
        world.config.profiles[0].attribute_mappings = mappings.collect();
        assert_eq!(tags(&world, &rich()), expected);
    }
}

#[test]
fn unknown_specifiers_are_refused_at_the_start() {
    let mut world = World::new();
    for (field, specifier) in [
        (CertificateField::Subject, "Common Name"),
        (CertificateField::Issuer, "DNS"),
        (CertificateField::San, "*"),
        (CertificateField::San, "Name/"),
    ] {
        world.config.profiles[0].attribute_mappings =
            vec![AttributeMapping::new(field, &[specifier])];
        let error = Service::new(&world.config, Clock::system()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::OptionInvalid);
        let path = "profiles[0].attributeMappings[0].mappingRules[0].specifier: ";
        assert!(error.message().starts_with(path), "{error}");
    }
}

#[test]
fn what_cannot_be_a_tag_is_named() {
    let world = World::new();
    let start = "Unable to assume role for arn:aws:iam::111122223333:role/EmulatorRole. Some \
                 attributes failed to be mapped into session tags. ";
    let long = "u".repeat(257);
    let base = World::leaf_options();
    for (options, told) in [
        (
            base.clone().subject("CN=build (7)"),
            "Issuer: [ ]; Subject: [ CN ]; SAN: [ ]",
        ),
        (
            base.clone().subject("CN=ü,O=A\\,B"),
            "Issuer: [ ]; Subject: [ O, CN ]; SAN: [ ]",
        ),
        (
            base.clone().subject("OU=a*,OU=b"),
            "Issuer: [ ]; Subject: [ OU ]; SAN: [ ]",
        ),
        (
            base.clone().uri(&long),
            "Issuer: [ ]; Subject: [ ]; SAN: [ URI ]",
        ),
        (
            base.clone().dns_name("*.a"),
            "Issuer: [ ]; Subject: [ ]; SAN: [ DNS ]",
        ),
        (
            base.clone().directory_name("O=x;y"),
            "Issuer: [ ]; Subject: [ ]; SAN: [ Name/O ]",
        ),
    ] {
        let (reply, record) = ask(&world, &options);
        assert_eq!(reply.status, 403, "{record:?}");
        assert_eq!(json(&reply)["message"], format!("{start}{told}"));
    }
    assert!(tags(&world, &base.uri(&"u".repeat(256))).ends_with("/O=Example Corp"));
}

#[test]
fn attributes_that_are_not_mapped_do_no_harm() {
    let mut world = World::new();
    let only_cn = AttributeMapping::new(CertificateField::Subject, &["CN"]);
    world.config.profiles[0].attribute_mappings = vec![only_cn];
    let options = World::leaf_options().subject("CN=a,OU=(b)").dns_name("*.c");
    assert_eq!(tags(&world, &options), "x509Subject/CN=a");
}

#[test]
fn there_are_fifty_at_most() {
    let mut world = World::new();
    let oids: Vec<_> = (0..51).map(|n| format!("1.2.3.{n}")).collect();
    let rules: Vec<_> = oids.iter().map(String::as_str).collect();
    world.config.profiles[0].attribute_mappings =
        vec![AttributeMapping::new(CertificateField::Subject, &rules)];
    let subject = |count: usize| {
        let attributes: Vec<_> = oids
            .iter()
            .take(count)
            .map(|oid| format!("{oid}=#0c0178"))
            .collect();
        World::leaf_options().subject(&attributes.join(","))
    };
    assert_eq!(tags(&world, &subject(50)).lines().count(), 50);
    let (reply, record) = ask(&world, &subject(51));
    assert_eq!(reply.status, 403, "{record:?}");
}
