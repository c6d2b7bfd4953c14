//! What the low level is made of, for tools and for the conformance vectors.

use crate::guard::{guarded, time};
use crate::identity::Identity;
use crate::pending::encoding;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use rolesanywhere::core::arn::{ProfileArn, RoleArn, TrustAnchorArn};
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::encoding::sha256_hex;
use rolesanywhere::core::endpoint::{Endpoint, EndpointVariant, Partition};
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::signing::encode_signature;
use rolesanywhere::core::sigv4::canonical::{
    CanonicalRequest, PathEncoding, canonical_path, normalize_path,
};
use rolesanywhere::core::sigv4::{credential_scope, string_to_sign};
use rolesanywhere::core::{Backend, Signature, pem};

/// The package's version.
#[napi]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The parts of an ARN.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Arn {
    pub partition: String,
    pub region: Option<String>,
    pub account_id: String,
    pub role_name: Option<String>,
}

/// `kind`: `trust_anchor`, `profile` or `role`.
#[napi]
pub fn parse_arn(kind: String, arn: String) -> napi::Result<Arn> {
    guarded(|| match kind.as_str() {
        "trust_anchor" => TrustAnchorArn::parse(&arn)
            .map(|arn| regional(arn.partition(), arn.region(), arn.account_id())),
        "profile" => ProfileArn::parse(&arn)
            .map(|arn| regional(arn.partition(), arn.region(), arn.account_id())),
        "role" => RoleArn::parse(&arn).map(|arn| Arn {
            partition: arn.partition().to_owned(),
            region: None,
            account_id: arn.account_id().to_owned(),
            role_name: Some(arn.role_name().to_owned()),
        }),
        _ => Err(Error::new(
            ErrorCode::OptionInvalid,
            "the kind of an ARN is `trust_anchor`, `profile` or `role`",
        )),
    })
}

fn regional(partition: &str, region: &str, account_id: &str) -> Arn {
    Arn {
        partition: partition.to_owned(),
        region: Some(region.to_owned()),
        account_id: account_id.to_owned(),
        role_name: None,
    }
}

/// Where CreateSession is asked.
#[napi(object)]
#[derive(Debug)]
pub struct EndpointParts {
    pub partition: Option<String>,
    pub region: Option<String>,
    pub endpoint: Option<String>,
    pub allow_http: bool,
    pub use_fips_endpoint: bool,
    pub use_dualstack_endpoint: bool,
}

/// The URL of CreateSession, without its query.
#[napi]
pub fn endpoint_url(parts: EndpointParts) -> napi::Result<String> {
    guarded(|| {
        let endpoint = match &parts.endpoint {
            Some(text) => Endpoint::parse(text, parts.allow_http)?,
            None => Endpoint::for_region(
                Partition::from_id(parts.partition.as_deref().unwrap_or_default())?,
                parts.region.as_deref().unwrap_or_default(),
                EndpointVariant {
                    use_fips_endpoint: parts.use_fips_endpoint,
                    use_dualstack_endpoint: parts.use_dualstack_endpoint,
                },
            )?,
        };
        Ok(endpoint.join("/sessions"))
    })
}

/// A PEM block, or a DER value with the label that it would have.
#[napi(object, object_from_js = false)]
pub struct PemBlock {
    pub label: String,
    pub content: Uint8Array,
}

#[napi]
pub fn pem_blocks(data: &[u8]) -> napi::Result<Vec<PemBlock>> {
    guarded(|| {
        pem::blocks(data)?
            .map(|block| {
                let block = block?;
                Ok(PemBlock {
                    label: block.label().to_owned(),
                    content: block.der().into(),
                })
            })
            .collect()
    })
}

/// A request's parts, for any SigV4.
#[napi(object)]
pub struct CanonicalParts {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Uint8Array,
    pub normalize: bool,
    /// 1 or 2.
    pub path_encodings: u32,
}

/// A canonical request, and the names in it.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Canonical {
    pub canonical_request: String,
    pub signed_headers: String,
}

#[napi]
pub fn canonical_request(parts: CanonicalParts) -> napi::Result<Canonical> {
    guarded(|| {
        let normalized = parts.normalize.then(|| normalize_path(&parts.path));
        let path = normalized.as_ref().unwrap_or(&parts.path);
        let headers: Vec<(&str, &str)> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let canonical = CanonicalRequest::new(
            &parts.method,
            &canonical_path(path, path_encoding(parts.path_encodings)?),
            &parts.query,
            &headers,
            &sha256_hex(&parts.body),
        );
        Ok(Canonical {
            canonical_request: canonical.as_str().to_owned(),
            signed_headers: canonical.signed_headers().to_owned(),
        })
    })
}

fn path_encoding(times: u32) -> Result<PathEncoding> {
    match times {
        1 => Ok(PathEncoding::Once),
        2 => Ok(PathEncoding::Twice),
        _ => Err(Error::new(
            ErrorCode::OptionInvalid,
            "paths are encoded once or twice",
        )),
    }
}

/// A string to sign, and its scope.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct ToSign {
    pub string_to_sign: String,
    pub credential_scope: String,
}

/// `now` in Unix seconds.
#[napi(js_name = "stringToSign")]
pub fn to_sign(
    algorithm: String,
    now: i64,
    region: String,
    service: String,
    canonical_request: String,
) -> napi::Result<ToSign> {
    guarded(|| {
        let now = time(now)?;
        let scope = credential_scope(now, &region, &service);
        Ok(ToSign {
            string_to_sign: string_to_sign(&algorithm, now, &scope, &canonical_request),
            credential_scope: scope,
        })
    })
}

/// Verifies a signature with the leaf's public key, and returns it as it goes on the wire.
#[napi]
pub fn verify_signature(
    identity: &Identity,
    message: &[u8],
    signature: &[u8],
    encoding: String,
) -> napi::Result<Uint8Array> {
    guarded(|| {
        let public_key = identity.0.public_key();
        let given = Signature::new(signature.to_vec());
        let signature = encode_signature(public_key, &given, self::encoding(&encoding)?)?;
        AwsLc.verify(public_key, message, &signature)?;
        Ok(signature.as_bytes().into())
    })
}
