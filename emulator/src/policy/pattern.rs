/// Whether a text matches a pattern in which `*` stands for any run of characters and `?` for one.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.as_bytes(), text.as_bytes());
    // After the last star: the pattern behind it, and the text it has not swallowed yet.
    let mut star: Option<(&[u8], &[u8])> = None;
    loop {
        match (pattern.split_first(), text.split_first()) {
            (Some((b'*', behind)), _) => {
                star = Some((behind, text));
                pattern = behind;
            }
            (Some((wanted, behind)), Some((found, rest))) if *wanted == b'?' || wanted == found => {
                (pattern, text) = (behind, rest);
            }
            (None, None) => return true,
            _ => {
                let Some((behind, [_, rest @ ..])) = star else {
                    return false;
                };
                star = Some((behind, rest));
                (pattern, text) = (behind, rest);
            }
        }
    }
}

/// The same for ARNs: each of the six parts by itself.
pub(super) fn arn_matches(pattern: &str, text: &str) -> bool {
    let (mut patterns, mut parts) = (pattern.splitn(6, ':'), text.splitn(6, ':'));
    let all = patterns
        .by_ref()
        .zip(parts.by_ref())
        .all(|(pattern, part)| matches(pattern, part));
    all && is_arn(pattern) && is_arn(text)
}

/// Whether this has an ARN's six parts.
pub(super) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.splitn(6, ':').count() == 6
}

#[cfg(test)]
mod tests {
    use super::{arn_matches, matches};

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("*", "abc"),
            ("a?c", "abc"),
            ("a*c", "ac"),
            ("a*b*c", "a-b-b-c"),
            ("*ab", "aab"),
            ("**", "x"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("?", ""),
            ("a*c", "acb"),
            ("a", "A"),
            ("*ab", "aba"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
        let hard = "a*".repeat(20) + "b";
        assert!(!matches(&hard, &"a".repeat(20_000)), "and that soon");
    }

    #[test]
    fn arns_part_by_part() {
        let arn = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/2f6d";
        for pattern in [
            arn,
            "arn:aws:rolesanywhere:*:111122223333:trust-anchor/*",
            "arn:*:*:*:*:*",
            "arn:aws:rolesanywhere:eu-west-?:111122223333:trust-anchor/2f6d",
        ] {
            assert!(arn_matches(pattern, arn), "{pattern}");
        }
        for pattern in [
            "arn:aws:*",
            "*",
            "arn:aws:rolesanywhere:*:trust-anchor/2f6d",
        ] {
            assert!(!arn_matches(pattern, arn), "{pattern}");
        }
    }
}
