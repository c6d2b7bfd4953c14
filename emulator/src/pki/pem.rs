use base64ct::{Base64, Encoding};
use pem_rfc7468::LineEnding;
use rolesanywhere_core::error::{Error, ErrorCode, Result};

/// One PEM block.
pub(crate) fn encode(label: &str, der: &[u8]) -> Result<String> {
    pem_rfc7468::encode_string(label, LineEnding::LF, der)
        .map_err(|_| Error::new(ErrorCode::Internal, "a PEM block could not be written"))
}

/// The one block of the label given; text around it is allowed.
pub(crate) fn decode(label: &str, text: &str) -> Result<Vec<u8>> {
    let mut blocks = blocks(text)?.into_iter().filter(|block| block.0 == label);
    match (blocks.next(), blocks.next()) {
        (Some((_, der)), None) => Ok(der),
        _ => Err(Error::new(
            ErrorCode::PemMalformed,
            format!("there is not exactly one PEM block {label}"),
        )),
    }
}

/// Every block `CERTIFICATE`, in order; other blocks and text between are passed over.
pub(crate) fn certificates(text: &str) -> Result<Vec<Vec<u8>>> {
    let blocks = blocks(text)?.into_iter();
    Ok(blocks
        .filter(|block| block.0 == "CERTIFICATE")
        .map(|block| block.1)
        .collect())
}

/// DER in padded base64 without line breaks, joined by commas; none for an empty text.
pub(crate) fn certificates_from_base64(text: &str) -> Option<Vec<Vec<u8>>> {
    let parts = text.split(',').filter(|_| !text.is_empty());
    parts
        .map(|part| Base64::decode_vec(part).ok().filter(|der| !der.is_empty()))
        .collect()
}

fn blocks(text: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, from_label)) = rest.split_once("-----BEGIN ") {
        let (body, after) = split_block(from_label).ok_or_else(malformed)?;
        let (label, der) = pem_rfc7468::decode_vec(body.as_bytes()).map_err(|_| malformed())?;
        blocks.push((label.to_owned(), der));
        rest = after;
    }
    Ok(blocks)
}

/// The block from its BEGIN to the end of its END line, and what follows.
fn split_block(from_label: &str) -> Option<(String, &str)> {
    let (label, _) = from_label.split_once("-----")?;
    let end = format!("-----END {label}-----");
    let (body, after) = from_label.split_once(&end)?;
    let block = format!("-----BEGIN {body}{end}\n");
    Some((block.replace("\r\n", "\n"), after))
}

fn malformed() -> Error {
    Error::new(ErrorCode::PemMalformed, "a PEM block is cut off or damaged")
}

#[cfg(test)]
mod tests {
    use super::{certificates, decode, encode};

    #[test]
    fn blocks_come_back_from_the_text_around_them() {
        let first = encode("CERTIFICATE", &[1; 70]).unwrap();
        let key = encode("PRIVATE KEY", &[2; 3]).unwrap();
        let text = format!(
            "subject=x\n{first}{key}\r\ntrailer {}",
            first.replace('\n', "\r\n")
        );
        assert_eq!(certificates(&text).unwrap(), [vec![1; 70], vec![1; 70]]);
        assert_eq!(decode("PRIVATE KEY", &text).unwrap(), [2; 3]);
        assert!(decode("CERTIFICATE", &text).is_err());
        assert!(certificates(first.trim_end_matches("-----\n")).is_err());
    }
}
