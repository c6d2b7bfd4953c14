//! One consistent view of certificate, key and chain.

pub use rolesanywhere_core::provider::Snapshot;

use crate::source::{Source, SourceReader};
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::identity::{Identity, LoadFailure, Loaded, load_parts};
use std::io::Read;
use zeroize::Zeroizing;

/// Where an identity is read from, as often as one is needed.
#[derive(Debug)]
pub struct IdentitySources {
    certificate: Source,
    private_key: Option<Source>,
    intermediates: Option<Source>,
    passphrase: Option<Source>,
}

impl IdentitySources {
    /// The certificate, and its key and chain where nothing else names them.
    #[must_use]
    pub const fn new(certificate: Source) -> Self {
        Self {
            certificate,
            private_key: None,
            intermediates: None,
            passphrase: None,
        }
    }

    /// The key from its own source.
    #[must_use]
    pub fn with_private_key(mut self, private_key: Source) -> Self {
        self.private_key = Some(private_key);
        self
    }

    /// More certificates of the chain.
    #[must_use]
    pub fn with_intermediates(mut self, intermediates: Source) -> Self {
        self.intermediates = Some(intermediates);
        self
    }

    /// Reads standard input now where a source names it, so that all can be read again and again.
    ///
    /// # Errors
    /// `options_conflict` where it is named for two different things, and those of
    /// [`SourceReader::read`]
    pub fn with_standard_input(mut self, input: &mut dyn Read) -> Result<Self> {
        let nothing = |_: &str| None;
        let mut reader = SourceReader::new(&nothing).with_standard_input(input);
        let own_key = self
            .private_key
            .take_if(|key| key.same_place(&self.certificate));
        let others = self.private_key.iter_mut().chain(&mut self.intermediates);
        for source in std::iter::once(&mut self.certificate).chain(others) {
            if source.is_standard_input() {
                let option = source.option().to_owned();
                *source = Source::bytes(reader.read(source)?, option);
            }
        }
        let passphrase = self.passphrase.iter_mut();
        for source in passphrase.filter(|source| source.is_standard_input()) {
            let option = source.option().to_owned();
            *source = Source::bytes(reader.read_passphrase(source)?, option);
        }
        if let Some(key) = own_key {
            self.private_key = Some(self.certificate.named(key.option().to_owned()));
        }
        Ok(self)
    }

    /// What opens the key, or the PKCS#12 file; see [`SourceReader::read_passphrase`].
    #[must_use]
    pub fn with_passphrase(mut self, passphrase: Source) -> Self {
        self.passphrase = Some(passphrase);
        self
    }

    /// Reads every source once and takes from them one identity and the key that belongs to it.
    ///
    /// Checks that the key is the certificate's; what else may be wrong with the certificate is
    /// found by [`Identity::findings`].
    ///
    /// # Errors
    /// Those of [`SourceReader::read`], `private_key_missing`, `key_mismatch`, and the other codes
    /// of kind `identity`.
    pub fn load(&self, reader: &mut SourceReader<'_>) -> Result<Snapshot> {
        match self.read(reader)?.parse()? {
            (identity, Some(key)) => Ok(Snapshot::new(identity, key)),
            (_, None) => Err(self.private_key_missing()),
        }
    }

    /// Reads certificate and chain alone, for whoever looks at an identity without using it.
    ///
    /// # Errors
    /// Those of [`SourceReader::read`] and of [`Identity::from_pem`]
    pub fn load_certificate(&self, reader: &mut SourceReader<'_>) -> Result<Identity> {
        let certificate = reader.read(&self.certificate)?;
        let intermediates = match &self.intermediates {
            Some(source) => Some(reader.read(source)?),
            None => None,
        };
        let intermediates = intermediates.as_ref().map(|it| it.as_slice());
        Identity::from_pem(&certificate, intermediates)
    }

    /// Where the private key is read from: its own source, else the certificate's.
    #[must_use]
    pub const fn private_key(&self) -> &Source {
        match &self.private_key {
            Some(private_key) => private_key,
            None => &self.certificate,
        }
    }

    /// Reads every source once, in their order, the passphrase last.
    pub(crate) fn read(&self, reader: &mut SourceReader<'_>) -> Result<Parts<'_>> {
        let parts = self
            .distinct()
            .map(|source| Ok((source, reader.read(source)?)))
            .collect::<Result<_>>()?;
        let passphrase = match &self.passphrase {
            Some(source) => Some(reader.read_passphrase(source)?),
            None => None,
        };
        Ok(Parts { parts, passphrase })
    }

    /// The sources, without a key's that is the certificate's own.
    fn distinct(&self) -> impl Iterator<Item = &Source> {
        let own_key = self
            .private_key
            .iter()
            .filter(|key| !key.same_place(&self.certificate));
        std::iter::once(&self.certificate)
            .chain(own_key)
            .chain(&self.intermediates)
    }

    /// Whether what failed may work in a moment, because somebody is replacing what the sources
    /// hold: a file is missing, cut off, or of another pair than the rest.
    pub(crate) fn may_be_in_rotation(&self, code: ErrorCode) -> bool {
        let passphrase = self.passphrase.as_ref();
        match code {
            ErrorCode::FileNotFound
            | ErrorCode::FileEmpty
            | ErrorCode::PemMalformed
            | ErrorCode::CertificateMissing
            | ErrorCode::CertificateMalformed
            | ErrorCode::LeafAmbiguous
            | ErrorCode::PrivateKeyMissing
            | ErrorCode::PrivateKeyMalformed
            | ErrorCode::PrivateKeyAmbiguous
            | ErrorCode::KeyMismatch => self.may_change(),
            // The new key with the old passphrase, where that is replaced too.
            ErrorCode::PassphraseIncorrect => passphrase.is_some_and(Source::may_change),
            _ => false,
        }
    }

    /// Whether another read may bring something else.
    pub(crate) fn may_change(&self) -> bool {
        self.distinct()
            .chain(&self.passphrase)
            .any(Source::may_change)
    }

    pub(crate) fn private_key_missing(&self) -> Error {
        let certificate = self.certificate.option();
        let message = match &self.private_key {
            Some(key) => format!("there is no private key in what `{}` names", key.option()),
            None => format!("no private key is given, and what `{certificate}` names holds none"),
        };
        Error::new(ErrorCode::PrivateKeyMissing, message)
    }
}

/// What the sources held at one moment.
pub(crate) struct Parts<'s> {
    parts: Vec<(&'s Source, Zeroizing<Vec<u8>>)>,
    passphrase: Option<Zeroizing<Vec<u8>>>,
}

impl Parts<'_> {
    /// One identity, and the key that belongs to it where there is one.
    pub(crate) fn parse(&self) -> Result<Loaded> {
        let contents: Vec<&[u8]> = self.parts.iter().map(|(_, it)| it.as_slice()).collect();
        let passphrase = self.passphrase.as_ref().map(|it| it.as_slice());
        load_parts(&contents, passphrase, &AwsLc).map_err(|failure| self.blame(failure))
    }

    /// Everything that was read, the passphrase too.
    pub(crate) fn contents(&self) -> impl Iterator<Item = &[u8]> {
        let parts = self.parts.iter().map(|(_, content)| content);
        parts.chain(&self.passphrase).map(|it| it.as_slice())
    }

    /// Whether another read brought the same.
    pub(crate) fn same_as(&self, again: &Self) -> bool {
        self.contents().eq(again.contents())
    }

    /// Names the one source that is wrong by itself.
    fn blame(&self, failure: LoadFailure) -> Error {
        let LoadFailure { error, part, .. } = failure;
        match part.and_then(|part| self.parts.get(part)) {
            Some((source, _)) => {
                let message = format!("{} (in `{}`)", error.message(), source.option());
                Error::new(error.code(), message).with_hint(error.hint().to_owned())
            }
            None => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(texts: [&str; 3]) -> IdentitySources {
        let [certificate, key, chain] =
            texts.map(|text| Source::parse(text, text.to_owned()).unwrap());
        IdentitySources::new(certificate)
            .with_private_key(key)
            .with_intermediates(chain)
    }

    #[test]
    fn standard_input_can_be_read_again_and_again() {
        let mut input = "everything".as_bytes();
        let sources = sources(["-", "-", "env:CHAIN"])
            .with_standard_input(&mut input)
            .unwrap();
        let environment = |_: &str| Some("-----BEGIN".to_owned());
        for _ in 0..2 {
            let parts = sources.read(&mut SourceReader::new(&environment)).unwrap();
            let contents: Vec<&[u8]> = parts.contents().collect();
            let (input, chain) = (b"everything".as_slice(), b"-----BEGIN".as_slice());
            assert_eq!(contents, [input, chain]);
        }
    }

    #[test]
    fn standard_input_is_one_thing() {
        let twice = sources(["leaf.pem", "-", "-"]).with_standard_input(&mut "x".as_bytes());
        assert_eq!(twice.unwrap_err().code(), ErrorCode::OptionsConflict);
    }
}
