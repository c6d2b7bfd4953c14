//! A reply that grants.

use crate::credentials::Credentials;
use crate::error::{Error, ErrorCode, Result};
use crate::json::Value;
use crate::time::Timestamp;
use alloc::{
    format,
    string::{String, ToString},
};
use zeroize::Zeroizing;

/// The first set of credentials; everything else in the reply is ignored.
pub(super) fn credentials(body: &[u8]) -> Result<Credentials> {
    let reply = Value::parse(body)
        .ok_or_else(|| malformed("the reply is not the JSON that CreateSession returns".into()))?;
    let fields = reply.get("credentialSet");
    let fields = fields.and_then(|sets| sets.as_list()?.first()?.get("credentials"));
    let fields = fields.ok_or_else(|| malformed("the reply holds no credentials".into()))?;
    let access_key_id = present(fields, "accessKeyId")?;
    let secret_access_key = present(fields, "secretAccessKey")?;
    let session_token = present(fields, "sessionToken")?;
    let expiration = present(fields, "expiration")?;
    let expiration = Timestamp::parse_rfc3339(expiration)
        .map_err(|_| malformed("the reply's `expiration` is not a time".into()))?;
    Ok(Credentials::new(
        access_key_id.to_string(),
        Zeroizing::new(secret_access_key.to_string()),
        Zeroizing::new(session_token.to_string()),
        expiration,
    ))
}

/// A field that is there and prints on one line: it becomes a header or a line of a file later.
fn present<'a>(fields: &'a Value, name: &str) -> Result<&'a str> {
    let field = fields.get(name).and_then(Value::as_str);
    let field = field.filter(|text| !text.is_empty());
    let field = field.ok_or_else(|| malformed(format!("the reply lacks `{name}`")))?;
    if field.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(field);
    }
    Err(malformed(format!(
        "the reply's `{name}` holds a character that cannot stand there"
    )))
}

fn malformed(message: String) -> Error {
    Error::new(ErrorCode::ResponseMalformed, message)
}

#[cfg(test)]
mod tests {
    use super::credentials;
    use crate::error::ErrorCode;

    const REPLY: &str = r#"{"credentialSet":[{"assumedRoleUser":{"arn":"a","assumedRoleId":"b"},
        "credentials":{"accessKeyId":"ASIA","secretAccessKey":"s\/1","sessionToken":"t==",
        "expiration":"2026-11-21T05:53:19Z"},"packedPolicySize":1,"roleArn":"r"}],"subjectArn":"x"}"#;

    #[test]
    fn first_set_is_read() {
        let read = credentials(REPLY.as_bytes()).unwrap();
        assert_eq!(read.access_key_id(), "ASIA");
        assert_eq!(read.secret_access_key(), "s/1");
        assert_eq!(read.session_token(), "t==");
        assert_eq!(read.expiration().unix_seconds(), 1_795_240_399);
    }

    #[test]
    fn damaged_replies_are_refused() {
        let without = |member: &str| REPLY.replace(member, "other");
        let cases = [
            "".into(),
            "{}".into(),
            "[]".into(),
            "null".into(),
            r#"{"credentialSet":[]}"#.into(),
            r#"{"credentialSet":[{}]}"#.into(),
            r#"{"credentialSet":null}"#.into(),
            "<html><body>Welcome</body></html>".into(),
            alloc::format!("{REPLY}x"),
            without("accessKeyId"),
            without("secretAccessKey"),
            without("sessionToken"),
            without("expiration"),
            REPLY.replace("t==", ""),
            REPLY.replace("t==", r"t\n=="),
            REPLY.replace("2026-11-21T05:53:19Z", "tomorrow"),
            REPLY.replace(r#""ASIA""#, "1"),
        ];
        for text in cases {
            let error = credentials(text.as_bytes()).unwrap_err();
            assert_eq!(error.code(), ErrorCode::ResponseMalformed, "{text}");
            assert!(!error.message().contains("s/1"));
        }
        assert!(credentials(&[0xff, 0xfe]).is_err());
    }
}
