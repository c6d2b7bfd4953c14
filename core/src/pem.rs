//! PEM (RFC 7468): labels, text around blocks, CRLF, a byte-order mark, size limits.
