//! A configuration that changes while the emulator runs.

use crate::world::{NOW, World, answer, json};
use rolesanywhere_emulator::config::TrustPolicy;
use rolesanywhere_emulator::{Clock, Request, Service};
use std::path::PathBuf;

/// What the health page says is wrong.
fn problem(service: &Service) -> String {
    let reply = service.answer(&Request::new("GET", "/_emulator/health"));
    assert_eq!(reply.status, 200);
    let problem = json(&reply)["configurationProblem"].clone();
    problem.as_str().unwrap_or_default().to_owned()
}

#[test]
fn each_request_goes_by_the_file_as_it_is_then() {
    let mut world = World::new();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("followed.json");
    let good = world.config.to_json().unwrap();
    std::fs::write(&path, &good).unwrap();
    let service = Service::new(&world.config, Clock::fixed(NOW))
        .unwrap()
        .follow(&path);
    let request = world.sign(&world.leaf());
    let status = || answer(&service, &request).0.status;
    assert_eq!((status(), problem(&service).as_str()), (201, ""));

    world.config.roles[0].trust_policy = TrustPolicy::for_trust_anchor("arn:a:b:c:d:e");
    std::fs::write(&path, world.config.to_json().unwrap()).unwrap();
    assert_eq!(
        (status(), problem(&service).as_str()),
        (403, ""),
        "another trust policy"
    );

    let renamed = path.with_extension("new");
    std::fs::write(&renamed, &good).unwrap();
    std::fs::rename(&renamed, &path).unwrap();
    assert_eq!(
        (status(), problem(&service).as_str()),
        (201, ""),
        "and repaired, by renaming"
    );

    for (broken, told) in [
        (
            good.replace("ArnEquals", "ArnSounds"),
            "Statement[0].Condition.ArnSounds: this condition operator",
        ),
        (
            good.replace("\"profileArn\"", "\"profileArm\""),
            "profiles[0].profileArm: unknown field",
        ),
        (
            good.replace("trust-anchor/2f6d", "trust-anker/2f6d"),
            "trustAnchors[0].trustAnchorArn: ",
        ),
        (
            good.split_at(good.len() / 2).0.to_owned(),
            "EOF while parsing",
        ),
        (String::new(), "it is not an object"),
    ] {
        assert_ne!(broken, good);
        std::fs::write(&path, broken).unwrap();
        assert_eq!(status(), 201, "{told}");
        let problem = problem(&service);
        assert!(
            problem.contains(told) && problem.contains("stays in force"),
            "{problem}"
        );
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(status(), 201);
    assert!(problem(&service).contains("cannot be read"));
    std::fs::write(&path, &good).unwrap();
    assert_eq!((status(), problem(&service).as_str()), (201, ""));
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn a_configuration_can_be_replaced_in_process() {
    let mut world = World::new();
    let service = world.service();
    let request = world.sign(&world.leaf());
    world.config.profiles[0].enabled = false;
    service.set_config(&world.config).unwrap();
    assert_eq!(answer(&service, &request).0.status, 403);
    world.config.profiles[0].duration_seconds = 1;
    assert!(service.set_config(&world.config).is_err());
    assert_eq!(answer(&service, &request).0.status, 403);
    world.config.profiles[0] = World::trusting(world.root).config.profiles[0].clone();
    service.set_config(&world.config).unwrap();
    assert_eq!(answer(&service, &request).0.status, 201);
}
