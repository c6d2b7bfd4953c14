//! Several accounts and regions at once, and what is wrong in a configuration.

use crate::world::{NOW, World, answer};
use rolesanywhere_core::ErrorCode;
use rolesanywhere_emulator::pki::{Authority, KeyType};
use rolesanywhere_emulator::{Clock, Config, Service};

/// Two worlds in one configuration, in other regions and accounts.
fn two() -> (World, World, Config) {
    let first = World::new();
    let mut second = World::trusting(Authority::generate_at(KeyType::P384, NOW).unwrap());
    let pem = second.root.certificate_pem();
    second.config = Config::example("us-gov-west-1", "444455556666", &pem).unwrap();
    let mut both = first.config.clone();
    both.trust_anchors
        .extend(second.config.trust_anchors.clone());
    both.profiles.extend(second.config.profiles.clone());
    both.roles.extend(second.config.roles.clone());
    (first, second, both)
}

#[test]
fn accounts_and_regions_stand_side_by_side() {
    let (first, second, both) = two();
    let service = Service::new(&both, Clock::fixed(NOW)).unwrap();
    for world in [&first, &second] {
        let (reply, record) = answer(&service, &world.sign(&world.leaf()));
        assert_eq!(reply.status, 201, "{record:?}");
    }
    // A leaf of the one CA through the other's anchor.
    let (reply, record) = answer(&service, &first.sign(&second.leaf()));
    assert_eq!(reply.status, 403);
    assert!(record.reason.unwrap().contains("does not chain"));
}

#[test]
fn what_is_wrong_is_told_with_its_path() {
    let (_, _, both) = two();
    let good = both.to_json().unwrap();
    let second = |text: &str, from: &str, to: &str| {
        let at = text.rfind(from).unwrap();
        let (before, after) = text.split_at(at);
        format!("{before}{}", after.replacen(from, to, 1))
    };
    let check = |changed: String, code: ErrorCode, path: &str| {
        assert_ne!(changed, good, "{path}");
        let error = Config::from_json(&changed)
            .and_then(|config| Service::new(&config, Clock::fixed(NOW)))
            .unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.message().contains(path), "{path}: {error}");
    };
    let (invalid, arn) = (ErrorCode::OptionInvalid, ErrorCode::ArnMalformed);
    let duration = ErrorCode::DurationOutOfRange;
    let seconds = "\"durationSeconds\": 3600";
    check(
        second(&good, seconds, "\"durationSeconds\": 899"),
        duration,
        "profiles[1].durationSeconds: 899",
    );
    check(
        second(&good, seconds, "\"durationSeconds\": \"1h\""),
        invalid,
        "profiles[1].durationSeconds: invalid type",
    );
    check(
        second(&good, "\"enabled\"", "\"enable\""),
        invalid,
        "profiles[1].enable: unknown field",
    );
    check(
        second(&good, "43200", "43201"),
        duration,
        "roles[1].maxSessionDuration: 43201",
    );
    check(second(&good, ":role/", ":user/"), arn, "roles[1].roleArn: ");
    check(
        second(&good, "trustAnchorArn\": \"arn", "trustAnchorArn\": \"x"),
        arn,
        "trustAnchors[1].trustAnchorArn: ",
    );
    check(
        second(&good, "BEGIN CERT", "BEGIN CERD"),
        ErrorCode::PemMalformed,
        "trustAnchors[1].x509CertificateData: ",
    );
    check(
        second(&good, "\"Effect\"", "\"effect\""),
        invalid,
        "roles[1].assumeRolePolicyDocument: Statement[0].effect: ",
    );
    check(
        second(&good, "x509SAN", "x509San"),
        invalid,
        "profiles[1].attributeMappings[1].certificateField: unknown variant",
    );
    check(
        good.replace("444455556666", "111122223333")
            .replace("us-gov-west-1", "eu-west-1")
            .replace("aws-us-gov", "aws"),
        invalid,
        "is there twice",
    );
    let mut aliased = both;
    aliased.profiles[1].aliases = vec!["fine".to_owned(), "1".to_owned()];
    check(aliased.to_json().unwrap(), arn, "profiles[1].aliases[1]: ");
}
