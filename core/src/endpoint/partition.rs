//! The partitions of AWS, their host suffixes and the prefixes of their regions.

use crate::error::{Error, ErrorCode, Result, shown};
use alloc::format;

/// A partition whose endpoints are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition(&'static Row);

#[derive(Debug, PartialEq, Eq)]
struct Row {
    id: &'static str,
    dns_suffix: &'static str,
    dualstack_dns_suffix: &'static str,
    /// The first words of a region's name; the longest that fits wins.
    region_prefixes: &'static [&'static str],
}

impl Partition {
    /// Every partition.
    pub const ALL: &[Self] = &[
        Self(&Row {
            id: "aws",
            dns_suffix: "amazonaws.com",
            dualstack_dns_suffix: "api.aws",
            region_prefixes: &[
                "us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-",
            ],
        }),
        Self(&Row {
            id: "aws-cn",
            dns_suffix: "amazonaws.com.cn",
            dualstack_dns_suffix: "api.amazonwebservices.com.cn",
            region_prefixes: &["cn-"],
        }),
        Self(&Row {
            id: "aws-us-gov",
            dns_suffix: "amazonaws.com",
            dualstack_dns_suffix: "api.aws",
            region_prefixes: &["us-gov-"],
        }),
        Self(&Row {
            id: "aws-eusc",
            dns_suffix: "amazonaws.eu",
            dualstack_dns_suffix: "api.amazonwebservices.eu",
            region_prefixes: &["eusc-"],
        }),
        Self(&Row {
            id: "aws-iso",
            dns_suffix: "c2s.ic.gov",
            dualstack_dns_suffix: "api.aws.ic.gov",
            region_prefixes: &["us-iso-"],
        }),
        Self(&Row {
            id: "aws-iso-b",
            dns_suffix: "sc2s.sgov.gov",
            dualstack_dns_suffix: "api.aws.scloud",
            region_prefixes: &["us-isob-"],
        }),
        Self(&Row {
            id: "aws-iso-e",
            dns_suffix: "cloud.adc-e.uk",
            dualstack_dns_suffix: "api.cloud-aws.adc-e.uk",
            region_prefixes: &["eu-isoe-"],
        }),
        Self(&Row {
            id: "aws-iso-f",
            dns_suffix: "csp.hci.ic.gov",
            dualstack_dns_suffix: "api.aws.hci.ic.gov",
            region_prefixes: &["us-isof-"],
        }),
    ];

    /// The partition that an ARN names.
    ///
    /// # Errors
    /// `partition_unknown`
    pub fn from_id(id: &str) -> Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|known| known.id() == id)
            .ok_or_else(|| {
                let message = format!("the endpoints of partition {} are not known", shown(id));
                Error::new(ErrorCode::PartitionUnknown, message)
            })
    }

    /// The partition whose pattern a region's name fits, where one does.
    #[must_use]
    pub fn of_region(region: &str) -> Option<Self> {
        let prefixes = |known: &Self| {
            known
                .0
                .region_prefixes
                .iter()
                .filter(|prefix| region.starts_with(**prefix))
                .map(|p| p.len())
                .max()
        };
        Self::ALL
            .iter()
            .copied()
            .filter(|known| prefixes(known).is_some())
            .max_by_key(prefixes)
    }

    /// The partition's id: `aws`, `aws-cn`, …
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.0.id
    }

    /// What follows `rolesanywhere.<region>.`
    #[must_use]
    pub const fn dns_suffix(self, dualstack: bool) -> &'static str {
        if dualstack {
            self.0.dualstack_dns_suffix
        } else {
            self.0.dns_suffix
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Partition;

    #[test]
    fn the_longest_prefix_wins() {
        for (region, id) in [
            ("us-east-1", "aws"),
            ("mx-central-1", "aws"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"),
            ("cn-north-1", "aws-cn"),
        ] {
            assert_eq!(Partition::of_region(region).unwrap().id(), id, "{region}");
        }
        assert_eq!(Partition::of_region("xx-new-1"), None);
    }
}
