//! This machine's wall clock is wrong.

use super::world::{START, World, id, refused};
use rolesanywhere::core::error::ErrorCode;

const YEAR: i64 = 365 * 86_400;

#[test]
fn off_by_ten_minutes_and_by_twenty_years() {
    for (name, offset) in [
        ("ten minutes ahead", 600),
        ("ten minutes behind", -600),
        ("twenty years ahead", 20 * YEAR),
        ("twenty years behind", -20 * YEAR),
        ("in 1970", 86_400 - START),
    ] {
        let world = World::new(&format!("clock-{}", name.replace(' ', "-")));
        world.time.set_wall_offset(offset);
        let provider = world.provider();
        let first = id(provider.credentials());
        assert_eq!(
            world.sent(),
            2,
            "{name}: the second attempt has the right date"
        );
        assert_eq!(world.events(), ["clock_corrected", "refreshed"], "{name}");
        world.time.pass(2600);
        let second = id(provider.credentials());
        assert_ne!(first, second, "{name}");
        assert_eq!(world.sent(), 1, "{name}: the correction is remembered");
    }
}

#[test]
fn a_corrected_date_that_is_refused_too() {
    let world = World::new("clock-refused");
    world.time.set_wall_offset(-600);
    world.fault(
        r#"{ "status": 403, "headers": [["x-amzn-ErrorType", "AccessDeniedException"]], "count": 2 }"#,
    );
    let error = refused(world.provider().credentials(), ErrorCode::ClockSkewed);
    assert_eq!(world.sent(), 2);
    for time in ["2026-11-21T05:43:20Z", "2026-11-21T05:53:20Z"] {
        assert!(error.message().contains(time), "{error}");
    }
}

#[test]
fn a_clock_set_while_running_neither_cuts_nor_prolongs_a_session() {
    let world = World::new("clock-set");
    let provider = world.provider();
    let first = id(provider.credentials());
    world.time.set_wall_offset(-7200);
    assert_eq!(id(provider.credentials()), first);
    world.time.pass(3600);
    assert_ne!(
        id(provider.credentials()),
        first,
        "expired by the other clock"
    );
}
