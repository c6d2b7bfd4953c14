//! Certificates and keys, and what is to be said of them.

use crate::Instance;
use crate::answer;
use crate::arguments::Arguments;
use crate::handles::Object;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::identity::{Finding, load_identity};
use rolesanywhere_core::{Backend, Identity, PrivateKey};
use serde_json::{Value, json};

pub(super) fn from_pem(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let certificate = arguments.bytes("certificate")?;
    let chain = arguments.optional_bytes("chain")?;
    let chain = chain.as_ref().map(|chain| chain.as_slice());
    let identity = Identity::from_pem(&certificate, chain)?;
    keep(instance, identity)
}

pub(super) fn load(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let parts = arguments.list_of_bytes("parts")?;
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_slice()).collect();
    let passphrase = arguments.optional_bytes("passphrase")?;
    let passphrase = passphrase.as_ref().map(|it| it.as_slice());
    let (identity, key) = load_identity(&parts, passphrase, &instance.backend)?;
    let mut facts = keep(instance, identity)?;
    if let (Some(key), Some(facts)) = (key, facts.as_object_mut()) {
        let key = instance.handles.insert(Object::PrivateKey(key))?;
        facts.insert("private_key".into(), key.into());
    }
    Ok(facts)
}

pub(super) fn findings(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let identity = instance.handles.identity(arguments)?;
    let key = instance.handles.optional_private_key(arguments)?;
    let findings = identity.findings(arguments.time("now")?, key);
    Ok(findings.iter().map(finding).collect())
}

pub(super) fn check(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let identity = instance.handles.identity(arguments)?;
    let key = instance.handles.optional_private_key(arguments)?;
    identity.check(arguments.time("now")?, key)?;
    Ok(Value::Null)
}

pub(super) fn private_key_from_pem(
    instance: &mut Instance,
    arguments: &Arguments,
) -> Result<Value> {
    let passphrase = arguments.optional_bytes("passphrase")?;
    let passphrase = passphrase.as_ref().map(|it| it.as_slice());
    let key = PrivateKey::from_pem(&arguments.bytes("data")?, passphrase)?;
    let key = instance.backend.signing_key(key)?;
    let algorithm = key.public_key().algorithm().as_str();
    let handle = instance.handles.insert(Object::PrivateKey(key))?;
    Ok(json!({ "private_key": handle, "key_algorithm": algorithm }))
}

pub(super) fn private_key_matches(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let identity = instance.handles.identity(arguments)?;
    let key = instance.handles.private_key(arguments)?;
    Ok(Value::Bool(key.public_key() == identity.public_key()))
}

fn keep(instance: &mut Instance, identity: Identity) -> Result<Value> {
    let handle = instance
        .handles
        .insert(Object::Identity(identity.clone()))?;
    Ok(answer::identity(handle, &identity))
}

fn finding(finding: &Finding) -> Value {
    json!({
        "code": finding.error.code().as_str(),
        "severity": finding.severity.as_str(),
        "fact": finding.error.message(),
        "hint": finding.error.hint(),
        "depends_on_clock": finding.depends_on_clock(),
    })
}
