//! The examples and a real agent, against the emulator.

use super::agent;
use super::build::{Library, succeed};
use super::moto::Moto;
use super::programs::{self, Form};
use super::{scratch, sources};
use crate::report::Report;
use crate::sandbox::Sandbox;
use crate::shell::{self, LONG};
use crate::tools;
use std::path::{Path, PathBuf};

/// Each example that takes its options from the environment, and its words besides.
const FROM_ENVIRONMENT: [&str; 5] = [
    "get_credentials.c",
    "curl_transport.c",
    "event_loop.c",
    "aws_call.c",
    "credentials.cpp",
];

pub(super) fn check(library: &Library) -> Report {
    if !Path::new("/usr/include/x86_64-linux-gnu/curl/curl.h").exists()
        && shell::find("curl-config").is_none()
        && let Err(reason) = tools::apt_install("libcurl4-openssl-dev")
    {
        return Report::skip("c::examples", &reason);
    }
    let sandbox = match sandbox() {
        Ok(sandbox) => sandbox,
        Err(problem) => return Report::check(false, problem),
    };
    let mut report = Report::default();
    for source in FROM_ENVIRONMENT {
        report.merge(told(from_environment(library, &sandbox, source)));
    }
    report.merge(told(sign_only(library, &sandbox)));
    report.merge(quiet(library, &sandbox));
    let moto = Moto::start();
    match &moto {
        Ok(moto) => report.merge(told(put_object(library, &sandbox, moto))),
        Err(reason) => report.merge(Report::skip("c::put_object", reason)),
    }
    report.merge(agent::check(library, &sandbox, moto.as_ref().ok()));
    report
}

fn sandbox() -> Result<Sandbox, String> {
    let mut build = shell::cargo(["build", "--quiet", "-p", "rolesanywhere-emulator", "--bins"]);
    succeed(&mut build)?;
    let directory = scratch().join("emulator");
    Sandbox::init(&directory, "p256")?;
    Sandbox::serve(&directory)
}

fn from_environment(library: &Library, sandbox: &Sandbox, source: &str) -> Result<(), String> {
    let program = compile(library, source)?;
    let mut run = shell::command(program);
    run.envs(sandbox.environment());
    if source == "aws_call.c" {
        run.args([sandbox.url.as_str(), sandbox.region(), "sts", "POST"]);
        run.arg("Action=GetCallerIdentity&Version=2011-06-15");
    }
    let output = succeed(&mut run)?;
    let wanted = match source {
        "aws_call.c" => sandbox.caller_arn_prefix(),
        _ => "ASIA".to_owned(),
    };
    if output.contains(&wanted) {
        Ok(())
    } else {
        Err(format!("{source} did not print {wanted}: {output}"))
    }
}

/// What it puts into S3 is there.
fn put_object(library: &Library, sandbox: &Sandbox, moto: &Moto) -> Result<(), String> {
    let mut run = shell::command(compile(library, "aws_call.c")?);
    run.envs(sandbox.environment());
    run.arg(format!("{}/greeting", moto.bucket));
    succeed(run.args([sandbox.region(), "s3", "PUT", "good morning"]))?;
    match moto.object("greeting")?.as_str() {
        "good morning" => Ok(()),
        other => Err(format!("the object holds {other:?}")),
    }
}

/// The built-in transport leaves no trace in its host.
fn quiet(library: &Library, sandbox: &Sandbox) -> Report {
    let program = match programs::program(library, "quiet", "c99", Form::Plain) {
        Ok(program) => program,
        Err(problem) => return Report::check(false, problem),
    };
    let mut run = shell::command(program);
    run.arg(&sandbox.url).args(sandbox.arns());
    run.args(["leaf.pem", "leaf-key.pem"].map(|name| sandbox.directory.join(name)));
    programs::run(&mut run)
}

/// What it signs, the emulator accepts.
fn sign_only(library: &Library, sandbox: &Sandbox) -> Result<(), String> {
    let program = compile(library, "sign_only.c")?;
    let mut run = shell::command(program);
    run.args(["leaf.pem", "leaf-key.pem"].map(|name| sandbox.directory.join(name)));
    run.args(sandbox.arns()).arg(&sandbox.url);
    let printed = succeed(&mut run)?;
    let (head, body) = printed.split_once("\n\n").unwrap_or_default();
    let mut lines = head.lines();
    let (method, url) = (lines.next().unwrap_or_default(), lines.next());
    let mut send = shell::command("curl");
    send.args(["--silent", "--show-error", "--fail", "-X", method]);
    for header in lines {
        send.args(["-H", header]);
    }
    send.args(["--data-raw", body.trim_end(), url.unwrap_or_default()]);
    let reply = succeed(&mut send)?;
    if reply.contains("accessKeyId") {
        Ok(())
    } else {
        Err(format!("the emulator answered {reply}"))
    }
}

/// Strictly, against the shared library.
fn compile(library: &Library, source: &str) -> Result<PathBuf, String> {
    let file = scratch().join(source.replace('.', "-"));
    let (compiler, standard) = if source.ends_with(".cpp") {
        ("c++", "-std=c++17")
    } else {
        ("cc", "-std=c99")
    };
    let lib = library.prefix.join("lib").display().to_string();
    let mut compile = shell::command(compiler);
    compile.args([standard, "-Wall", "-Wextra", "-Werror", "-pedantic", "-I"]);
    compile.arg(library.prefix.join("include"));
    compile.arg(sources().join("examples").join(source));
    compile.args([format!("-L{lib}"), format!("-Wl,-rpath,{lib}")]);
    compile.args(["-lrolesanywhere", "-lcurl", "-o"]).arg(&file);
    let outcome = shell::run_or_tell(&mut compile, LONG);
    if outcome.success {
        Ok(file)
    } else {
        Err(format!("{source}: {}", outcome.output))
    }
}

pub(super) fn told(outcome: Result<(), String>) -> Report {
    match outcome {
        Ok(()) => Report::check(true, ""),
        Err(problem) => Report::check(false, problem),
    }
}
