//! The temporary credentials the emulator hands out, and how it knows them again.
//!
//! Nothing is stored. The secret follows from the access key id, and the session token carries who
//! it stands for, both under a key that lives as long as the emulator does.

use crate::arn::Arn;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::{hmac, rand};
use base64ct::{Base64, Encoding};
use rolesanywhere_core::Timestamp;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Hands out credentials and recognises them.
#[derive(Debug)]
pub(crate) struct Mint(hmac::Key);

/// Who a session stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// `arn:…:sts::ACCOUNT:assumed-role/ROLE/SESSION`
    pub(crate) assumed_role_arn: String,
    /// `AROA…:SESSION`
    pub(crate) assumed_role_id: String,
    pub(crate) account: String,
    pub(crate) role_arn: String,
    pub(crate) source_identity: String,
    pub(crate) tags: BTreeMap<String, String>,
    /// Unix seconds.
    pub(crate) expiration: i64,
}

/// A set of temporary credentials.
pub(crate) struct Minted {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) session_token: String,
    pub(crate) expiration: Timestamp,
}

impl Session {
    /// The session of a role, named `name`.
    pub(crate) fn new(
        role: &Arn,
        name: &str,
        source_identity: String,
        tags: BTreeMap<String, String>,
        expiration: i64,
    ) -> Self {
        Self {
            assumed_role_arn: format!(
                "arn:{}:sts::{}:assumed-role/{}/{name}",
                role.partition(),
                role.account(),
                role.name()
            ),
            assumed_role_id: format!("{}:{name}", role_id(role)),
            account: role.account().to_owned(),
            role_arn: role.as_str().to_owned(),
            source_identity,
            tags,
            expiration,
        }
    }
}

/// `AROA` and 17 letters that follow from the role's ARN.
fn role_id(role: &Arn) -> String {
    let hash = digest(&SHA256, role.as_str().as_bytes());
    let letters = letters(hash.as_ref());
    "AROA".chars().chain(letters.chars().take(17)).collect()
}

/// The payload of a session token.
#[derive(Serialize, Deserialize)]
struct Claims {
    access_key_id: String,
    session: Session,
}

impl Mint {
    /// A mint with a new key.
    pub(crate) fn new() -> Result<Self> {
        let mut key = [0; 32];
        fill(&mut key)?;
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &key)))
    }

    /// Credentials for a session.
    pub(crate) fn issue(&self, session: Session) -> Result<Minted> {
        let mut random = [0; 16];
        fill(&mut random)?;
        let letters = random
            .iter()
            .map(|byte| ALPHABET.get(usize::from(byte % 32)));
        let letters: String = letters.flatten().copied().map(char::from).collect();
        let access_key_id = format!("ASIA{letters}");
        let expiration = Timestamp::from_unix_seconds(session.expiration)?;
        let claims = Claims {
            access_key_id,
            session,
        };
        let payload = serde_json::to_vec(&claims)
            .map_err(|_| Error::new(ErrorCode::Internal, "a session token could not be written"))?;
        let seal = hmac::sign(&self.0, &labelled(b"token", &payload));
        Ok(Minted {
            secret_access_key: self.secret_of(&claims.access_key_id),
            session_token: Base64::encode_string(&[seal.as_ref(), &payload].concat()),
            access_key_id: claims.access_key_id,
            expiration,
        })
    }

    /// The session that a token stands for, if this mint made the token, and for this key.
    pub(crate) fn session(&self, access_key_id: &str, session_token: &str) -> Option<Session> {
        let sealed = Base64::decode_vec(session_token).ok()?;
        let (seal, payload) = sealed.split_at_checked(32)?;
        hmac::verify(&self.0, &labelled(b"token", payload), seal).ok()?;
        let claims: Claims = serde_json::from_slice(payload).ok()?;
        (claims.access_key_id == access_key_id).then_some(claims.session)
    }

    /// The secret access key of an access key id, whether or not it was ever handed out.
    pub(crate) fn secret_of(&self, access_key_id: &str) -> String {
        let tag = hmac::sign(&self.0, &labelled(b"secret", access_key_id.as_bytes()));
        let thirty: Vec<u8> = tag.as_ref().iter().copied().take(30).collect();
        Base64::encode_string(&thirty)
    }
}

/// A letter of AWS's ids for each byte.
fn letters(bytes: &[u8]) -> String {
    let letters = bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
    letters.copied().map(char::from).collect()
}

/// One key for two purposes: the label keeps them apart.
fn labelled(label: &[u8], message: &[u8]) -> Vec<u8> {
    [label, b"\0", message].concat()
}

pub(crate) fn fill(bytes: &mut [u8]) -> Result<()> {
    rand::fill(bytes).map_err(|_| Error::new(ErrorCode::Internal, "no randomness could be had"))
}

#[cfg(test)]
mod tests {
    use super::{Mint, Session};

    #[test]
    fn a_token_stands_for_its_own_key_only() {
        let mint = Mint::new().unwrap();
        let session = Session {
            assumed_role_arn: "arn:aws:sts::111122223333:assumed-role/R/s".to_owned(),
            assumed_role_id: "AROAX:s".to_owned(),
            account: "111122223333".to_owned(),
            role_arn: "arn:aws:iam::111122223333:role/R".to_owned(),
            source_identity: "CN=s".to_owned(),
            tags: [("x509Subject/CN".to_owned(), "s".to_owned())].into(),
            expiration: 1_800_000_000,
        };
        let minted = mint.issue(session.clone()).unwrap();
        assert_eq!(minted.access_key_id.len(), 20);
        assert_eq!(minted.secret_access_key.len(), 40);
        assert_eq!(
            minted.secret_access_key,
            mint.secret_of(&minted.access_key_id)
        );
        let (key, token) = (&minted.access_key_id, &minted.session_token);
        assert_eq!(mint.session(key, token), Some(session));
        assert_eq!(mint.session("ASIAOTHER", token), None);
        assert_eq!(Mint::new().unwrap().session(key, token), None);
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(mint.session(key, &changed), None, "octet {at}");
        }
    }
}
