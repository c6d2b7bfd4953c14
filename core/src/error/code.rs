//! The table of codes. Append-only: a number or a string is never reused or renamed.

use crate::encoding::split;
use core::fmt;

/// Where an error comes from; each kind owns a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// 100–: an option, an argument or a call is wrong.
    Input,
    /// 200–: a certificate, key, passphrase or one of their files is wrong.
    Identity,
    /// 300–: a signature could not be made or does not hold.
    Signing,
    /// 400–: the service answered, and refused or made no sense.
    Service,
    /// 500–: the service was not reached.
    Transport,
    /// 900–: a fault of ours.
    Internal,
}

impl ErrorKind {
    /// The kind in lower case, as every binding spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Identity => "identity",
            Self::Signing => "signing",
            Self::Service => "service",
            Self::Transport => "transport",
            Self::Internal => "internal",
        }
    }
}

macro_rules! error_codes {
    ($($variant:ident = $number:literal, $text:literal, $kind:ident, $retryable:literal,
       $meaning:literal, $hint:literal;)*) => {
        /// The stable codes, each with its string, number, kind and hint.
        ///
        /// The same string is the error's code in every language and the same number in C.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(#[doc = $meaning] $variant,)*
        }

        impl ErrorCode {
            /// Every code, in the order of its number.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The code as a snake_case string.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                self.line_of(concat!($($text, "\n",)*))
            }

            /// The code as a number.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self { $(Self::$variant => $number,)* }
            }

            /// The code's kind.
            #[must_use]
            pub const fn kind(self) -> ErrorKind {
                match self { $(Self::$variant => ErrorKind::$kind,)* }
            }

            /// Whether an error of this code is retryable unless it says otherwise.
            #[must_use]
            pub const fn usually_retryable(self) -> bool {
                match self { $(Self::$variant => $retryable,)* }
            }

            /// What the code means, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// What to do about it, in one sentence.
            #[must_use]
            pub fn hint(self) -> &'static str {
                self.line_of(concat!($($hint, "\n",)*))
            }
        }
    };
}

error_codes! {
    ArnMalformed = 100, "arn_malformed", Input, false,
        "An ARN is not of the form, service or resource type that this option takes.",
        "copy the ARN from the IAM Roles Anywhere console or from `aws rolesanywhere list-trust-anchors`";
    OptionUnknown = 101, "option_unknown", Input, false,
        "There is no option of this name.",
        "check the spelling against the table of options in the README";
    OptionMissing = 102, "option_missing", Input, false,
        "A required option was not given.",
        "give the option as a flag, an environment variable or a profile key";
    OptionInvalid = 103, "option_invalid", Input, false,
        "An option's value is not one it takes.",
        "see `rolesanywhere help` for the values the option takes";
    OptionsConflict = 104, "options_conflict", Input, false,
        "Two options exclude each other.",
        "keep one of the two options";
    RegionMismatch = 105, "region_mismatch", Input, false,
        "The regions of the trust anchor, the profile and the region option do not agree.",
        "use a trust anchor and a profile of the same region and leave the region option out";
    RegionMalformed = 106, "region_malformed", Input, false,
        "A region is not the name of an AWS region.",
        "write the region as in `eu-central-1`, without a `-fips` suffix";
    EndpointMalformed = 107, "endpoint_malformed", Input, false,
        "An endpoint is not an http or https URL.",
        "write the endpoint as `https://host[:port][/path]`, without user, query or fragment";
    EndpointInsecure = 108, "endpoint_insecure", Input, false,
        "A plain http endpoint is not on the loopback interface, and the reply holds secrets.",
        "use https, or allow plain http explicitly if the network between is yours";
    DurationOutOfRange = 109, "duration_out_of_range", Input, false,
        "The session duration is outside 900 to 43200 seconds.",
        "choose 900 to 43200 seconds, or leave the option out to take the profile's own duration";
    RoleSessionNameMalformed = 110, "role_session_name_malformed", Input, false,
        "The role session name is not 2 to 64 of the characters that AWS allows.",
        "use 2 to 64 letters, digits or any of _+=,.@-";
    FeatureUnavailable = 111, "feature_unavailable", Input, false,
        "This build or version does not have the feature yet.",
        "see the support matrix in the README";
    NullArgument = 112, "null_argument", Input, false,
        "A required argument is null.",
        "pass a valid pointer or object";
    RequestMalformed = 113, "request_malformed", Input, false,
        "A request to be signed has a method, URL or header that HTTP does not allow.",
        "check the method, the URL and the header names and values for stray characters";
    TimestampMalformed = 114, "timestamp_malformed", Input, false,
        "A time is not in the form that is expected, or outside the years 1970 to 9999.",
        "write the time as Unix seconds or as `YYYY-MM-DDThh:mm:ssZ`";
    PartitionUnknown = 115, "partition_unknown", Input, false,
        "The ARN's partition is not one whose endpoints are known here.",
        "give the endpoint explicitly, or use a newer version";
    ConfigFileMalformed = 116, "config_file_malformed", Input, false,
        "The shared config file cannot be read the way the AWS SDKs read it.",
        "mend the line; `aws configure list` shows whether the AWS CLI reads the file";
    ProviderClosed = 117, "provider_closed", Input, false,
        "The provider was closed before the call.",
        "make a new provider, or close this one later";
    InputTooLarge = 118, "input_too_large", Input, false,
        "A value handed to a function is longer than any that belongs there.",
        "give certificates, keys and replies of at most 1 MiB";
    ArgumentInvalid = 119, "argument_invalid", Input, false,
        "A value handed to a function is of the wrong type.",
        "see the function's documentation for the types it takes";
    SessionDurationShort = 120, "session_duration_short", Input, false,
        "A session this short makes some SDKs renew it at every use.",
        "ask for 1800 seconds or more: boto3 renews whatever has 15 minutes left";
    SessionDurationLong = 121, "session_duration_long", Input, false,
        "A session this long needs a role that allows it.",
        "see `aws iam get-role --role-name ROLE --query Role.MaxSessionDuration`, which is 3600 unless somebody raised it";
    RegionUnknown = 122, "region_unknown", Input, false,
        "A region's name is of no pattern that is known here.",
        "check the region's spelling; a region newer than this version works all the same";
    CredentialsShadowed = 123, "credentials_shadowed", Input, false,
        "Other credentials go before those of IAM Roles Anywhere in the AWS SDKs.",
        "unset the variables or delete the keys, so that the SDKs come to `credential_process`";
    EndpointIgnored = 124, "endpoint_ignored", Input, false,
        "AWS_ENDPOINT_URL redirects other AWS services and has no effect here.",
        "set AWS_ENDPOINT_URL_ROLESANYWHERE if IAM Roles Anywhere is meant too";

    FileNotFound = 200, "file_not_found", Identity, false,
        "A file that an option names does not exist.",
        "check the path; relative paths start at the current directory";
    FileUnreadable = 201, "file_unreadable", Identity, false,
        "A file that an option names cannot be read.",
        "check the owner and the permissions of the file and of the directories above it";
    FileIsDirectory = 202, "file_is_directory", Identity, false,
        "A path names a directory where a file is expected.",
        "name the file inside the directory";
    FileEmpty = 203, "file_empty", Identity, false,
        "A file or source is empty.",
        "check what was meant to write the file; a certificate renewal may have failed half way";
    FileTooLarge = 204, "file_too_large", Identity, false,
        "A file is far larger than any certificate or key.",
        "check that the path names a certificate or key file";
    PemMalformed = 205, "pem_malformed", Identity, false,
        "A PEM block is cut off or damaged.",
        "check that the file is complete, from its BEGIN line to its END line";
    CertificateMissing = 206, "certificate_missing", Identity, false,
        "There is no certificate where one is expected.",
        "name a file that holds a PEM block CERTIFICATE or a DER certificate";
    CertificateMalformed = 207, "certificate_malformed", Identity, false,
        "A certificate cannot be read.",
        "check the file with `openssl x509 -in FILE -noout -text`";
    CertificateExpired = 208, "certificate_expired", Identity, false,
        "The certificate's validity has ended.",
        "renew the certificate";
    CertificateNotYetValid = 209, "certificate_not_yet_valid", Identity, false,
        "The certificate's validity has not begun.",
        "check this machine's clock, then the certificate's notBefore";
    CertificateKeyUsage = 210, "certificate_key_usage", Identity, false,
        "The certificate's key usage does not include digitalSignature.",
        "issue the certificate with keyUsage digitalSignature";
    CertificateIsCa = 211, "certificate_is_ca", Identity, false,
        "The certificate is a CA certificate, and the service takes end-entity certificates only.",
        "use the end-entity certificate, issued with basicConstraints CA:FALSE";
    CertificateVersion = 212, "certificate_version", Identity, false,
        "The certificate is not X.509 version 3.",
        "issue the certificate with extensions, which makes it version 3";
    CertificateSignatureWeak = 213, "certificate_signature_weak", Identity, false,
        "The certificate is signed with a hash weaker than SHA-256.",
        "have the CA sign with SHA-256 or stronger";
    CertificateSubjectEmpty = 214, "certificate_subject_empty", Identity, false,
        "The certificate's subject is empty.",
        "issue the certificate with a subject, such as a common name";
    LeafAmbiguous = 215, "leaf_ambiguous", Identity, false,
        "It cannot be told which of several certificates is the end-entity certificate.",
        "put the end-entity certificate alone into the certificate file and the others into intermediates";
    ChainUnlinked = 216, "chain_unlinked", Identity, false,
        "A certificate of the chain did not issue any certificate below it.",
        "keep only the intermediates between the certificate and the trust anchor";
    ChainTooLong = 217, "chain_too_long", Identity, false,
        "There are more than five intermediates.",
        "keep only the intermediates between the certificate and the trust anchor";
    PrivateKeyMissing = 218, "private_key_missing", Identity, false,
        "There is no private key where one is expected.",
        "name the private key's file, or one that holds both the certificate and its key";
    PrivateKeyMalformed = 219, "private_key_malformed", Identity, false,
        "A private key cannot be read.",
        "check the file with `openssl pkey -in FILE -noout -check`";
    PrivateKeyEncrypted = 220, "private_key_encrypted", Identity, false,
        "The private key is encrypted, and no passphrase is given.",
        "give the passphrase, best from a file (`--private-key-passphrase`, `ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE_FILE`)";
    PrivateKeyAmbiguous = 221, "private_key_ambiguous", Identity, false,
        "There is more than one private key.",
        "keep the one private key that belongs to the certificate";
    PassphraseIncorrect = 222, "passphrase_incorrect", Identity, false,
        "The passphrase does not open the private key.",
        "check the passphrase, also for a trailing line end";
    KeyDerivationTooCostly = 223, "key_derivation_too_costly", Identity, false,
        "The key file asks for more key-derivation work than is allowed.",
        "encrypt it again with `openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW`";
    KeyAlgorithmUnsupported = 224, "key_algorithm_unsupported", Identity, false,
        "The service does not take keys of this algorithm.",
        "make a new key with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY`, and have a certificate issued for it";
    KeyTooSmall = 225, "key_too_small", Identity, false,
        "The RSA key is too small.",
        "make a new key with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out KEY`, and have a certificate issued for it";
    KeyMismatch = 226, "key_mismatch", Identity, false,
        "The private key does not belong to the certificate.",
        "use the key that the certificate was issued for; after a renewal both files change together";
    CertificateExpiring = 227, "certificate_expiring", Identity, false,
        "The certificate's validity ends within a day.",
        "renew the certificate";
    CertificateSerialNumber = 228, "certificate_serial_number", Identity, false,
        "The certificate's serial number is one that RFC 5280 forbids.",
        "issue the certificate with a positive serial number of at most 20 octets";
    ChainSignatureUnchecked = 229, "chain_signature_unchecked", Identity, false,
        "The signatures in the chain were not verified here.",
        "nothing to do: the service verifies them";
    FileUnwritable = 230, "file_unwritable", Identity, false,
        "A file cannot be written, or is there already and must not be lost.",
        "check the path and its permissions; what is there is replaced only when that is asked for";
    KeyEncryptionUnsupported = 231, "key_encryption_unsupported", Identity, false,
        "The private key is encrypted in a way that is not read.",
        "convert it with `openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW -provider default -provider legacy`";
    IdentityUnavailable = 232, "identity_unavailable", Identity, false,
        "The function that yields the identity failed.",
        "see what it raised, which is this error's cause";
    ChainSignatureInvalid = 233, "chain_signature_invalid", Identity, false,
        "A certificate is not signed by the certificate that seems to be its issuer.",
        "get the chain from the CA anew: a CA that got a new key may have kept its name";
    ChainOrder = 234, "chain_order", Identity, false,
        "The chain was given in another order than that from issuer to issuer.",
        "nothing to do: it is sent in the right order";
    ChainRootIncluded = 235, "chain_root_included", Identity, false,
        "A self-signed root was given with the chain, and is not sent.",
        "nothing to do: the root is the trust anchor's, and the service has it";
    ChainIncomplete = 236, "chain_incomplete", Identity, false,
        "Between the certificate and the root that was given, an intermediate is missing.",
        "give the missing intermediate with `--intermediates`, or append it to the certificate's file";
    CertificateCommonNameLong = 237, "certificate_common_name_long", Identity, false,
        "The certificate's common name is longer than the 64 characters that RFC 5280 allows.",
        "issue the certificate with a shorter common name: this one does not become the source identity";
    SessionTagsUnmappable = 238, "session_tags_unmappable", Identity, false,
        "A part of the certificate's names cannot become a session tag.",
        "issue the certificate without these characters, or leave the part out of the profile's attribute mappings (`aws rolesanywhere delete-attribute-mapping`)";
    CertificateTooLarge = 239, "certificate_too_large", Identity, false,
        "The certificate is larger than servers usually take in a header.",
        "issue the certificate without the extensions and names that make it large";
    PrivateKeyPermissions = 240, "private_key_permissions", Identity, false,
        "Others on this machine can read or replace the private key's file.",
        "let only its owner read it: `chmod 600 FILE`";

    SigningFailed = 300, "signing_failed", Signing, false,
        "The signer could not make a signature.",
        "check that the key or the token that holds it is usable";
    SignatureMalformed = 301, "signature_malformed", Signing, false,
        "A signature has the wrong length or encoding for its key.",
        "return the signature as the signing request asks: DER or r and s for ECDSA, raw bytes otherwise";
    SignatureInvalid = 302, "signature_invalid", Signing, false,
        "A signature does not verify with the certificate's public key.",
        "check that the signer signs the message as it is, with the certificate's own key";

    AccessDenied = 400, "access_denied", Service, false,
        "The service refused the request.",
        "check the role's trust policy, the profile's roles and that the trust anchor issued the certificate";
    ValidationRejected = 401, "validation_rejected", Service, false,
        "The service found an argument of the request invalid.",
        "check the ARNs, the duration and the role session name";
    ResourceNotFound = 402, "resource_not_found", Service, false,
        "The service does not know the trust anchor or the profile.",
        "check the ARNs, their account and their region";
    Throttled = 403, "throttled", Service, true,
        "The service asks to slow down.",
        "share one session between processes, or ask for sessions less often";
    ServiceUnavailable = 404, "service_unavailable", Service, true,
        "The service failed on its side.",
        "try again in a moment";
    ServiceRefused = 405, "service_refused", Service, false,
        "The service refused the request in a way it does not document.",
        "check the endpoint: it may be a proxy or another service that answers";
    ClockSkewed = 406, "clock_skewed", Service, true,
        "This machine's clock differs from the service's by too much.",
        "set this machine's clock, for example with NTP";
    ResponseMalformed = 407, "response_malformed", Service, false,
        "The reply is not one that the service gives.",
        "check the endpoint: it may be a proxy or another service that answers";

    ConnectionFailed = 500, "connection_failed", Transport, true,
        "The service could not be reached.",
        "check the endpoint's name and port, the network, the proxy and the firewall";
    ConnectionReset = 501, "connection_reset", Transport, true,
        "The connection ended before the whole reply had come.",
        "try again; a proxy or firewall between may be cutting connections";
    Timeout = 502, "timeout", Transport, true,
        "The service did not answer in time.",
        "try again; check the network, the proxy and the firewall";
    TlsFailed = 503, "tls_failed", Transport, false,
        "No secure connection could be made.",
        "check this machine's clock and the CA bundle (AWS_CA_BUNDLE) of a proxy that inspects TLS";
    ResponseTooLarge = 504, "response_too_large", Transport, false,
        "The reply is far larger than any the service gives.",
        "check the endpoint: it may be a proxy or another service that answers";

    Internal = 900, "internal", Internal, false,
        "Something that cannot happen did.",
        "please report it with the message and the version";
    Panic = 901, "panic", Internal, false,
        "The library panicked, and the panic was caught at its border.",
        "please report it with the message and the version";
}

impl ErrorCode {
    /// In a text with a line for each code: a table of addresses and lengths weighs more than the
    /// texts themselves, compressed.
    fn line_of(self, lines: &'static str) -> &'static str {
        let mut known = Self::ALL.iter().zip(split(lines, b'\n'));
        let line = known.find(|(code, _)| **code == self);
        line.map_or("", |(_, line)| line)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorCode;

    #[test]
    fn numbers_rise_and_stay_in_their_kind() {
        for pair in ErrorCode::ALL.windows(2) {
            assert!(
                pair[0].number() < pair[1].number(),
                "{} {}",
                pair[0],
                pair[1]
            );
        }
        for code in ErrorCode::ALL {
            let hundreds = match code.kind().as_str() {
                "input" => 1,
                "identity" => 2,
                "signing" => 3,
                "service" => 4,
                "transport" => 5,
                _ => 9,
            };
            assert_eq!(code.number() / 100, hundreds, "{code}");
        }
    }

    #[test]
    fn prose_follows_the_rules() {
        for code in ErrorCode::ALL {
            let (meaning, hint) = (code.meaning(), code.hint());
            assert!(meaning.ends_with('.'), "{code}");
            assert!(meaning.starts_with(char::is_uppercase), "{code}");
            assert!(!hint.ends_with(['.', '!', ' ']), "{code}");
            assert!(!hint.starts_with(char::is_uppercase), "{code}");
            assert!(!hint.contains("  ") && !meaning.contains("  "), "{code}");
            assert!(hint.matches('`').count() % 2 == 0, "{code}");
            assert!(
                code.as_str()
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'_'),
                "{code}"
            );
        }
    }
}
