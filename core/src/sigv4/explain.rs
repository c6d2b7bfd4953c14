//! What is signed, part by part, for whoever compares it with another implementation's.

use super::PendingSignature;
use alloc::{string::String, vec::Vec};

/// One line of what is signed, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExplainedLine {
    /// The line as it is hashed or signed, without its end.
    pub text: String,
    /// What it is, in a few words.
    pub meaning: &'static str,
}

impl PendingSignature {
    /// The canonical request, line by line. Joined by line feeds the texts are the whole again.
    #[must_use]
    pub fn explained_canonical_request(&self) -> Vec<ExplainedLine> {
        let lines: Vec<&str> = self.canonical_request().split('\n').collect();
        let from_the_end = |index: usize| lines.len().saturating_sub(index);
        let meanings = lines.iter().enumerate().map(|(index, line)| match index {
            0 => "the method",
            1 => "the path, each segment percent-encoded twice",
            2 => "the query, sorted by name",
            _ => match from_the_end(index) {
                1 => "the SHA-256 of the body, in hex",
                2 => "the names of the signed headers",
                3 => "an empty line, the end of the headers",
                _ => header(line),
            },
        });
        explained(&lines, meanings)
    }

    /// The string to sign, line by line.
    #[must_use]
    pub fn explained_string_to_sign(&self) -> Vec<ExplainedLine> {
        let text = String::from_utf8_lossy(self.string_to_sign());
        let lines: Vec<&str> = text.split('\n').collect();
        let meanings = [
            "the algorithm, which follows from the certificate's public key",
            "the time of signing, in UTC",
            "the credential scope: day, region, service",
            "the SHA-256 of the canonical request, in hex",
        ];
        explained(&lines, meanings.into_iter())
    }
}

fn explained(lines: &[&str], meanings: impl Iterator<Item = &'static str>) -> Vec<ExplainedLine> {
    let lines = lines.iter().zip(meanings);
    lines
        .map(|(text, meaning)| ExplainedLine {
            text: (*text).into(),
            meaning,
        })
        .collect()
}

fn header(line: &str) -> &'static str {
    match line.split(':').next().unwrap_or_default() {
        "content-type" => "the type of the body",
        "host" => "the host that is asked",
        "x-amz-date" => "the time of signing, which the service compares with its clock",
        "x-amz-x509" => "the certificate: its DER in base64",
        "x-amz-x509-chain" => {
            "the chain: the DER of each in base64, the certificate's issuer first"
        }
        _ => "a header that is signed too",
    }
}
