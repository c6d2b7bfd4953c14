//! ARNs: which one is this, and is it the one that belongs here.
//!
//! The forms are those of the IAM Roles Anywhere API reference (`CreateSession`) and of IAM's
//! reference for role ARNs. A value that exists is well formed; whether AWS knows it, AWS says.

mod parts;

pub(crate) use parts::{is_iam_name, is_region};

use crate::encoding::split_at_last;
use crate::error::Result;
use alloc::string::String;
use parts::Parts;

/// A trust anchor's ARN, by id or by alias.
///
/// # Examples
/// ```
/// use rolesanywhere_core::TrustAnchorArn;
///
/// let arn = TrustAnchorArn::parse(
///     "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/3f2a8c1e-9d47-4f0b-8a11-5b7e0c9d1a2b",
/// )?;
/// assert_eq!((arn.region(), arn.account_id()), ("eu-central-1", "111122223333"));
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustAnchorArn(Parts);

/// A profile's ARN, by id or by alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileArn(Parts);

/// A role's ARN, with its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleArn(Parts);

impl TrustAnchorArn {
    /// Parses `arn:…:rolesanywhere:<region>:<account>:trust-anchor/<id>` or
    /// `…:alias/trust-anchor/<name>`.
    ///
    /// # Errors
    /// `arn_malformed`
    pub fn parse(text: &str) -> Result<Self> {
        Parts::parse_rolesanywhere(text, "trust anchor", "trust-anchor").map(Self)
    }

    /// The region that the trust anchor lives in.
    #[must_use]
    pub fn region(&self) -> &str {
        self.0.region()
    }

    /// The trust anchor's id; `None` where the ARN names an alias.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.0.id()
    }
}

impl ProfileArn {
    /// Parses `arn:…:rolesanywhere:<region>:<account>:profile/<id>` or `…:alias/profile/<name>`.
    ///
    /// # Errors
    /// `arn_malformed`
    pub fn parse(text: &str) -> Result<Self> {
        Parts::parse_rolesanywhere(text, "profile", "profile").map(Self)
    }

    /// The region that the profile lives in.
    #[must_use]
    pub fn region(&self) -> &str {
        self.0.region()
    }

    /// The profile's id; `None` where the ARN names an alias.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.0.id()
    }
}

impl RoleArn {
    /// Parses `arn:…:iam::<account>:role/<path/name>`.
    ///
    /// # Errors
    /// `arn_malformed`
    pub fn parse(text: &str) -> Result<Self> {
        Parts::parse_role(text).map(Self)
    }

    /// The role's name, without its path.
    #[must_use]
    pub fn role_name(&self) -> &str {
        let resource = self.0.resource();
        split_at_last(resource, b'/').map_or(resource, |(_, name)| name)
    }
}

macro_rules! common {
    ($($name:ident)*) => {$(
        impl $name {
            /// The ARN as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The partition: `aws`, `aws-cn`, `aws-us-gov`, …
            #[must_use]
            pub fn partition(&self) -> &str {
                self.0.partition()
            }

            /// The account: 12 digits.
            #[must_use]
            pub fn account_id(&self) -> &str {
                self.0.account_id()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl From<$name> for String {
            fn from(arn: $name) -> Self {
                arn.0.into_text()
            }
        }
    )*};
}

common!(TrustAnchorArn ProfileArn RoleArn);

#[cfg(test)]
mod tests {
    use super::{ProfileArn, RoleArn, TrustAnchorArn};
    use crate::error::ErrorCode;
    use alloc::format;

    const ANCHOR: &str = "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/3f2a8c1e";

    #[test]
    fn ids_and_aliases() {
        for rest in [
            "trust-anchor/3f2a8c1e-9d47",
            "alias/trust-anchor/a",
            "alias/trust-anchor/a/b_c-1",
        ] {
            let text = format!("arn:aws-us-gov:rolesanywhere:us-gov-west-1:111122223333:{rest}");
            let arn = TrustAnchorArn::parse(&text).unwrap();
            assert_eq!(
                (arn.partition(), arn.region()),
                ("aws-us-gov", "us-gov-west-1")
            );
            assert_eq!(arn.as_str(), text);
        }
        let alias = "arn:aws:rolesanywhere:us-east-1:111122223333:alias/profile/ci";
        assert_eq!(
            ProfileArn::parse(alias).unwrap().account_id(),
            "111122223333"
        );
    }

    #[test]
    fn roles_keep_their_path() {
        let arn = RoleArn::parse("arn:aws:iam::111122223333:role/path+a=b/Deploy@x").unwrap();
        assert_eq!(arn.role_name(), "Deploy@x");
        assert_eq!(arn.partition(), "aws");
    }

    #[test]
    fn wrong_ones_are_refused() {
        let long = format!("{ANCHOR}{}", "a".repeat(1011));
        for text in [
            "",
            "arn",
            "arn:aws:rolesanywhere:us-east-1:111122223333",
            "urn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
            "arn:gcp:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
            "arn:awsx:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
            "arn:aws:iam:us-east-1:111122223333:trust-anchor/a",
            "arn:aws:rolesanywhere::111122223333:trust-anchor/a",
            "arn:aws:rolesanywhere:us east:111122223333:trust-anchor/a",
            "arn:aws:rolesanywhere:us-east-1:11112222333:trust-anchor/a",
            "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/",
            "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor",
            "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a/b",
            "arn:aws:rolesanywhere:us-east-1:111122223333:profile/a",
            "arn:aws:rolesanywhere:us-east-1:111122223333:alias/profile/a",
            "arn:aws:rolesanywhere:us-east-1:111122223333:alias/trust-anchor/1a",
            "arn:aws:rolesanywhere:us-east-1:111122223333:alias/trust-anchor/a//b",
            "arn:aws:rolesanywhere:us-east-1:111122223333:alias/trust-anchor/a/",
            long.as_str(),
        ] {
            let error = TrustAnchorArn::parse(text).unwrap_err();
            assert_eq!(error.code(), ErrorCode::ArnMalformed, "{text}");
        }
        for text in [
            ANCHOR,
            "arn:aws:iam:us-east-1:111122223333:role/a",
            "arn:aws:iam::111122223333:user/a",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:iam::111122223333:role/a b",
            "arn:aws:iam::111122223333:role/a/",
        ] {
            assert!(RoleArn::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pasted_key_is_not_shown() {
        let error = RoleArn::parse("-----BEGIN PRIVATE KEY-----\nMIGH").unwrap_err();
        assert!(!error.message().contains("MIGH"), "{error}");
    }
}
