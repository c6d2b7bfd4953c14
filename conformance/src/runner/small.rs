//! `arn`, `endpoint`, `error_codes`.

use super::operation::Operation;
use super::{Problem, Subject};
use crate::model::project::{ErrorCodesExpected, ErrorCodesInput};
use crate::model::protocol::{ArnExpected, ArnInput, ArnKind, EndpointExpected, EndpointInput};
use rolesanywhere_core::endpoint::{self, EndpointVariant, Partition};
use rolesanywhere_core::{ErrorCode, ProfileArn, RoleArn, TrustAnchorArn};

pub(super) struct Arn;

impl Operation for Arn {
    type Input = ArnInput;
    type Expected = ArnExpected;
    const NAME: &'static str = "arn";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &ArnInput,
        _: Option<&ArnExpected>,
        _: &Subject,
    ) -> Result<ArnExpected, Problem> {
        Ok(match input.kind {
            ArnKind::TrustAnchor => {
                let arn = TrustAnchorArn::parse(&input.arn)?;
                regional(arn.partition(), arn.region(), arn.account_id())
            }
            ArnKind::Profile => {
                let arn = ProfileArn::parse(&input.arn)?;
                regional(arn.partition(), arn.region(), arn.account_id())
            }
            ArnKind::Role => {
                let arn = RoleArn::parse(&input.arn)?;
                ArnExpected {
                    partition: arn.partition().to_owned(),
                    region: None,
                    account_id: arn.account_id().to_owned(),
                    role_name: Some(arn.role_name().to_owned()),
                }
            }
        })
    }
}

fn regional(partition: &str, region: &str, account_id: &str) -> ArnExpected {
    ArnExpected {
        partition: partition.to_owned(),
        region: Some(region.to_owned()),
        account_id: account_id.to_owned(),
        role_name: None,
    }
}

pub(super) struct Endpoint;

impl Operation for Endpoint {
    type Input = EndpointInput;
    type Expected = EndpointExpected;
    const NAME: &'static str = "endpoint";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &EndpointInput,
        _: Option<&EndpointExpected>,
        _: &Subject,
    ) -> Result<EndpointExpected, Problem> {
        let endpoint = if let Some(text) = &input.endpoint {
            endpoint::Endpoint::parse(text, input.allow_http)?
        } else {
            let partition = Partition::from_id(input.partition.as_deref().unwrap_or_default())?;
            let variant = EndpointVariant {
                use_fips_endpoint: input.use_fips_endpoint,
                use_dualstack_endpoint: input.use_dualstack_endpoint,
            };
            let region = input.region.as_deref().unwrap_or_default();
            endpoint::Endpoint::for_region(partition, region, variant)?
        };
        let url = endpoint.join("/sessions");
        Ok(EndpointExpected { url })
    }
}

pub(super) struct ErrorCodes;

impl Operation for ErrorCodes {
    type Input = ErrorCodesInput;
    type Expected = ErrorCodesExpected;
    const NAME: &'static str = "error_codes";
    const FOLDER: &'static str = "project";

    fn answer(
        input: &ErrorCodesInput,
        _: Option<&ErrorCodesExpected>,
        _: &Subject,
    ) -> Result<ErrorCodesExpected, Problem> {
        let mut codes = ErrorCode::ALL.iter();
        let code = codes.find(|code| code.as_str() == input.code);
        let code = code.ok_or_else(|| Problem::broken("code", "there is no such code"))?;
        Ok(ErrorCodesExpected {
            number: code.number(),
            kind: code.kind().as_str().to_owned(),
            retryable: code.usually_retryable(),
        })
    }
}
