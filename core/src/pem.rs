//! PEM (RFC 7468) as files carry it: text around blocks, CRLF, a byte-order mark, indented or
//! flattened blocks, RFC 1421 headers; and DER, which gets the label that its PEM would have.

pub(crate) mod conversion;
mod der_label;
mod foreign;

use crate::encoding::from_base64;
use crate::error::{Error, ErrorCode, Result};
use alloc::{format, vec::Vec};
use core::fmt;
use zeroize::Zeroizing;

/// The largest input that is read, in bytes: far above any key with its chain.
pub const MAX_INPUT: usize = 1024 * 1024;

/// One PEM block, or one DER document. What it holds is wiped on drop: it may be a private key.
pub struct Block<'a> {
    label: &'a str,
    der: Zeroizing<Vec<u8>>,
    encrypted: bool,
}

impl Block<'_> {
    /// What was inside a container, under the label that it would have had outside.
    #[cfg(feature = "encrypted-keys")]
    pub(crate) const fn unpacked(label: &'static str, der: Zeroizing<Vec<u8>>) -> Self {
        Self {
            label,
            der,
            encrypted: false,
        }
    }

    /// The label, such as `CERTIFICATE`; empty for DER of an unknown shape.
    ///
    /// DER is told by its outermost shape alone: whether the content can be read is for the reader
    /// of that content to say. DER of a PKCS#12 file gets `PKCS12`. Files of other programs that are
    /// neither get a label to be refused by: `JAVA KEYSTORE`, `PUTTY PRIVATE KEY`.
    #[must_use]
    pub fn label(&self) -> &str {
        self.label
    }

    /// The content; empty when the block is [encrypted](Self::is_encrypted).
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether the block has the header `Proc-Type: 4,ENCRYPTED` (RFC 1421 §4.6.1.1).
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.encrypted
    }
}

/// Label and length only.
impl fmt::Debug for Block<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Block({}, {} bytes)", self.label, self.der.len())
    }
}

/// The blocks of one input, in its order. Stops after the first error.
#[derive(Debug)]
pub struct Blocks<'a>(Rest<'a>);

enum Rest<'a> {
    Pem(&'a [u8]),
    Whole(&'static str, &'a [u8]),
}

/// Lengths only: what is left may hold a key.
impl fmt::Debug for Rest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (form, left) = match self {
            Self::Pem(left) => ("Pem", left),
            Self::Whole(label, left) => (*label, left),
        };
        write!(formatter, "{form}({} bytes)", left.len())
    }
}

/// Splits an input, PEM or DER, into its blocks.
///
/// Text outside of blocks is skipped. An input without any block gives none: whoever looks for a
/// certificate or a key says that there is none. Base64 is decoded in constant time.
///
/// # Errors
/// `file_empty`, also for white space alone; `file_too_large` above [`MAX_INPUT`]; `pem_malformed`
/// for UTF-16. The iterator gives `pem_malformed` for a block that is cut off or damaged.
///
/// # Examples
/// ```
/// let text = b"some text\n-----BEGIN X-----\nMAA=\n-----END X-----\n";
/// let mut blocks = rolesanywhere_core::pem::blocks(text)?;
/// let block = blocks.next().expect("there is one block")?;
/// assert_eq!((block.label(), block.der()), ("X", &[0x30, 0x00][..]));
/// assert!(blocks.next().is_none());
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
pub fn blocks(data: &[u8]) -> Result<Blocks<'_>> {
    if data.len() > MAX_INPUT {
        return Err(Error::new(
            ErrorCode::FileTooLarge,
            format!("the input is {} bytes long, over 1 MiB", data.len()),
        ));
    }
    let text = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorCode::FileEmpty, "the input is empty"));
    }
    if data.starts_with(b"\xff\xfe") || data.starts_with(b"\xfe\xff") {
        return Err(malformed("the input is UTF-16 text")
            .with_hint("save the file as ASCII or UTF-8; `>` in older PowerShell writes UTF-16"));
    }
    if let Some(label) = foreign::label(text) {
        return Ok(Blocks(Rest::Whole(label, &[])));
    }
    let is_der = match der_label::exact_sequence(data) {
        Some(exact) => exact || find(text, BEGIN).is_none(),
        None => false,
    };
    Ok(Blocks(if is_der {
        Rest::Whole(der_label::label(data), data)
    } else {
        Rest::Pem(text)
    }))
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Result<Block<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.0 {
            Rest::Whole(label, der) => {
                self.0 = Rest::Pem(&[]);
                Some(Ok(Block {
                    label,
                    der: Zeroizing::new(der.to_vec()),
                    encrypted: false,
                }))
            }
            Rest::Pem(text) => {
                let block = next_block(text).transpose()?;
                let rest = block.as_ref().map_or(&[][..], |(_, rest)| rest);
                self.0 = Rest::Pem(rest);
                Some(block.map(|(block, _)| block))
            }
        }
    }
}

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"END ";
const DASHES: &[u8] = b"-----";
const LONGEST_LABEL: usize = 64;

fn next_block(text: &[u8]) -> Result<Option<(Block<'_>, &[u8])>> {
    let Some(after_begin) = find_begin(text) else {
        return Ok(None);
    };
    let (label, after_label) =
        split_label(after_begin).ok_or_else(|| malformed("a PEM block's BEGIN line is damaged"))?;
    let cut_off = || {
        malformed(format!(
            "the PEM block {label} is cut off before its END line"
        ))
    };
    let (body, after_body) = split_at_dashes(after_label).ok_or_else(cut_off)?;
    let (end_label, rest) = after_body
        .strip_prefix(END)
        .and_then(split_label)
        .ok_or_else(cut_off)?;
    if end_label != label {
        return Err(malformed(format!(
            "the PEM block {label} ends as {end_label}"
        )));
    }
    let block = decode(label, body).ok_or_else(|| not_base64(label, body))?;
    Ok(Some((block, rest)))
}

fn not_base64(label: &str, body: &[u8]) -> Error {
    let error = malformed(format!("the PEM block {label} is not base64"));
    match find(body, b"\\n") {
        Some(_) => error.with_hint("put real line breaks, or spaces, where the text has `\\n`"),
        None => error,
    }
}

/// What follows the next `-----BEGIN ` that has nothing but blanks before it in its line.
fn find_begin(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        let (before, after) = split(text, BEGIN)?;
        let line = before.rsplit(|byte| matches!(byte, b'\n' | b'\r')).next();
        if line.is_none_or(|line| line.iter().all(u8::is_ascii_whitespace)) {
            return Some(after);
        }
        text = after;
    }
}

fn split_label(text: &[u8]) -> Option<(&str, &[u8])> {
    let (label, rest) = split_at_dashes(text)?;
    let printable = label.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let label = str::from_utf8(label).ok()?;
    (printable && label.len() <= LONGEST_LABEL).then_some((label, rest))
}

fn split_at_dashes(text: &[u8]) -> Option<(&[u8], &[u8])> {
    split(text, DASHES)
}

fn decode<'a>(label: &'a str, body: &[u8]) -> Option<Block<'a>> {
    let (headers, body) = split_headers(body)?;
    let encrypted = find(headers, b"ENCRYPTED").is_some();
    let der = if encrypted {
        Zeroizing::default()
    } else {
        decode_base64(body)?
    };
    Some(Block {
        label,
        der,
        encrypted,
    })
}

/// Headers (RFC 1421 §4.4) are told by their colon, which base64 has not, and end at a blank line.
fn split_headers(body: &[u8]) -> Option<(&[u8], &[u8])> {
    if !body.contains(&b':') {
        return Some((&[], body));
    }
    split(body, b"\n\n").or_else(|| split(body, b"\n\r\n"))
}

fn decode_base64(body: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(Vec::with_capacity(body.len()));
    text.extend(body.iter().filter(|byte| !byte.is_ascii_whitespace()));
    from_base64(&text).filter(|der| !der.is_empty())
}

fn split<'a>(text: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (before, from) = text.split_at_checked(find(text, separator)?)?;
    Some((before, from.strip_prefix(separator)?))
}

fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    text.windows(needle.len())
        .position(|window| window == needle)
}

fn malformed(message: impl Into<alloc::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorCode::PemMalformed, message)
}

#[cfg(test)]
mod tests;
