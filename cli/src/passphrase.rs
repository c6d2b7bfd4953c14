//! A passphrase that nothing gave: whoever sits at the terminal is asked for it.

mod terminal;

use rolesanywhere::core::config::{OptionName, Options};
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::{IdentityFiles, IdentitySource, Source};
use terminal::Terminal;
use zeroize::Zeroizing;

/// How often a wrong passphrase may be followed by another.
const TRIES: u32 = 3;

/// The same identity, opened with a passphrase from the terminal where it needs one.
///
/// Nobody is asked where an option names the passphrase, or where there is no terminal. Whatever
/// else is wrong is left for whoever uses the identity to say.
///
/// # Errors
/// `passphrase_incorrect` after three tries, `private_key_encrypted` for an empty answer
pub(crate) fn opened(mut files: IdentityFiles, options: &Options) -> Result<IdentityFiles> {
    if !Asker::may_ask(options) {
        return Ok(files);
    }
    let mut asker = Asker::default();
    loop {
        match files.snapshot() {
            Err(error) if is_about_passphrase(&error) => {
                let passphrase = asker.ask(error)?;
                files = files.with_passphrase(Source::bytes(passphrase, "the terminal"));
            }
            _ => return Ok(files),
        }
    }
}

/// Calls `open` until the passphrase fits, the first time without any.
///
/// # Errors
/// Those of `open` and of [`opened`]
pub(crate) fn with_passphrase<T>(
    options: &Options,
    mut open: impl FnMut(Option<&[u8]>) -> Result<T>,
) -> Result<T> {
    let mut asker = Asker::default();
    let mut result = open(None);
    while Asker::may_ask(options) {
        match result {
            Err(error) if is_about_passphrase(&error) => {
                let passphrase = asker.ask(error)?;
                result = open(Some(passphrase.as_slice()));
            }
            _ => break,
        }
    }
    result
}

fn is_about_passphrase(error: &Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::PrivateKeyEncrypted | ErrorCode::PassphraseIncorrect
    )
}

#[derive(Default)]
struct Asker {
    tries: u32,
}

impl Asker {
    fn may_ask(options: &Options) -> bool {
        let given = [
            OptionName::PrivateKeyPassphrase,
            OptionName::PrivateKeyPassphraseSource,
        ];
        !given.iter().any(|name| options.is_given(*name)) && Terminal::open().is_some()
    }

    /// Asks because of this error, which is raised where there is no answer.
    fn ask(&mut self, error: Error) -> Result<Zeroizing<Vec<u8>>> {
        if self.tries == TRIES {
            return Err(error);
        }
        let prompt = match self.tries {
            0 => "Passphrase of the private key: ",
            _ => "Wrong. Passphrase of the private key: ",
        };
        self.tries += 1;
        let mut terminal = Terminal::open();
        let answer = terminal.as_mut().and_then(|terminal| terminal.ask(prompt));
        answer.filter(|it| !it.is_empty()).ok_or(error)
    }
}
