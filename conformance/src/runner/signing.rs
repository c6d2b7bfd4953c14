//! `canonical_request`, `string_to_sign`, `authorization`.

use super::operation::Operation;
use super::{Problem, Subject, keys};
use crate::model::protocol::{
    AuthorizationExpected, AuthorizationInput, CanonicalRequestExpected, CanonicalRequestInput,
    SignatureExpected, StringToSignExpected, StringToSignInput,
};
use rolesanywhere_core::encoding::sha256_hex;
use rolesanywhere_core::sigv4::canonical::{self, PathEncoding, canonical_path, normalize_path};
use rolesanywhere_core::sigv4::{
    PendingSignature, SignatureEncoding, credential_scope, string_to_sign,
};
use rolesanywhere_core::{HttpRequest, Identity, SignableRequest, SigningKey, Timestamp};

pub(super) struct CanonicalRequest;

impl Operation for CanonicalRequest {
    type Input = CanonicalRequestInput;
    type Expected = CanonicalRequestExpected;
    const NAME: &'static str = "canonical_request";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &CanonicalRequestInput,
        _: Option<&CanonicalRequestExpected>,
        _: &Subject,
    ) -> Result<CanonicalRequestExpected, Problem> {
        let normalized = input.normalize.then(|| normalize_path(&input.path));
        let path = normalized.as_ref().unwrap_or(&input.path);
        let encodings = match input.path_encodings {
            1 => PathEncoding::Once,
            2 => PathEncoding::Twice,
            _ => return Err("paths are encoded once or twice".to_owned().into()),
        };
        let canonical = canonical::CanonicalRequest::new(
            &input.method,
            &canonical_path(path, encodings),
            &input.query,
            &borrowed(&input.headers),
            &sha256_hex(&input.body.bytes()?),
        );
        Ok(CanonicalRequestExpected {
            canonical_request: canonical.as_str().to_owned(),
            signed_headers: canonical.signed_headers().to_owned(),
        })
    }
}

pub(super) struct StringToSign;

impl Operation for StringToSign {
    type Input = StringToSignInput;
    type Expected = StringToSignExpected;
    const NAME: &'static str = "string_to_sign";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &StringToSignInput,
        _: Option<&StringToSignExpected>,
        _: &Subject,
    ) -> Result<StringToSignExpected, Problem> {
        let now = Timestamp::from_unix_seconds(input.now)?;
        let scope = credential_scope(now, &input.region, &input.service);
        let canonical = &input.canonical_request;
        Ok(StringToSignExpected {
            string_to_sign: string_to_sign(&input.algorithm, now, &scope, canonical),
            credential_scope: scope,
        })
    }
}

pub(super) struct Authorization;

impl Operation for Authorization {
    type Input = AuthorizationInput;
    type Expected = AuthorizationExpected;
    const NAME: &'static str = "authorization";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &AuthorizationInput,
        expected: Option<&AuthorizationExpected>,
        subject: &Subject,
    ) -> Result<AuthorizationExpected, Problem> {
        let identity = identity(Some(&input.certificate), input.chain.as_ref())?;
        let request = SignableRequest {
            method: &input.method,
            url: &input.url,
            headers: &borrowed(&input.headers),
            body: &input.body.bytes()?,
            region: &input.region,
            service: &input.service,
        };
        let pending = request.prepare(&identity, Timestamp::from_unix_seconds(input.now)?)?;
        let expected = expected.map(|it| SignatureExpected {
            signature_hex: it.signature_hex.clone(),
            reproducible: it.reproducible,
        });
        let Some(key) = &input.private_key else {
            let signature = keys::external(input.signature_hex.as_deref())?;
            let encoding = keys::encoding(input.encoding);
            let reproducible = expected.is_some_and(|it| it.reproducible);
            return finished(pending, &signature, encoding, reproducible);
        };
        stages(
            pending,
            &*keys::load(&key.bytes()?, subject)?,
            expected.as_ref(),
            subject,
        )
    }
}

/// The four stages with a key at hand.
pub(super) fn stages(
    pending: PendingSignature,
    key: &dyn SigningKey,
    expected: Option<&SignatureExpected>,
    subject: &Subject,
) -> Result<AuthorizationExpected, Problem> {
    // For its own checks, of the key against the leaf first of all.
    pending.clone().sign(key)?;
    let signed = keys::sign(key, pending.string_to_sign(), expected, subject)?;
    let signature = keys::external(Some(&signed.signature_hex))?;
    finished(
        pending,
        &signature,
        SignatureEncoding::Der,
        signed.reproducible,
    )
}

fn finished(
    pending: PendingSignature,
    signature: &rolesanywhere_core::Signature,
    encoding: SignatureEncoding,
    reproducible: bool,
) -> Result<AuthorizationExpected, Problem> {
    let canonical_request = pending.canonical_request().to_owned();
    let signed_headers = pending.signed_headers().to_owned();
    let string_to_sign = String::from_utf8_lossy(pending.string_to_sign()).into_owned();
    let authorization = authorization(&pending.finish(signature, encoding)?)?;
    let signature_hex = authorization.rsplit('=').next().unwrap_or_default();
    Ok(AuthorizationExpected {
        canonical_request,
        signed_headers,
        string_to_sign,
        signature_hex: signature_hex.to_owned(),
        reproducible,
        authorization,
    })
}

fn authorization(request: &HttpRequest) -> Result<String, Problem> {
    let mut headers = request.headers.iter();
    let found = headers.find(|(name, _)| name == "Authorization");
    let value = found.map(|(_, value)| value.clone());
    value.ok_or_else(|| Problem::broken("authorization", "there is no such header"))
}

pub(super) fn identity(
    certificate: Option<&crate::model::Data>,
    chain: Option<&crate::model::Data>,
) -> Result<Identity, Problem> {
    let certificate = certificate.ok_or("there is no certificate".to_owned())?;
    let chain = match chain {
        Some(chain) => Some(chain.bytes()?),
        None => None,
    };
    Ok(Identity::from_pem(&certificate.bytes()?, chain.as_deref())?)
}

fn borrowed(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}
