//! `create_session`, `session_response`, `credentials`.

use super::operation::Operation;
use super::{Problem, Subject, keys, signing};
use crate::model::project::{CredentialsExpected, CredentialsForm, CredentialsInput};
use crate::model::protocol::{
    CreateSessionExpected, CreateSessionInput, SessionResponseExpected, SessionResponseInput,
    SignatureExpected,
};
use rolesanywhere_core::session::{self, CreateSessionOptions};
use rolesanywhere_core::{Timestamp, credentials};

pub(super) struct CreateSession;

impl Operation for CreateSession {
    type Input = CreateSessionInput;
    type Expected = CreateSessionExpected;
    const NAME: &'static str = "create_session";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &CreateSessionInput,
        expected: Option<&CreateSessionExpected>,
        subject: &Subject,
    ) -> Result<CreateSessionExpected, Problem> {
        let session = session(input)?;
        let now = Timestamp::from_unix_seconds(input.now)?;
        let Some(key) = &input.private_key else {
            return unsigned(&session, now);
        };
        let identity = signing::identity(input.certificate.as_ref(), input.chain.as_ref())?;
        let pending = session.prepare(&identity, now)?;
        let body = String::from_utf8_lossy(&pending.unsigned_request().body).into_owned();
        let expected = expected.and_then(|it| {
            Some(SignatureExpected {
                signature_hex: it.signature_hex.clone()?,
                reproducible: it.reproducible?,
            })
        });
        let key = keys::load(&key.bytes()?, subject)?;
        let stages = signing::stages(pending, &*key, expected.as_ref(), subject)?;
        Ok(CreateSessionExpected {
            url: session.url().to_owned(),
            body,
            canonical_request: Some(stages.canonical_request),
            signed_headers: Some(stages.signed_headers),
            string_to_sign: Some(stages.string_to_sign),
            signature_hex: Some(stages.signature_hex),
            reproducible: Some(stages.reproducible),
            authorization: Some(stages.authorization),
        })
    }
}

fn session(input: &CreateSessionInput) -> Result<session::CreateSession, Problem> {
    let properties: Vec<(&str, &str)> = input
        .instance_properties
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    Ok(session::CreateSession::new(&CreateSessionOptions {
        trust_anchor_arn: &input.trust_anchor_arn,
        profile_arn: &input.profile_arn,
        role_arn: &input.role_arn,
        region: input.region.as_deref(),
        endpoint: input.endpoint.as_deref(),
        allow_http: input.allow_http,
        duration_seconds: input.duration_seconds,
        role_session_name: input.role_session_name.as_deref(),
        instance_properties: &properties,
        use_fips_endpoint: input.use_fips_endpoint,
        use_dualstack_endpoint: input.use_dualstack_endpoint,
    })?)
}

/// Any identity will do to see the body: it does not depend on it.
fn unsigned(
    session: &session::CreateSession,
    now: Timestamp,
) -> Result<CreateSessionExpected, Problem> {
    let any = crate::model::Data::Fixture("pki/p256/leaf.pem".to_owned());
    let pending = session.prepare(&signing::identity(Some(&any), None)?, now)?;
    Ok(CreateSessionExpected {
        url: session.url().to_owned(),
        body: String::from_utf8_lossy(&pending.unsigned_request().body).into_owned(),
        canonical_request: None,
        signed_headers: None,
        string_to_sign: None,
        signature_hex: None,
        reproducible: None,
        authorization: None,
    })
}

pub(super) struct SessionResponse;

impl Operation for SessionResponse {
    type Input = SessionResponseInput;
    type Expected = SessionResponseExpected;
    const NAME: &'static str = "session_response";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &SessionResponseInput,
        _: Option<&SessionResponseExpected>,
        _: &Subject,
    ) -> Result<SessionResponseExpected, Problem> {
        // The reply does not depend on these two.
        let anchor = "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a";
        let profile = "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b";
        let session = session::CreateSession::new(&CreateSessionOptions {
            trust_anchor_arn: anchor,
            profile_arn: profile,
            role_arn: &input.role_arn,
            ..CreateSessionOptions::default()
        })?;
        let now = match input.now {
            Some(now) => Some(Timestamp::from_unix_seconds(now)?),
            None => None,
        };
        let body = input.body.bytes()?;
        let read = session.parse_response(input.status, &input.headers, &body, now)?;
        Ok(SessionResponseExpected {
            access_key_id: read.access_key_id().to_owned(),
            secret_access_key: read.secret_access_key().to_owned(),
            session_token: read.session_token().to_owned(),
            expiration: read.expiration().unix_seconds(),
            account_id: read.account_id().unwrap_or_default().to_owned(),
        })
    }
}

pub(super) struct Credentials;

impl Operation for Credentials {
    type Input = CredentialsInput;
    type Expected = CredentialsExpected;
    const NAME: &'static str = "credentials";
    const FOLDER: &'static str = "project";

    fn answer(
        input: &CredentialsInput,
        _: Option<&CredentialsExpected>,
        _: &Subject,
    ) -> Result<CredentialsExpected, Problem> {
        let mut credentials = credentials::Credentials::new(
            input.access_key_id.clone(),
            input.secret_access_key.clone().into(),
            input.session_token.clone().into(),
            Timestamp::from_unix_seconds(input.expiration)?,
        );
        if let Some(role_arn) = &input.role_arn {
            let account_id = input.account_id.clone().unwrap_or_default();
            credentials = credentials.with_role(role_arn.clone(), account_id);
        }
        if input.account_id.is_none() {
            credentials = credentials.without_account_id();
        }
        let json = match input.form {
            CredentialsForm::CredentialProcess => credentials.to_credential_process_json(),
            CredentialsForm::CredentialProcessWithoutAccountId => {
                let without = credentials.without_account_id();
                without.to_credential_process_json()
            }
            CredentialsForm::Container => credentials.to_container_json(),
            CredentialsForm::Imds => {
                let last_updated = input.last_updated.unwrap_or_default();
                credentials.to_imds_json(Timestamp::from_unix_seconds(last_updated)?)
            }
        };
        let json = serde_json::from_str(&json);
        let json = json.map_err(|error| Problem::broken("json", error.to_string()))?;
        Ok(CredentialsExpected { json })
    }
}
