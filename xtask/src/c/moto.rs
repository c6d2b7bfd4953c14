//! moto's S3, a service behind the credentials.

use super::build::succeed;
use super::scratch;
use crate::python;
use crate::shell;
use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to listen: it imports for seconds.
const START: Duration = Duration::from_secs(60);

/// A running moto with a bucket; stopped when this is dropped.
pub(super) struct Moto {
    /// The bucket's URL.
    pub(super) bucket: String,
    server: Child,
}

impl Moto {
    /// Starts it in the environment of the Python tests, which has it.
    pub(super) fn start() -> Result<Self, String> {
        let environment = python::main_environment()?;
        let file = scratch().join("moto-url");
        // Of an earlier run.
        let _removed = fs::remove_file(&file);
        let log = File::create(scratch().join("moto.log")).map_err(|error| error.to_string())?;
        let mut serve = shell::command(environment.join("bin/python"));
        serve.arg("xtask/python/moto_server.py").arg(&file);
        serve.stdout(Stdio::null()).stderr(log);
        let server = serve.spawn().map_err(|error| error.to_string())?;
        let mut moto = Self {
            bucket: String::new(),
            server,
        };
        let deadline = Instant::now() + START;
        let url = loop {
            match fs::read_to_string(&file) {
                Ok(url) if !url.is_empty() => break url,
                _ if Instant::now() > deadline => return Err("moto does not listen".to_owned()),
                _ => std::thread::sleep(Duration::from_millis(50)),
            }
        };
        moto.bucket = format!("{url}/bucket");
        moto.curl(&["-X", "PUT", &moto.bucket])?;
        Ok(moto)
    }

    /// What an object holds.
    pub(super) fn object(&self, key: &str) -> Result<String, String> {
        self.curl(&[&format!("{}/{key}", self.bucket)])
    }

    /// The bucket's objects, as S3 lists them.
    pub(super) fn listing(&self) -> Result<String, String> {
        self.curl(&[&self.bucket])
    }

    fn curl(&self, arguments: &[&str]) -> Result<String, String> {
        let mut curl = shell::command("curl");
        curl.args(["--silent", "--show-error", "--fail", "--noproxy", "*"]);
        // Whose credentials, it does not ask; without any it shows nothing.
        curl.args([
            "--aws-sigv4",
            "aws:amz:us-east-1:s3",
            "--user",
            "key:secret",
        ]);
        succeed(curl.args(arguments))
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _killed = self.server.kill();
        let _status = self.server.wait();
    }
}
