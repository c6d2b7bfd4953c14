//! A running emulator with a certificate of its own, and the real command-line program beside it.

mod calls;

use crate::shell::{self, LONG};
use serde_json::Value;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// How long the emulator may take to listen.
const START: Duration = Duration::from_secs(20);

/// An emulator that is stopped when this is dropped.
pub(crate) struct Sandbox {
    /// Where the certificates, keys and `emulator.json` are.
    pub(crate) directory: PathBuf,
    /// The emulator's URL.
    pub(crate) url: String,
    server: Child,
    trust_anchor_arn: String,
    profile_arn: String,
    role_arn: String,
}

/// Builds the command line, the emulator and its STS client, and shows cargo's progress.
pub(crate) fn build() -> Result<(), String> {
    let mut command = shell::cargo(["build", "-p", "rolesanywhere-cli", "-p"]);
    command.args([
        "rolesanywhere-emulator",
        "--bins",
        "--example",
        "get_caller_identity",
    ]);
    command.env_remove("CARGO_TERM_COLOR");
    let status = command
        .status()
        .map_err(|error| format!("cargo could not be run: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("the build failed".to_owned())
    }
}

/// A program of this workspace, as [`build`] leaves it: beside this one.
pub(crate) fn program(name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap_or_default();
    here.parent()
        .unwrap_or(Path::new("target/debug"))
        .join(name)
}

impl Sandbox {
    /// Makes a CA and a leaf in an empty directory: `rolesanywhere-emulator init`.
    pub(crate) fn init(directory: &Path, key_type: &str) -> Result<(), String> {
        if directory.exists() {
            fs::remove_dir_all(directory).map_err(|error| error.to_string())?;
        }
        let mut init = shell::command(program("rolesanywhere-emulator"));
        init.arg("init")
            .arg(directory)
            .args(["--key-type", key_type]);
        init.arg("--command").arg(program("rolesanywhere"));
        let outcome = shell::run_or_tell(&mut init, LONG);
        if outcome.success {
            Ok(())
        } else {
            Err(outcome.output)
        }
    }

    /// Starts the emulator over what [`init`](Self::init) made.
    pub(crate) fn serve(directory: &Path) -> Result<Self, String> {
        Self::serve_with(directory, &[])
    }

    /// The same with more options of the emulator's.
    pub(crate) fn serve_with(directory: &Path, options: &[&str]) -> Result<Self, String> {
        let json = directory.join("emulator.json");
        let text = fs::read_to_string(json).map_err(|error| format!("emulator.json: {error}"))?;
        let config: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let arn = |path: &str| {
            let found = config
                .pointer(path)
                .and_then(Value::as_str)
                .map(str::to_owned);
            found.ok_or_else(|| format!("emulator.json has no {path}"))
        };
        let url_file = directory.join("url");
        let log = File::create(directory.join("serve.log")).map_err(|error| error.to_string())?;
        let mut serve = shell::command(program("rolesanywhere-emulator"));
        serve
            .arg("serve")
            .arg(directory)
            .args(["--listen", "127.0.0.1:0", "--url-file"]);
        serve.arg(&url_file).args(options);
        serve.stdout(Stdio::null()).stderr(log);
        let server = serve.spawn().map_err(|error| error.to_string())?;
        let mut sandbox = Self {
            directory: directory.to_path_buf(),
            url: String::new(),
            server,
            trust_anchor_arn: arn("/trustAnchors/0/trustAnchorArn")?,
            profile_arn: arn("/profiles/0/profileArn")?,
            role_arn: arn("/roles/0/roleArn")?,
        };
        sandbox.url = sandbox.wait_for_url(&url_file)?;
        Ok(sandbox)
    }

    /// `credential-process` with everything it needs, as words.
    pub(crate) fn credential_process(&self) -> Vec<String> {
        let path = |name: &str| self.directory.join(name).display().to_string();
        [
            program("rolesanywhere").display().to_string().as_str(),
            "credential-process",
            "--certificate",
            &path("leaf.pem"),
            "--private-key",
            &path("leaf-key.pem"),
            "--trust-anchor-arn",
            &self.trust_anchor_arn,
            "--profile-arn",
            &self.profile_arn,
            "--role-arn",
            &self.role_arn,
            "--endpoint",
            &self.url,
        ]
        .map(str::to_owned)
        .to_vec()
    }

    /// The trust anchor's, the profile's and the role's ARN.
    pub(crate) fn arns(&self) -> [&str; 3] {
        [&self.trust_anchor_arn, &self.profile_arn, &self.role_arn]
    }

    /// The same as variables, with the certificate, its key and the endpoint.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let path = |name: &str| self.directory.join(name).display().to_string();
        vec![
            (
                "ROLESANYWHERE_TRUST_ANCHOR_ARN",
                self.trust_anchor_arn.clone(),
            ),
            ("ROLESANYWHERE_PROFILE_ARN", self.profile_arn.clone()),
            ("ROLESANYWHERE_ROLE_ARN", self.role_arn.clone()),
            ("ROLESANYWHERE_CERTIFICATE", path("leaf.pem")),
            ("ROLESANYWHERE_PRIVATE_KEY", path("leaf-key.pem")),
            ("AWS_ENDPOINT_URL_ROLESANYWHERE", self.url.clone()),
            ("AWS_CONFIG_FILE", path("aws-config")),
        ]
    }

    /// What the caller's ARN begins with, once the role has been assumed.
    pub(crate) fn caller_arn_prefix(&self) -> String {
        let session = self.role_arn.replacen(":iam:", ":sts:", 1);
        session.replacen(":role/", ":assumed-role/", 1) + "/"
    }

    /// The trust anchor's region.
    pub(crate) fn region(&self) -> &str {
        self.trust_anchor_arn.split(':').nth(3).unwrap_or_default()
    }

    fn wait_for_url(&mut self, file: &Path) -> Result<String, String> {
        let deadline = Instant::now() + START;
        while Instant::now() < deadline {
            if let Ok(url) = fs::read_to_string(file)
                && !url.trim().is_empty()
            {
                return Ok(url.trim().to_owned());
            }
            if let Ok(Some(status)) = self.server.try_wait() {
                let log = fs::read_to_string(self.directory.join("serve.log"));
                return Err(format!(
                    "the emulator ended, {status}: {}",
                    log.unwrap_or_default()
                ));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("the emulator does not listen".to_owned())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _killed = self.server.kill();
        let _status = self.server.wait();
    }
}
