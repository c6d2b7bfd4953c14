//! The version, the codes, ARNs, endpoints, blocks of PEM, and housekeeping.

use crate::Instance;
use crate::arguments::{Arguments, wrong};
use crate::handles::handle;
use crate::json::{Json, Object};
use rolesanywhere_core::encoding::base64;
use rolesanywhere_core::endpoint::{Endpoint, EndpointVariant, Partition};
use rolesanywhere_core::error::{ErrorCode, Result};
use rolesanywhere_core::{ProfileArn, RoleArn, TrustAnchorArn};

pub(super) fn version(_: &mut Instance, _: &Arguments) -> Result<Json> {
    Ok(Object::new()
        .text("version", env!("CARGO_PKG_VERSION"))
        .flag("rsa", cfg!(feature = "rsa"))
        .done())
}

pub(super) fn error_codes(_: &mut Instance, _: &Arguments) -> Result<Json> {
    let rows = ErrorCode::ALL.iter().map(|code| {
        Object::new()
            .text("code", code.as_str())
            .number("number", code.number().into())
            .text("kind", code.kind().as_str())
            .flag("retryable", code.usually_retryable())
            .text("hint", code.hint())
            .done()
    });
    Ok(Json::list(rows))
}

/// Randomness that blinds RSA; without RSA in the build it does nothing.
pub(super) fn seed(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    instance.backend.seed(&arguments.bytes("seed")?)?;
    Ok(Json::null())
}

pub(super) fn free(instance: &mut Instance, arguments: &Arguments) -> Result<Json> {
    instance.handles.free(handle(arguments, "handle")?);
    Ok(Json::null())
}

pub(super) fn arn(_: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let text = arguments.text("arn")?;
    let regional = |partition: &str, region: &str, account_id: &str| {
        Object::new()
            .text("partition", partition)
            .text("region", region)
            .text("account_id", account_id)
            .done()
    };
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
            Ok(Object::new()
                .text("partition", arn.partition())
                .text("account_id", arn.account_id())
                .text("role_name", arn.role_name())
                .done())
        }
        _ => Err(wrong("kind", "`trust_anchor`, `profile` or `role`")),
    }
}

pub(super) fn endpoint(_: &mut Instance, arguments: &Arguments) -> Result<Json> {
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
    Ok(Object::new()
        .text("url", &endpoint.join("/sessions"))
        .done())
}

pub(super) fn pem(_: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let data = arguments.bytes("data")?;
    let mut blocks = Vec::new();
    for block in rolesanywhere_core::pem::blocks(&data)? {
        let block = block?;
        blocks.push(
            Object::new()
                .text("label", block.label())
                .text("content", &base64(block.der()))
                .done(),
        );
    }
    let blocks = Json::list(blocks);
    Ok(Object::new().member("blocks", &blocks).done())
}
