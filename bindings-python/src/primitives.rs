//! The stages beneath signing, one function each.

use crate::arguments::{Count, Data, Text, Time};
use crate::boundary::attached;
use crate::identity::Identity;
use crate::pending::encoding_of;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::encoding::sha256_hex;
use rolesanywhere_core::endpoint::{Endpoint, EndpointVariant, Partition};
use rolesanywhere_core::error::{Error, ErrorCode, shown};
use rolesanywhere_core::sigv4::canonical::{self, PathEncoding, canonical_path, normalize_path};
use rolesanywhere_core::sigv4::{credential_scope, string_to_sign as core_string_to_sign};
use rolesanywhere_core::{Backend, ProfileArn, RoleArn, Signature, TrustAnchorArn, pem};

/// `(partition, region, account_id, role_name)`
type Arn = (String, Option<String>, String, Option<String>);

/// Reads an ARN; `kind` is ``trust_anchor``, ``profile`` or ``role``.
///
/// Returns ``(partition, region, account_id, role_name)``. Raises `InputError`: ``arn_malformed``,
/// ``option_invalid``.
#[pyfunction]
pub(crate) fn parse_arn(py: Python<'_>, kind: Text, arn: Text) -> PyResult<Arn> {
    let arn = arn.as_str();
    let regional = |partition: &str, region: &str, account_id: &str| {
        (
            partition.into(),
            Some(region.into()),
            account_id.into(),
            None,
        )
    };
    attached(py, || match kind.as_str() {
        "trust_anchor" => TrustAnchorArn::parse(arn)
            .map(|arn| regional(arn.partition(), arn.region(), arn.account_id())),
        "profile" => ProfileArn::parse(arn)
            .map(|arn| regional(arn.partition(), arn.region(), arn.account_id())),
        "role" => RoleArn::parse(arn).map(|arn| {
            let role_name = Some(arn.role_name().into());
            (
                arn.partition().into(),
                None,
                arn.account_id().into(),
                role_name,
            )
        }),
        other => Err(option_invalid(format!(
            "an ARN is a `trust_anchor`, a `profile` or a `role` and not {}",
            shown(other)
        ))),
    })
}

/// The URL of ``/sessions``, at an endpoint or at the one of a region (``aws`` is the partition
/// unless given).
///
/// Raises `InputError`: ``endpoint_malformed``, ``endpoint_insecure``, ``region_malformed``,
/// ``partition_unknown``, ``options_conflict``.
#[pyfunction]
#[pyo3(signature = (*, endpoint=None, allow_http=false, partition=None, region=None, use_fips_endpoint=false, use_dualstack_endpoint=false))]
pub(crate) fn resolve_endpoint(
    py: Python<'_>,
    endpoint: Option<Text>,
    allow_http: bool,
    partition: Option<Text>,
    region: Option<Text>,
    use_fips_endpoint: bool,
    use_dualstack_endpoint: bool,
) -> PyResult<String> {
    let endpoint = attached(py, || {
        if let Some(endpoint) = endpoint {
            return Endpoint::parse(endpoint.as_str(), allow_http);
        }
        let partition = partition.map_or_else(|| "aws".to_owned(), |text| text.0);
        let variant = EndpointVariant {
            use_fips_endpoint,
            use_dualstack_endpoint,
        };
        let region = region.map(|text| text.0).unwrap_or_default();
        Endpoint::for_region(Partition::from_id(&partition)?, &region, variant)
    })?;
    Ok(endpoint.join("/sessions"))
}

/// The label and the content of each PEM block (RFC 7468). Raises `IdentityError`:
/// ``pem_malformed``.
#[pyfunction]
pub(crate) fn pem_blocks<'py>(
    py: Python<'py>,
    data: Data,
) -> PyResult<Vec<(String, Bound<'py, PyBytes>)>> {
    attached(py, || {
        pem::blocks(data.as_slice())?
            .map(|block| {
                let block = block?;
                Ok((block.label().to_owned(), PyBytes::new(py, block.der())))
            })
            .collect()
    })
}

/// The canonical request, and the names of its signed headers, joined by ``;``.
///
/// `path` and `query` are as sent; `normalize` removes dot segments first; `path_encodings` is 2
/// unless given, and 1 for Amazon S3. Source: IAM user guide, "Create a signed AWS API request".
/// Raises `InputError`: ``option_invalid``.
#[pyfunction]
#[pyo3(signature = (method, path, query, headers, body, *, normalize=false, path_encodings=None))]
#[expect(clippy::too_many_arguments, reason = "the parts of a request")]
pub(crate) fn canonical_request(
    py: Python<'_>,
    method: Text,
    path: Text,
    query: Text,
    headers: Vec<(Text, Text)>,
    body: Data,
    normalize: bool,
    path_encodings: Option<Count>,
) -> PyResult<(String, String)> {
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    attached(py, || {
        let encodings = match path_encodings {
            None | Some(Count(2)) => PathEncoding::Twice,
            Some(Count(1)) => PathEncoding::Once,
            Some(_) => return Err(option_invalid("paths are encoded once or twice".into())),
        };
        let normalized = normalize.then(|| normalize_path(path.as_str()));
        let path = normalized.as_deref().unwrap_or(path.as_str());
        let path = canonical_path(path, encodings);
        let hash = sha256_hex(body.as_slice());
        let (method, query) = (method.as_str(), query.as_str());
        let canonical = canonical::CanonicalRequest::new(method, &path, query, &headers, &hash);
        let (text, signed_headers) = (canonical.as_str(), canonical.signed_headers());
        Ok((text.to_owned(), signed_headers.to_owned()))
    })
}

/// The string to sign, and its credential scope.
///
/// `algorithm` is the token (``AWS4-X509-RSA-SHA256``, …), `now` Unix seconds or a datetime. Raises
/// `InputError`: ``timestamp_malformed``.
#[pyfunction]
pub(crate) fn string_to_sign(
    py: Python<'_>,
    algorithm: Text,
    now: Time,
    region: Text,
    service: Text,
    canonical_request: Text,
) -> PyResult<(String, String)> {
    attached(py, || {
        let now = now.timestamp()?;
        let scope = credential_scope(now, region.as_str(), service.as_str());
        let canonical = canonical_request.as_str();
        let text = core_string_to_sign(algorithm.as_str(), now, &scope, canonical);
        Ok((text, scope))
    })
}

/// The signature as it goes into ``Authorization``, from ``der`` unless `encoding` is ``raw``.
///
/// Raises `SigningError`: ``signature_malformed``.
#[pyfunction]
#[pyo3(signature = (identity, signature, encoding=None))]
pub(crate) fn encode_signature<'py>(
    py: Python<'py>,
    identity: PyRef<'_, Identity>,
    signature: Data,
    encoding: Option<Text>,
) -> PyResult<Bound<'py, PyBytes>> {
    let encoded = attached(py, || encoded(&identity, &signature, encoding.as_ref()))?;
    Ok(PyBytes::new(py, encoded.as_bytes()))
}

/// Raises `SigningError` unless a signature over `message` is by the key of the identity's leaf:
/// ``signature_invalid``, ``signature_malformed``.
#[pyfunction]
#[pyo3(signature = (identity, message, signature, encoding=None))]
pub(crate) fn verify_signature(
    py: Python<'_>,
    identity: PyRef<'_, Identity>,
    message: Data,
    signature: Data,
    encoding: Option<Text>,
) -> PyResult<()> {
    attached(py, || {
        let signature = encoded(&identity, &signature, encoding.as_ref())?;
        AwsLc.verify(identity.0.public_key(), message.as_slice(), &signature)
    })
}

fn encoded(
    identity: &Identity,
    signature: &Data,
    encoding: Option<&Text>,
) -> rolesanywhere_core::error::Result<Signature> {
    let signature = Signature::new(signature.0.to_vec());
    let public_key = identity.0.public_key();
    rolesanywhere_core::signing::encode_signature(public_key, &signature, encoding_of(encoding)?)
}

fn option_invalid(message: String) -> Error {
    Error::new(ErrorCode::OptionInvalid, message)
}
