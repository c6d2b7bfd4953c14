use super::{Block, MAX_INPUT, blocks};
use crate::error::{ErrorCode, Result};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

const BLOCK: &str = "-----BEGIN CERTIFICATE-----\nMAUwAwIB\nAQ==\n-----END CERTIFICATE-----\n";
const DER: &[u8] = b"\x30\x05\x30\x03\x02\x01\x01";

fn read(text: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    blocks(text)?
        .map(|block| block.map(|block| (block.label().to_string(), block.der().to_vec())))
        .collect()
}

fn code(text: &[u8]) -> ErrorCode {
    read(text).unwrap_err().code()
}

fn assert_one(text: &str) {
    let found = read(text.as_bytes()).unwrap();
    assert_eq!(
        found,
        [("CERTIFICATE".to_string(), DER.to_vec())],
        "{text:?}"
    );
}

#[test]
fn blocks_as_files_carry_them() {
    assert_one(BLOCK);
    assert_one(&BLOCK.replace('\n', "\r\n"));
    assert_one(&BLOCK.replace('\n', "\r"));
    assert_one(&BLOCK.replace('\n', "  \t\n    "));
    assert_one(&BLOCK.replace('\n', " "));
    assert_one(&format!("\u{feff}{BLOCK}"));
    assert_one(&format!(
        "0 s:CN = leaf\n  i:CN = issuer\n{BLOCK}text after\n"
    ));
    assert_one(BLOCK.trim_end());
    let bag = "Bag Attributes\n    localKeyID: 01 02\nsubject=CN = leaf\n\nissuer=CN = issuer\n";
    assert_one(&format!("{bag}{BLOCK}"));
    assert_one(&format!("see -----BEGIN CERTIFICATE----- below\n{BLOCK}"));
}

#[test]
fn several_blocks_keep_their_order() {
    let text = format!(
        "{BLOCK}{}{BLOCK}",
        BLOCK.replace("CERTIFICATE", "EC PARAMETERS")
    );
    for text in [text.clone(), text.replace('\n', " ")] {
        let labels: Vec<_> = read(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(|b| b.0)
            .collect();
        assert_eq!(labels, ["CERTIFICATE", "EC PARAMETERS", "CERTIFICATE"]);
    }
}

#[test]
fn der_is_one_block() {
    assert_eq!(
        read(b"\x30\x05\x02\x01\x00\x30\x00").unwrap()[0].0,
        "PRIVATE KEY"
    );
    assert_eq!(
        read(b"\x30\x82\x01\x00\x02\x01\x00\x30\x00").unwrap()[0].0,
        "PRIVATE KEY"
    );
}

#[test]
fn text_without_a_block_gives_none() {
    assert_eq!(read(b"hello").unwrap(), []);
    assert_eq!(read(b"0 s:CN = leaf\n").unwrap(), []);
    assert_eq!(read(b"BEGIN CERTIFICATE").unwrap(), []);
}

#[test]
fn empty_and_too_large() {
    for empty in [&b""[..], b" \r\n\t", b"\xef\xbb\xbf\n"] {
        assert_eq!(code(empty), ErrorCode::FileEmpty);
    }
    let mut large = Vec::from(BLOCK);
    large.resize(MAX_INPUT, b'\n');
    assert!(read(&large).is_ok());
    large.push(b'\n');
    assert_eq!(code(&large), ErrorCode::FileTooLarge);
}

#[test]
fn utf_16_is_told() {
    let error = read(b"\xff\xfe-\0-\0").unwrap_err();
    assert_eq!(error.code(), ErrorCode::PemMalformed);
    assert!(error.hint().contains("UTF-8"));
}

#[test]
fn damaged_blocks() {
    for (damaged, says) in [
        ("-----BEGIN CERTIFICATE-----\nMAUw\n", "cut off"),
        ("-----BEGIN CERTIFICATE----", "BEGIN line"),
        (
            "-----BEGIN CERTIFICATE-----\nMAUw\n-----BEGIN X-----\n",
            "cut off",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nMAUw\n-----END X-----\n",
            "ends as X",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nMAU!\n-----END CERTIFICATE-----\n",
            "base64",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nMAUwA\n-----END CERTIFICATE-----\n",
            "base64",
        ),
        (
            "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
            "base64",
        ),
        ("-----BEGIN CERT\nIFICATE-----\n", "BEGIN line"),
    ] {
        let error = read(damaged.as_bytes()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::PemMalformed, "{damaged}");
        assert!(error.message().contains(says), "{damaged}: {error}");
        assert!(!error.message().contains("MAUw"), "{error}");
    }
}

#[test]
fn escaped_line_breaks_are_told() {
    let error = read(BLOCK.replace('\n', "\\n").as_bytes()).unwrap_err();
    assert!(error.hint().contains("`\\n`"), "{}", error.hint());
}

#[test]
fn an_error_ends_the_iteration() {
    let text = format!("-----BEGIN X-----\n!!\n-----END X-----\n{BLOCK}");
    let mut iterator = blocks(text.as_bytes()).unwrap();
    assert!(iterator.next().unwrap().is_err());
    assert!(iterator.next().is_none());
}

#[test]
fn every_prefix_is_read_or_refused() {
    for end in 1..BLOCK.len() {
        let prefix = BLOCK.as_bytes().get(..end).unwrap();
        match read(prefix) {
            Ok(found) => assert!(end < 11 || (found.len() == 1 && end >= BLOCK.len() - 1)),
            Err(error) => assert_eq!(error.code(), ErrorCode::PemMalformed),
        }
    }
}

#[test]
fn headers_are_read_past_and_encryption_is_told() {
    let one = |text: &str| {
        let block: Block<'_> = blocks(text.as_bytes()).unwrap().next().unwrap().unwrap();
        (block.is_encrypted(), block.der().to_vec())
    };
    for end in ["\n", "\r\n"] {
        let plain = "-----BEGIN X-----\nComment: AES-256\n\nMAUwAwIBAQ==\n-----END X-----\n";
        assert_eq!(one(&plain.replace('\n', end)), (false, DER.to_vec()));
        let encrypted = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\
            DEK-Info: AES-128-CBC,00\n\nMAUwAwIBAQ==\n-----END RSA PRIVATE KEY-----\n";
        assert_eq!(one(&encrypted.replace('\n', end)), (true, Vec::new()));
    }
}

#[test]
fn printing_shows_no_content() {
    let block = blocks(BLOCK.as_bytes()).unwrap().next().unwrap().unwrap();
    assert_eq!(format!("{block:?}"), "Block(CERTIFICATE, 7 bytes)");
    assert!(!format!("{:?}", blocks(BLOCK.as_bytes()).unwrap()).contains("MAU"));
}
