use crate::credentials::{Minted, Session};
use crate::message::Reply;
use crate::refusal::Refusal;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

pub(super) fn caller_identity(session: &Session, request_id: &str) -> Reply {
    let [arn, user_id, account] = [
        &session.assumed_role_arn,
        &session.assumed_role_id,
        &session.account,
    ]
    .map(|text| escape(text));
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"{NAMESPACE}\">\n  <GetCallerIdentityResult>\n    \
         <Arn>{arn}</Arn>\n    <UserId>{user_id}</UserId>\n    <Account>{account}</Account>\n  \
         </GetCallerIdentityResult>\n  <ResponseMetadata>\n    \
         <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n\
         </GetCallerIdentityResponse>\n"
    );
    Reply::new(200, "text/xml", body)
}

pub(super) fn assumed_role(session: &Session, minted: &Minted, request_id: &str) -> Reply {
    let [arn, user_id, source_identity, token] = [
        &session.assumed_role_arn,
        &session.assumed_role_id,
        &session.source_identity,
        &minted.session_token,
    ]
    .map(|text| escape(text));
    let (key_id, secret) = (&minted.access_key_id, &minted.secret_access_key);
    let expiration = minted.expiration.rfc3339();
    let body = format!(
        "<AssumeRoleResponse xmlns=\"{NAMESPACE}\">\n  <AssumeRoleResult>\n    \
         <SourceIdentity>{source_identity}</SourceIdentity>\n    <AssumedRoleUser>\n      \
         <AssumedRoleId>{user_id}</AssumedRoleId>\n      <Arn>{arn}</Arn>\n    \
         </AssumedRoleUser>\n    <Credentials>\n      <AccessKeyId>{key_id}</AccessKeyId>\n      \
         <SecretAccessKey>{secret}</SecretAccessKey>\n      \
         <SessionToken>{token}</SessionToken>\n      <Expiration>{expiration}</Expiration>\n    \
         </Credentials>\n  </AssumeRoleResult>\n  <ResponseMetadata>\n    \
         <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</AssumeRoleResponse>\n"
    );
    Reply::new(200, "text/xml", body)
}

/// A refusal in STS's form.
pub(crate) fn refuse(refusal: &Refusal, request_id: &str) -> Reply {
    let party = if refusal.status < 500 {
        "Sender"
    } else {
        "Receiver"
    };
    let body = format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\">\n  <Error>\n    <Type>{party}</Type>\n    \
         <Code>{}</Code>\n    <Message>{}</Message>\n  </Error>\n  \
         <RequestId>{request_id}</RequestId>\n</ErrorResponse>\n",
        refusal.error_type,
        escape(&refusal.message)
    );
    Reply::new(refusal.status, "text/xml", body)
}

fn escape(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    escaped.chars().filter(|c| !c.is_control()).collect()
}
