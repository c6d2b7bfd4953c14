//! Running other programs: from the workspace root, without a terminal, within a time limit.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long the longest suite may take.
pub(crate) const LONG: Duration = Duration::from_secs(40 * 60);

/// How one program ended.
pub(crate) struct Outcome {
    /// Whether it exited with status 0 within its time.
    pub(crate) success: bool,
    /// Standard output and standard error, interleaved as they came.
    pub(crate) output: String,
}

/// The workspace root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A directory below `target/xtask`, made if it is not there.
pub(crate) fn scratch(name: &str) -> io::Result<PathBuf> {
    let path = root().join("target/xtask").join(name);
    fs::create_dir_all(&path)?;
    Ok(path)
}

/// A command in the workspace root that inherits no input and none of the caller's AWS settings.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(root())
        .stdin(Stdio::null())
        .env("CARGO_TERM_COLOR", "never");
    for (name, _) in std::env::vars_os() {
        if is_foreign(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo` with these arguments.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// Runs a command to its end or to its time limit, and kills all that it started in the second case.
pub(crate) fn run(command: &mut Command, limit: Duration) -> io::Result<Outcome> {
    let log = scratch("logs")?.join(format!("{}-{}.log", std::process::id(), next_number()));
    let file = File::create(&log)?;
    command
        .stdout(file.try_clone()?)
        .stderr(file)
        .process_group(0);
    let started = Instant::now();
    let mut child = command.spawn()?;
    let status = wait(&mut child, started + limit)?;
    let mut output = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    fs::remove_file(&log)?;
    if status.is_none() {
        output.push_str(&format!(
            "\nstopped: took longer than {} s\n",
            limit.as_secs()
        ));
    }
    Ok(Outcome {
        success: status.is_some_and(|status| status.success()),
        output,
    })
}

/// [`run`], with a failure to start told as the output of a failure.
pub(crate) fn run_or_tell(command: &mut Command, limit: Duration) -> Outcome {
    run(command, limit).unwrap_or_else(|error| Outcome {
        success: false,
        output: format!("{:?} could not be run: {error}\n", command.get_program()),
    })
}

/// Has a command, and all that it starts, look for programs in this directory first.
pub(crate) fn find_first(command: &mut Command, directory: &Path) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let directories = std::iter::once(directory.to_owned()).chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(directories) {
        command.env("PATH", path);
    }
}

/// Whether a program of this name is found in `PATH`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}

/// How a task ends that failed, if it did, with a sentence.
pub(crate) fn exit(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Stops a program that was started in its own process group, and what it started.
pub(crate) fn stop(child: &mut Child) {
    let group = format!("-{}", child.id());
    // A group that has ended already is what was wanted.
    let _ended = Command::new("kill")
        .args(["-KILL", "--", &group])
        .stderr(Stdio::null())
        .status();
    let _status = child.wait();
}

fn wait(child: &mut Child, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() > deadline {
            stop(child);
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn next_number() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Settings of the person who runs the tests, which must not decide them. `AWS_LC_SYS_…` steers the
/// compilation of AWS-LC and stays.
fn is_foreign(name: &str) -> bool {
    (name.starts_with("AWS_") && !name.starts_with("AWS_LC_")) || name.starts_with("ROLESANYWHERE_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_stopped_with_its_children() {
        let started = Instant::now();
        let mut hanging = command("sh");
        hanging.args(["-c", "echo begun; sleep 30 & wait"]);
        let outcome = run(&mut hanging, Duration::from_millis(300)).unwrap();
        assert!(!outcome.success);
        assert!(outcome.output.starts_with("begun\n"), "{}", outcome.output);
        assert!(
            outcome.output.contains("stopped: took longer"),
            "{}",
            outcome.output
        );
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn the_callers_aws_settings_are_foreign() {
        assert!(is_foreign("AWS_PROFILE") && is_foreign("ROLESANYWHERE_ROLE_ARN"));
        assert!(!is_foreign("AWS_LC_SYS_NO_JITTER_ENTROPY") && !is_foreign("PATH"));
    }
}
