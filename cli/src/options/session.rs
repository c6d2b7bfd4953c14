//! Options of the request.

use super::{Given, Options};
use crate::report::Report;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::session::{CreateSession, CreateSessionOptions};
use rolesanywhere::core::{ProfileArn, RoleArn, TrustAnchorArn};

impl Options<'_> {
    /// The request, checked.
    ///
    /// # Errors
    /// codes of kind `input`
    pub(crate) fn create_session(&self, report: &Report) -> Result<CreateSession> {
        let trust_anchor = self.required("trust-anchor-arn")?;
        let profile = self.required("profile-arn")?;
        let role = self.required("role-arn")?;
        TrustAnchorArn::parse(&trust_anchor.text).map_err(|error| trust_anchor.blame(&error))?;
        ProfileArn::parse(&profile.text).map_err(|error| profile.blame(&error))?;
        RoleArn::parse(&role.text).map_err(|error| role.blame(&error))?;
        let region = self.given("region");
        let endpoint = self.endpoint()?;
        let duration = self.given("session-duration");
        let name = self.given("role-session-name");
        let properties = self.instance_properties()?;
        let options = CreateSessionOptions {
            trust_anchor_arn: &trust_anchor.text,
            profile_arn: &profile.text,
            role_arn: &role.text,
            region: region.as_ref().map(|given| given.text.as_str()),
            endpoint: endpoint.as_ref().map(|given| given.text.as_str()),
            allow_http: self.switch("allow-http"),
            duration_seconds: duration.as_ref().map(duration_seconds).transpose()?,
            role_session_name: name.as_ref().map(|given| given.text.as_str()),
            instance_properties: &properties,
            use_fips_endpoint: self.variant("use-fips-endpoint", endpoint.as_ref(), report)?,
            use_dualstack_endpoint: self.variant(
                "use-dualstack-endpoint",
                endpoint.as_ref(),
                report,
            )?,
        };
        CreateSession::new(&options).map_err(|error| {
            let culprit = match error.code() {
                ErrorCode::RegionMalformed => region.as_ref(),
                ErrorCode::EndpointMalformed | ErrorCode::EndpointInsecure => endpoint.as_ref(),
                ErrorCode::DurationOutOfRange => duration.as_ref(),
                ErrorCode::RoleSessionNameMalformed => name.as_ref(),
                _ => None,
            };
            culprit.map_or_else(|| error.clone(), |given| given.blame(&error))
        })
    }

    /// The endpoint; the environment's can be switched off, as in every AWS SDK.
    fn endpoint(&self) -> Result<Option<Given>> {
        let Some(given) = self.given("endpoint") else {
            return Ok(None);
        };
        if given.is_flag() {
            return Ok(Some(given));
        }
        let ignore = self.variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
        let ignored = ignore
            .as_ref()
            .map(super::is_true)
            .transpose()?
            .unwrap_or(false);
        Ok((!ignored).then_some(given))
    }

    /// A switch for another host. From the environment it was not meant for an explicit endpoint.
    fn variant(&self, name: &str, endpoint: Option<&Given>, report: &Report) -> Result<bool> {
        match (self.switch_or_variable(name)?, endpoint) {
            ((true, Some(variable)), Some(endpoint)) => {
                report.note(&format!(
                    "{} is ignored, because `{}` names the endpoint",
                    variable.origin, endpoint.origin
                ));
                Ok(false)
            }
            ((on, _), _) => Ok(on),
        }
    }

    fn instance_properties(&self) -> Result<Vec<(&str, &str)>> {
        let pairs = self.all("instance-property").into_iter().map(|property| {
            property
                .split_once('=')
                .filter(|(key, _)| !key.is_empty())
                .ok_or_else(|| {
                    Error::new(
                        ErrorCode::OptionInvalid,
                        "a value of `--instance-property` is not of the form KEY=VALUE",
                    )
                })
        });
        pairs.collect()
    }
}

fn duration_seconds(given: &Given) -> Result<u32> {
    let seconds: i64 = given
        .text
        .parse()
        .map_err(|_| given.invalid("a whole number of seconds"))?;
    u32::try_from(seconds).map_err(|_| {
        given.blame(&Error::new(
            ErrorCode::DurationOutOfRange,
            format!("the session duration of {seconds} seconds is outside 900 to 43200"),
        ))
    })
}
