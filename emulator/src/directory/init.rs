use super::client_files::Client;
use super::files::{self, Access};
use crate::chain::MAX_INTERMEDIATES;
use crate::clock::Clock;
use crate::config::Config;
use crate::pki::{Authority, KeyType, LeafOptions};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::path::{Path, PathBuf};

/// What `init` makes.
#[derive(Debug, Clone)]
pub struct InitOptions {
    key_type: KeyType,
    ca_key_type: KeyType,
    intermediates: usize,
    region: String,
    account: String,
    listen: String,
    command: String,
    clock: Clock,
    force: bool,
}

impl InitOptions {
    /// An RSA-2048 leaf below a P-256 root, in `us-east-1`, account `111122223333`, on
    /// `127.0.0.1:9912`, for a program `rolesanywhere` on the `PATH`.
    #[must_use]
    pub fn new() -> Self {
        Self {
            key_type: KeyType::Rsa2048,
            ca_key_type: KeyType::P256,
            intermediates: 0,
            region: "us-east-1".to_owned(),
            account: "111122223333".to_owned(),
            listen: "127.0.0.1:9912".to_owned(),
            command: "rolesanywhere".to_owned(),
            clock: Clock::system(),
            force: false,
        }
    }

    /// The leaf's kind of key.
    #[must_use]
    pub fn key_type(mut self, key_type: KeyType) -> Self {
        self.key_type = key_type;
        self
    }

    /// The CAs' kind of key.
    #[must_use]
    pub fn ca_key_type(mut self, key_type: KeyType) -> Self {
        self.ca_key_type = key_type;
        self
    }

    /// How many intermediates stand between root and leaf, 0 to 5.
    #[must_use]
    pub fn intermediates(mut self, count: usize) -> Self {
        self.intermediates = count;
        self
    }

    /// The region of trust anchor and profile.
    #[must_use]
    pub fn region(mut self, region: &str) -> Self {
        region.clone_into(&mut self.region);
        self
    }

    /// The account, twelve digits.
    #[must_use]
    pub fn account(mut self, account: &str) -> Self {
        account.clone_into(&mut self.account);
        self
    }

    /// The address and port that `serve` is to listen on, and the client files are to name.
    #[must_use]
    pub fn listen(mut self, address: &str) -> Self {
        address.clone_into(&mut self.listen);
        self
    }

    /// The program that the client files name: on the `PATH`, or a path.
    #[must_use]
    pub fn command(mut self, command: &str) -> Self {
        command.clone_into(&mut self.command);
        self
    }

    /// The clock that certificates are issued by.
    #[must_use]
    pub fn clock(mut self, clock: impl Into<Clock>) -> Self {
        self.clock = clock.into();
        self
    }

    /// Replaces what is there.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }
}

impl Default for InitOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes the directory, a CA, a leaf, the configuration and the client files.
///
/// # Errors
/// `file_unwritable` when a file is there already or cannot be written; `option_invalid` and
/// `region_malformed` for options that fit nothing. Nothing is written then.
///
/// # Examples
/// ```
/// use rolesanywhere_emulator::directory::{InitOptions, init, load};
/// use rolesanywhere_emulator::{Clock, Emulator, pki::KeyType};
///
/// let directory = std::env::temp_dir().join(format!("emulator-doc-{}", std::process::id()));
/// init(&directory, &InitOptions::new().key_type(KeyType::P256).intermediates(1))?;
/// let emulator = Emulator::builder().config(load(&directory)?).start()?;
/// assert!(directory.join("aws-config").exists());
/// # drop(emulator);
/// # std::fs::remove_dir_all(&directory).unwrap();
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
pub fn init(directory: &Path, options: &InitOptions) -> Result<()> {
    let now = options.clock.now();
    let root = Authority::generate_at(options.ca_key_type, now)?;
    let intermediate = intermediate(&root, options, now)?;
    let issuer = intermediate.as_ref().unwrap_or(&root);
    let leaf = issuer.issue(&LeafOptions::new().key_type(options.key_type).issued_at(now))?;
    let mut config = Config::example(&options.region, &options.account, &root.certificate_pem())?;
    config.listen = Some(options.listen.clone());

    files::create_directory(directory)?;
    let home = directory
        .canonicalize()
        .unwrap_or_else(|_| directory.to_path_buf());
    let chain = leaf.chain_pem();
    let client = Client {
        command: &options.command,
        config: &config,
        home: &home,
        chain: !chain.is_empty(),
    };
    let (everyone, owner) = (Access::Everyone, Access::OwnerOnly);
    let mut files = vec![
        ("root.pem", root.certificate_pem(), everyone),
        ("root-key.pem", root.private_key_pem()?, owner),
        ("leaf.pem", leaf.certificate_pem(), everyone),
        ("leaf-key.pem", leaf.private_key_pem()?, owner),
        ("chain.pem", chain, everyone),
        ("emulator.json", config.to_json()?, everyone),
        ("aws-config", client.aws_config(), everyone),
        ("env.sh", client.env_sh(), everyone),
    ];
    if let Some(intermediate) = &intermediate {
        files.push(("issuer-key.pem", intermediate.private_key_pem()?, owner));
    }
    place(&home, &files, options.force)
}

fn intermediate(root: &Authority, options: &InitOptions, now: i64) -> Result<Option<Authority>> {
    if options.intermediates > MAX_INTERMEDIATES {
        let message = "the service takes at most five intermediates";
        return Err(Error::new(ErrorCode::ChainTooLong, message));
    }
    let mut lowest: Option<Authority> = None;
    for _ in 0..options.intermediates {
        let above = lowest.as_ref().unwrap_or(root);
        lowest = Some(above.intermediate_at(options.ca_key_type, now)?);
    }
    Ok(lowest)
}

/// Writes the files, none of them when one is there already.
pub(super) fn place(directory: &Path, files: &[(&str, String, Access)], force: bool) -> Result<()> {
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, ..)| directory.join(name))
        .collect();
    if !force {
        files::refuse_existing(paths.iter())?;
    }
    for (path, (_, content, access)) in paths.iter().zip(files) {
        files::write(path, content.as_bytes(), *access)?;
    }
    Ok(())
}
