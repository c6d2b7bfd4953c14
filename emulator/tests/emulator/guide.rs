//! The JSON of the guide is JSON that the emulator reads.

use crate::world::World;
use rolesanywhere_emulator::config::TrustPolicy;
use rolesanywhere_emulator::{Config, Fault};

const GUIDE: &str = include_str!("../../../docs/emulator.md");

/// The one block with this mark.
fn block(mark: &str) -> &'static str {
    let start = format!("```json {mark}\n");
    let mut parts = GUIDE.split(&start).skip(1);
    let (block, _) = parts.next().unwrap().split_once("```").unwrap();
    assert_eq!(parts.next(), None);
    block
}

#[test]
fn its_json_is_understood() {
    assert_eq!(GUIDE.matches("```json").count(), 3);
    TrustPolicy::from_json(block("policy")).unwrap();
    assert_eq!(Fault::from_json(block("fault")).unwrap().count, 2);
    let mut config: serde_json::Value =
        serde_json::from_str(&World::new().config.to_json().unwrap()).unwrap();
    config["profiles"][0]["attributeMappings"] = serde_json::from_str(block("mappings")).unwrap();
    let config = Config::from_json(&config.to_string()).unwrap();
    assert_eq!(config.profiles[0].attribute_mappings.len(), 2);
}
