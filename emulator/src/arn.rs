//! ARNs as the service takes them apart.

/// `arn:partition:service:region:account:resource`, each part as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arn {
    text: String,
    /// Partition, service, region, account, and the resource without its type.
    parts: [String; 5],
}

/// What kind of resource an ARN names, and under which member of a request it travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArnKind {
    TrustAnchor,
    Profile,
    Role,
}

impl ArnKind {
    /// The member of a CreateSession request.
    pub(crate) const fn member(self) -> &'static str {
        match self {
            Self::TrustAnchor => "trustAnchorArn",
            Self::Profile => "profileArn",
            Self::Role => "roleArn",
        }
    }

    const fn service_and_resource(self) -> (&'static str, &'static str) {
        match self {
            Self::TrustAnchor => ("rolesanywhere", "trust-anchor/"),
            Self::Profile => ("rolesanywhere", "profile/"),
            Self::Role => ("iam", "role/"),
        }
    }
}

impl Arn {
    /// Parses an ARN of the kind given; the longest there is has 1011 characters.
    pub(crate) fn parse(kind: ArnKind, text: &str) -> Option<Self> {
        let (service, prefix) = kind.service_and_resource();
        let mut parts = text.splitn(6, ':');
        let arn = parts.next()?;
        let [partition, its_service, region, account, resource] = [
            parts.next()?,
            parts.next()?,
            parts.next()?,
            parts.next()?,
            parts.next()?,
        ];
        let id = resource.strip_prefix(prefix)?;
        let valid = arn == "arn"
            && (partition == "aws"
                || partition
                    .strip_prefix("aws-")
                    .is_some_and(|p| !p.is_empty()))
            && its_service == service
            && region.is_empty() == (kind == ArnKind::Role)
            && account.len() == 12
            && account.bytes().all(|digit| digit.is_ascii_digit())
            && !id.is_empty()
            && text.len() <= 1011;
        valid.then(|| Self {
            text: text.to_owned(),
            parts: [partition, its_service, region, account, id].map(str::to_owned),
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn partition(&self) -> &str {
        let [partition, ..] = &self.parts;
        partition
    }

    pub(crate) fn region(&self) -> &str {
        let [_, _, region, ..] = &self.parts;
        region
    }

    pub(crate) fn account(&self) -> &str {
        let [_, _, _, account, _] = &self.parts;
        account
    }

    /// The id, or for a role its name without the path.
    pub(crate) fn name(&self) -> &str {
        let [.., id] = &self.parts;
        id.rsplit_once('/').map_or(id, |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, ArnKind};

    #[test]
    fn each_kind_takes_its_own() {
        let anchor = "arn:aws-cn:rolesanywhere:cn-north-1:111122223333:trust-anchor/3f2a";
        let role = "arn:aws:iam::111122223333:role/path+a=b/Deploy@p521";
        let parsed = Arn::parse(ArnKind::TrustAnchor, anchor).unwrap();
        assert_eq!(
            (parsed.partition(), parsed.region()),
            ("aws-cn", "cn-north-1")
        );
        assert_eq!((parsed.account(), parsed.name()), ("111122223333", "3f2a"));
        assert_eq!(
            Arn::parse(ArnKind::Role, role).unwrap().name(),
            "Deploy@p521"
        );
        for wrong in [
            role,
            "arn:aws:rolesanywhere:cn-north-1:111122223333:profile/3f2a",
            "arn:aws:rolesanywhere::111122223333:trust-anchor/3f2a",
            "arn:aws:rolesanywhere:cn-north-1:11112222333:trust-anchor/3f2a",
            "arn:aws:rolesanywhere:cn-north-1:111122223333:trust-anchor/",
            "arn:aws-:rolesanywhere:cn-north-1:111122223333:trust-anchor/3f2a",
            "arn:trust-anchor-arn",
            "",
        ] {
            assert_eq!(Arn::parse(ArnKind::TrustAnchor, wrong), None, "{wrong}");
        }
    }
}
