//! A chain with two leaves to make files of, and what is done with each file.

use rolesanywhere_conformance::Result;
use rolesanywhere_conformance::oracle::{OpenSsl, Oracle};
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::identity::load_identity;
use rolesanywhere_core::{Backend, Error, PrivateKey};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What every file is encrypted with unless it says otherwise.
pub(crate) const SECRET: &str = "secret";
/// The kinds of keys that every format is tried with; `CERTIFICATE NAME.pem`, `NAME-key.pem`.
pub(crate) const KEYS: [&str; 4] = ["p256", "p384", "p521", "rsa"];

/// The directory with the files that all others are made of.
pub(crate) struct Maker {
    directory: PathBuf,
    oracle: OpenSsl,
}

impl Maker {
    /// Makes root, intermediate and one leaf for each key.
    ///
    /// # Errors
    /// The reason to skip, where there is no OpenSSL 3.
    pub(crate) fn new() -> core::result::Result<Self, String> {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("key_files");
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
        let maker = Self {
            oracle: OpenSsl::find(&directory)?,
            directory,
        };
        maker.chain().map_err(|error| {
            let said = error.message().unwrap_or_default();
            format!("openssl makes no certificates: {said}")
        })?;
        Ok(maker)
    }

    fn chain(&self) -> Result<()> {
        let ca = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";
        let leaf = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n";
        fs::write(self.path("ca.ext"), ca)?;
        fs::write(self.path("leaf.ext"), leaf)?;
        self.key("root", "EC -pkeyopt ec_paramgen_curve:P-256")?;
        self.openssl("req -new -x509 -key root-key.pem -subj /CN=root -days 9 -out root.pem")?;
        self.issue(
            "intermediate",
            "root",
            "ca",
            "EC -pkeyopt ec_paramgen_curve:P-256",
        )?;
        for (name, algorithm) in KEYS.iter().zip([
            "EC -pkeyopt ec_paramgen_curve:P-256",
            "EC -pkeyopt ec_paramgen_curve:P-384",
            "EC -pkeyopt ec_paramgen_curve:P-521",
            "RSA -pkeyopt rsa_keygen_bits:2048",
        ]) {
            self.issue(name, "intermediate", "leaf", algorithm)?;
        }
        let chain = [self.read("intermediate.pem")?, self.read("root.pem")?].concat();
        Ok(fs::write(self.path("chain.pem"), chain)?)
    }

    fn key(&self, name: &str, algorithm: &str) -> Result<()> {
        self.openssl(&format!(
            "genpkey -quiet -algorithm {algorithm} -out {name}-key.pem"
        ))
    }

    fn issue(&self, name: &str, issuer: &str, extensions: &str, algorithm: &str) -> Result<()> {
        self.key(name, algorithm)?;
        self.openssl(&format!(
            "req -new -key {name}-key.pem -subj /CN={name} -out {name}.csr"
        ))?;
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.pem -CAkey {issuer}-key.pem -days 9 -extfile {extensions}.ext -out {name}.pem"
        ))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>> {
        Ok(fs::read(self.path(name))?)
    }

    /// Runs `openssl` with these words, in the directory.
    pub(crate) fn openssl(&self, words: &str) -> Result<()> {
        self.run(&format!("openssl {words}"))
    }

    /// Runs a command of words, in the directory; a `~` is a blank within a word.
    pub(crate) fn run(&self, words: &str) -> Result<()> {
        let mut words = words.split_whitespace().map(|word| word.replace('~', " "));
        let program = words.next().ok_or("no command")?;
        let output = Command::new(&program)
            .args(words)
            .current_dir(&self.directory)
            .env("HOME", &self.directory)
            .output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        Err(format!("{program} {}: {said}", output.status).into())
    }

    /// The key alone signs, and the leaf's certificate verifies it.
    pub(crate) fn check_key(
        &self,
        leaf: &str,
        file: &[u8],
        passphrase: Option<&str>,
    ) -> Result<()> {
        let key = PrivateKey::from_pem(file, passphrase.map(str::as_bytes))?;
        let key = AwsLc.signing_key(key)?;
        self.verify(leaf, key.sign(b"message")?.as_bytes())
    }

    /// A file of everything gives the leaf, so many intermediates, and a key that signs.
    pub(crate) fn check_identity(
        &self,
        leaf: &str,
        file: &[u8],
        passphrase: Option<&str>,
        intermediates: usize,
    ) -> Result<()> {
        let (identity, key) = load_identity(&[file], passphrase.map(str::as_bytes), &AwsLc)?;
        let key = key.ok_or("there is no key")?;
        let found = identity.chain_der().count();
        if identity.subject() != format!("CN={leaf}") || found != intermediates {
            return Err(format!("{} with {found} intermediates", identity.subject()).into());
        }
        self.verify(leaf, key.sign(b"message")?.as_bytes())
    }

    /// What is said of a file.
    pub(crate) fn refusal(file: &[u8], passphrase: Option<&str>) -> Result<Error> {
        match PrivateKey::from_pem(file, passphrase.map(str::as_bytes)) {
            Ok(_) => Err("it was read".into()),
            Err(error) => Ok(error),
        }
    }

    fn verify(&self, leaf: &str, signature: &[u8]) -> Result<()> {
        let thread = format!("{:?}", std::thread::current().id());
        let certificate = self.path(&format!("{leaf}.pem"));
        self.oracle.verify(
            &format!("verify-{thread}"),
            &certificate,
            b"message",
            signature,
        )
    }
}

/// Whether a program is there to be run.
pub(crate) fn is_there(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| {
        env::split_paths(&path).any(|directory| directory.join(program).is_file())
    })
}

/// A name without what a shell or a file system would take otherwise.
pub(crate) fn file_name(name: &str) -> String {
    name.replace([' ', ':', '/'], "-")
}
