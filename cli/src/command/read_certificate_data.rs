//! `read-certificate-data`: what a certificate holds, in the helper's words.

use crate::output;
use crate::report::Report;
use crate::settings::Settings;
use rolesanywhere::SourceReader;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::encoding::base64;
use rolesanywhere::core::error::Result;
use rolesanywhere::core::{Identity, KeyAlgorithm};

pub(super) fn run(settings: &Settings<'_>, _report: &Report) -> Result<()> {
    let source = settings.source(OptionName::Certificate)?;
    let mut stdin = std::io::stdin().lock();
    let mut reader = SourceReader::new(settings.environment()).with_standard_input(&mut stdin);
    let identity = Identity::from_pem(&reader.read(&source)?, None)?;
    output::write(describe(&identity).as_bytes())
}

/// Every value is base64, a number or one of our own words: nothing needs escaping.
fn describe(identity: &Identity) -> String {
    let (key_type, algorithms) = names(identity.public_key().algorithm());
    format!(
        r#"{{"keyType":"{key_type}","certificateData":"{}","serialNumber":"{}","supportedAlgorithms":["{}"]}}"#,
        base64(identity.certificate_der()),
        identity.serial_number(),
        algorithms.join(r#"",""#)
    )
}

fn names(algorithm: KeyAlgorithm) -> (&'static str, &'static [&'static str]) {
    match algorithm {
        KeyAlgorithm::Rsa => ("RSA", &["RSASHA256", "RSASHA384", "RSASHA512"]),
        KeyAlgorithm::P256 | KeyAlgorithm::P384 | KeyAlgorithm::P521 => {
            ("EC", &["ECSHA256", "ECSHA384", "ECSHA512"])
        }
        KeyAlgorithm::MlDsa44 => ("ML-DSA-44", &["ML-DSA-44"]),
        KeyAlgorithm::MlDsa65 => ("ML-DSA-65", &["ML-DSA-65"]),
        KeyAlgorithm::MlDsa87 => ("ML-DSA-87", &["ML-DSA-87"]),
        // The core may learn an algorithm before this command does.
        _ => ("", &[]),
    }
}
