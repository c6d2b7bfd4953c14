//! PKCS#12 (RFC 7292): certificates and keys in one file, under one passphrase.

mod bags;
mod ber;
mod mac;
pub(super) mod pbe;

use super::malformed;
use super::password::Password;
use super::refusal::{self, passphrase_incorrect, passphrase_missing};
use super::work::Work;
use crate::error::{Error, Result};
use crate::pem::Block;
use alloc::vec::Vec;
use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Sequence};
use mac::MacData;

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// ```text
/// PFX ::= SEQUENCE {
///   version  INTEGER {v3(3)},
///   authSafe ContentInfo,
///   macData  MacData OPTIONAL }
/// ```
#[derive(Sequence)]
struct Pfx<'a> {
    version: u8,
    content: ContentInfo<'a>,
    mac: Option<MacData<'a>>,
}

/// RFC 5652 §3.
#[derive(Sequence)]
struct ContentInfo<'a> {
    content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    content: AnyRef<'a>,
}

/// The certificates and the private keys, each as the block that it would be in PEM; names and
/// identifiers of the entries are left behind.
///
/// Where there is a MAC, nothing is read before it is verified. Without a passphrase the empty one
/// is tried, in both ways that it can be written.
pub(super) fn open(file: &[u8], passphrase: Option<&[u8]>) -> Result<Vec<Block<'static>>> {
    let file = ber::to_der(file).ok_or_else(damaged)?;
    let file = Pfx::from_der(&file).map_err(|_| damaged())?;
    if file.content.content_type == SIGNED_DATA {
        return Err(refusal::signed_pkcs12());
    }
    if file.version != 3 || file.content.content_type != DATA {
        return Err(damaged());
    }
    let content = file.content.octets()?;
    let mut work = Work::default();
    for password in Password::readings(passphrase.unwrap_or_default()) {
        if let Some(mac) = &file.mac
            && !mac.verifies(&password, content, &mut work)?
            // Nothing that a fuzzer invents has a MAC that holds.
            && !cfg!(fuzzing)
        {
            continue;
        }
        if let Some(blocks) = bags::open(content, &password, &mut work)? {
            return Ok(blocks);
        }
    }
    Err(match passphrase {
        None => passphrase_missing(),
        Some(_) => passphrase_incorrect(),
    })
}

impl<'a> ContentInfo<'a> {
    fn octets(&self) -> Result<&'a [u8]> {
        let octets: &OctetStringRef = self.content.decode_as().map_err(|_| damaged())?;
        Ok(octets.as_bytes())
    }
}

fn damaged() -> Error {
    malformed("the PKCS#12 file is damaged")
        .with_hint("check it with `openssl pkcs12 -in FILE -info -noout`")
}
