//! Session tags from a leaf, by a profile's attribute mappings.

mod names;

use crate::arn::Arn;
use crate::attribute;
use crate::certificate::Certificate;
use crate::config::{AttributeMapping, CertificateField};
use crate::refusal::{Refusal, Result};
use names::{Attribute, attributes};
use std::collections::BTreeMap;
use x509_cert::ext::pkix::name::{GeneralName, GeneralNames};

const MAX_TAGS: usize = 50;
const MAX_KEY: usize = 128;
const MAX_VALUE: usize = 256;

/// The specifiers that failed, by field, in the order the service's message tells them.
type Failed = [(&'static str, Vec<String>); 3];

/// The tags, or the refusal that names every attribute that cannot be one.
pub(super) fn of(
    leaf: &Certificate,
    mappings: &[AttributeMapping],
    role: &Arn,
) -> Result<BTreeMap<String, String>> {
    let names = leaf.alternative_names().map_err(Refusal::untrusted)?;
    let [issuer, subject] = [leaf.issuer(), leaf.subject()].map(|name| attributes(name, ""));
    let fields = [
        (CertificateField::Issuer, "x509Issuer", issuer),
        (CertificateField::Subject, "x509Subject", subject),
        (
            CertificateField::San,
            "x509SAN",
            of_alternative_names(&names),
        ),
    ];
    let mut tags = BTreeMap::new();
    let mut failed: Failed = [("Issuer", vec![]), ("Subject", vec![]), ("SAN", vec![])];
    for ((field, prefix, attributes), (_, failed)) in fields.into_iter().zip(&mut failed) {
        for attribute in attributes {
            let Some(specifier) = chosen(&attribute, field, mappings) else {
                continue;
            };
            let key = format!("{prefix}/{specifier}");
            match attribute.value.filter(|value| fits(&key, value)) {
                Some(value) if tags.len() < MAX_TAGS => drop(tags.insert(key, value)),
                _ => failed.push(specifier),
            }
        }
    }
    if failed.iter().all(|(_, specifiers)| specifiers.is_empty()) {
        Ok(tags)
    } else {
        Err(refusal(role, &failed))
    }
}

/// The first DNS name, the first URI and the attributes of the first directory name.
fn of_alternative_names(names: &GeneralNames) -> Vec<Attribute> {
    let dns = names.iter().find_map(|name| match name {
        GeneralName::DnsName(name) => Some(Attribute::plain("DNS", name.as_str())),
        _ => None,
    });
    let uri = names.iter().find_map(|name| match name {
        GeneralName::UniformResourceIdentifier(uri) => Some(Attribute::plain("URI", uri.as_str())),
        _ => None,
    });
    let directory = names.iter().find_map(|name| match name {
        GeneralName::DirectoryName(name) => Some(attributes(name, "Name/")),
        _ => None,
    });
    let directory = directory.unwrap_or_default();
    dns.into_iter().chain(uri).chain(directory).collect()
}

/// What the attribute is called in its tag, if a rule asks for it.
fn chosen(
    attribute: &Attribute,
    field: CertificateField,
    mappings: &[AttributeMapping],
) -> Option<String> {
    let mappings = mappings.iter().filter(|m| m.certificate_field == field);
    let mut rules = mappings.flat_map(|mapping| &mapping.mapping_rules);
    let by_rule = |specifier: &str| -> Option<String> {
        let Some(oid) = attribute.oid else {
            return (specifier == attribute.prefix).then(|| specifier.to_owned());
        };
        let specifier = specifier.strip_prefix(attribute.prefix)?;
        let name = if specifier == "*" {
            attribute::name_of(oid)?.to_owned()
        } else if attribute::oid_of(specifier) == Some(oid) {
            attribute::name_of(oid).map_or_else(|| oid.to_string(), str::to_owned)
        } else {
            return None;
        };
        Some(format!("{}{name}", attribute.prefix))
    };
    rules.find_map(|rule| by_rule(&rule.specifier))
}

fn fits(key: &str, value: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_.:/=+-@ ".contains(c);
    key.len() <= MAX_KEY && value.len() <= MAX_VALUE && value.chars().all(allowed)
}

fn refusal(role: &Arn, failed: &Failed) -> Refusal {
    let lists = failed.each_ref().map(|(field, specifiers)| {
        let list = specifiers.join(", ");
        let gap = if list.is_empty() { "" } else { " " };
        format!("{field}: [ {list}{gap}]")
    });
    let message = format!(
        "Unable to assume role for {}. Some attributes failed to be mapped into session tags. {}",
        role.as_str(),
        lists.join("; ")
    );
    let reason = "a tag's value has at most 256 of A-Z a-z 0-9 _ . : / = + - @ and space, its key at \
                  most 128 characters, and there are at most 50";
    Refusal::access_denied(message, reason)
}
