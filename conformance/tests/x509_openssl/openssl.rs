//! `conformance/c/x509_fields.c`, compiled against the system's OpenSSL and asked once.

use rolesanywhere_conformance::{Result, foreign};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program.
pub(crate) struct Reader(PathBuf);

impl Reader {
    /// Compiles it, or gives the reason to skip, where there is no C compiler or no OpenSSL to compile
    /// against.
    pub(crate) fn build() -> Result<core::result::Result<Self, String>> {
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("x509_fields");
        let output = Command::new("cc")
            .args(["-O1", "-o"])
            .arg(&program)
            .arg(foreign::workspace().join("conformance/c/x509_fields.c"))
            .arg("-lcrypto")
            .output();
        let Ok(output) = output else {
            return Ok(Err("there is no C compiler".to_owned()));
        };
        if output.status.success() {
            return Ok(Ok(Self(program)));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("openssl/") && said.contains("No such file") {
            let reason = "there are no headers of OpenSSL; Debian's libssl-dev has them";
            return Ok(Err(reason.to_owned()));
        }
        Err(format!("x509_fields.c does not compile: {said}").into())
    }

    /// A line for each certificate.
    pub(crate) fn read(&self, certificates: &[Vec<u8>]) -> Result<Vec<String>> {
        let mut input = Vec::new();
        for certificate in certificates {
            input.extend(u32::try_from(certificate.len())?.to_be_bytes());
            input.extend(certificate);
        }
        let mut child = Command::new(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdin = child.stdin.take().ok_or("no standard input")?;
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output()?;
        writer.join().map_err(|_| "writing panicked")??;
        let lines: Vec<String> = String::from_utf8(output.stdout)?
            .lines()
            .map(str::to_owned)
            .collect();
        if !output.status.success() || lines.len() != certificates.len() {
            return Err(format!("{} after {} lines", output.status, lines.len()).into());
        }
        Ok(lines)
    }
}
