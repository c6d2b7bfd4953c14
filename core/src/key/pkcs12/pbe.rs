//! PKCS#12's own encryption (RFC 7292 appendix C): 3DES and RC2, keys from SHA-1.

use crate::error::Result;
use crate::fields::{self, Fields};
use crate::key::hash::{Hash, Purpose};
use crate::key::malformed;
use crate::key::password::Password;
use crate::key::pbes2::cbc;
use crate::key::work::Work;
use aes::cipher::KeyInit;
use alloc::{vec, vec::Vec};
use const_oid::ObjectIdentifierRef;
use der::asn1::{AnyRef, ObjectIdentifier};
use zeroize::Zeroizing;

const PBE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1");

/// One of the schemes; the two with RC4 are not read.
#[derive(Debug, Clone, Copy)]
pub(in crate::key) enum Scheme {
    TripleDes,
    TripleDesTwoKeys,
    Rc2Of128Bits,
    Rc2Of40Bits,
}

/// ```text
/// pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER }
/// ```
struct Parameters<'a> {
    salt: &'a [u8],
    iterations: u64,
}

impl<'a> Parameters<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                salt: fields.octets()?,
                iterations: fields.number()?,
            })
        })
    }
}

impl Scheme {
    /// The scheme of an identifier, where it is one of these.
    pub(in crate::key) fn of(oid: &ObjectIdentifierRef) -> Option<Self> {
        Some(match oid.as_bytes().strip_prefix(PBE.as_bytes())? {
            [3] => Self::TripleDes,
            [4] => Self::TripleDesTwoKeys,
            [5] => Self::Rc2Of128Bits,
            [6] => Self::Rc2Of40Bits,
            _ => return None,
        })
    }

    /// As [`encrypted::decrypt`](crate::key::encrypted::decrypt).
    pub(in crate::key) fn decrypt(
        self,
        parameters: Option<AnyRef<'_>>,
        data: &[u8],
        password: &Password<'_>,
        work: &mut Work,
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let parameters = parameters
            .and_then(|any| Fields::within(any).and_then(Parameters::read).ok())
            .ok_or_else(|| malformed("the parameters of the key's encryption are malformed"))?;
        let iterations = work.iterations(parameters.iterations)?;
        let derive = |purpose, length| {
            let mut octets = Zeroizing::new(vec![0; length]);
            let salt = parameters.salt;
            Hash::Sha1.pkcs12(purpose, password.bmp(), salt, iterations, &mut octets);
            octets
        };
        let key = derive(Purpose::Key, self.key_length());
        let vector = derive(Purpose::Vector, 8);
        Ok(self.decrypt_with(&key, &vector, data))
    }

    const fn key_length(self) -> usize {
        match self {
            Self::TripleDes => 24,
            Self::TripleDesTwoKeys | Self::Rc2Of128Bits => 16,
            Self::Rc2Of40Bits => 5,
        }
    }

    fn decrypt_with(self, key: &[u8], vector: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            // Of two keys the first is the third too.
            Self::TripleDes | Self::TripleDesTwoKeys => {
                let keys = Zeroizing::new(key.repeat(2));
                let cipher = des::TdesEde3::new_from_slice(keys.get(..24)?).ok()?;
                cbc(&cipher, vector, data)
            }
            Self::Rc2Of128Bits => cbc(&rc2::Rc2::new_with_eff_key_len(key, 128), vector, data),
            Self::Rc2Of40Bits => cbc(&rc2::Rc2::new_with_eff_key_len(key, 40), vector, data),
        }
    }
}
