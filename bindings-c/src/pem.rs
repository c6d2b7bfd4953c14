//! `rolesanywhere_pem`: what is in a file.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, free};
use crate::slice::{Bytes, OwnedText, Text, bytes};
use rolesanywhere::core::error::Result;
use rolesanywhere::core::pem;
use zeroize::Zeroizing;

/// The blocks of a PEM file in its order. Immutable: any number of threads may read one. Wiped when
/// freed: a block may be a private key.
///
/// The texts and bytes that it lends live as long as it does.
pub struct PemHandle(Vec<(OwnedText, Zeroizing<Vec<u8>>)>);

impl PemHandle {
    fn parse(data: &[u8]) -> Result<Self> {
        let blocks = pem::blocks(data)?.map(|block| {
            let block = block?;
            let content = Zeroizing::new(block.der().to_vec());
            Ok((OwnedText::new(block.label()), content))
        });
        blocks.collect::<Result<Vec<_>>>().map(Self)
    }
}

/// Lists the blocks of a PEM file; DER counts as one block with the label that its PEM would have.
///
/// `*pem` is the caller's, to be freed with `rolesanywhere_pem_free`; it borrows nothing. Any thread.
/// Fails with `file_empty`, `file_too_large`, `pem_malformed`.
///
/// # Safety
/// `data` points to as many bytes as its length says; `pem` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pem_parse(
    data: *const u8,
    data_length: usize,
    pem: *mut *mut PemHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(pem, "pem")?;
            out.give(PemHandle::parse(bytes(data, data_length, "data")?)?);
            Ok(())
        })
    }
}

/// How many blocks there are; 0 for NULL.
///
/// # Safety
/// `pem` is NULL or a list that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pem_count(pem: *const PemHandle) -> usize {
    // SAFETY: the caller's promise above.
    unsafe { ask(pem, 0, |it| Some(it.0.len())) }
}

/// A block's label, such as `CERTIFICATE`. Borrowed from the list; none beyond the last.
///
/// # Safety
/// `pem` is NULL or a list that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pem_label(pem: *const PemHandle, index: usize) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(pem, Text::NONE, |it| {
            it.0.get(index).map(|(label, _)| label.lend())
        })
    }
}

/// A block's content, which is DER as a rule and not checked. Borrowed from the list; none beyond the
/// last.
///
/// # Safety
/// `pem` is NULL or a list that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pem_content(pem: *const PemHandle, index: usize) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(pem, Bytes::NONE, |it| {
            it.0.get(index).map(|(_, content)| Bytes::of(content))
        })
    }
}

/// Ends a list and what it lent. NULL is fine.
///
/// # Safety
/// `pem` is NULL or a list that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_pem_free(pem: *mut PemHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(pem) }
}
