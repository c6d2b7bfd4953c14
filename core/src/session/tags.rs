//! Session tags: which parts of a certificate's names can be one.
//!
//! Source: IAM Roles Anywhere user guide, "Trust model", and the limits of STS session tags.

use crate::x509::Certificate;
use crate::x509::attributes::{self, Attribute};
use alloc::{string::String, vec::Vec};

const MOST_TAGS: usize = 50;
const LONGEST_VALUE: usize = 256;

/// The tags of a leaf under a profile that maps every attribute, and what cannot be one.
pub(crate) struct SessionTags {
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) unmappable: Vec<Attribute>,
}

impl SessionTags {
    pub(crate) fn of(leaf: &Certificate) -> Self {
        let (mut tags, mut unmappable) = (Vec::new(), Vec::new());
        for attribute in attributes::all(leaf) {
            match attribute.value.as_ref().filter(|value| fits(value)) {
                Some(value) if tags.len() < MOST_TAGS => {
                    tags.push((attribute.key(), value.clone()))
                }
                _ => unmappable.push(attribute),
            }
        }
        Self { tags, unmappable }
    }
}

fn fits(value: &str) -> bool {
    value.len() <= LONGEST_VALUE && value.chars().all(is_tag_character)
}

/// What a tag's value may hold.
pub(crate) fn is_tag_character(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(
            character,
            '_' | '.' | ':' | '/' | '=' | '+' | '-' | '@' | ' '
        )
}
