//! Whole processes: hyperfine for time, GNU time for peak memory, beside `/bin/true`.

use super::responder;
use crate::shell::{self, LONG};
use crate::tools;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const KEY_TYPES: &[&str] = &["rsa2048", "p256"];
const ARNS: [&str; 6] = [
    "--trust-anchor-arn",
    "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/2f6d0c1b-8e3a-4b57-b1c9-0a9e8d7c6b5a",
    "--profile-arn",
    "arn:aws:rolesanywhere:us-east-1:111122223333:profile/7b1c9e52-4f0a-4d1e-9a57-1f2e3d4c5b6a",
    "--role-arn",
    "arn:aws:iam::111122223333:role/Bench",
];

/// One program with one identity.
struct Row {
    name: String,
    words: Vec<String>,
    program: PathBuf,
}

pub(crate) fn measure(builds: &[(String, PathBuf)], identities: &Path) -> Result<(), String> {
    let url = responder::start().map_err(|error| error.to_string())?;
    let mut rows = vec![Row {
        name: "/bin/true".to_owned(),
        words: vec!["/bin/true".to_owned()],
        program: PathBuf::from("/bin/true"),
    }];
    for (build, program) in builds {
        rows.extend(KEY_TYPES.iter().map(|key_type| Row {
            name: format!("{build}, {key_type}"),
            words: words(program, &identities.join(key_type), &url),
            program: program.clone(),
        }));
    }
    print(&rows, &times(&rows)?);
    Ok(())
}

fn words(program: &Path, identity: &Path, url: &str) -> Vec<String> {
    let path = |name: &str| identity.join(name).display().to_string();
    let (certificate, key) = (path("leaf.pem"), path("leaf-key.pem"));
    let program = program.display().to_string();
    let start = [
        &program,
        "credential-process",
        "--certificate",
        &certificate,
    ];
    let rest = ["--private-key", &key, "--endpoint", url];
    start
        .iter()
        .chain(&rest)
        .chain(&ARNS)
        .map(|word| (*word).to_owned())
        .collect()
}

/// Milliseconds from start to end.
struct Time {
    median: f64,
    /// What a busy machine disturbs least.
    least: f64,
}

fn times(rows: &[Row]) -> Result<Vec<Time>, String> {
    if shell::find("hyperfine").is_none() {
        tools::apt_install("hyperfine").map_err(|reason| format!("hyperfine: {reason}"))?;
    }
    let results = shell::scratch("bench")
        .map_err(|error| error.to_string())?
        .join("times.json");
    let mut hyperfine = shell::command("hyperfine");
    hyperfine.args([
        "-N",
        "--style",
        "none",
        "--warmup",
        "10",
        "--runs",
        "200",
        "--export-json",
    ]);
    hyperfine.arg(&results);
    hyperfine.args(
        rows.iter()
            .map(|row| format!("'{}'", row.words.join("' '"))),
    );
    let outcome = shell::run_or_tell(&mut hyperfine, LONG);
    if !outcome.success {
        return Err(outcome.output);
    }
    let text = fs::read_to_string(&results).map_err(|error| error.to_string())?;
    let json: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let results = json.get("results").and_then(Value::as_array);
    let milliseconds = |row: &Value, what: &str| Some(row.get(what)?.as_f64()? * 1000.0);
    let time = |row: &Value| {
        let (median, least) = (milliseconds(row, "median")?, milliseconds(row, "min")?);
        Some(Time { median, least })
    };
    Ok(results.into_iter().flatten().filter_map(time).collect())
}

fn print(rows: &[Row], times: &[Time]) {
    let start = times.first().map_or(f64::NAN, |time| time.median);
    println!(
        "| program | median ms | least ms | × /bin/true | above it, ms | peak MB | size MB |\n\
         |---|---|---|---|---|---|---|"
    );
    for (row, Time { median, least }) in rows.iter().zip(times) {
        println!(
            "| {} | {median:.2} | {least:.2} | {:.1} | {:.2} | {} | {} |",
            row.name,
            median / start,
            median - start,
            peak_megabytes(&row.words).map_or_else(|| "?".to_owned(), |peak| format!("{peak:.1}")),
            megabytes(&row.program).map_or_else(|| "?".to_owned(), |size| format!("{size:.1}")),
        );
    }
}

/// Measured by a small parent: a large one would be seen instead of its child.
fn peak_megabytes(words: &[String]) -> Option<f64> {
    if !Path::new("/usr/bin/time").is_file() {
        tools::apt_install("time").ok()?;
    }
    let mut time = shell::command("/usr/bin/time");
    let outcome = shell::run_or_tell(time.args(["-f", "\\npeak %M"]).args(words), LONG);
    let line = outcome
        .output
        .lines()
        .find_map(|line| line.strip_prefix("peak "))?;
    line.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

fn megabytes(file: &Path) -> Option<f64> {
    let bytes = fs::metadata(file).ok()?.len();
    u32::try_from(bytes)
        .ok()
        .map(|bytes| f64::from(bytes) / 1e6)
}
