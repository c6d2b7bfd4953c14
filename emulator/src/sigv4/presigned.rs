use super::authorization::Authorization;
use super::canonical::query_pairs;
use super::signed::{Signed, Trace};
use crate::message::Request;

const SIGNATURE: &str = "X-Amz-Signature";

/// Whether the signature travels in the query.
pub(crate) fn is_presigned(request: &Request) -> bool {
    query_pairs(request.query()).any(|(name, _)| name == SIGNATURE.as_bytes())
}

impl Signed {
    /// Takes a presigned URL apart (AWS, "Authenticating requests: using query parameters"). The
    /// signature is over the query without itself.
    pub(crate) fn read_presigned(request: &Request, trace: &mut Trace) -> Result<Self, String> {
        let one = |wanted: &str| only(request, wanted);
        let authorization = Authorization::new(
            &one("X-Amz-Algorithm")?,
            [
                &one("X-Amz-Credential")?,
                &one("X-Amz-SignedHeaders")?,
                &one(SIGNATURE)?,
            ],
        )?;
        let expires = one("X-Amz-Expires")?.parse::<u32>();
        if !expires.is_ok_and(|seconds| (1..=604_800).contains(&seconds)) {
            return Err("X-Amz-Expires is not 1 to 604800".to_owned());
        }
        let date = one("X-Amz-Date")?;
        let mut unsigned = request.clone();
        let others = request.query().split('&').filter(|piece| {
            let name = piece.split_once('=').map_or(*piece, |(name, _)| name);
            name != SIGNATURE
        });
        unsigned.target = format!(
            "{}?{}",
            request.path(),
            others.collect::<Vec<_>>().join("&")
        );
        Self::check(&unsigned, authorization, &date, &["host"], trace)
    }
}

/// The value of a query parameter that is there exactly once.
pub(crate) fn only(request: &Request, wanted: &str) -> Result<String, String> {
    let mut pairs = query_pairs(request.query()).filter(|(name, _)| name == wanted.as_bytes());
    match (pairs.next(), pairs.next()) {
        (Some((_, value)), None) => {
            String::from_utf8(value).map_err(|_| format!("{wanted} is not text"))
        }
        _ => Err(format!("there is not exactly one {wanted}")),
    }
}
