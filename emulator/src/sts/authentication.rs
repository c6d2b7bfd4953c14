//! SigV4 with a shared secret (AWS, "Create a signed AWS API request", steps 3 and 4).

use crate::credentials::Session;
use crate::message::Request;
use crate::refusal::{Refusal, Result};
use crate::session::Context;
use crate::sigv4::{Scope, Signed, Trace, is_presigned, only};
use aws_lc_rs::hmac;
use std::borrow::Cow;

const MISMATCH: &str = "SignatureDoesNotMatch";

/// How long a presigned URL is good, in seconds, whatever its `X-Amz-Expires` says: the authors of
/// aws-iam-authenticator report it of the service; no document does.
const PRESIGNED_SECONDS: i64 = 900;

/// Whose credentials signed the request, in a header or in the query.
pub(super) fn authenticate(
    request: &Request,
    context: Context<'_>,
    trace: &mut Trace,
) -> Result<Session> {
    let incomplete =
        |reason: String| Refusal::new(400, "IncompleteSignature", reason.clone(), reason);
    let presigned = is_presigned(request);
    if !presigned && request.values("authorization").next().is_none() {
        let message = "Request is missing Authentication Token";
        let reason = "there is no Authorization header and no X-Amz-Signature";
        return Err(denied("MissingAuthenticationToken", message, reason));
    }
    let (signed, token) = if presigned {
        let signed = Signed::read_presigned(request, trace).map_err(incomplete)?;
        (
            signed,
            only(request, "X-Amz-Security-Token").unwrap_or_default(),
        )
    } else {
        let (always, when_sent) = (["host", "x-amz-date"], ["x-amz-security-token"]);
        let signed = Signed::read(request, &always, &when_sent, trace).map_err(incomplete)?;
        let token = request.text("x-amz-security-token").unwrap_or_default();
        (signed, token.to_owned())
    };
    let session = session(&signed, &token, context)?;
    check_date(&signed, presigned, context)?;
    if context.now.unix_seconds() >= session.expiration {
        let message = "The security token included in the request is expired";
        return Err(denied("ExpiredToken", message, "the session has ended"));
    }
    Ok(session)
}

fn check_date(signed: &Signed, presigned: bool, context: Context<'_>) -> Result<()> {
    let limit = context.model.settings.clock_skew_seconds;
    let age = context.now.seconds_since(signed.date);
    if presigned && (0..=PRESIGNED_SECONDS).contains(&age) {
        return Ok(());
    }
    let skew = signed.check_skew(context.now, limit);
    skew.map_err(|(message, reason)| denied(MISMATCH, message, reason))
}

/// The session whose secret made the signature; it may have ended.
fn session(signed: &Signed, token: &str, context: Context<'_>) -> Result<Session> {
    let authorization = &signed.authorization;
    if authorization.algorithm != "AWS4-HMAC-SHA256" || authorization.scope.service != "sts" {
        let reason = "the algorithm is not AWS4-HMAC-SHA256, or the service is not sts";
        return Err(mismatch(reason));
    }
    let session = context.mint.session(&authorization.id, token);
    let session = session.ok_or_else(|| {
        let message = "The security token included in the request is invalid.";
        let reason = "the session token was not handed out here, or not with this access key id";
        denied("InvalidClientTokenId", message, reason)
    })?;
    let secret = context.mint.secret_of(&authorization.id);
    let key = signing_key(&secret, &authorization.scope);
    hmac::verify(&key, &signed.string_to_sign, &authorization.signature)
        .map_err(|_| mismatch("the signature is not the one of this string to sign"))?;
    Ok(session)
}

fn signing_key(secret: &str, scope: &Scope) -> hmac::Key {
    let steps = [&scope.date, &scope.region, &scope.service, "aws4_request"];
    let start = hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{secret}").as_bytes());
    steps.iter().fold(start, |key, step| {
        hmac::Key::new(
            hmac::HMAC_SHA256,
            hmac::sign(&key, step.as_bytes()).as_ref(),
        )
    })
}

fn mismatch(reason: &'static str) -> Refusal {
    let message = "The request signature we calculated does not match the signature you provided. \
                   Check your AWS Secret Access Key and signing method. Consult the service \
                   documentation for details.";
    denied(MISMATCH, message, reason)
}

fn denied(
    code: &'static str,
    message: impl Into<Cow<'static, str>>,
    reason: impl Into<Cow<'static, str>>,
) -> Refusal {
    Refusal::new(403, code, message, reason)
}

#[cfg(test)]
mod tests {
    use super::{Scope, signing_key};
    use aws_lc_rs::hmac;

    /// The key of AWS's own example (user guide, "Examples of how to derive a signing key").
    #[test]
    fn the_signing_key_is_derived_as_documented() {
        let scope = Scope {
            date: "20150830".to_owned(),
            region: "us-east-1".to_owned(),
            service: "iam".to_owned(),
        };
        let key = signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", &scope);
        let string_to_sign = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/\
            aws4_request\nf536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
        let signature = hmac::sign(&key, string_to_sign.as_bytes());
        assert_eq!(
            rolesanywhere_core::encoding::hex(signature.as_ref()),
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        );
    }
}
