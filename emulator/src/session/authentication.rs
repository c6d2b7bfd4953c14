use super::Context;
use crate::certificate::Certificate;
use crate::message::Request;
use crate::pki::certificates_from_base64;
use crate::refusal::{Refusal, Result};
use crate::sigv4::{Scope, Signed, Trace};
use crate::verification::Verifier;

/// Whose signature the request carries: the leaf, not yet trusted, and the scope it signed for.
pub(super) fn authenticate(
    request: &Request,
    context: Context<'_>,
    trace: &mut Trace,
) -> Result<(Certificate, Scope)> {
    if request.values("authorization").next().is_none() {
        let reason = "there is no Authorization";
        return Err(Refusal::access_denied(
            "Missing Authentication Token",
            reason,
        ));
    }
    let always = ["host", "x-amz-date", "x-amz-x509"];
    let signed = Signed::read(request, &always, &["x-amz-x509-chain"], trace).map_err(invalid)?;
    let leaf = leaf(request)?;
    let verifier = Verifier::for_leaf(&leaf).map_err(Refusal::untrusted)?;
    let authorization = &signed.authorization;
    if authorization.algorithm != verifier.token() {
        let token = verifier.token();
        return Err(invalid(format!(
            "the leaf's key asks for the algorithm {token}"
        )));
    }
    if authorization.scope.service != "rolesanywhere" {
        return Err(invalid("Credential's service is not rolesanywhere"));
    }
    if !verifier.verifies(&signed.string_to_sign, &authorization.signature) {
        return Err(invalid(
            "the signature is not the leaf's over this string to sign",
        ));
    }
    if authorization.id != leaf.serial().to_decimal() {
        return Err(invalid("Credential's serial number is not the leaf's"));
    }
    let limit = context.model.settings.clock_skew_seconds;
    signed
        .check_skew(context.now, limit)
        .map_err(|(message, reason)| Refusal::access_denied(message, reason))?;
    Ok((leaf, signed.authorization.scope))
}

fn leaf(request: &Request) -> Result<Certificate> {
    let header = request.text("x-amz-x509").unwrap_or_default();
    let ders = certificates_from_base64(header).unwrap_or_default();
    let [der] = ders.as_slice() else {
        return Err(Refusal::untrusted(
            "X-Amz-X509 is not one certificate in base64",
        ));
    };
    Certificate::from_der(der).map_err(Refusal::untrusted)
}

fn invalid(reason: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::access_denied("Invalid signature", reason)
}
