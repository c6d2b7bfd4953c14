//! Inputs and outputs of the operations that any IAM Roles Anywhere implementation has.

use super::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Declares structs of public fields that refuse unknown members and leave out what is unset.
macro_rules! parts {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[expect(clippy::exhaustive_structs, reason = "plain data, built by its fields")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type,)* }
    )*};
}
pub(crate) use parts;

parts! {
    /// `arn`: which ARN is this.
    ArnInput {
        /// What the ARN must be of.
        kind: ArnKind,
        /// The text.
        arn: String,
    }

    /// The parts of an ARN.
    ArnExpected {
        /// The partition.
        partition: String,
        /// The region; a role has none.
        #[serde(skip_serializing_if = "Option::is_none")]
        region: Option<String>,
        /// 12 digits.
        account_id: String,
        /// A role's name without its path.
        #[serde(skip_serializing_if = "Option::is_none")]
        role_name: Option<String>,
    }

    /// `endpoint`: which URL is asked. Either partition and region are given, or an endpoint.
    EndpointInput {
        /// The ARNs' partition.
        #[serde(skip_serializing_if = "Option::is_none")]
        partition: Option<String>,
        /// The region.
        #[serde(skip_serializing_if = "Option::is_none")]
        region: Option<String>,
        /// The base URL that somebody gave.
        #[serde(skip_serializing_if = "Option::is_none")]
        endpoint: Option<String>,
        /// Whether plain http may leave the machine.
        #[serde(default, skip_serializing_if = "is_false")]
        allow_http: bool,
        /// The FIPS host.
        #[serde(default, skip_serializing_if = "is_false")]
        use_fips_endpoint: bool,
        /// The dual-stack host.
        #[serde(default, skip_serializing_if = "is_false")]
        use_dualstack_endpoint: bool,
    }

    /// The URL that CreateSession goes to, without its query.
    EndpointExpected {
        /// The URL.
        url: String,
    }

    /// `pem`: what is in a file.
    PemInput {
        /// The file.
        data: Data,
    }

    /// The blocks in the file's order.
    PemExpected {
        /// The blocks.
        blocks: Vec<PemBlock>,
    }

    /// A block.
    PemBlock {
        /// Its label; for DER the one that its PEM would have.
        label: String,
        /// SHA-256 of the content.
        content_sha256_hex: String,
    }

    /// `certificate`: the facts of a leaf.
    CertificateInput {
        /// PEM or DER.
        certificate: Data,
    }

    /// The facts of a leaf.
    CertificateExpected {
        /// Decimal, however long.
        serial_number: String,
        /// `rsa`, `p256`, `p384`, `p521`, `ml_dsa_44`, `ml_dsa_65` or `ml_dsa_87`.
        key_algorithm: String,
        /// The token of the string to sign, from the public key.
        algorithm: String,
        /// As RFC 4514 prints it.
        subject: String,
        /// As RFC 4514 prints it.
        issuer: String,
        /// Unix seconds.
        not_before: i64,
        /// Unix seconds.
        not_after: i64,
    }

    /// `private_key`: can this key be read, and to which certificate does it belong.
    PrivateKeyInput {
        /// The key file.
        private_key: Data,
        /// The passphrase.
        #[serde(skip_serializing_if = "Option::is_none")]
        passphrase: Option<String>,
        /// A certificate to compare with.
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate: Option<Data>,
    }

    /// What the key is.
    PrivateKeyExpected {
        /// As in `certificate`.
        key_algorithm: String,
        /// Whether it belongs to the certificate given.
        #[serde(skip_serializing_if = "Option::is_none")]
        matches: Option<bool>,
    }

    /// `identity`: leaf, chain and key out of any mix of files, and what is wrong with them.
    ///
    /// Either `certificate` and `chain` are given, and the first names the leaf, or `parts`, in
    /// which everything may be anywhere.
    IdentityInput {
        /// A file with the leaf, and more certificates perhaps.
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate: Option<Data>,
        /// A file with intermediates.
        #[serde(skip_serializing_if = "Option::is_none")]
        chain: Option<Data>,
        /// Files with anything.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parts: Vec<Data>,
        /// The passphrase of any key among the parts.
        #[serde(skip_serializing_if = "Option::is_none")]
        passphrase: Option<String>,
        /// Unix seconds; with it the identity is checked.
        #[serde(skip_serializing_if = "Option::is_none")]
        now: Option<i64>,
    }

    /// The identity.
    IdentityExpected {
        /// SHA-256 of the leaf's DER.
        certificate_sha256_hex: String,
        /// SHA-256 of each intermediate's DER, in the order of `X-Amz-X509-Chain`.
        chain_sha256_hex: Vec<String>,
        /// Whether the parts held the leaf's key.
        has_private_key: bool,
        /// Codes of what is worth a warning or a note, where `now` is given.
        #[serde(skip_serializing_if = "Option::is_none")]
        findings: Option<Vec<String>>,
    }

    /// `canonical_request`: the first stage by itself.
    CanonicalRequestInput {
        /// The method.
        method: String,
        /// The path as it is sent, before any canonicalisation.
        path: String,
        /// Whether segments `.` and `..` are resolved first, as every service but S3 has it.
        #[serde(default, skip_serializing_if = "is_false")]
        normalize: bool,
        /// How often each segment is percent-encoded: 2 for IAM Roles Anywhere.
        path_encodings: u8,
        /// The query as it is sent, without `?`.
        query: String,
        /// Every header that is signed, in wire order.
        headers: Vec<(String, String)>,
        /// The body.
        body: Data,
    }

    /// The first stage.
    CanonicalRequestExpected {
        /// The canonical request.
        canonical_request: String,
        /// The names of the signed headers, joined by `;`.
        signed_headers: String,
    }

    /// `string_to_sign`: the second stage by itself.
    StringToSignInput {
        /// The first line.
        algorithm: String,
        /// Unix seconds.
        now: i64,
        /// The region.
        region: String,
        /// The service.
        service: String,
        /// The first stage.
        canonical_request: String,
    }

    /// The second stage.
    StringToSignExpected {
        /// `YYYYMMDD/region/service/aws4_request`
        credential_scope: String,
        /// The string to sign.
        string_to_sign: String,
    }

    /// `signature`: the third stage by itself. With `private_key` somebody signs; with `certificate`
    /// a signature is checked, its form and then whether it holds.
    SignatureInput {
        /// The string to sign, or any other message.
        message: Data,
        /// Whose signature is made.
        #[serde(skip_serializing_if = "Option::is_none")]
        private_key: Option<Data>,
        /// With whose key the signature is checked.
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate: Option<Data>,
        /// The signature that is checked.
        #[serde(skip_serializing_if = "Option::is_none")]
        signature_hex: Option<String>,
        /// The form of that signature.
        #[serde(skip_serializing_if = "Option::is_none")]
        encoding: Option<Encoding>,
    }

    /// The third stage.
    SignatureExpected {
        /// As it stands in `Authorization`. RSA signatures are these bytes; ECDSA signatures are
        /// where the signer follows RFC 6979 with SHA-256, ML-DSA signatures where it is the
        /// deterministic variant. All others, and ours here, verify with the public key.
        signature_hex: String,
        /// False where the source drew random numbers: then nobody makes these bytes again.
        reproducible: bool,
    }

    /// `authorization`: all four stages for any request.
    AuthorizationInput {
        /// The method.
        method: String,
        /// The absolute URL as it is sent.
        url: String,
        /// Every header that is signed, but for those that signing adds.
        headers: Vec<(String, String)>,
        /// The body.
        body: Data,
        /// The region.
        region: String,
        /// The service.
        service: String,
        /// Unix seconds: `x-amz-date`.
        now: i64,
        /// The leaf.
        certificate: Data,
        /// The intermediates.
        #[serde(skip_serializing_if = "Option::is_none")]
        chain: Option<Data>,
        /// The leaf's key.
        #[serde(skip_serializing_if = "Option::is_none")]
        private_key: Option<Data>,
        /// In place of the key: what an external signer returned.
        #[serde(skip_serializing_if = "Option::is_none")]
        signature_hex: Option<String>,
        /// The form of that signature.
        #[serde(skip_serializing_if = "Option::is_none")]
        encoding: Option<Encoding>,
    }

    /// The four stages, compared in this order.
    AuthorizationExpected {
        /// The canonical request.
        canonical_request: String,
        /// As in `canonical_request`.
        signed_headers: String,
        /// The string to sign.
        string_to_sign: String,
        /// As in `signature`.
        signature_hex: String,
        /// As in `signature`.
        reproducible: bool,
        /// The value of the header, with the signature above.
        authorization: String,
    }

    /// `create_session`: options in, the signed request out. Without a certificate the request is
    /// made and not signed.
    CreateSessionInput {
        /// The trust anchor.
        trust_anchor_arn: String,
        /// The profile.
        profile_arn: String,
        /// The role.
        role_arn: String,
        /// The region.
        #[serde(skip_serializing_if = "Option::is_none")]
        region: Option<String>,
        /// The base URL.
        #[serde(skip_serializing_if = "Option::is_none")]
        endpoint: Option<String>,
        /// Whether plain http may leave the machine.
        #[serde(default, skip_serializing_if = "is_false")]
        allow_http: bool,
        /// Seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        duration_seconds: Option<u32>,
        /// The session's name.
        #[serde(skip_serializing_if = "Option::is_none")]
        role_session_name: Option<String>,
        /// The map of that name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        instance_properties: BTreeMap<String, String>,
        /// The FIPS host.
        #[serde(default, skip_serializing_if = "is_false")]
        use_fips_endpoint: bool,
        /// The dual-stack host.
        #[serde(default, skip_serializing_if = "is_false")]
        use_dualstack_endpoint: bool,
        /// The leaf.
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate: Option<Data>,
        /// The intermediates.
        #[serde(skip_serializing_if = "Option::is_none")]
        chain: Option<Data>,
        /// The leaf's key.
        #[serde(skip_serializing_if = "Option::is_none")]
        private_key: Option<Data>,
        /// Unix seconds.
        now: i64,
    }

    /// The request, and its stages where it is signed.
    CreateSessionExpected {
        /// The URL with its query.
        url: String,
        /// The body: JSON without white space, its members by name.
        body: String,
        /// As in `authorization`.
        #[serde(skip_serializing_if = "Option::is_none")]
        canonical_request: Option<String>,
        /// As in `authorization`.
        #[serde(skip_serializing_if = "Option::is_none")]
        signed_headers: Option<String>,
        /// As in `authorization`.
        #[serde(skip_serializing_if = "Option::is_none")]
        string_to_sign: Option<String>,
        /// As in `signature`.
        #[serde(skip_serializing_if = "Option::is_none")]
        signature_hex: Option<String>,
        /// As in `signature`.
        #[serde(skip_serializing_if = "Option::is_none")]
        reproducible: Option<bool>,
        /// The value of the header, with the signature above.
        #[serde(skip_serializing_if = "Option::is_none")]
        authorization: Option<String>,
    }

    /// `session_response`: the service's reply.
    SessionResponseInput {
        /// The role that was asked for.
        role_arn: String,
        /// The HTTP status.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
        /// The body.
        body: Data,
        /// This machine's clock in Unix seconds, to compare with the reply's `Date`.
        #[serde(skip_serializing_if = "Option::is_none")]
        now: Option<i64>,
    }

    /// The credentials.
    SessionResponseExpected {
        /// The access key id.
        access_key_id: String,
        /// The secret access key.
        secret_access_key: String,
        /// The session token.
        session_token: String,
        /// Unix seconds.
        expiration: i64,
        /// The role's account.
        account_id: String,
    }
}

/// What an ARN must be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ArnKind {
    /// A trust anchor.
    TrustAnchor,
    /// A profile.
    Profile,
    /// A role.
    Role,
}

/// The form of an external signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Encoding {
    /// ASN.1 DER, and the only form of RSA and ML-DSA.
    #[default]
    Der,
    /// r and s, big-endian, each as long as the curve's order.
    Raw,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
pub(crate) const fn is_false(value: &bool) -> bool {
    !*value
}
