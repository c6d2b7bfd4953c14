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

    /// The resource's id; `alias/` and the rest for an alias.
    fn id(self, resource: &str) -> Option<&str> {
        let (_, prefix) = self.service_and_resource();
        let alias = resource.strip_prefix(ALIAS).filter(|_| self != Self::Role);
        let named = alias
            .and_then(|alias| alias.strip_prefix(prefix))
            .filter(|n| is_alias(n));
        let id = resource.strip_prefix(prefix).filter(|id| !id.is_empty());
        id.or(named.map(|_| resource))
    }
}

const ALIAS: &str = "alias/";

/// 1 to 256 characters, a letter first, a `/` only between others.
pub(crate) fn is_alias(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_/-".contains(&byte);
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.len() <= 256
        && name.bytes().all(allowed)
        && !name.ends_with('/')
        && !name.contains("//")
}

impl Arn {
    /// Parses an ARN of the kind given; the longest there is has 1011 characters.
    pub(crate) fn parse(kind: ArnKind, text: &str) -> Option<Self> {
        let (service, _) = kind.service_and_resource();
        let mut parts = text.splitn(6, ':');
        let arn = parts.next()?;
        let [partition, its_service, region, account, resource] = [
            parts.next()?,
            parts.next()?,
            parts.next()?,
            parts.next()?,
            parts.next()?,
        ];
        let id = kind.id(resource)?;
        let valid = arn == "arn"
            && (partition == "aws"
                || partition
                    .strip_prefix("aws-")
                    .is_some_and(|p| !p.is_empty()))
            && its_service == service
            && region.is_empty() == (kind == ArnKind::Role)
            && account.len() == 12
            && account.bytes().all(|digit| digit.is_ascii_digit())
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

    /// Whether this names the resource by one of its aliases.
    pub(crate) fn is_alias(&self) -> bool {
        let [.., id] = &self.parts;
        id.starts_with(ALIAS)
    }

    /// The ARN of an alias of the resource that this ARN names by its id.
    pub(crate) fn alias(&self, kind: ArnKind, name: &str) -> String {
        let [partition, service, region, account, _] = &self.parts;
        let (_, prefix) = kind.service_and_resource();
        format!("arn:{partition}:{service}:{region}:{account}:{ALIAS}{prefix}{name}")
    }

    /// The id, or for a role its name without the path.
    pub(crate) fn name(&self) -> &str {
        let [.., id] = &self.parts;
        id.rsplit_once('/').map_or(id, |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Arn, ArnKind, is_alias};

    #[test]
    fn aliases_are_names_within_their_kind() {
        let alias = "arn:aws:rolesanywhere:eu-west-1:111122223333:alias/profile/ci/build-1";
        let parsed = Arn::parse(ArnKind::Profile, alias).unwrap();
        assert!(parsed.is_alias());
        assert_eq!(Arn::parse(ArnKind::TrustAnchor, alias), None);
        assert_eq!(
            Arn::parse(ArnKind::Role, "arn:aws:iam::111122223333:alias/role/x"),
            None
        );
        let by_id = alias.replace("alias/profile/ci/build-1", "profile/7b1c");
        let by_id = Arn::parse(ArnKind::Profile, &by_id).unwrap();
        assert!(!by_id.is_alias());
        assert_eq!(by_id.alias(ArnKind::Profile, "ci/build-1"), alias);
        assert!(is_alias(&"a".repeat(256)) && is_alias("A_b-c/d"));
        for wrong in ["", "1a", "/a", "a/", "a//b", "a.b", "ä", &"a".repeat(257)] {
            assert!(!is_alias(wrong), "{wrong}");
        }
    }

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
