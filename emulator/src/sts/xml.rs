use crate::credentials::Session;
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
