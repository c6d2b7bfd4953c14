//! Certificates and keys, and what is to be said of them.

use crate::Instance;
use crate::answer;
use crate::arguments::Arguments;
use crate::handles::Object as Kept;
use crate::json::{Json, Object};
use rolesanywhere_core::error::Result;
use rolesanywhere_core::identity::{Finding, load_identity};
use rolesanywhere_core::{Backend, Identity, PrivateKey};

pub(super) fn from_pem(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let certificate = arguments.bytes("certificate")?;
    let chain = arguments.optional_bytes("chain")?;
    let chain = chain.as_ref().map(|chain| chain.as_slice());
    let identity = Identity::from_pem(&certificate, chain)?;
    Ok(keep(instance, identity)?.done())
}

pub(super) fn load(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let parts = arguments.list_of_bytes("parts")?;
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_slice()).collect();
    let passphrase = arguments.optional_bytes("passphrase")?;
    let passphrase = passphrase.as_ref().map(|it| it.as_slice());
    let (identity, key) = load_identity(&parts, passphrase, &instance.backend)?;
    let mut facts = keep(instance, identity)?;
    if let Some(key) = key {
        let key = instance.handles.insert(Kept::PrivateKey(key))?;
        facts.number("private_key", key.into());
    }
    Ok(facts.done())
}

pub(super) fn findings(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let identity = instance.handles.identity(arguments)?;
    let key = instance.handles.optional_private_key(arguments)?;
    let findings = identity.findings(arguments.time("now")?, key);
    Ok(Json::list(findings.iter().map(finding)))
}

pub(super) fn check(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let identity = instance.handles.identity(arguments)?;
    let key = instance.handles.optional_private_key(arguments)?;
    identity.check(arguments.time("now")?, key)?;
    Ok(Json::null())
}

pub(super) fn private_key_from_pem(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let passphrase = arguments.optional_bytes("passphrase")?;
    let passphrase = passphrase.as_ref().map(|it| it.as_slice());
    let key = PrivateKey::from_pem(&arguments.bytes("data")?, passphrase)?;
    let key = instance.backend.signing_key(key)?;
    let algorithm = key.public_key().algorithm().as_str();
    let handle = instance.handles.insert(Kept::PrivateKey(key))?;
    Ok(Object::new()
        .number("private_key", handle.into())
        .text("key_algorithm", algorithm)
        .done())
}

pub(super) fn private_key_matches(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let identity = instance.handles.identity(arguments)?;
    let key = instance.handles.private_key(arguments)?;
    Ok(Json::flag(key.public_key() == identity.public_key()))
}

fn keep(instance: &mut Instance, identity: Identity) -> Result<Object> {
    let handle = instance.handles.insert(Kept::Identity(identity.clone()))?;
    Ok(answer::identity(handle, &identity))
}

fn finding(finding: &Finding) -> Json {
    Object::new()
        .text("code", finding.error.code().as_str())
        .text("severity", finding.severity.as_str())
        .text("fact", finding.error.message())
        .text("hint", finding.error.hint())
        .flag("depends_on_clock", finding.depends_on_clock())
        .done()
}
