//! Loading each form of a key: ours beside OpenSSL's own loader and pyca's `cryptography`.

use crate::shell::{self, LONG, Outcome};
use crate::tools;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// A name, and how OpenSSL makes it of `ALGORITHM-key.pem` and `ALGORITHM.pem`.
const FORMS: [(&str, &str); 6] = [
    ("pkcs8.pem", "pkcs8 -topk8 -nocrypt -in KEY"),
    ("own.pem", "OWN -in KEY"),
    (
        "pbkdf2-2048.pem",
        "pkcs8 -topk8 -in KEY -passout pass:secret",
    ),
    (
        "pbkdf2-600000.pem",
        "pkcs8 -topk8 -in KEY -iter 600000 -passout pass:secret",
    ),
    (
        "scrypt.pem",
        "pkcs8 -topk8 -in KEY -scrypt -passout pass:secret",
    ),
    (
        "modern.p12",
        "pkcs12 -export -in CERTIFICATE -inkey KEY -passout pass:secret",
    ),
];
const ALGORITHMS: [(&str, &str, &str); 2] = [
    ("p256", "EC -pkeyopt ec_paramgen_curve:P-256", "ec"),
    (
        "rsa2048",
        "RSA -pkeyopt rsa_keygen_bits:2048",
        "rsa -traditional",
    ),
];
/// Rounds in which each program takes its turn, and the seconds for each file in one.
const ROUNDS: usize = 5;
const SECONDS: &str = "0.2";

type Times = BTreeMap<String, Vec<f64>>;

pub(crate) fn measure() -> Result<(), String> {
    let directory = shell::scratch("loading").map_err(|error| error.to_string())?;
    let files = make(&directory)?;
    let mut programs = vec![("ours", ours()?)];
    for (name, program) in [("OpenSSL", openssl(&directory)), ("pyca", pyca())] {
        match program {
            Ok(program) => programs.push((name, program)),
            Err(reason) => println!("no {name}: {reason}"),
        }
    }
    let mut times: BTreeMap<&str, Times> = BTreeMap::new();
    for _ in 0..ROUNDS {
        for (name, program) in &programs {
            let mut command = shell::command(program.first().map_or("", String::as_str));
            command
                .args(program.iter().skip(1))
                .arg(SECONDS)
                .args(&files);
            let output = succeeded(command.current_dir(&directory))?;
            for (file, seconds) in output.lines().filter_map(|line| line.split_once('\t')) {
                let seconds = seconds.parse::<f64>().map_err(|error| error.to_string())?;
                let of_program = times.entry(name).or_default();
                of_program.entry(file.to_owned()).or_default().push(seconds);
            }
        }
    }
    print(&files, &times);
    Ok(())
}

fn make(directory: &Path) -> Result<Vec<String>, String> {
    let openssl = |words: &str| {
        let mut command = shell::command("openssl");
        succeeded(command.args(words.split(' ')).current_dir(directory))
    };
    let mut files = Vec::new();
    for (algorithm, generate, own) in ALGORITHMS {
        let (key, certificate) = (format!("{algorithm}-key.pem"), format!("{algorithm}.pem"));
        openssl(&format!("genpkey -quiet -algorithm {generate} -out {key}"))?;
        openssl(&format!(
            "req -new -x509 -key {key} -subj /CN=leaf -days 9 -out {certificate}"
        ))?;
        for (name, command) in FORMS {
            let file = format!("{algorithm}-{name}");
            let command = command.replace("OWN", own).replace("KEY", &key);
            let command = command.replace("CERTIFICATE", &certificate);
            openssl(&format!("{command} -out {file}"))?;
            files.push(file);
        }
    }
    Ok(files)
}

/// The core's example, as it ships.
fn ours() -> Result<Vec<String>, String> {
    let mut build = shell::cargo(["build", "--profile", "dist", "-p", "rolesanywhere-core"]);
    build.args(["--features", "aws-lc-rs,pkcs12", "--example", "loading"]);
    succeeded(&mut build)?;
    let program = shell::root().join("target/dist/examples/loading");
    Ok(vec![program.display().to_string()])
}

fn openssl(directory: &Path) -> Result<Vec<String>, String> {
    let program = directory.join("loading");
    let mut compile = shell::command("cc");
    compile.args(["-O2", "xtask/bench/loading.c", "-lcrypto", "-o"]);
    succeeded(compile.arg(&program))?;
    Ok(vec![program.display().to_string()])
}

fn pyca() -> Result<Vec<String>, String> {
    let script = shell::root().join("xtask/bench/loading.py");
    Ok(vec![
        tools::python()?.display().to_string(),
        script.display().to_string(),
    ])
}

fn print(files: &[String], times: &BTreeMap<&str, Times>) {
    println!("| load | µs | × OpenSSL | × pyca |\n|---|---|---|---|");
    let median = |name: &str, file: &String| {
        let mut samples = times.get(name)?.get(file)?.clone();
        samples.sort_by(f64::total_cmp);
        samples.get(samples.len() / 2).copied()
    };
    for file in files {
        let ours = median("ours", file).unwrap_or(f64::NAN);
        let ratio =
            |peer| median(peer, file).map_or("–".to_owned(), |it| format!("{:.2}", ours / it));
        let (openssl, pyca) = (ratio("OpenSSL"), ratio("pyca"));
        println!("| {file} | {:.1} | {openssl} | {pyca} |", ours * 1e6);
    }
}

/// What it printed.
fn succeeded(command: &mut Command) -> Result<String, String> {
    let Outcome { success, output } = shell::run_or_tell(command, LONG);
    if success { Ok(output) } else { Err(output) }
}
