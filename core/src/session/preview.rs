//! What AWS will make of an identity: the session's name, its source identity and its tags.
//!
//! Source: IAM Roles Anywhere user guide, "Trust model" and "CreateSession".

use super::CreateSession;
use super::tags::SessionTags;
use crate::encoding::hex;
use crate::identity::Identity;
use crate::json::push_string;
use crate::x509::attributes;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// What a session of this identity will look like to AWS.
///
/// # Examples
/// ```
/// use rolesanywhere_core::session::{CreateSession, CreateSessionOptions};
/// use rolesanywhere_core::Identity;
///
/// let identity = Identity::from_pem(include_bytes!("../../tests/data/certificates/leaf.pem"), None)?;
/// let session = CreateSession::new(&CreateSessionOptions {
///     trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/3f2a8c1e",
///     profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/0c1d2e3f",
///     role_arn: "arn:aws:iam::111122223333:role/deploy",
///     ..CreateSessionOptions::default()
/// })?;
/// let preview = session.preview(&identity);
/// assert_eq!(preview.role_session_name, "0102");
/// assert_eq!(preview.source_identity, "CN=leaf");
/// assert!(preview.session_tags.contains(&("x509Subject/CN".into(), "leaf".into())));
/// assert!(preview.trust_policy.contains(r#""aws:PrincipalTag/x509Subject/CN": "leaf""#));
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionPreview {
    /// The role session name, as CloudTrail shows it: the one asked for, else the serial number in
    /// hex.
    pub role_session_name: String,
    /// The source identity: `CN=` and the common name, the common name alone from 62 characters
    /// on, else `ID=` and the serial number in hex.
    pub source_identity: String,
    /// Keys and values of the session tags that a profile without attribute mappings of its own
    /// makes, such as `x509Subject/CN`.
    pub session_tags: Vec<(String, String)>,
    /// Keys of those that cannot be tags: the service refuses the session for them.
    pub unmappable: Vec<String>,
    /// The subject that the trust anchor's certificate, or an intermediate that it issued, has to
    /// have.
    pub topmost_issuer: String,
    /// A trust policy for the role, in JSON, that admits this identity alone.
    pub trust_policy: String,
}

impl CreateSession {
    /// What AWS will see of a session of this identity. Asks nobody: the profile's attribute
    /// mappings may change the tags.
    #[must_use]
    pub fn preview(&self, identity: &Identity) -> SessionPreview {
        let leaf = identity.certificate();
        let serial = hex(leaf.serial_number_octets());
        let common_name = attributes::common_name(leaf);
        let SessionTags { tags, unmappable } = SessionTags::of(leaf);
        SessionPreview {
            trust_policy: self.trust_policy(&tags),
            source_identity: source_identity(common_name, &serial),
            role_session_name: self.role_session_name.clone().unwrap_or(serial),
            session_tags: tags,
            unmappable: unmappable.iter().map(attributes::Attribute::key).collect(),
            topmost_issuer: identity.topmost_issuer().to_string(),
        }
    }

    /// `aws:SourceArn` is the id ARN whatever the request said, so an alias is left out.
    fn trust_policy(&self, tags: &[(String, String)]) -> String {
        let subject = |(key, _): &&(String, String)| key == "x509Subject/CN";
        let tag = tags.iter().find(subject).or_else(|| tags.first());
        let tag = tag.map(|(key, value)| {
            format!(
                "\"StringEquals\": {{ {}: {} }}",
                json(&format!("aws:PrincipalTag/{key}")),
                json(value)
            )
        });
        let anchor = self.trust_anchor_arn.id().map(|_| {
            let arn = json(self.trust_anchor_arn.as_str());
            format!("\"ArnEquals\": {{ \"aws:SourceArn\": {arn} }}")
        });
        let conditions: Vec<String> = tag.into_iter().chain(anchor).collect();
        let condition = match conditions.is_empty() {
            true => String::new(),
            false => format!(
                ",\n      \"Condition\": {{\n        {}\n      }}",
                conditions.join(",\n        ")
            ),
        };
        format!("{TRUST_POLICY_START}{condition}{TRUST_POLICY_END}")
    }
}

fn source_identity(common_name: Option<String>, serial: &str) -> String {
    let length = common_name.as_ref().map(|name| name.chars().count());
    match (common_name, length) {
        (Some(name), Some(1..=61)) => format!("CN={name}"),
        (Some(name), Some(62..=64)) => name,
        _ => format!("ID={serial}"),
    }
}

fn json(text: &str) -> String {
    let mut json = String::new();
    push_string(&mut json, text);
    json
}

const TRUST_POLICY_START: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "rolesanywhere.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]"#;

const TRUST_POLICY_END: &str = "\n    }\n  ]\n}";
