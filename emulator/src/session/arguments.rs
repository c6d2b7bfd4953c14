use super::names::is_session_name;
use crate::arn::{Arn, ArnKind};
use crate::message::Request;
use crate::refusal::{Refusal, Result};
use crate::sigv4::query_pairs;
use serde_json::{Map, Value};

/// What CreateSession asks for: the ARNs from the query or the body, the rest from the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arguments {
    pub(super) trust_anchor: Arn,
    pub(super) profile: Arn,
    pub(super) role: Arn,
    /// Seconds.
    pub(super) duration_seconds: Option<u32>,
    pub(super) role_session_name: Option<String>,
}

impl Arguments {
    pub(super) fn read(request: &Request) -> Result<Self> {
        check_content_type(request)?;
        let body = parse_body(&request.body)?;
        check_instance_properties(&body)?;
        Ok(Self {
            trust_anchor: arn(ArnKind::TrustAnchor, request, &body)?,
            profile: arn(ArnKind::Profile, request, &body)?,
            role: arn(ArnKind::Role, request, &body)?,
            duration_seconds: body.get("durationSeconds").map(duration).transpose()?,
            role_session_name: body.get("roleSessionName").map(session_name).transpose()?,
        })
    }
}

/// AWS's helper sends the first, some generic SDKs the second; parameters such as a charset may follow.
fn check_content_type(request: &Request) -> Result<()> {
    let known = [
        "application/json",
        "application/x-amz-json-1.0",
        "application/x-amz-json-1.1",
    ];
    let mut values = request
        .values("content-type")
        .map(|value| value.to_ascii_lowercase());
    let is_known = |value: Vec<u8>| {
        let media_type = value.split(|byte| *byte == b';').next().unwrap_or_default();
        known
            .iter()
            .any(|known| known.as_bytes() == media_type.trim_ascii())
    };
    if values.all(is_known) {
        Ok(())
    } else {
        Err(Refusal::validation("Content-Type is not application/json."))
    }
}

fn parse_body(body: &[u8]) -> Result<Map<String, Value>> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => {
            // A member that is null is one that is not there.
            Ok(members
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .collect())
        }
        _ => Err(Refusal::validation(
            "The request body is not a JSON object.",
        )),
    }
}

fn arn(kind: ArnKind, request: &Request, body: &Map<String, Value>) -> Result<Arn> {
    let member = kind.member();
    let in_query = query_pairs(request.query()).filter(|(name, _)| name == member.as_bytes());
    let in_query = in_query.map(|(_, value)| String::from_utf8(value).unwrap_or_default());
    let in_body = body
        .get(member)
        .map(|value| value.as_str().unwrap_or_default().to_owned());
    let mut texts: Vec<_> = in_query.chain(in_body).collect();
    texts.dedup();
    match texts.as_slice() {
        [] => Err(Refusal::validation(format!("{member} is required."))),
        [text] => Arn::parse(kind, text)
            .ok_or_else(|| Refusal::validation(format!("{member} is not a valid ARN."))),
        _ => Err(Refusal::validation(format!(
            "{member} is given twice and differs."
        ))),
    }
}

/// An integer, also when a client writes it as `3600.0`.
fn duration(value: &Value) -> Result<u32> {
    let refusal = || Refusal::validation("durationSeconds must be between 900 and 43200.");
    let integral = value
        .as_f64()
        .filter(|seconds| seconds.fract() == 0.0)
        .ok_or_else(refusal)?;
    // In the range, so that no digit is lost on the way to an integer.
    let in_range = (900.0..=43_200.0)
        .contains(&integral)
        .then(|| format!("{integral:.0}"));
    in_range
        .and_then(|text| text.parse().ok())
        .ok_or_else(refusal)
}

fn session_name(value: &Value) -> Result<String> {
    let name = value.as_str().filter(|name| is_session_name(name));
    name.map(str::to_owned)
        .ok_or_else(|| Refusal::validation("roleSessionName must be 2 to 64 of [\\w+=,.@-]."))
}

/// A map of texts; nothing is done with it.
fn check_instance_properties(body: &Map<String, Value>) -> Result<()> {
    let Some(properties) = body.get("instanceProperties") else {
        return Ok(());
    };
    let map = properties
        .as_object()
        .is_some_and(|map| map.values().all(Value::is_string));
    if map {
        Ok(())
    } else {
        Err(Refusal::validation(
            "instanceProperties is not a map of strings.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, duration, session_name};
    use crate::message::Request;
    use serde_json::json;

    const ANCHOR: &str = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a";
    const PROFILE: &str = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p";
    const ROLE: &str = "arn:aws:iam::111122223333:role/r";

    #[test]
    fn durations_are_integers_in_range() {
        for good in [json!(900), json!(3600.0), json!(43_200), json!(1e3)] {
            assert!(duration(&good).is_ok(), "{good}");
        }
        assert_eq!(duration(&json!(3600.0)), Ok(3600));
        for wrong in [
            json!(899),
            json!(43_201),
            json!(3600.5),
            json!("3600"),
            json!(-900),
            json!(1e300),
            json!(true),
            json!([3600]),
            json!(u64::MAX),
        ] {
            assert!(duration(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn session_names_are_of_the_allowed_characters() {
        assert!(session_name(&json!("a.b-c_d")).is_ok());
        assert!(session_name(&json!("a".repeat(64))).is_ok());
        for wrong in [
            json!("a"),
            json!("a".repeat(65)),
            json!("a b"),
            json!("ä1"),
            json!(12),
        ] {
            assert!(session_name(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn arns_come_from_the_query_or_the_body() {
        let encode = |arn: &str| arn.replace(':', "%3A").replace('/', "%2F");
        let query = format!(
            "/sessions?profileArn={}&roleArn={}&trustAnchorArn={}",
            encode(PROFILE),
            encode(ROLE),
            encode(ANCHOR)
        );
        let body = json!({
            "profileArn": PROFILE, "roleArn": ROLE, "trustAnchorArn": ANCHOR,
            "durationSeconds": null, "instanceProperties": { "k": "v" }
        });
        let from_query = Arguments::read(&Request::new("POST", &query)).unwrap();
        let in_body = Request::new("POST", "/sessions")
            .header("content-type", "application/x-amz-json-1.0; charset=utf-8")
            .body(body.to_string());
        assert_eq!(Arguments::read(&in_body).unwrap(), from_query);
        let both = Request::new("POST", &query).body(body.to_string());
        assert_eq!(Arguments::read(&both).unwrap(), from_query);
        let differing = both.body(body.to_string().replace("profile/p", "profile/q"));
        assert!(Arguments::read(&differing).is_err());
        for wrong in [
            "[]",
            "{",
            "\"x\"",
            r#"{"roleArn": 1}"#,
            r#"{"instanceProperties": []}"#,
        ] {
            let request = Request::new("POST", "/sessions").body(wrong);
            assert_eq!(
                Arguments::read(&request).unwrap_err().status,
                400,
                "{wrong}"
            );
        }
        let html = in_body.header("content-type", "text/html");
        assert!(Arguments::read(&html).is_err());
    }
}
