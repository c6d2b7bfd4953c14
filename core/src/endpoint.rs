//! Which host serves a region.
//!
//! The partition comes from an ARN; the table's region prefixes only check it. The table follows
//! botocore's `rolesanywhere` endpoint rule set, which the tests compare it with.

mod partition;

pub use partition::Partition;

use crate::arn::is_region;
use crate::encoding::{split, trim_end};
use crate::error::{Error, ErrorCode, Result, shown};
use crate::http::url::{Scheme, Url};
use alloc::{
    format,
    string::{String, ToString},
};

/// Which variant of a region's host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the two switches that every AWS SDK has"
)]
pub struct EndpointVariant {
    /// `rolesanywhere-fips.<region>.…`
    pub use_fips_endpoint: bool,
    /// The partition's dual-stack suffix, which has IPv6 addresses too.
    pub use_dualstack_endpoint: bool,
}

/// A base URL: scheme, host, port and path prefix.
///
/// # Examples
/// ```
/// use rolesanywhere_core::endpoint::{Endpoint, EndpointVariant, Partition};
///
/// let partition = Partition::from_id("aws-cn")?;
/// let endpoint = Endpoint::for_region(partition, "cn-north-1", EndpointVariant::default())?;
/// assert_eq!(endpoint.url(), "https://rolesanywhere.cn-north-1.amazonaws.com.cn/");
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
}

impl Endpoint {
    /// The host that serves `region`.
    ///
    /// Does not know which regions exist: one that fits the partition is built from its suffix.
    ///
    /// # Errors
    /// `region_malformed`, and `region_mismatch` for another partition's region.
    pub fn for_region(
        partition: Partition,
        region: &str,
        variant: EndpointVariant,
    ) -> Result<Self> {
        check_region(region)?;
        if let Some(other) = Partition::of_region(region).filter(|&other| other != partition) {
            let message = format!(
                "region {} belongs to partition `{}`, but the ARNs are of partition `{}`",
                shown(region),
                other.id(),
                partition.id()
            );
            return Err(Error::new(ErrorCode::RegionMismatch, message));
        }
        let fips = if variant.use_fips_endpoint {
            "-fips"
        } else {
            ""
        };
        let suffix = partition.dns_suffix(variant.use_dualstack_endpoint);
        let text = format!("https://rolesanywhere{fips}.{region}.{suffix}");
        Url::parse(&text, ErrorCode::RegionMalformed).map(|url| Self { url })
    }

    /// A base URL that somebody gave; its path prefix is kept.
    ///
    /// # Errors
    /// `endpoint_malformed`; `endpoint_insecure` for plain http beyond the loopback interface,
    /// unless `allow_http`: the reply holds secrets.
    pub fn parse(text: &str, allow_http: bool) -> Result<Self> {
        let url = Url::parse(text, ErrorCode::EndpointMalformed)?;
        if url.has_query() {
            let message = format!("{} has a query", shown(text));
            return Err(Error::new(ErrorCode::EndpointMalformed, message));
        }
        if split(url.path(), b'/').any(|segment| matches!(segment, "." | "..")) {
            let message = format!("{} has a `.` or `..` segment", shown(text));
            return Err(Error::new(ErrorCode::EndpointMalformed, message));
        }
        if url.scheme() == Scheme::Http && !allow_http && !url.is_loopback() {
            let message = format!("{} is plain http beyond loopback", shown(text));
            return Err(Error::new(ErrorCode::EndpointInsecure, message));
        }
        Ok(Self { url })
    }

    /// The base URL.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.to_string()
    }

    /// The base URL with `path`, which begins with `/`, behind its prefix.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        let prefix = trim_end(self.url.path(), "/");
        format!("{}{prefix}{path}", self.url.origin())
    }
}

pub(crate) fn check_region(region: &str) -> Result<()> {
    let is_pseudo = region.starts_with("fips-") || region.ends_with("-fips");
    if is_region(region) && !is_pseudo {
        return Ok(());
    }
    let message = format!("{} is not the name of a region", shown(region));
    Err(Error::new(ErrorCode::RegionMalformed, message))
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, EndpointVariant, Partition};
    use crate::error::ErrorCode;

    fn host(partition: &str, region: &str, fips: bool, dualstack: bool) -> alloc::string::String {
        let variant = EndpointVariant {
            use_fips_endpoint: fips,
            use_dualstack_endpoint: dualstack,
        };
        let partition = Partition::from_id(partition).unwrap();
        Endpoint::for_region(partition, region, variant)
            .unwrap()
            .url()
    }

    #[test]
    fn variants() {
        assert_eq!(
            host("aws", "us-east-1", false, false),
            "https://rolesanywhere.us-east-1.amazonaws.com/"
        );
        assert_eq!(
            host("aws", "us-east-1", true, false),
            "https://rolesanywhere-fips.us-east-1.amazonaws.com/"
        );
        assert_eq!(
            host("aws", "us-east-1", false, true),
            "https://rolesanywhere.us-east-1.api.aws/"
        );
        assert_eq!(
            host("aws-eusc", "eusc-de-east-1", true, true),
            "https://rolesanywhere-fips.eusc-de-east-1.api.amazonwebservices.eu/"
        );
        assert_eq!(
            host("aws", "xx-new-1", false, false),
            "https://rolesanywhere.xx-new-1.amazonaws.com/"
        );
    }

    #[test]
    fn regions_that_cannot_be_right() {
        let aws = Partition::from_id("aws").unwrap();
        for (region, code) in [
            ("us-east-1-fips", ErrorCode::RegionMalformed),
            ("fips-us-east-1", ErrorCode::RegionMalformed),
            ("us-east-1.evil.example/", ErrorCode::RegionMalformed),
            ("", ErrorCode::RegionMalformed),
            ("cn-north-1", ErrorCode::RegionMismatch),
        ] {
            let error = Endpoint::for_region(aws, region, EndpointVariant::default()).unwrap_err();
            assert_eq!(error.code(), code, "{region}");
        }
        assert_eq!(
            Partition::from_id("aws-moon").unwrap_err().code(),
            ErrorCode::PartitionUnknown
        );
    }

    #[test]
    fn overrides_keep_their_prefix() {
        for (text, joined) in [
            ("https://vpce.example", "https://vpce.example/sessions"),
            (
                "https://proxy.example:8443/aws/",
                "https://proxy.example:8443/aws/sessions",
            ),
            (
                "http://127.0.0.1:9000/a",
                "http://127.0.0.1:9000/a/sessions",
            ),
        ] {
            assert_eq!(
                Endpoint::parse(text, false).unwrap().join("/sessions"),
                joined
            );
        }
        for text in ["https://h/?a", "https://h/a/../b", "h"] {
            let error = Endpoint::parse(text, false).unwrap_err();
            assert_eq!(error.code(), ErrorCode::EndpointMalformed, "{text}");
        }
        let insecure = Endpoint::parse("http://example.com", false).unwrap_err();
        assert_eq!(insecure.code(), ErrorCode::EndpointInsecure);
        assert!(Endpoint::parse("http://example.com", true).is_ok());
    }
}
