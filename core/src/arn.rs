//! ARNs: which one is this.

use crate::error::Result;
use alloc::string::String;

macro_rules! arn_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { text: String }

        impl $name {
            /// Parses the ARN.
            ///
            /// # Errors
            /// `arn_malformed`
            pub fn parse(_text: &str) -> Result<Self> { todo!() }

            /// The ARN as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.text }

            /// The partition: `aws`, `aws-cn`, …
            #[must_use]
            pub fn partition(&self) -> &str { todo!() }

            /// The account: 12 digits.
            #[must_use]
            pub fn account_id(&self) -> &str { todo!() }
        }
    };
}

arn_type!(
    /// A trust anchor's ARN, by id or by alias; has `region()`.
    TrustAnchorArn
);
arn_type!(
    /// A profile's ARN, by id or by alias; has `region()`.
    ProfileArn
);
arn_type!(
    /// A role's ARN; has `role_name()`.
    RoleArn
);
