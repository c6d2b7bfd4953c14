//! What becomes of a certificate's names in a session.

use super::Found;
use crate::error::ErrorCode;
use crate::session::tags::{SessionTags, is_tag_character};
use crate::x509::Certificate;
use crate::x509::attributes::{self, Attribute};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// RFC 5280 Appendix A, ub-common-name.
const LONGEST_COMMON_NAME: usize = 64;

pub(super) fn common_name(leaf: &Certificate, found: &mut Found) {
    let length = attributes::common_name(leaf).map_or(0, |name| name.chars().count());
    if length > LONGEST_COMMON_NAME {
        let message = format!("the certificate's common name has {length} characters");
        found.warning(ErrorCode::CertificateCommonNameLong, message);
    }
}

/// A warning, as the profile's mappings may leave the attribute out.
pub(super) fn session_tags(leaf: &Certificate, found: &mut Found) {
    let unmappable = SessionTags::of(leaf).unmappable;
    let Some(first) = unmappable.first() else {
        return;
    };
    let keys: Vec<String> = unmappable
        .iter()
        .map(|attribute| format!("`{}`", attribute.key()))
        .collect();
    let message = format!(
        "{} cannot become a session tag: {}",
        keys.join(", "),
        why(first)
    );
    found.warning(ErrorCode::SessionTagsUnmappable, message);
}

fn why(attribute: &Attribute) -> String {
    let Some(value) = &attribute.value else {
        return "it is not a text".to_string();
    };
    match value.chars().find(|one| !is_tag_character(*one)) {
        Some(one) if one.is_control() => "it holds a control character".to_string(),
        Some(one) => {
            format!("it holds `{one}`, and tags take A-Z a-z 0-9 _ . : / = + - @ and space")
        }
        None => "tags take 256 characters, and 50 of them".to_string(),
    }
}
