//! `pem`, `certificate`, `identity`.

use super::operation::Operation;
use super::{Problem, Subject};
use crate::model::protocol::{
    CertificateExpected, CertificateInput, IdentityExpected, IdentityInput, PemBlock, PemExpected,
    PemInput,
};
use rolesanywhere_core::encoding::sha256_hex;
use rolesanywhere_core::identity::{self, load_identity};
use rolesanywhere_core::{SigningKey, Timestamp, pem};

pub(super) struct Pem;

impl Operation for Pem {
    type Input = PemInput;
    type Expected = PemExpected;
    const NAME: &'static str = "pem";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &PemInput,
        _: Option<&PemExpected>,
        _: &Subject,
    ) -> Result<PemExpected, Problem> {
        let data = input.data.bytes()?;
        let mut blocks = Vec::new();
        for block in pem::blocks(&data)? {
            let block = block?;
            blocks.push(PemBlock {
                label: block.label().to_owned(),
                content_sha256_hex: sha256_hex(block.der()),
            });
        }
        Ok(PemExpected { blocks })
    }
}

pub(super) struct Certificate;

impl Operation for Certificate {
    type Input = CertificateInput;
    type Expected = CertificateExpected;
    const NAME: &'static str = "certificate";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &CertificateInput,
        _: Option<&CertificateExpected>,
        _: &Subject,
    ) -> Result<CertificateExpected, Problem> {
        let identity = identity::Identity::from_pem(&input.certificate.bytes()?, None)?;
        Ok(CertificateExpected {
            serial_number: identity.serial_number().to_owned(),
            key_algorithm: identity.key_algorithm().as_str().to_owned(),
            algorithm: identity.algorithm().as_str().to_owned(),
            subject: identity.subject(),
            issuer: identity.issuer(),
            not_before: identity.not_before().unix_seconds(),
            not_after: identity.not_after().unix_seconds(),
        })
    }
}

pub(super) struct Identity;

impl Operation for Identity {
    type Input = IdentityInput;
    type Expected = IdentityExpected;
    const NAME: &'static str = "identity";
    const FOLDER: &'static str = "protocol";

    fn answer(
        input: &IdentityInput,
        _: Option<&IdentityExpected>,
        subject: &Subject,
    ) -> Result<IdentityExpected, Problem> {
        let (identity, key) = read(input, subject)?;
        let findings = match input.now {
            Some(now) => Some(findings(&identity, key.as_deref(), now)?),
            None => None,
        };
        Ok(IdentityExpected {
            certificate_sha256_hex: sha256_hex(identity.certificate_der()),
            chain_sha256_hex: identity.chain_der().map(sha256_hex).collect(),
            has_private_key: key.is_some(),
            findings,
        })
    }
}

type Read = (identity::Identity, Option<Box<dyn SigningKey>>);

fn read(input: &IdentityInput, subject: &Subject) -> Result<Read, Problem> {
    if let Some(certificate) = &input.certificate {
        let chain = match &input.chain {
            Some(chain) => Some(chain.bytes()?),
            None => None,
        };
        let identity = identity::Identity::from_pem(&certificate.bytes()?, chain.as_deref())?;
        return Ok((identity, None));
    }
    let parts: Result<Vec<Vec<u8>>, String> = input.parts.iter().map(|part| part.bytes()).collect();
    let parts = parts?;
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let passphrase = input.passphrase.as_deref().map(str::as_bytes);
    Ok(load_identity(&parts, passphrase, subject.backend)?)
}

/// What is no error; an error ends it.
fn findings(
    identity: &identity::Identity,
    key: Option<&dyn SigningKey>,
    now: i64,
) -> Result<Vec<String>, Problem> {
    let now = Timestamp::from_unix_seconds(now)?;
    identity.check(now, key)?;
    let findings = identity.findings(now, key).into_iter();
    Ok(findings
        .map(|finding| finding.error.code().as_str().to_owned())
        .collect())
}
