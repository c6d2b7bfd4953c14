//! The version, the codes, ARNs, endpoints, blocks of PEM, and housekeeping.

use crate::Instance;
use crate::arguments::Arguments;
use crate::json::Object;
use rolesanywhere_core::endpoint::{Endpoint, EndpointVariant, Partition};
use rolesanywhere_core::error::{ErrorCode, Result};
use rolesanywhere_core::{ProfileArn, RoleArn, TrustAnchorArn};

pub(super) fn version(_: &mut Instance, _: Arguments<'_>, answer: &mut Object) -> Result<()> {
    answer
        .text("version", env!("CARGO_PKG_VERSION"))
        .flag("rsa", cfg!(feature = "rsa"));
    Ok(())
}

pub(super) fn error_codes(_: &mut Instance, _: Arguments<'_>, answer: &mut Object) -> Result<()> {
    answer.list("error_codes");
    for code in ErrorCode::ALL {
        answer
            .element()
            .text("code", code.as_str())
            .number("number", code.number().into())
            .text("kind", code.kind().as_str())
            .flag("retryable", code.usually_retryable())
            .text("hint", code.hint())
            .end();
    }
    answer.end_list();
    Ok(())
}

/// Randomness that blinds RSA; without RSA in the build it does nothing.
pub(super) fn seed(instance: &mut Instance, given: Arguments<'_>, _: &mut Object) -> Result<()> {
    instance.backend.seed(&given.bytes("seed"))
}

pub(super) fn free(instance: &mut Instance, given: Arguments<'_>, _: &mut Object) -> Result<()> {
    instance.handles.free(given.small("handle"));
    Ok(())
}

pub(super) fn arn(_: &mut Instance, given: Arguments<'_>, answer: &mut Object) -> Result<()> {
    let text = given.text("arn");
    match given.text("kind") {
        "trust_anchor" => {
            let arn = TrustAnchorArn::parse(text)?;
            regional(answer, arn.partition(), arn.region(), arn.account_id());
        }
        "profile" => {
            let arn = ProfileArn::parse(text)?;
            regional(answer, arn.partition(), arn.region(), arn.account_id());
        }
        "role" => {
            let arn = RoleArn::parse(text)?;
            answer
                .text("partition", arn.partition())
                .text("account_id", arn.account_id())
                .text("role_name", arn.role_name());
        }
        _ => given.wrong("kind", "`trust_anchor`, `profile` or `role`"),
    }
    Ok(())
}

fn regional(facts: &mut Object, partition: &str, region: &str, account_id: &str) {
    facts
        .text("partition", partition)
        .text("region", region)
        .text("account_id", account_id);
}

pub(super) fn endpoint(_: &mut Instance, given: Arguments<'_>, answer: &mut Object) -> Result<()> {
    let endpoint = match given.optional_text("endpoint") {
        Some(text) => Endpoint::parse(text, given.flag("allow_http"))?,
        None => {
            let variant = EndpointVariant {
                use_fips_endpoint: given.flag("use_fips_endpoint"),
                use_dualstack_endpoint: given.flag("use_dualstack_endpoint"),
            };
            let partition = Partition::from_id(given.text("partition"))?;
            Endpoint::for_region(partition, given.text("region"), variant)?
        }
    };
    answer.text("url", &endpoint.join("/sessions"));
    Ok(())
}

pub(super) fn pem(_: &mut Instance, given: Arguments<'_>, answer: &mut Object) -> Result<()> {
    let data = given.bytes("data");
    answer.list("blocks");
    for block in rolesanywhere_core::pem::blocks(&data)? {
        let block = block?;
        answer
            .element()
            .text("label", block.label())
            .bytes("content", block.der())
            .end();
    }
    answer.end_list();
    Ok(())
}
