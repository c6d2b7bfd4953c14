//! Our table of endpoints beside botocore's `rolesanywhere` endpoint rule set.
//!
//! The rule set is evaluated by botocore itself, in the virtual environment that `cargo xtask test`
//! makes under `target/venv`.

use rolesanywhere_core::endpoint::{Endpoint, EndpointVariant, Partition};
use serde::Deserialize;
use std::path::Path;
use std::process::Command;

#[derive(Deserialize)]
struct Oracle {
    botocore: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    partition: String,
    region: String,
    use_fips_endpoint: bool,
    use_dualstack_endpoint: bool,
    url: Option<String>,
    error: Option<String>,
}

#[test]
fn every_region_that_botocore_lists() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = here.join("../target/venv/bin/python");
    if !python.is_file() {
        println!("SKIP endpoints::every_region_that_botocore_lists: no botocore in target/venv");
        return;
    }
    let output = Command::new(python)
        .arg(here.join("python/endpoints.py"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let oracle: Oracle = serde_json::from_slice(&output.stdout).unwrap();
    // Eight partitions, each with its regions and a global one, in four variants.
    assert!(oracle.answers.len() >= 200, "{}", oracle.answers.len());
    assert!(Partition::ALL.iter().all(|ours| {
        let mut theirs = oracle.answers.iter();
        theirs.any(|answer| answer.partition == ours.id())
    }));
    let differences: Vec<String> = oracle.answers.iter().filter_map(difference).collect();
    assert!(
        differences.is_empty(),
        "botocore {}:\n{}",
        oracle.botocore,
        differences.join("\n")
    );
}

fn difference(answer: &Answer) -> Option<String> {
    let variant = EndpointVariant {
        use_fips_endpoint: answer.use_fips_endpoint,
        use_dualstack_endpoint: answer.use_dualstack_endpoint,
    };
    let ours = Partition::from_id(&answer.partition)
        .and_then(|partition| Endpoint::for_region(partition, &answer.region, variant))
        .map(|endpoint| endpoint.url());
    let agree = match (&ours, &answer.url) {
        (Ok(ours), Some(theirs)) => ours.trim_end_matches('/') == theirs,
        (Err(_), None) => true,
        _ => false,
    };
    (!agree).then(|| {
        let theirs = answer.url.as_ref().or(answer.error.as_ref());
        format!("{} {variant:?}: {ours:?}, not {theirs:?}", answer.region)
    })
}
