//! collectd, as Debian ships it, with our write plugin: credentials in its own process.

use super::build::{Library, succeed};
use super::examples::told;
use super::moto::Moto;
use super::{scratch, sources};
use crate::report::Report;
use crate::sandbox::Sandbox;
use crate::shell;
use crate::tools;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How long the agent may take until it has written its first values.
const LIMIT: Duration = Duration::from_secs(30);

/// Where Debian puts the headers of plugins.
const HEADERS: &str = "/usr/include/collectd";

/// Calls STS, which tells who asked, and then writes to S3 where there is one.
pub(super) fn check(library: &Library, sandbox: &Sandbox, moto: Option<&Moto>) -> Report {
    for (file, package) in [
        ("/usr/sbin/collectd", "collectd-core"),
        ("/usr/include/collectd/core/daemon/plugin.h", "collectd-dev"),
    ] {
        if !Path::new(file).exists()
            && let Err(reason) = tools::apt_install(package)
        {
            return Report::skip("c::collectd", &reason);
        }
    }
    let mut report = told(calls_sts(library, sandbox));
    report.merge(match moto {
        Some(moto) => told(writes_to_s3(library, sandbox, moto)),
        None => Report::skip("c::collectd writes to S3", "moto is not there"),
    });
    report
}

fn calls_sts(library: &Library, sandbox: &Sandbox) -> Result<(), String> {
    let body = "Action=GetCallerIdentity&Version=2011-06-15";
    let service = format!(
        "  URL \"{}\"\n  Service \"sts\"\n  Body \"{body}\"\n",
        sandbox.url
    );
    run(library, sandbox, &service, &sandbox.caller_arn_prefix())
}

/// One object for each value.
fn writes_to_s3(library: &Library, sandbox: &Sandbox, moto: &Moto) -> Result<(), String> {
    let service = format!("  URL \"{}/metrics\"\n  Service \"s3\"\n", moto.bucket);
    run(library, sandbox, &service, "the service said")?;
    let listing = moto.listing()?;
    let (_, rest) = listing
        .split_once("<Key>metrics/")
        .ok_or_else(|| format!("the bucket holds {listing}"))?;
    let (key, _) = rest.split_once("</Key>").unwrap_or_default();
    let object = moto.object(&format!("metrics/{key}"))?;
    // `test/load/load 1795240000:0.5:…`
    let name = key.rsplit_once('-').map_or(key, |(name, _)| name);
    if object.starts_with(&format!("{name} ")) {
        Ok(())
    } else {
        Err(format!("the object metrics/{key} holds {object:?}"))
    }
}

/// collectd with the plugin and these lines in its block, until its log holds what is wanted.
fn run(library: &Library, sandbox: &Sandbox, service: &str, wanted: &str) -> Result<(), String> {
    let directory = scratch().join("collectd");
    let _removed = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    plugin(library, &directory)?;
    let config = directory.join("collectd.conf");
    fs::write(&config, configuration(&directory, sandbox, service))
        .map_err(|error| error.to_string())?;
    let mut agent = shell::command("/usr/sbin/collectd");
    agent.arg("-f").arg("-C").arg(&config);
    agent.stdout(Stdio::null()).stderr(Stdio::null());
    let mut agent = agent.spawn().map_err(|error| error.to_string())?;
    let outcome = wait_for(&directory.join("log"), wanted);
    let mut stop = shell::command("kill");
    let _told = stop.arg(agent.id().to_string()).status();
    let status = agent.wait().map_err(|error| error.to_string())?;
    outcome?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("collectd ended with {status}"))
    }
}

fn plugin(library: &Library, directory: &Path) -> Result<(), String> {
    let mut compile = shell::command("cc");
    compile.args(["-shared", "-fPIC", "-Wall", "-DHAVE_CONFIG_H"]);
    for below in ["", "/core", "/core/daemon"] {
        compile.arg(format!("-I{HEADERS}{below}"));
    }
    compile.arg("-I").arg(library.prefix.join("include"));
    compile.arg(sources().join("examples/collectd/write_rolesanywhere.c"));
    compile.arg(library.prefix.join("lib/librolesanywhere.a"));
    compile.args(["-lcurl", "-lgcc_s", "-lpthread", "-lm", "-ldl", "-o"]);
    succeed(compile.arg(directory.join("write_rolesanywhere.so"))).map(drop)
}

fn configuration(directory: &Path, sandbox: &Sandbox, service: &str) -> String {
    let here = directory.display();
    let [trust_anchor, profile, role] = sandbox.arns();
    let (url, region) = (&sandbox.url, sandbox.region());
    let file = |name: &str| sandbox.directory.join(name).display().to_string();
    let (certificate, key) = (file("leaf.pem"), file("leaf-key.pem"));
    format!(
        "Hostname \"test\"\nBaseDir \"{here}\"\nPIDFile \"{here}/pid\"\nInterval 1\n\
         TypesDB \"/usr/share/collectd/types.db\"\n\
         PluginDir \"/usr/lib/collectd\"\nLoadPlugin logfile\n\
         <Plugin logfile>\n  LogLevel info\n  File \"{here}/log\"\n</Plugin>\n\
         LoadPlugin load\nPluginDir \"{here}\"\nLoadPlugin write_rolesanywhere\n\
         <Plugin write_rolesanywhere>\n{service}  Region \"{region}\"\n  endpoint \"{url}\"\n\
         trust_anchor_arn \"{trust_anchor}\"\n  profile_arn \"{profile}\"\n  role_arn \"{role}\"\n\
         certificate \"{certificate}\"\n  private_key \"{key}\"\n</Plugin>\n"
    )
}

fn wait_for(log: &Path, wanted: &str) -> Result<(), String> {
    let deadline = Instant::now() + LIMIT;
    while Instant::now() < deadline {
        if fs::read_to_string(log).is_ok_and(|text| text.contains(wanted)) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let text = fs::read_to_string(log).unwrap_or_default();
    Err(format!("collectd's log does not name {wanted}:\n{text}"))
}
