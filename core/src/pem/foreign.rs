//! Key files of other programs that are neither PEM nor DER, told by their first octets.

const JKS: &[u8] = b"\xfe\xed\xfe\xed";
const JCEKS: &[u8] = b"\xce\xce\xce\xce";
const PUTTY: &[u8] = b"PuTTY-User-Key-File-";

/// The label that its refusal goes by.
pub(super) fn label(data: &[u8]) -> Option<&'static str> {
    if data.starts_with(JKS) || data.starts_with(JCEKS) {
        Some("JAVA KEYSTORE")
    } else if data.trim_ascii_start().starts_with(PUTTY) {
        Some("PUTTY PRIVATE KEY")
    } else {
        None
    }
}
