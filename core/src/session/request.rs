//! From options to a request whose parts agree.

use super::CreateSession;
use crate::arn::{ProfileArn, RoleArn, TrustAnchorArn, is_iam_name};
use crate::encoding::{sha256_hex, uri_encode};
use crate::endpoint::{Endpoint, EndpointVariant, Partition};
use crate::error::{Error, ErrorCode, Result, shown};
use crate::json::push_string;
use crate::sigv4::Target;
use alloc::{format, string::String, vec::Vec};

/// The options of a CreateSession, as text from anywhere; [`CreateSession::new`] checks them.
#[derive(Debug, Clone, Default)]
#[expect(clippy::exhaustive_structs, reason = "built with ..Default::default()")]
pub struct CreateSessionOptions<'a> {
    /// Required: id or alias ARN.
    pub trust_anchor_arn: &'a str,
    /// Required: id or alias ARN.
    pub profile_arn: &'a str,
    /// Required.
    pub role_arn: &'a str,
    /// Default: the trust anchor's.
    pub region: Option<&'a str>,
    /// Full base URL; a path prefix is kept. Default: the region's.
    pub endpoint: Option<&'a str>,
    /// Permits plain http beyond the loopback interface.
    pub allow_http: bool,
    /// 900 to 43200 seconds; not sent unless set, and the profile's own then holds.
    pub duration_seconds: Option<u32>,
    /// 2 to 64 of `[\w+=,.@-]`; the profile must accept custom names.
    pub role_session_name: Option<&'a str>,
    /// Sent when not empty; the service accepts and ignores them.
    pub instance_properties: &'a [(&'a str, &'a str)],
    /// Asks the FIPS host of the region.
    pub use_fips_endpoint: bool,
    /// Asks the dual-stack host of the region.
    pub use_dualstack_endpoint: bool,
}

impl CreateSession {
    /// Checks the options, each alone and against the others.
    ///
    /// # Errors
    /// `arn_malformed`, `region_mismatch`, `region_malformed`, `partition_unknown`,
    /// `endpoint_malformed`, `endpoint_insecure`, `options_conflict`, `duration_out_of_range`,
    /// `role_session_name_malformed`
    pub fn new(options: &CreateSessionOptions<'_>) -> Result<Self> {
        let trust_anchor_arn = TrustAnchorArn::parse(options.trust_anchor_arn)?;
        let profile_arn = ProfileArn::parse(options.profile_arn)?;
        let role_arn = RoleArn::parse(options.role_arn)?;
        check_arns(&trust_anchor_arn, &profile_arn, &role_arn)?;
        let region = options.region.unwrap_or(trust_anchor_arn.region());
        let endpoint = endpoint(options, &trust_anchor_arn, region)?;
        let query = format!(
            "?profileArn={}&roleArn={}&trustAnchorArn={}",
            uri_encode(profile_arn.as_str()),
            uri_encode(role_arn.as_str()),
            uri_encode(trust_anchor_arn.as_str())
        );
        let body = body(options)?;
        Ok(Self {
            region: region.into(),
            target: Target::parse(&(endpoint.join("/sessions") + &query))?,
            payload_hash: sha256_hex(&body),
            body,
            duration_seconds: options.duration_seconds,
            role_session_name: options.role_session_name.map(Into::into),
            trust_anchor_arn,
            profile_arn,
            role_arn,
        })
    }
}

fn check_arns(
    trust_anchor_arn: &TrustAnchorArn,
    profile_arn: &ProfileArn,
    role_arn: &RoleArn,
) -> Result<()> {
    let anchor_region = trust_anchor_arn.region();
    if profile_arn.region() != anchor_region {
        let message = format!(
            "the trust anchor is in region `{anchor_region}` and the profile in `{}`",
            profile_arn.region()
        );
        return Err(Error::new(ErrorCode::RegionMismatch, message));
    }
    let anchor_partition = trust_anchor_arn.partition();
    let others = [
        ("profile", profile_arn.partition()),
        ("role", role_arn.partition()),
    ];
    for (what, partition) in others {
        if partition != anchor_partition {
            let message = format!(
                "the trust anchor is in partition `{anchor_partition}` and the {what} in `{partition}`"
            );
            return Err(Error::new(ErrorCode::RegionMismatch, message));
        }
    }
    Ok(())
}

fn endpoint(
    options: &CreateSessionOptions<'_>,
    trust_anchor_arn: &TrustAnchorArn,
    region: &str,
) -> Result<Endpoint> {
    let variant = EndpointVariant {
        use_fips_endpoint: options.use_fips_endpoint,
        use_dualstack_endpoint: options.use_dualstack_endpoint,
    };
    if let Some(endpoint) = options.endpoint {
        if variant != EndpointVariant::default() {
            let message = "an endpoint and a FIPS or dual-stack endpoint exclude each other";
            return Err(Error::new(ErrorCode::OptionsConflict, message));
        }
        crate::endpoint::check_region(region)?;
        return Endpoint::parse(endpoint, options.allow_http);
    }
    if region != trust_anchor_arn.region() {
        let message = format!(
            "region {} was given, and the trust anchor is in `{}`",
            shown(region),
            trust_anchor_arn.region()
        );
        return Err(Error::new(ErrorCode::RegionMismatch, message));
    }
    Endpoint::for_region(
        Partition::from_id(trust_anchor_arn.partition())?,
        region,
        variant,
    )
}

fn body(options: &CreateSessionOptions<'_>) -> Result<Vec<u8>> {
    if let Some(seconds) = options
        .duration_seconds
        .filter(|it| !(900..=43200).contains(it))
    {
        let message = format!("the session duration of {seconds} seconds is outside 900 to 43200");
        return Err(Error::new(ErrorCode::DurationOutOfRange, message));
    }
    if let Some(name) = options
        .role_session_name
        .filter(|name| !is_session_name(name))
    {
        let message = format!("{} is not a role session name", shown(name));
        return Err(Error::new(ErrorCode::RoleSessionNameMalformed, message));
    }
    Ok(json(options).into_bytes())
}

/// Members in the order of their names, without those that are not given.
fn json(options: &CreateSessionOptions<'_>) -> String {
    let mut json = String::from("{");
    if let Some(seconds) = options.duration_seconds {
        json += &format!("\"durationSeconds\":{seconds}");
    }
    let properties = sorted(options.instance_properties);
    if !properties.is_empty() {
        push_name(&mut json, "instanceProperties");
        json.push('{');
        for (name, value) in properties {
            push_name(&mut json, name);
            push_string(&mut json, value);
        }
        json.push('}');
    }
    if let Some(name) = options.role_session_name {
        push_name(&mut json, "roleSessionName");
        push_string(&mut json, name);
    }
    json.push('}');
    json
}

/// By name; of two with one name the last.
fn sorted<'a>(properties: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut sorted: Vec<(&str, &str)> = Vec::new();
    for property in properties {
        match sorted.binary_search_by_key(&property.0, |(known, _)| known) {
            Ok(at) => {
                if let Some(known) = sorted.get_mut(at) {
                    *known = *property;
                }
            }
            Err(at) => sorted.insert(at, *property),
        }
    }
    sorted
}

/// A member's, after the comma that it may need.
fn push_name(json: &mut String, name: &str) {
    if !json.ends_with("{") {
        json.push(',');
    }
    push_string(json, name);
    json.push(':');
}

fn is_session_name(name: &str) -> bool {
    (2..=64).contains(&name.len()) && is_iam_name(name)
}

#[cfg(test)]
mod tests {
    use super::{CreateSession, CreateSessionOptions};
    use crate::error::ErrorCode;

    const OPTIONS: CreateSessionOptions<'static> = CreateSessionOptions {
        trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
        profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
        role_arn: "arn:aws:iam::111122223333:role/p+a=b/c@d",
        region: None,
        endpoint: None,
        allow_http: false,
        duration_seconds: None,
        role_session_name: None,
        instance_properties: &[],
        use_fips_endpoint: false,
        use_dualstack_endpoint: false,
    };

    #[test]
    fn url_and_body() {
        let session = CreateSession::new(&OPTIONS).unwrap();
        assert_eq!(
            session.url(),
            "https://rolesanywhere.us-east-1.amazonaws.com/sessions\
             ?profileArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A111122223333%3Aprofile%2Fb\
             &roleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fp%2Ba%3Db%2Fc%40d\
             &trustAnchorArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A111122223333%3Atrust-anchor%2Fa"
        );
        assert_eq!(session.body, b"{}");
        let full = CreateSession::new(&CreateSessionOptions {
            duration_seconds: Some(900),
            role_session_name: Some("ci@host"),
            instance_properties: &[("b", "2"), ("a", "1")],
            endpoint: Some("http://127.0.0.1:1/prefix/"),
            region: Some("eu-west-1"),
            ..OPTIONS
        })
        .unwrap();
        assert!(
            full.url()
                .starts_with("http://127.0.0.1:1/prefix/sessions?profileArn=")
        );
        assert_eq!(full.region(), "eu-west-1");
        assert_eq!(
            full.body,
            br#"{"durationSeconds":900,"instanceProperties":{"a":"1","b":"2"},"roleSessionName":"ci@host"}"#
        );
    }

    #[test]
    fn what_does_not_agree_is_refused() {
        let china = "arn:aws-cn:iam::111122223333:role/c";
        let other = "arn:aws:rolesanywhere:us-west-2:111122223333:profile/b";
        let cases = [
            (
                CreateSessionOptions {
                    trust_anchor_arn: "",
                    ..OPTIONS
                },
                ErrorCode::ArnMalformed,
            ),
            (
                CreateSessionOptions {
                    profile_arn: other,
                    ..OPTIONS
                },
                ErrorCode::RegionMismatch,
            ),
            (
                CreateSessionOptions {
                    role_arn: china,
                    ..OPTIONS
                },
                ErrorCode::RegionMismatch,
            ),
            (
                CreateSessionOptions {
                    region: Some("us-west-2"),
                    ..OPTIONS
                },
                ErrorCode::RegionMismatch,
            ),
            (
                CreateSessionOptions {
                    endpoint: Some("https://h"),
                    use_fips_endpoint: true,
                    ..OPTIONS
                },
                ErrorCode::OptionsConflict,
            ),
            (
                CreateSessionOptions {
                    endpoint: Some("https://h"),
                    region: Some("A B"),
                    ..OPTIONS
                },
                ErrorCode::RegionMalformed,
            ),
            (
                CreateSessionOptions {
                    endpoint: Some("http://h"),
                    ..OPTIONS
                },
                ErrorCode::EndpointInsecure,
            ),
            (
                CreateSessionOptions {
                    duration_seconds: Some(899),
                    ..OPTIONS
                },
                ErrorCode::DurationOutOfRange,
            ),
            (
                CreateSessionOptions {
                    duration_seconds: Some(43201),
                    ..OPTIONS
                },
                ErrorCode::DurationOutOfRange,
            ),
            (
                CreateSessionOptions {
                    role_session_name: Some("a"),
                    ..OPTIONS
                },
                ErrorCode::RoleSessionNameMalformed,
            ),
            (
                CreateSessionOptions {
                    role_session_name: Some("a b"),
                    ..OPTIONS
                },
                ErrorCode::RoleSessionNameMalformed,
            ),
        ];
        for (options, code) in cases {
            assert_eq!(
                CreateSession::new(&options).unwrap_err().code(),
                code,
                "{options:?}"
            );
        }
    }
}
