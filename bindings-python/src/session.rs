//! CreateSession, and SigV4-X509 for any request.

use crate::arguments::{Count, Data, Text, Time};
use crate::boundary::{attached, detached};
use crate::credentials::Credentials;
use crate::identity::Identity;
use crate::pending::PendingSignature;
use crate::private_key::PrivateKey;
use crate::request::HttpRequest;
use pyo3::prelude::*;
use rolesanywhere_core::CreateSession as CoreCreateSession;
use rolesanywhere_core::session::CreateSessionOptions;
use rolesanywhere_core::sigv4::SignableRequest as CoreSignableRequest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A checked CreateSession (IAM Roles Anywhere user guide, "CreateSession"), to be signed any number
/// of times.
///
/// `region` is the trust anchor's unless given, `endpoint` a full base URL, `duration_seconds` 900
/// to 43200 and sent when given, `role_session_name` 2 to 64 of ``[\w+=,.@-]``; `allow_http` permits
/// plain http beyond the loopback interface.
///
/// Raises `InputError`: ``arn_malformed``, ``region_mismatch``, ``region_malformed``,
/// ``partition_unknown``, ``endpoint_malformed``, ``endpoint_insecure``, ``options_conflict``,
/// ``duration_out_of_range``, ``role_session_name_malformed``.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct CreateSession(pub(crate) CoreCreateSession);

/// Any request that is to be signed with SigV4-X509.
///
/// `url` is absolute and percent-encoded as it is to be sent; `headers` are pairs, signed exactly as
/// they are together with ``host``, ``x-amz-date``, ``x-amz-x509`` and ``x-amz-x509-chain``;
/// `service` is ``rolesanywhere`` unless given.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct SignableRequest {
    method: Text,
    url: Text,
    headers: Vec<(Text, Text)>,
    body: Data,
    region: Text,
    service: Text,
}

#[pymethods]
impl CreateSession {
    #[new]
    #[pyo3(signature = (
        trust_anchor_arn, profile_arn, role_arn, region=None, endpoint=None, duration_seconds=None,
        role_session_name=None, use_fips_endpoint=false, use_dualstack_endpoint=false,
        instance_properties=None, *, allow_http=false
    ))]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an option of the one vocabulary"
    )]
    fn new(
        py: Python<'_>,
        trust_anchor_arn: Text,
        profile_arn: Text,
        role_arn: Text,
        region: Option<Text>,
        endpoint: Option<Text>,
        duration_seconds: Option<Count>,
        role_session_name: Option<Text>,
        use_fips_endpoint: bool,
        use_dualstack_endpoint: bool,
        instance_properties: Option<BTreeMap<String, Text>>,
        allow_http: bool,
    ) -> PyResult<Self> {
        let properties = instance_properties.unwrap_or_default();
        let properties: Vec<(&str, &str)> = properties
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let options = CreateSessionOptions {
            trust_anchor_arn: trust_anchor_arn.as_str(),
            profile_arn: profile_arn.as_str(),
            role_arn: role_arn.as_str(),
            region: region.as_ref().map(Text::as_str),
            endpoint: endpoint.as_ref().map(Text::as_str),
            allow_http,
            duration_seconds: duration_seconds.map(|seconds| seconds.saturated(u32::MAX)),
            role_session_name: role_session_name.as_ref().map(Text::as_str),
            instance_properties: &properties,
            use_fips_endpoint,
            use_dualstack_endpoint,
        };
        attached(py, || CoreCreateSession::new(&options)).map(Self)
    }

    /// The region signed for.
    #[getter]
    fn region(&self) -> &str {
        self.0.region()
    }

    /// The URL that is asked, with its query.
    #[getter]
    fn url(&self) -> &str {
        self.0.url()
    }

    /// Everything up to the signature, for a signer of one's own; `now` (Unix seconds or a datetime)
    /// becomes the date, this machine's clock unless given. Raises `InputError`:
    /// ``timestamp_malformed``.
    #[pyo3(signature = (identity, now=None))]
    fn prepare(
        &self,
        py: Python<'_>,
        identity: PyRef<'_, Identity>,
        now: Option<Time>,
    ) -> PyResult<PendingSignature> {
        let pending = attached(py, || self.0.prepare(&identity.0, Time::or_now(now)?));
        pending.map(PendingSignature)
    }

    /// The request, signed with a key at hand; `now` as in `prepare`. Does not verify the signature.
    ///
    /// Raises `IdentityError`: ``key_mismatch``; `SigningError`: ``signing_failed``; `InputError`:
    /// ``timestamp_malformed``.
    #[pyo3(signature = (identity, private_key, now=None))]
    fn sign(
        &self,
        py: Python<'_>,
        identity: PyRef<'_, Identity>,
        private_key: PyRef<'_, PrivateKey>,
        now: Option<Time>,
    ) -> PyResult<HttpRequest> {
        let (identity, key) = (&identity.0, private_key.signing_key());
        let request = detached(py, || self.0.sign(identity, key, Time::or_now(now)?));
        request.map(HttpRequest)
    }

    /// Reads the reply, header names in any case.
    ///
    /// Raises `ServiceError`: ``access_denied``, ``validation_rejected``, ``resource_not_found``,
    /// ``throttled``, ``service_unavailable``, ``clock_skewed`` (needs `now`), ``response_malformed``.
    #[pyo3(signature = (status, headers, body, now=None))]
    fn parse_response(
        &self,
        py: Python<'_>,
        status: Count,
        headers: Vec<(Text, Text)>,
        body: Data,
        now: Option<Time>,
    ) -> PyResult<Credentials> {
        let headers = owned(headers);
        let credentials = attached(py, || {
            let now = now.map(Time::timestamp).transpose()?;
            let status = status.saturated(u16::MAX);
            self.0
                .parse_response(status, &headers, body.as_slice(), now)
        })?;
        Ok(Credentials(Arc::new(credentials)))
    }

    fn __repr__(&self) -> String {
        format!("<CreateSession {}>", self.0.role_arn().as_str())
    }
}

#[pymethods]
impl SignableRequest {
    #[new]
    #[pyo3(signature = (method, url, headers, body, region, service=None))]
    fn new(
        method: Text,
        url: Text,
        headers: Vec<(Text, Text)>,
        body: Data,
        region: Text,
        service: Option<Text>,
    ) -> Self {
        let service = service.unwrap_or_else(|| Text("rolesanywhere".to_owned()));
        Self {
            method,
            url,
            headers,
            body,
            region,
            service,
        }
    }

    /// Everything up to the signature, for a signer of one's own; `now` (Unix seconds or a datetime)
    /// becomes ``x-amz-date``, this machine's clock unless given.
    ///
    /// Raises `InputError`: ``request_malformed`` for a method, URL or header that HTTP does not
    /// allow, or for a header that signing adds itself; ``timestamp_malformed``.
    #[pyo3(signature = (identity, now=None))]
    fn prepare(
        &self,
        py: Python<'_>,
        identity: PyRef<'_, Identity>,
        now: Option<Time>,
    ) -> PyResult<PendingSignature> {
        let headers = self.borrowed_headers();
        let pending = attached(py, || {
            self.core(&headers).prepare(&identity.0, Time::or_now(now)?)
        });
        pending.map(PendingSignature)
    }

    /// The request, signed with a key at hand; `now` as in `prepare`. Does not verify the signature.
    ///
    /// Raises `InputError`: ``request_malformed``, ``timestamp_malformed``; `IdentityError`:
    /// ``key_mismatch``; `SigningError`: ``signing_failed``.
    #[pyo3(signature = (identity, private_key, now=None))]
    fn sign(
        &self,
        py: Python<'_>,
        identity: PyRef<'_, Identity>,
        private_key: PyRef<'_, PrivateKey>,
        now: Option<Time>,
    ) -> PyResult<HttpRequest> {
        let (identity, key) = (&identity.0, private_key.signing_key());
        let headers = self.borrowed_headers();
        let request = detached(py, || {
            self.core(&headers).sign(identity, key, Time::or_now(now)?)
        });
        request.map(HttpRequest)
    }

    fn __repr__(&self) -> String {
        format!("<SignableRequest {} {}>", self.method.0, self.url.0)
    }
}

impl SignableRequest {
    fn borrowed_headers(&self) -> Vec<(&str, &str)> {
        let headers = self.headers.iter();
        headers
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    fn core<'a>(&'a self, headers: &'a [(&'a str, &'a str)]) -> CoreSignableRequest<'a> {
        CoreSignableRequest {
            method: self.method.as_str(),
            url: self.url.as_str(),
            headers,
            body: self.body.as_slice(),
            region: self.region.as_str(),
            service: self.service.as_str(),
        }
    }
}

pub(crate) fn owned(headers: Vec<(Text, Text)>) -> Vec<(String, String)> {
    headers
        .into_iter()
        .map(|(name, value)| (name.0, value.0))
        .collect()
}
