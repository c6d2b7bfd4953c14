//! Certificates and keys, and what is to be said of them.

use crate::Instance;
use crate::answer;
use crate::arguments::{Arguments, Bytes};
use crate::handles::Object as Kept;
use crate::json::Object;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::identity::load_identity;
use rolesanywhere_core::{Backend, Identity, PrivateKey};

pub(super) fn from_pem(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let chain = given.optional_bytes("chain");
    let identity = Identity::from_pem(&given.bytes("certificate"), octets(&chain))?;
    keep(instance, given, answer, identity)
}

pub(super) fn load(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let parts = given.list_of_bytes("parts");
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_slice()).collect();
    let passphrase = given.optional_bytes("passphrase");
    let (identity, key) = load_identity(&parts, octets(&passphrase), &instance.backend)?;
    keep(instance, given, answer, identity)?;
    if let Some(key) = key {
        let kept = Kept::PrivateKey(key);
        instance.handles.keep(given, answer, kept)?;
    }
    Ok(())
}

pub(super) fn findings(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let now = given.time("now");
    let identity = instance.handles.identity(given)?;
    let key = instance.handles.optional_private_key(given)?;
    answer.list("findings");
    for finding in identity.findings(now, key) {
        answer
            .element()
            .text("code", finding.error.code().as_str())
            .text("severity", finding.severity.as_str())
            .text("fact", finding.error.message())
            .text("hint", finding.error.hint())
            .flag("depends_on_clock", finding.depends_on_clock())
            .end();
    }
    answer.end_list();
    Ok(())
}

pub(super) fn check(instance: &mut Instance, given: Arguments<'_>, _: &mut Object) -> Result<()> {
    let now = given.time("now");
    let identity = instance.handles.identity(given)?;
    identity.check(now, instance.handles.optional_private_key(given)?)
}

pub(super) fn private_key_from_pem(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let passphrase = given.optional_bytes("passphrase");
    let key = PrivateKey::from_pem(&given.bytes("data"), octets(&passphrase))?;
    let key = instance.backend.signing_key(key)?;
    answer.text("key_algorithm", key.public_key().algorithm().as_str());
    let kept = Kept::PrivateKey(key);
    instance.handles.keep(given, answer, kept)
}

pub(super) fn private_key_matches(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
) -> Result<()> {
    let identity = instance.handles.identity(given)?;
    let key = instance.handles.private_key(given)?;
    answer.flag("matches", key.public_key() == identity.public_key());
    Ok(())
}

fn keep(
    instance: &mut Instance,
    given: Arguments<'_>,
    answer: &mut Object,
    identity: Identity,
) -> Result<()> {
    answer::identity(answer, &identity);
    let kept = Kept::Identity(identity);
    instance.handles.keep(given, answer, kept)
}

fn octets(bytes: &Option<Bytes>) -> Option<&[u8]> {
    bytes.as_ref().map(|bytes| bytes.as_slice())
}
