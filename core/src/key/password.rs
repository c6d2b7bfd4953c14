//! A passphrase as the schemes want it: PKCS#5 as bytes, PKCS#12's own schemes as UTF-16.

#[cfg(feature = "pkcs12")]
use alloc::vec::Vec;
use core::fmt;
#[cfg(feature = "pkcs12")]
use zeroize::Zeroizing;

/// One reading of a passphrase.
pub(super) struct Password<'a> {
    bytes: &'a [u8],
    #[cfg(feature = "pkcs12")]
    bmp: Zeroizing<Vec<u8>>,
}

impl<'a> Password<'a> {
    /// The reading of RFC 7292 B.1 and RFC 8018.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            #[cfg(feature = "pkcs12")]
            bmp: terminated(bytes, str::from_utf8(bytes).ok()),
        }
    }

    /// Every reading that writers of PKCS#12 have had, the right one first.
    ///
    /// The empty passphrase is two zero octets or none at all. OpenSSL before 1.1 widened each octet
    /// of UTF-8 to 16 bits instead of each character.
    #[cfg(feature = "pkcs12")]
    pub(super) fn readings(bytes: &'a [u8]) -> impl Iterator<Item = Self> {
        let other = if bytes.is_empty() {
            Some(Zeroizing::default())
        } else if bytes.is_ascii() {
            None
        } else {
            Some(terminated(bytes, None))
        };
        let other = other.map(|bmp| Self { bytes, bmp });
        core::iter::once(Self::new(bytes)).chain(other)
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        self.bytes
    }

    /// `BMPString`, and beyond its plane UTF-16 as OpenSSL does, with two zero octets at its end.
    #[cfg(feature = "pkcs12")]
    pub(super) fn bmp(&self) -> &[u8] {
        &self.bmp
    }
}

#[cfg(feature = "pkcs12")]
fn terminated(bytes: &[u8], text: Option<&str>) -> Zeroizing<Vec<u8>> {
    // Never longer than twice the bytes: nothing unwiped is left behind by growth.
    let mut bmp = Zeroizing::new(Vec::with_capacity(
        bytes.len().saturating_add(1).saturating_mul(2),
    ));
    match text {
        Some(text) => bmp.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
        None => bmp.extend(bytes.iter().flat_map(|byte| [0, *byte])),
    }
    bmp.extend([0, 0]);
    bmp
}

impl fmt::Debug for Password<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::Password;
    use alloc::format;

    #[test]
    fn printing_shows_nothing() {
        let password = Password::new(b"hunter2");
        assert_eq!(format!("{password:?}"), "Password(redacted)");
        assert_eq!(password.bytes(), b"hunter2");
    }

    #[cfg(feature = "pkcs12")]
    #[test]
    fn readings_of_pkcs12() {
        let readings = |text: &'static str| {
            Password::readings(text.as_bytes())
                .map(|password| password.bmp().to_vec())
                .collect::<alloc::vec::Vec<_>>()
        };
        assert_eq!(readings("Be"), [b"\0B\0e\0\0"]);
        assert_eq!(readings(""), [&[0, 0][..], &[]]);
        let widened = b"\0\xc3\0\xa9\0\0".to_vec();
        assert_eq!(readings("é"), [b"\0\xe9\0\0".to_vec(), widened]);
        assert_eq!(readings("😀")[0], b"\xd8\x3d\xde\x00\0\0");
    }
}
