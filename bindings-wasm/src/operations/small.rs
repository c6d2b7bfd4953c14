//! The version, the codes, ARNs, endpoints, blocks of PEM, and housekeeping.

use crate::Instance;
use crate::arguments::{Arguments, wrong};
use crate::handles::handle;
use rolesanywhere_core::encoding::base64;
use rolesanywhere_core::endpoint::{Endpoint, EndpointVariant, Partition};
use rolesanywhere_core::error::{ErrorCode, Result};
use rolesanywhere_core::{ProfileArn, RoleArn, TrustAnchorArn};
use serde_json::{Value, json};

pub(super) fn version(_: &mut Instance, _: &Arguments) -> Result<Value> {
    Ok(json!({ "version": env!("CARGO_PKG_VERSION"), "rsa": cfg!(feature = "rsa") }))
}

pub(super) fn error_codes(_: &mut Instance, _: &Arguments) -> Result<Value> {
    let rows = ErrorCode::ALL.iter().map(|code| {
        json!({
            "code": code.as_str(),
            "number": code.number(),
            "kind": code.kind().as_str(),
            "retryable": code.usually_retryable(),
            "hint": code.hint(),
        })
    });
    Ok(rows.collect())
}

/// Randomness that blinds RSA; without RSA in the build it does nothing.
pub(super) fn seed(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    instance.backend.seed(&arguments.bytes("seed")?)?;
    Ok(Value::Null)
}

pub(super) fn free(instance: &mut Instance, arguments: &Arguments) -> Result<Value> {
    instance.handles.free(handle(arguments, "handle")?);
    Ok(Value::Null)
}

pub(super) fn arn(_: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let text = arguments.text("arn")?;
    let regional = |partition: &str, region: &str, account_id: &str| json!({ "partition": partition, "region": region, "account_id": account_id });
    match arguments.text("kind")? {
        "trust_anchor" => {
            let arn = TrustAnchorArn::parse(text)?;
            Ok(regional(arn.partition(), arn.region(), arn.account_id()))
        }
        "profile" => {
            let arn = ProfileArn::parse(text)?;
            Ok(regional(arn.partition(), arn.region(), arn.account_id()))
        }
        "role" => {
            let arn = RoleArn::parse(text)?;
            Ok(json!({
                "partition": arn.partition(),
                "account_id": arn.account_id(),
                "role_name": arn.role_name(),
            }))
        }
        _ => Err(wrong("kind", "`trust_anchor`, `profile` or `role`")),
    }
}

pub(super) fn endpoint(_: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let endpoint = match arguments.optional_text("endpoint")? {
        Some(text) => Endpoint::parse(text, arguments.flag("allow_http")?)?,
        None => {
            let variant = EndpointVariant {
                use_fips_endpoint: arguments.flag("use_fips_endpoint")?,
                use_dualstack_endpoint: arguments.flag("use_dualstack_endpoint")?,
            };
            let partition = Partition::from_id(arguments.text("partition")?)?;
            Endpoint::for_region(partition, arguments.text("region")?, variant)?
        }
    };
    Ok(json!({ "url": endpoint.join("/sessions") }))
}

pub(super) fn pem(_: &mut Instance, arguments: &Arguments) -> Result<Value> {
    let data = arguments.bytes("data")?;
    let mut blocks = Vec::new();
    for block in rolesanywhere_core::pem::blocks(&data)? {
        let block = block?;
        blocks.push(json!({ "label": block.label(), "content": base64(block.der()) }));
    }
    Ok(json!({ "blocks": blocks }))
}
