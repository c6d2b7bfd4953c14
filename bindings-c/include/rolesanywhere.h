/* rolesanywhere.h: AWS credentials from an X.509 certificate, with IAM Roles Anywhere.
 *
 * Made from the library's source by cbindgen; do not edit.
 *
 * Rules that hold for every function:
 *
 * - Handles are opaque. What a function gives out through a pointer to a pointer is the caller's and is
 *   freed with the type's own _free, which takes NULL. What a function returns as a handle, a text or
 *   bytes is borrowed, and lives as long as the handle it was asked of.
 * - A function that can fail returns ROLESANYWHERE_RESULT_OK or an error code. On failure it leaves its
 *   out-parameters as they were and, where the last one is not NULL, puts an error there, which is the
 *   caller's. On success that one is left as it was: begin with NULL.
 * - Texts go in as pointer and length, in UTF-8 without NUL, and need no NUL at their end. NULL with
 *   length 0 is the empty text. Texts and bytes that go in are copied.
 * - A required pointer that is NULL is answered with ROLESANYWHERE_RESULT_NULL_ARGUMENT; a function that
 *   cannot fail then answers with nothing: 0, false, NULL, the empty text.
 * - A fault inside the library comes out as ROLESANYWHERE_RESULT_PANIC and never unwinds into the caller.
 * - The library starts no thread, handles no signal, prints nothing, and reads environment and files
 *   only where the configuration says so.
 * - A function that changes a handle (the handle's pointer is not const) may not run beside another one
 *   on the same handle. Everything else may run on any thread at any time.
 */

#ifndef ROLESANYWHERE_H
#define ROLESANYWHERE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The version of this header. Compare ROLESANYWHERE_ABI_VERSION with rolesanywhere_abi_version(). */
#define ROLESANYWHERE_VERSION_MAJOR 0
#define ROLESANYWHERE_VERSION_MINOR 1
#define ROLESANYWHERE_VERSION_PATCH 0
#define ROLESANYWHERE_VERSION "0.1.0"

/* What went well. All other results are error codes. */
#define ROLESANYWHERE_RESULT_OK 0
/** An ARN is not of the form, service or resource type that this option takes. */
#define ROLESANYWHERE_RESULT_ARN_MALFORMED 100
/** There is no option of this name. */
#define ROLESANYWHERE_RESULT_OPTION_UNKNOWN 101
/** A required option was not given. */
#define ROLESANYWHERE_RESULT_OPTION_MISSING 102
/** An option's value is not one it takes. */
#define ROLESANYWHERE_RESULT_OPTION_INVALID 103
/** Two options exclude each other. */
#define ROLESANYWHERE_RESULT_OPTIONS_CONFLICT 104
/** The regions of the trust anchor, the profile and the region option do not agree. */
#define ROLESANYWHERE_RESULT_REGION_MISMATCH 105
/** A region is not the name of an AWS region. */
#define ROLESANYWHERE_RESULT_REGION_MALFORMED 106
/** An endpoint is not an http or https URL. */
#define ROLESANYWHERE_RESULT_ENDPOINT_MALFORMED 107
/** A plain http endpoint is not on the loopback interface, and the reply holds secrets. */
#define ROLESANYWHERE_RESULT_ENDPOINT_INSECURE 108
/** The session duration is outside 900 to 43200 seconds. */
#define ROLESANYWHERE_RESULT_DURATION_OUT_OF_RANGE 109
/** The role session name is not 2 to 64 of the characters that AWS allows. */
#define ROLESANYWHERE_RESULT_ROLE_SESSION_NAME_MALFORMED 110
/** This build or version does not have the feature yet. */
#define ROLESANYWHERE_RESULT_FEATURE_UNAVAILABLE 111
/** A required argument is null. */
#define ROLESANYWHERE_RESULT_NULL_ARGUMENT 112
/** A request to be signed has a method, URL or header that HTTP does not allow. */
#define ROLESANYWHERE_RESULT_REQUEST_MALFORMED 113
/** A time is not in the form that is expected, or outside the years 1970 to 9999. */
#define ROLESANYWHERE_RESULT_TIMESTAMP_MALFORMED 114
/** The ARN's partition is not one whose endpoints are known here. */
#define ROLESANYWHERE_RESULT_PARTITION_UNKNOWN 115
/** The shared config file cannot be read the way the AWS SDKs read it. */
#define ROLESANYWHERE_RESULT_CONFIG_FILE_MALFORMED 116
/** The provider was closed before the call. */
#define ROLESANYWHERE_RESULT_PROVIDER_CLOSED 117
/** A value handed to a function is longer than any that belongs there. */
#define ROLESANYWHERE_RESULT_INPUT_TOO_LARGE 118
/** A value handed to a function is of the wrong type. */
#define ROLESANYWHERE_RESULT_ARGUMENT_INVALID 119
/** A session this short makes some SDKs renew it at every use. */
#define ROLESANYWHERE_RESULT_SESSION_DURATION_SHORT 120
/** A session this long needs a role that allows it. */
#define ROLESANYWHERE_RESULT_SESSION_DURATION_LONG 121
/** A region's name is of no pattern that is known here. */
#define ROLESANYWHERE_RESULT_REGION_UNKNOWN 122
/** Other credentials go before those of IAM Roles Anywhere in the AWS SDKs. */
#define ROLESANYWHERE_RESULT_CREDENTIALS_SHADOWED 123
/** AWS_ENDPOINT_URL redirects other AWS services and has no effect here. */
#define ROLESANYWHERE_RESULT_ENDPOINT_IGNORED 124
/** A file that an option names does not exist. */
#define ROLESANYWHERE_RESULT_FILE_NOT_FOUND 200
/** A file that an option names cannot be read. */
#define ROLESANYWHERE_RESULT_FILE_UNREADABLE 201
/** A path names a directory where a file is expected. */
#define ROLESANYWHERE_RESULT_FILE_IS_DIRECTORY 202
/** A file or source is empty. */
#define ROLESANYWHERE_RESULT_FILE_EMPTY 203
/** A file is far larger than any certificate or key. */
#define ROLESANYWHERE_RESULT_FILE_TOO_LARGE 204
/** A PEM block is cut off or damaged. */
#define ROLESANYWHERE_RESULT_PEM_MALFORMED 205
/** There is no certificate where one is expected. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_MISSING 206
/** A certificate cannot be read. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_MALFORMED 207
/** The certificate's validity has ended. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_EXPIRED 208
/** The certificate's validity has not begun. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_NOT_YET_VALID 209
/** The certificate's key usage does not include digitalSignature. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_KEY_USAGE 210
/** The certificate is a CA certificate, and the service takes end-entity certificates only. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_IS_CA 211
/** The certificate is not X.509 version 3. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_VERSION 212
/** The certificate is signed with a hash weaker than SHA-256. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_SIGNATURE_WEAK 213
/** The certificate's subject is empty. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_SUBJECT_EMPTY 214
/** It cannot be told which of several certificates is the end-entity certificate. */
#define ROLESANYWHERE_RESULT_LEAF_AMBIGUOUS 215
/** A certificate of the chain did not issue any certificate below it. */
#define ROLESANYWHERE_RESULT_CHAIN_UNLINKED 216
/** There are more than five intermediates. */
#define ROLESANYWHERE_RESULT_CHAIN_TOO_LONG 217
/** There is no private key where one is expected. */
#define ROLESANYWHERE_RESULT_PRIVATE_KEY_MISSING 218
/** A private key cannot be read. */
#define ROLESANYWHERE_RESULT_PRIVATE_KEY_MALFORMED 219
/** The private key is encrypted, and no passphrase is given. */
#define ROLESANYWHERE_RESULT_PRIVATE_KEY_ENCRYPTED 220
/** There is more than one private key. */
#define ROLESANYWHERE_RESULT_PRIVATE_KEY_AMBIGUOUS 221
/** The passphrase does not open the private key. */
#define ROLESANYWHERE_RESULT_PASSPHRASE_INCORRECT 222
/** The key file asks for more key-derivation work than is allowed. */
#define ROLESANYWHERE_RESULT_KEY_DERIVATION_TOO_COSTLY 223
/** The service does not take keys of this algorithm. */
#define ROLESANYWHERE_RESULT_KEY_ALGORITHM_UNSUPPORTED 224
/** The RSA key is too small. */
#define ROLESANYWHERE_RESULT_KEY_TOO_SMALL 225
/** The private key does not belong to the certificate. */
#define ROLESANYWHERE_RESULT_KEY_MISMATCH 226
/** The certificate's validity ends within a day. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_EXPIRING 227
/** The certificate's serial number is one that RFC 5280 forbids. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_SERIAL_NUMBER 228
/** The signatures in the chain were not verified here. */
#define ROLESANYWHERE_RESULT_CHAIN_SIGNATURE_UNCHECKED 229
/** A file cannot be written, or is there already and must not be lost. */
#define ROLESANYWHERE_RESULT_FILE_UNWRITABLE 230
/** The private key is encrypted in a way that is not read. */
#define ROLESANYWHERE_RESULT_KEY_ENCRYPTION_UNSUPPORTED 231
/** The function that yields the identity failed. */
#define ROLESANYWHERE_RESULT_IDENTITY_UNAVAILABLE 232
/** A certificate is not signed by the certificate that seems to be its issuer. */
#define ROLESANYWHERE_RESULT_CHAIN_SIGNATURE_INVALID 233
/** The chain was given in another order than that from issuer to issuer. */
#define ROLESANYWHERE_RESULT_CHAIN_ORDER 234
/** A self-signed root was given with the chain, and is not sent. */
#define ROLESANYWHERE_RESULT_CHAIN_ROOT_INCLUDED 235
/** Between the certificate and the root that was given, an intermediate is missing. */
#define ROLESANYWHERE_RESULT_CHAIN_INCOMPLETE 236
/** The certificate's common name is longer than the 64 characters that RFC 5280 allows. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_COMMON_NAME_LONG 237
/** A part of the certificate's names cannot become a session tag. */
#define ROLESANYWHERE_RESULT_SESSION_TAGS_UNMAPPABLE 238
/** The certificate is larger than servers usually take in a header. */
#define ROLESANYWHERE_RESULT_CERTIFICATE_TOO_LARGE 239
/** Others on this machine can read or replace the private key's file. */
#define ROLESANYWHERE_RESULT_PRIVATE_KEY_PERMISSIONS 240
/** The signer could not make a signature. */
#define ROLESANYWHERE_RESULT_SIGNING_FAILED 300
/** A signature has the wrong length or encoding for its key. */
#define ROLESANYWHERE_RESULT_SIGNATURE_MALFORMED 301
/** A signature does not verify with the certificate's public key. */
#define ROLESANYWHERE_RESULT_SIGNATURE_INVALID 302
/** The service refused the request. */
#define ROLESANYWHERE_RESULT_ACCESS_DENIED 400
/** The service found an argument of the request invalid. */
#define ROLESANYWHERE_RESULT_VALIDATION_REJECTED 401
/** The service does not know the trust anchor or the profile. */
#define ROLESANYWHERE_RESULT_RESOURCE_NOT_FOUND 402
/** The service asks to slow down. */
#define ROLESANYWHERE_RESULT_THROTTLED 403
/** The service failed on its side. */
#define ROLESANYWHERE_RESULT_SERVICE_UNAVAILABLE 404
/** The service refused the request in a way it does not document. */
#define ROLESANYWHERE_RESULT_SERVICE_REFUSED 405
/** This machine's clock differs from the service's by too much. */
#define ROLESANYWHERE_RESULT_CLOCK_SKEWED 406
/** The reply is not one that the service gives. */
#define ROLESANYWHERE_RESULT_RESPONSE_MALFORMED 407
/** The service could not be reached. */
#define ROLESANYWHERE_RESULT_CONNECTION_FAILED 500
/** The connection ended before the whole reply had come. */
#define ROLESANYWHERE_RESULT_CONNECTION_RESET 501
/** The service did not answer in time. */
#define ROLESANYWHERE_RESULT_TIMEOUT 502
/** No secure connection could be made. */
#define ROLESANYWHERE_RESULT_TLS_FAILED 503
/** The reply is far larger than any the service gives. */
#define ROLESANYWHERE_RESULT_RESPONSE_TOO_LARGE 504
/** Something that cannot happen did. */
#define ROLESANYWHERE_RESULT_INTERNAL 900
/** The library panicked, and the panic was caught at its border. */
#define ROLESANYWHERE_RESULT_PANIC 901


/**
 * The ARN of a trust anchor, by id or alias.
 */
#define ROLESANYWHERE_ARN_TRUST_ANCHOR 1

/**
 * The ARN of a profile, by id or alias.
 */
#define ROLESANYWHERE_ARN_PROFILE 2

/**
 * The ARN of a role.
 */
#define ROLESANYWHERE_ARN_ROLE 3

/**
 * Each segment of the path is percent-encoded once, as S3 has it.
 */
#define ROLESANYWHERE_PATH_ENCODING_ONCE 1

/**
 * Each segment of the path is percent-encoded twice, as every other service has it.
 */
#define ROLESANYWHERE_PATH_ENCODING_TWICE 2

/**
 * No time, where a function takes a time that may be left out.
 */
#define ROLESANYWHERE_NO_TIME -1

/**
 * Worth a line in a log.
 */
#define ROLESANYWHERE_LEVEL_INFO 1

/**
 * Will go wrong if nobody does anything.
 */
#define ROLESANYWHERE_LEVEL_WARNING 2

/**
 * Went wrong.
 */
#define ROLESANYWHERE_LEVEL_ERROR 3

/**
 * Worth knowing.
 */
#define ROLESANYWHERE_SEVERITY_NOTE 1

/**
 * May fail, or will fail soon.
 */
#define ROLESANYWHERE_SEVERITY_WARNING 2

/**
 * Will be refused.
 */
#define ROLESANYWHERE_SEVERITY_ERROR 3

/**
 * Required: the trust anchor's id or alias ARN.
 */
#define ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN 1

/**
 * Required: the profile's id or alias ARN.
 */
#define ROLESANYWHERE_OPTION_PROFILE_ARN 2

/**
 * Required: the role's ARN.
 */
#define ROLESANYWHERE_OPTION_ROLE_ARN 3

/**
 * The certificate, which may hold its chain and key too: PEM text, `env:NAME`, `file:PATH`, a path;
 * or bytes of PEM, DER, PKCS#12.
 */
#define ROLESANYWHERE_OPTION_CERTIFICATE 4

/**
 * The private key, as `CERTIFICATE`; by default looked for there.
 */
#define ROLESANYWHERE_OPTION_PRIVATE_KEY 5

/**
 * More certificates of the chain, as `CERTIFICATE`.
 */
#define ROLESANYWHERE_OPTION_INTERMEDIATES 6

/**
 * What opens the private key or the PKCS#12 file: the secret itself, text or bytes.
 */
#define ROLESANYWHERE_OPTION_PRIVATE_KEY_PASSPHRASE 7

/**
 * Where the passphrase is: `env:NAME`, `file:PATH`, a path.
 */
#define ROLESANYWHERE_OPTION_PRIVATE_KEY_PASSPHRASE_SOURCE 8

/**
 * A signer in place of a private key; set with `rolesanywhere_config_set_sign`.
 */
#define ROLESANYWHERE_OPTION_SIGN 9

/**
 * A function that yields the identity; set with `rolesanywhere_config_set_identity`.
 */
#define ROLESANYWHERE_OPTION_IDENTITY 10

/**
 * Default: the trust anchor's region.
 */
#define ROLESANYWHERE_OPTION_REGION 11

/**
 * Full base URL. Default: the region's.
 */
#define ROLESANYWHERE_OPTION_ENDPOINT 12

/**
 * `true` permits plain http beyond the loopback interface.
 */
#define ROLESANYWHERE_OPTION_ALLOW_HTTP 13

/**
 * 900 to 43200, in decimal; not sent unless set.
 */
#define ROLESANYWHERE_OPTION_DURATION_SECONDS 14

/**
 * 2 to 64 of `[\w+=,.@-]`.
 */
#define ROLESANYWHERE_OPTION_ROLE_SESSION_NAME 15

/**
 * `KEY=VALUE`; may be set several times.
 */
#define ROLESANYWHERE_OPTION_INSTANCE_PROPERTIES 16

/**
 * `true` asks the FIPS host of the region.
 */
#define ROLESANYWHERE_OPTION_USE_FIPS_ENDPOINT 17

/**
 * `true` asks the dual-stack host of the region.
 */
#define ROLESANYWHERE_OPTION_USE_DUALSTACK_ENDPOINT 18

/**
 * `false` leaves the account out of the credentials.
 */
#define ROLESANYWHERE_OPTION_ACCOUNT_ID 19

/**
 * A PEM file of root certificates, for the built-in transport.
 */
#define ROLESANYWHERE_OPTION_CA_BUNDLE 20

/**
 * `false` has the built-in transport trust any server. The reply holds secrets.
 */
#define ROLESANYWHERE_OPTION_VERIFY 21

/**
 * The profile of the config file whose keys give what is not set here.
 */
#define ROLESANYWHERE_OPTION_CONFIG_PROFILE 22

/**
 * Names as `trust_anchor_arn`.
 */
#define ROLESANYWHERE_VOCABULARY_SNAKE_CASE 1

/**
 * Names as `trustAnchorArn`.
 */
#define ROLESANYWHERE_VOCABULARY_CAMEL_CASE 2

/**
 * Names as `trust-anchor-arn`, which messages write with two dashes before.
 */
#define ROLESANYWHERE_VOCABULARY_FLAGS 3

/**
 * No point in monotonic time.
 */
#define ROLESANYWHERE_NO_MONOTONIC_TIME UINT64_MAX

/**
 * Send one request and report. Nobody else is told to.
 */
#define ROLESANYWHERE_NEXT_FETCH 1

/**
 * Nothing to send before a point in time: poll again then, or when somebody reports.
 */
#define ROLESANYWHERE_NEXT_WAIT 2

/**
 * The credentials are fresh.
 */
#define ROLESANYWHERE_NEXT_IDLE 3

/**
 * ASN.1 DER for ECDSA, and the only form of RSA and ML-DSA signatures.
 */
#define ROLESANYWHERE_SIGNATURE_ENCODING_DER 1

/**
 * For ECDSA r and s, big-endian, each of the curve's length, as PKCS#11 returns them.
 */
#define ROLESANYWHERE_SIGNATURE_ENCODING_RAW 2

/**
 * RSASSA-PKCS1-v1_5 with SHA-256.
 */
#define ROLESANYWHERE_SCHEME_RSA_PKCS1_SHA256 1

/**
 * ECDSA with SHA-256 on the key's own curve.
 */
#define ROLESANYWHERE_SCHEME_ECDSA_SHA256 2

/**
 * ML-DSA-44 with an empty context.
 */
#define ROLESANYWHERE_SCHEME_ML_DSA_44 3

/**
 * ML-DSA-65 with an empty context.
 */
#define ROLESANYWHERE_SCHEME_ML_DSA_65 4

/**
 * ML-DSA-87 with an empty context.
 */
#define ROLESANYWHERE_SCHEME_ML_DSA_87 5

/**
 * The number of the interface that this header describes. It changes when programs have to be
 * compiled anew, and the library's soname ends with it.
 */
#define ROLESANYWHERE_ABI_VERSION 0

/**
 * An ARN that has been read. Immutable: any number of threads may read one.
 *
 * The texts that it lends live as long as it does.
 */
typedef struct rolesanywhere_arn rolesanywhere_arn;

/**
 * One attempt to fetch credentials, in steps: prepare, sign or finish, send, receive or fail. Of one
 * thread at a time, which need not be the one that polled.
 */
typedef struct rolesanywhere_attempt rolesanywhere_attempt;

/**
 * A canonical request. Immutable: any number of threads may read one.
 *
 * The texts that it lends live as long as it does.
 */
typedef struct rolesanywhere_canonical_request rolesanywhere_canonical_request;

/**
 * What a provider is made from: options by their numbers, and functions of the host's. Of one thread
 * at a time. Everything is copied in; a provider made from it keeps nothing of it but the functions.
 */
typedef struct rolesanywhere_config rolesanywhere_config;

/**
 * A CreateSession whose options have been checked. Immutable: any number of threads may use one.
 */
typedef struct rolesanywhere_create_session rolesanywhere_create_session;

/**
 * Temporary credentials. Immutable: any number of threads may read them. Wiped when freed.
 *
 * The texts that they lend live as long as they do.
 */
typedef struct rolesanywhere_credentials rolesanywhere_credentials;

/**
 * Why a call failed. Immutable: any number of threads may read one. No text in it holds a secret.
 *
 * The texts that it lends live as long as the error.
 */
typedef struct rolesanywhere_error rolesanywhere_error;

/**
 * Something that happened. None holds a secret. Immutable.
 */
typedef struct rolesanywhere_event rolesanywhere_event;

/**
 * What can be said against an identity, the most specific first. Immutable: any number of threads may
 * read one.
 */
typedef struct rolesanywhere_findings rolesanywhere_findings;

/**
 * A request: send it as it is, once. Signed, it is a bearer credential while its date is fresh.
 * Immutable: any number of threads may read one.
 *
 * What it lends lives as long as it does.
 */
typedef struct rolesanywhere_http_request rolesanywhere_http_request;

/**
 * The place for a reply: status, headers, body. Of one thread at a time. Wiped when freed, because a
 * reply holds secrets.
 */
typedef struct rolesanywhere_http_response rolesanywhere_http_response;

/**
 * The end-entity certificate and its intermediates. Immutable: any number of threads may read one.
 *
 * The texts and bytes that it lends live as long as the identity.
 */
typedef struct rolesanywhere_identity rolesanywhere_identity;

/**
 * Every option that something gave, with its origin. Immutable: any number of threads may read one.
 *
 * The texts that it lends live as long as it does; secrets among them are wiped.
 */
typedef struct rolesanywhere_options rolesanywhere_options;

/**
 * The blocks of a PEM file in its order. Immutable: any number of threads may read one. Wiped when
 * freed: a block may be a private key.
 *
 * The texts and bytes that it lends live as long as it does.
 */
typedef struct rolesanywhere_pem rolesanywhere_pem;

/**
 * A request that lacks only its signature. Immutable: any number of threads may read one.
 *
 * What it lends lives as long as it does.
 */
typedef struct rolesanywhere_pending_signature rolesanywhere_pending_signature;

/**
 * What may be served now, and what to do next. Of one thread at a time.
 */
typedef struct rolesanywhere_poll rolesanywhere_poll;

/**
 * A private key. Signs, and never leaves. Immutable: any number of threads may use one.
 */
typedef struct rolesanywhere_private_key rolesanywhere_private_key;

/**
 * Serves credentials from memory and fetches new ones in time. Any number of threads may share one,
 * and one request is made however many ask. It starts no thread and holds no lock while a callback
 * runs. A child of `fork` may go on using it.
 *
 * It must not be freed while a call on it is running in another thread: end those calls first
 * (`rolesanywhere_provider_close` makes waiting ones return). A library with debug assertions aborts
 * where this is broken.
 */
typedef struct rolesanywhere_provider rolesanywhere_provider;

/**
 * When credentials are fetched and which may be served, decided without a clock, a lock or a wait: two
 * clocks go in, both in milliseconds, the one since 1970, the other monotonic. Of one thread at a time.
 */
typedef struct rolesanywhere_refresh rolesanywhere_refresh;

/**
 * What may be served now, and what the asking caller does next. Immutable.
 */
typedef struct rolesanywhere_refresh_poll_answer rolesanywhere_refresh_poll_answer;

/**
 * Any request, to be signed. Changed by one thread at a time; signed by any number at once.
 */
typedef struct rolesanywhere_signable_request rolesanywhere_signable_request;

/**
 * A signature: one that a call made, or the place where a signer of the host's puts its own.
 */
typedef struct rolesanywhere_signature rolesanywhere_signature;

/**
 * What somebody has to sign. Always borrowed: from a pending signature, from an attempt, or within a
 * signer's callback until it returns.
 */
typedef struct rolesanywhere_signing_request rolesanywhere_signing_request;

/**
 * The place for the identity as it is now. Borrowed, until the callback that got it returns.
 */
typedef struct rolesanywhere_snapshot rolesanywhere_snapshot;

/**
 * Text that a call made for its caller. Wiped when freed. Immutable: any number of threads may read
 * one.
 */
typedef struct rolesanywhere_string rolesanywhere_string;

/**
 * How requests travel. Immutable: any number of threads and providers may share one.
 */
typedef struct rolesanywhere_transport rolesanywhere_transport;

/**
 * What a function says of how it went: `ROLESANYWHERE_RESULT_OK`, or the number of an error code.
 * A later version may return numbers that this header does not name.
 */
typedef uint32_t rolesanywhere_result;

/**
 * Text that somebody else owns: whoever gave it says how long it lives. UTF-8. `data[length]` is NUL,
 * so that text without a NUL inside can be used as a C string. `{NULL, 0}` where there is none.
 */
typedef struct {
  /**
   * The first character, or NULL.
   */
  const char *data;
  /**
   * How many bytes there are before the NUL.
   */
  size_t length;
} rolesanywhere_text;

/**
 * A name and its value: a header, an environment variable, an argument. Both texts are the caller's,
 * in UTF-8, and are only read during the call that they are handed to.
 */
typedef struct {
  /**
   * The name.
   */
  const char *name;
  /**
   * How many bytes the name has.
   */
  size_t name_length;
  /**
   * The value; NULL with length 0 where there is none.
   */
  const char *value;
  /**
   * How many bytes the value has.
   */
  size_t value_length;
} rolesanywhere_name_value;

/**
 * Signs what `request` says and puts the signature into `signature` with
 * `rolesanywhere_signature_set`. Returns 0, or anything else when there is no signature. Called on the
 * thread that asks for credentials, by several at once if they belong to several providers, and under
 * no lock of the library's. Both handles end when it returns. It must not unwind or jump out.
 */
typedef rolesanywhere_result (*rolesanywhere_sign_callback)(void *user_data,
                                                            const rolesanywhere_signing_request *request,
                                                            rolesanywhere_signature *signature);

/**
 * Told that `user_data` is not used any more. On any thread, under no lock of the library's.
 */
typedef void (*rolesanywhere_destroy_callback)(void *user_data);

/**
 * Puts the identity as it is now into `snapshot`, with `rolesanywhere_snapshot_set`. Returns 0, or an
 * error code when there is none. Called at each refresh on the thread that asks for credentials, under
 * no lock of the library's. `snapshot` ends when it returns. It must not unwind or jump out.
 */
typedef rolesanywhere_result (*rolesanywhere_identity_callback)(void *user_data,
                                                                rolesanywhere_snapshot *snapshot);

/**
 * Told of what happens: refreshed, failed, another certificate. Called on the thread on which it
 * happens, under no lock of the library's. `event` ends when it returns. It must not unwind or jump out.
 */
typedef void (*rolesanywhere_log_callback)(void *user_data, const rolesanywhere_event *event);

/**
 * Tells both clocks: wall time in milliseconds since 1970, and a time that never goes back. Called on
 * any thread, also while a lock of the library's is held: it must not call the library. It must not
 * unwind or jump out.
 */
typedef void (*rolesanywhere_clock_callback)(void *user_data,
                                             uint64_t *unix_millis,
                                             uint64_t *monotonic_millis);

/**
 * Returns a random fraction between 0 and 1, which spreads the requests of a fleet. Called on any
 * thread. It must not unwind or jump out.
 */
typedef double (*rolesanywhere_jitter_callback)(void *user_data);

/**
 * Bytes that somebody else owns: whoever gave them says how long they live. `{NULL, 0}` where there
 * are none.
 */
typedef struct {
  /**
   * The first byte, or NULL.
   */
  const uint8_t *data;
  /**
   * How many bytes there are.
   */
  size_t length;
} rolesanywhere_bytes;

/**
 * Sends exactly this request, once, and fills in `response`: status, headers, body. Every HTTP status
 * is a reply and not an error; redirects are not followed, failures not repeated. Returns 0; or, when
 * no reply came, an error code of kind `transport` (any other number counts as `connection_failed`).
 * Has `time_limit_millis` to do it. Called on the thread that asks for credentials, by several at once
 * if they belong to several providers, under no lock of the library's. Both handles end when it
 * returns. It must not unwind or jump out.
 */
typedef rolesanywhere_result (*rolesanywhere_send_callback)(void *user_data,
                                                            const rolesanywhere_http_request *request,
                                                            uint64_t time_limit_millis,
                                                            rolesanywhere_http_response *response);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Reads an ARN of a kind (`ROLESANYWHERE_ARN_…`), as a CreateSession does.
 *
 * `*parsed` is the caller's, to be freed with `rolesanywhere_arn_free`; it borrows nothing. Any thread.
 * Fails with `arn_malformed`; with `argument_invalid` for the kind.
 *
 * Safety:
 * `arn` points to as many bytes as its length says; `parsed` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_arn_parse(uint32_t kind,
                                             const char *arn,
                                             size_t arn_length,
                                             rolesanywhere_arn **parsed,
                                             rolesanywhere_error **error);

/**
 * The partition, such as `aws` or `aws-cn`. Borrowed from the ARN.
 *
 * Safety:
 * `arn` is NULL or an ARN that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_arn_partition(const rolesanywhere_arn *arn);

/**
 * The region. Borrowed from the ARN; a role has none.
 *
 * Safety:
 * `arn` is NULL or an ARN that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_arn_region(const rolesanywhere_arn *arn);

/**
 * The account: 12 digits. Borrowed from the ARN.
 *
 * Safety:
 * `arn` is NULL or an ARN that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_arn_account_id(const rolesanywhere_arn *arn);

/**
 * The role's name without its path. Borrowed from the ARN; trust anchors and profiles have none.
 *
 * Safety:
 * `arn` is NULL or an ARN that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_arn_role_name(const rolesanywhere_arn *arn);

/**
 * Ends an ARN and what it lent. NULL is fine.
 *
 * Safety:
 * `arn` is NULL or an ARN that nobody uses any more.
 */
void rolesanywhere_arn_free(rolesanywhere_arn *arn);

/**
 * Reads the identity as it is now, checks it and prepares the request. Afterwards
 * `rolesanywhere_attempt_signing_request` says what is to be signed. Reads files.
 *
 * Fails with a code of kind `identity`, which ends the attempt: the provider knows, and the next poll
 * says what to do. Fails with `argument_invalid` where it is not this step's turn.
 *
 * Safety:
 * `attempt` is NULL or an attempt that nobody else uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_attempt_prepare(rolesanywhere_attempt *attempt,
                                                   rolesanywhere_error **error);

/**
 * Signs with the configured key or signer, and prepares before where that was not done. Afterwards
 * `rolesanywhere_attempt_http_request` is what to send.
 *
 * Fails with a code of kind `identity` or `signing`, which ends the attempt; with `argument_invalid`
 * where it is not this step's turn.
 *
 * Safety:
 * `attempt` is NULL or an attempt that nobody else uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_attempt_sign(rolesanywhere_attempt *attempt,
                                                rolesanywhere_error **error);

/**
 * What is to be signed, once the attempt is prepared; NULL otherwise. Borrowed from the attempt until
 * its next step.
 *
 * Safety:
 * `attempt` is NULL or an attempt that is not changed or freed meanwhile.
 */
const rolesanywhere_signing_request *rolesanywhere_attempt_signing_request(const rolesanywhere_attempt *attempt);

/**
 * Takes a signature that somebody made meanwhile, in place of `rolesanywhere_attempt_sign`. It is
 * verified with the certificate. `signature_encoding` is a `ROLESANYWHERE_SIGNATURE_ENCODING_…`.
 *
 * Fails with `signature_malformed` or `signature_invalid`, which ends the attempt; with
 * `argument_invalid` where it is not this step's turn.
 *
 * Safety:
 * `attempt` is NULL or an attempt that nobody else uses; `signature` points to as many bytes as its
 * length says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_attempt_finish(rolesanywhere_attempt *attempt,
                                                  const uint8_t *signature,
                                                  size_t signature_length,
                                                  uint32_t signature_encoding,
                                                  rolesanywhere_error **error);

/**
 * What to send, once the attempt is signed; NULL otherwise. Borrowed from the attempt until its next
 * step.
 *
 * Safety:
 * `attempt` is NULL or an attempt that is not changed or freed meanwhile.
 */
const rolesanywhere_http_request *rolesanywhere_attempt_http_request(const rolesanywhere_attempt *attempt);

/**
 * Takes the reply, and ends the attempt: the next poll serves the credentials or says what to do.
 * `response` is the caller's still, and empty afterwards.
 *
 * Fails with a code of kind `service` where the reply is a refusal; the provider knows. Fails with
 * `argument_invalid` where it is not this step's turn.
 *
 * Safety:
 * `attempt` is NULL or an attempt that nobody else uses, `response` NULL or a reply that nobody else
 * uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_attempt_receive(rolesanywhere_attempt *attempt,
                                                   rolesanywhere_http_response *response,
                                                   rolesanywhere_error **error);

/**
 * Says that no reply came, and ends the attempt. `code` is an error code of kind `transport`; any other
 * counts as `connection_failed`. `message` is copied, and may be NULL.
 *
 * Fails with `argument_invalid` where the attempt has ended already.
 *
 * Safety:
 * `attempt` is NULL or an attempt that nobody else uses; `message` points to as many bytes as its
 * length says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_attempt_fail(rolesanywhere_attempt *attempt,
                                                rolesanywhere_result code,
                                                const char *message,
                                                size_t message_length,
                                                rolesanywhere_error **error);

/**
 * Ends an attempt; one that is under way is given up, and somebody else may begin another. NULL is
 * fine.
 *
 * Safety:
 * `attempt` is NULL or an attempt that nobody uses any more.
 */
void rolesanywhere_attempt_free(rolesanywhere_attempt *attempt);

/**
 * Puts a canonical request together from what is sent: for those who look into a signature that a
 * service refuses, or sign by themselves. Method, path and query are as sent, the query without `?`;
 * every header given is signed. `normalize_path` resolves segments `.` and `..` first, as every service
 * but S3 has it; `path_encoding` is a `ROLESANYWHERE_PATH_ENCODING_…`. Nothing is checked.
 *
 * `*canonical_request` is the caller's, to be freed with `rolesanywhere_canonical_request_free`; it
 * borrows nothing. Any thread. Fails with `argument_invalid` for what is not UTF-8 and for the encoding.
 *
 * Safety:
 * `headers` points to `header_count` headers; the texts and the body point to as many bytes as their
 * lengths say; `canonical_request` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_canonical_request_new(const char *method,
                                                         size_t method_length,
                                                         const char *path,
                                                         size_t path_length,
                                                         const char *query,
                                                         size_t query_length,
                                                         const rolesanywhere_name_value *headers,
                                                         size_t header_count,
                                                         const uint8_t *body,
                                                         size_t body_length,
                                                         bool normalize_path,
                                                         uint32_t path_encoding,
                                                         rolesanywhere_canonical_request **canonical_request,
                                                         rolesanywhere_error **error);

/**
 * The canonical request. Borrowed from it.
 *
 * Safety:
 * `canonical_request` is NULL or a canonical request that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_canonical_request_text(const rolesanywhere_canonical_request *canonical_request);

/**
 * The names of the signed headers, joined by `;`. Borrowed from the canonical request.
 *
 * Safety:
 * `canonical_request` is NULL or a canonical request that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_canonical_request_signed_headers(const rolesanywhere_canonical_request *canonical_request);

/**
 * Ends a canonical request and what it lent. NULL is fine.
 *
 * Safety:
 * `canonical_request` is NULL or a canonical request that nobody uses any more.
 */
void rolesanywhere_canonical_request_free(rolesanywhere_canonical_request *canonical_request);

/**
 * An empty configuration. Nothing is read from the environment or from files unless asked for.
 *
 * `*config` is the caller's, to be freed with `rolesanywhere_config_free`. Any thread.
 *
 * Safety:
 * `config` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_new(rolesanywhere_config **config,
                                              rolesanywhere_error **error);

/**
 * Sets an option (`ROLESANYWHERE_OPTION_…`) to a text; numbers and switches as they print: `900`,
 * `true`. An empty text is unset. Set again, the last one counts, but for `INSTANCE_PROPERTIES`. The
 * text is copied, and wiped with the configuration.
 *
 * Fails with `option_unknown` for the number, `argument_invalid` for what is not UTF-8. Whether the
 * value will do is checked when it is used.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `value` points to as many bytes as its
 * length says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_text(rolesanywhere_config *config,
                                                   uint32_t option,
                                                   const char *value,
                                                   size_t value_length,
                                                   rolesanywhere_error **error);

/**
 * Sets `CERTIFICATE`, `PRIVATE_KEY`, `INTERMEDIATES` or `PRIVATE_KEY_PASSPHRASE` to its content: PEM,
 * DER, PKCS#12; the passphrase's bytes. Copied, and wiped with the configuration.
 *
 * Fails with `option_unknown` for the number, `option_invalid` for another option.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `value` points to as many bytes as its
 * length says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_bytes(rolesanywhere_config *config,
                                                    uint32_t option,
                                                    const uint8_t *value,
                                                    size_t value_length,
                                                    rolesanywhere_error **error);

/**
 * Reads the process's environment, now: the variables of the options, the config file that
 * `AWS_CONFIG_FILE` names (else `~/.aws/config`) if there is one, and the proxies and the CA bundle
 * for the built-in transport. Without this call none of them is looked at.
 *
 * Fails with `file_unreadable` and other codes of files where a config file is there and cannot be
 * read.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses, and nobody changes the environment
 * meanwhile; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_use_environment(rolesanywhere_config *config,
                                                          rolesanywhere_error **error);

/**
 * Adds an environment variable of the host's own, which counts as one of the process's. Copied.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; the texts point to as many bytes as their
 * lengths say; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_environment_variable(rolesanywhere_config *config,
                                                                   const char *name,
                                                                   size_t name_length,
                                                                   const char *value,
                                                                   size_t value_length,
                                                                   rolesanywhere_error **error);

/**
 * Gives the text of an AWS config file, in place of the one that would be read. Copied.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `file` points to as many bytes as its
 * length says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_config_file(rolesanywhere_config *config,
                                                          const char *file,
                                                          size_t file_length,
                                                          rolesanywhere_error **error);

/**
 * Names the profile that the host has chosen for other purposes; its keys count least. Copied.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `profile` points to as many bytes as its
 * length says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_ambient_profile(rolesanywhere_config *config,
                                                              const char *profile,
                                                              size_t profile_length,
                                                              rolesanywhere_error **error);

/**
 * Ends a configuration; what it holds is wiped. Functions that it was given end with the last
 * provider made from it. NULL is fine.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody uses any more.
 */
void rolesanywhere_config_free(rolesanywhere_config *config);

/**
 * Sets the option `sign`: a signer of the host's in place of a private key, such as a token's. What it
 * signs is verified with the certificate before it is sent.
 *
 * `user_data` is handed to each call; `destroy`, which may be NULL, is called once with it when the
 * configuration and every provider made from it are gone, or when another signer is set. All may
 * happen on any thread.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `sign` and `destroy` keep what
 * `rolesanywhere_sign_callback` says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_sign(rolesanywhere_config *config,
                                                   rolesanywhere_sign_callback sign,
                                                   void *user_data,
                                                   rolesanywhere_destroy_callback destroy,
                                                   rolesanywhere_error **error);

/**
 * Sets the option `identity`: a function that yields certificate, chain and key as they are now. It
 * excludes `CERTIFICATE`, `PRIVATE_KEY`, `INTERMEDIATES` and a signer.
 *
 * `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `identity` and `destroy` keep what
 * `rolesanywhere_identity_callback` says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_identity(rolesanywhere_config *config,
                                                       rolesanywhere_identity_callback identity,
                                                       void *user_data,
                                                       rolesanywhere_destroy_callback destroy,
                                                       rolesanywhere_error **error);

/**
 * Sets the log: a function that is told of what happens. Nothing is written to standard error.
 *
 * `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `log` and `destroy` keep what
 * `rolesanywhere_log_callback` says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_log(rolesanywhere_config *config,
                                                  rolesanywhere_log_callback log,
                                                  void *user_data,
                                                  rolesanywhere_destroy_callback destroy,
                                                  rolesanywhere_error **error);

/**
 * Sets the clocks, for tests and for hosts with a time of their own; by default the system's.
 *
 * `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `clock` and `destroy` keep what
 * `rolesanywhere_clock_callback` says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_clock(rolesanywhere_config *config,
                                                    rolesanywhere_clock_callback clock,
                                                    void *user_data,
                                                    rolesanywhere_destroy_callback destroy,
                                                    rolesanywhere_error **error);

/**
 * Sets the randomness, for tests and for hosts with one of their own; by default the system's.
 *
 * `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
 *
 * Safety:
 * `config` is NULL or a configuration that nobody else uses; `jitter` and `destroy` keep what
 * `rolesanywhere_jitter_callback` says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_set_jitter(rolesanywhere_config *config,
                                                     rolesanywhere_jitter_callback jitter,
                                                     void *user_data,
                                                     rolesanywhere_destroy_callback destroy,
                                                     rolesanywhere_error **error);

/**
 * The CreateSession that a configuration describes. No certificate needs to be configured.
 *
 * `*create_session` is the caller's, to be freed with `rolesanywhere_create_session_free`; it borrows
 * nothing. Fails with a code of kind `input`, naming the option.
 *
 * Safety:
 * `config` is NULL or a configuration that is not changed or freed meanwhile; `create_session` and
 * `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_create_session_new(const rolesanywhere_config *config,
                                                      rolesanywhere_create_session **create_session,
                                                      rolesanywhere_error **error);

/**
 * The URL that is asked, with its query. Borrowed from the session.
 *
 * Safety:
 * `create_session` is NULL or a session that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_create_session_url(const rolesanywhere_create_session *create_session);

/**
 * The region signed for. Borrowed from the session.
 *
 * Safety:
 * `create_session` is NULL or a session that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_create_session_region(const rolesanywhere_create_session *create_session);

/**
 * Everything up to the signature. `now` is in Unix seconds and becomes the request's date. Does not
 * check the identity: `rolesanywhere_identity_check` does.
 *
 * `*pending` is the caller's, to be freed with `rolesanywhere_pending_signature_free`; it borrows
 * nothing. Any thread. Fails with `timestamp_malformed`.
 *
 * Safety:
 * The handles are NULL or not freed meanwhile; `pending` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_create_session_prepare(const rolesanywhere_create_session *create_session,
                                                          const rolesanywhere_identity *identity,
                                                          int64_t now,
                                                          rolesanywhere_pending_signature **pending,
                                                          rolesanywhere_error **error);

/**
 * `rolesanywhere_create_session_prepare`, the key's signature, and
 * `rolesanywhere_pending_signature_finish` in one.
 *
 * `*http_request` is the caller's, to be freed with `rolesanywhere_http_request_free`. Any thread.
 * Fails with `timestamp_malformed`, `key_mismatch`, `signing_failed`.
 *
 * Safety:
 * The handles are NULL or not freed meanwhile; `http_request` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_create_session_sign(const rolesanywhere_create_session *create_session,
                                                       const rolesanywhere_identity *identity,
                                                       const rolesanywhere_private_key *private_key,
                                                       int64_t now,
                                                       rolesanywhere_http_request **http_request,
                                                       rolesanywhere_error **error);

/**
 * Reads the reply. `response` is the caller's still, and empty afterwards. `now`, in Unix seconds or
 * `ROLESANYWHERE_NO_TIME`, is compared with the reply's `Date` when the service refuses, to tell a
 * wrong clock.
 *
 * `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`. Any thread. Fails
 * with a code of kind `service`.
 *
 * Safety:
 * `create_session` is NULL or a session that is not freed meanwhile, `response` NULL or a reply that
 * nobody else uses; `credentials` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_create_session_parse_response(const rolesanywhere_create_session *create_session,
                                                                 rolesanywhere_http_response *response,
                                                                 int64_t now,
                                                                 rolesanywhere_credentials **credentials,
                                                                 rolesanywhere_error **error);

/**
 * Ends a session. NULL is fine.
 *
 * Safety:
 * `create_session` is NULL or a session that nobody uses any more.
 */
void rolesanywhere_create_session_free(rolesanywhere_create_session *create_session);

/**
 * Credentials from elsewhere, for `rolesanywhere_refresh_on_success` and for the JSON forms.
 * `expiration` is in Unix seconds; `role_arn` and `account_id` may be NULL. The texts are copied.
 *
 * `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`. Any thread. Fails
 * with `argument_invalid`, `timestamp_malformed`.
 *
 * Safety:
 * The texts are NULL or point to as many bytes as their lengths say; `credentials` and `error` are
 * NULL or may be written.
 */
rolesanywhere_result rolesanywhere_credentials_new(const char *access_key_id,
                                                   size_t access_key_id_length,
                                                   const char *secret_access_key,
                                                   size_t secret_access_key_length,
                                                   const char *session_token,
                                                   size_t session_token_length,
                                                   int64_t expiration,
                                                   const char *role_arn,
                                                   size_t role_arn_length,
                                                   const char *account_id,
                                                   size_t account_id_length,
                                                   rolesanywhere_credentials **credentials,
                                                   rolesanywhere_error **error);

/**
 * The access key id. Borrowed from the credentials.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_credentials_access_key_id(const rolesanywhere_credentials *credentials);

/**
 * The secret access key. Borrowed from the credentials; a copy of it is not wiped for you.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_credentials_secret_access_key(const rolesanywhere_credentials *credentials);

/**
 * The session token. Borrowed from the credentials; a copy of it is not wiped for you.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_credentials_session_token(const rolesanywhere_credentials *credentials);

/**
 * When the session ends, in Unix seconds; 0 for NULL.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile.
 */
int64_t rolesanywhere_credentials_expiration(const rolesanywhere_credentials *credentials);

/**
 * The role's account, 12 digits. Borrowed from the credentials; none where it is not known or was
 * switched off.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_credentials_account_id(const rolesanywhere_credentials *credentials);

/**
 * The role's ARN. Borrowed from the credentials; none where it is not known.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_credentials_role_arn(const rolesanywhere_credentials *credentials);

/**
 * The object that a `credential_process` prints: one line of JSON, without a line end.
 *
 * `*json` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
 * `null_argument` alone.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile; `json` and `error` are NULL or
 * may be written.
 */
rolesanywhere_result rolesanywhere_credentials_to_credential_process_json(const rolesanywhere_credentials *credentials,
                                                                          rolesanywhere_string **json,
                                                                          rolesanywhere_error **error);

/**
 * The object that a container's credentials endpoint answers with: one line of JSON.
 *
 * `*json` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
 * `null_argument` alone.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile; `json` and `error` are NULL or
 * may be written.
 */
rolesanywhere_result rolesanywhere_credentials_to_container_json(const rolesanywhere_credentials *credentials,
                                                                 rolesanywhere_string **json,
                                                                 rolesanywhere_error **error);

/**
 * The object that the EC2 instance metadata service answers with: one line of JSON. `last_updated` is
 * when the credentials were fetched, in Unix seconds.
 *
 * `*json` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
 * `null_argument`, `timestamp_malformed`.
 *
 * Safety:
 * `credentials` is NULL or credentials that are not freed meanwhile; `json` and `error` are NULL or
 * may be written.
 */
rolesanywhere_result rolesanywhere_credentials_to_imds_json(const rolesanywhere_credentials *credentials,
                                                            int64_t last_updated,
                                                            rolesanywhere_string **json,
                                                            rolesanywhere_error **error);

/**
 * Ends credentials and the texts they lent; the secrets are wiped. NULL is fine.
 *
 * Safety:
 * `credentials` is NULL or credentials that nobody uses any more.
 */
void rolesanywhere_credentials_free(rolesanywhere_credentials *credentials);

/**
 * The URL, without its query, that CreateSession has in a region of a partition (`aws`). Does not know
 * which regions exist: one that fits the partition will do.
 *
 * `*url` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
 * `partition_unknown`, `region_malformed`, `region_mismatch`.
 *
 * Safety:
 * The texts point to as many bytes as their lengths say; `url` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_endpoint_for_region(const char *partition,
                                                       size_t partition_length,
                                                       const char *region,
                                                       size_t region_length,
                                                       bool use_fips_endpoint,
                                                       bool use_dualstack_endpoint,
                                                       rolesanywhere_string **url,
                                                       rolesanywhere_error **error);

/**
 * The URL, without its query, that CreateSession has at a base URL of the caller's, whose path prefix
 * is kept.
 *
 * `*url` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
 * `endpoint_malformed`; with `endpoint_insecure` for plain http beyond the loopback interface, unless
 * `allow_http`: the reply holds secrets.
 *
 * Safety:
 * `endpoint` points to as many bytes as its length says; `url` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_endpoint_parse(const char *endpoint,
                                                  size_t endpoint_length,
                                                  bool allow_http,
                                                  rolesanywhere_string **url,
                                                  rolesanywhere_error **error);

/**
 * The error's code: what the call returned. 0 for NULL.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
rolesanywhere_result rolesanywhere_error_code(const rolesanywhere_error *error);

/**
 * One sentence in lower case: what is wrong. Borrowed from the error.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_error_message(const rolesanywhere_error *error);

/**
 * One sentence: what to do about it. Borrowed from the error.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_error_hint(const rolesanywhere_error *error);

/**
 * Whether the same call may succeed later without anyone changing anything.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
bool rolesanywhere_error_is_retryable(const rolesanywhere_error *error);

/**
 * The HTTP status of the service's refusal, or 0 where the service said nothing.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
uint32_t rolesanywhere_error_status(const rolesanywhere_error *error);

/**
 * The service's error type, such as `AccessDeniedException`. Borrowed from the error; none where the
 * service gave none.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_error_service_code(const rolesanywhere_error *error);

/**
 * The service's own message, bounded and without control characters. Borrowed from the error; none
 * where the service gave none.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_error_service_message(const rolesanywhere_error *error);

/**
 * The id by which AWS finds the request. Borrowed from the error; none where the service gave none.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_error_request_id(const rolesanywhere_error *error);

/**
 * The seconds that the service asks to wait (`Retry-After`), or -1 where it does not.
 *
 * Safety:
 * `error` is NULL or an error that is not freed meanwhile.
 */
int64_t rolesanywhere_error_retry_after(const rolesanywhere_error *error);

/**
 * Ends an error and the texts it lent. NULL is fine.
 *
 * Safety:
 * `error` is NULL or an error that nobody uses any more; not one that was borrowed.
 */
void rolesanywhere_error_free(rolesanywhere_error *error);

/**
 * How many error codes this version knows. Any thread; never fails.
 */
size_t rolesanywhere_error_code_count(void);

/**
 * The error code at a position below `rolesanywhere_error_code_count()`, in the order of the numbers;
 * 0 beyond it. Any thread.
 */
rolesanywhere_result rolesanywhere_error_code_at(size_t index);

/**
 * A code's stable name, such as `access_denied`. Lives as long as the library is loaded; none for a
 * number that is no code. Any thread.
 */
rolesanywhere_text rolesanywhere_error_code_name(rolesanywhere_result code);

/**
 * A code's kind: `input`, `identity`, `signing`, `service`, `transport` or `internal`. Lives as long
 * as the library is loaded; none for a number that is no code. Any thread.
 */
rolesanywhere_text rolesanywhere_error_code_kind(rolesanywhere_result code);

/**
 * What a code means, in one sentence. Lives as long as the library is loaded; none for a number that
 * is no code. Any thread.
 */
rolesanywhere_text rolesanywhere_error_code_meaning(rolesanywhere_result code);

/**
 * What to do about a code when nothing more is known. Lives as long as the library is loaded; none
 * for a number that is no code. Any thread.
 */
rolesanywhere_text rolesanywhere_error_code_hint(rolesanywhere_result code);

/**
 * Whether an error of this code is worth retrying unless it says otherwise. Any thread.
 */
bool rolesanywhere_error_code_is_retryable(rolesanywhere_result code);

/**
 * The event's name: `refreshed`, `refresh_failed`, `clock_corrected`, `certificate_expiring`,
 * `identity_changed`, `identity_failed`; a later version may have others. Borrowed from the event.
 *
 * Safety:
 * `event` is NULL or an event that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_event_name(const rolesanywhere_event *event);

/**
 * One sentence for a log. Borrowed from the event.
 *
 * Safety:
 * `event` is NULL or an event that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_event_message(const rolesanywhere_event *event);

/**
 * How bad it is: a `ROLESANYWHERE_LEVEL_…`; 0 for NULL.
 *
 * Safety:
 * `event` is NULL or an event that is not freed meanwhile.
 */
uint32_t rolesanywhere_event_level(const rolesanywhere_event *event);

/**
 * Why something failed; NULL where nothing did. Borrowed from the event, not to be freed.
 *
 * Safety:
 * `event` is NULL or an event that is not freed meanwhile.
 */
const rolesanywhere_error *rolesanywhere_event_error(const rolesanywhere_event *event);

/**
 * The time that the event is about, in Unix seconds: when the credentials or the certificate end;
 * `ROLESANYWHERE_NO_TIME` where there is none.
 *
 * Safety:
 * `event` is NULL or an event that is not freed meanwhile.
 */
int64_t rolesanywhere_event_time(const rolesanywhere_event *event);

/**
 * What `clock_corrected` adds to this machine's clock, in seconds; 0 for other events.
 *
 * Safety:
 * `event` is NULL or an event that is not freed meanwhile.
 */
int64_t rolesanywhere_event_offset_seconds(const rolesanywhere_event *event);

/**
 * Ends an event that `rolesanywhere_refresh_next_event` gave; not one that a callback got. NULL is
 * fine.
 *
 * Safety:
 * `event` is NULL or an event that nobody uses any more.
 */
void rolesanywhere_event_free(rolesanywhere_event *event);

/**
 * How many findings there are; 0 for NULL.
 *
 * Safety:
 * `findings` is NULL or findings that are not freed meanwhile.
 */
size_t rolesanywhere_findings_count(const rolesanywhere_findings *findings);

/**
 * How bad a finding is: a `ROLESANYWHERE_SEVERITY_…`, or 0 beyond the last.
 *
 * Safety:
 * `findings` is NULL or findings that are not freed meanwhile.
 */
uint32_t rolesanywhere_findings_severity(const rolesanywhere_findings *findings, size_t index);

/**
 * A finding as the error that it is or would be: code, message, hint. Borrowed from the findings, not
 * to be freed; NULL beyond the last.
 *
 * Safety:
 * `findings` is NULL or findings that are not freed meanwhile.
 */
const rolesanywhere_error *rolesanywhere_findings_error(const rolesanywhere_findings *findings,
                                                        size_t index);

/**
 * Ends findings and the errors they lent. NULL is fine.
 *
 * Safety:
 * `findings` is NULL or findings that nobody uses any more.
 */
void rolesanywhere_findings_free(rolesanywhere_findings *findings);

/**
 * The method, in upper case. Borrowed from the request.
 *
 * Safety:
 * `request` is NULL or a request that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_http_request_method(const rolesanywhere_http_request *request);

/**
 * The absolute URL. It carries the host, which is not among the headers. Borrowed from the request.
 *
 * Safety:
 * `request` is NULL or a request that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_http_request_url(const rolesanywhere_http_request *request);

/**
 * How many headers there are; 0 for NULL.
 *
 * Safety:
 * `request` is NULL or a request that is not freed meanwhile.
 */
size_t rolesanywhere_http_request_header_count(const rolesanywhere_http_request *request);

/**
 * The name of a header, in wire order. Borrowed from the request; none beyond the last.
 *
 * Safety:
 * `request` is NULL or a request that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_http_request_header_name(const rolesanywhere_http_request *request,
                                                          size_t index);

/**
 * The value of a header, in wire order. Borrowed from the request; none beyond the last.
 *
 * Safety:
 * `request` is NULL or a request that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_http_request_header_value(const rolesanywhere_http_request *request,
                                                           size_t index);

/**
 * The body, which may be empty. Borrowed from the request.
 *
 * Safety:
 * `request` is NULL or a request that is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_http_request_body(const rolesanywhere_http_request *request);

/**
 * Ends a request that a call made, and what it lent; not one that was borrowed. NULL is fine.
 *
 * Safety:
 * `request` is NULL or a request that nobody uses any more.
 */
void rolesanywhere_http_request_free(rolesanywhere_http_request *request);

/**
 * An empty reply, for programs that send by themselves and bring the reply to
 * `rolesanywhere_attempt_receive` or `rolesanywhere_create_session_parse_response`.
 *
 * `*response` is the caller's, to be freed with `rolesanywhere_http_response_free`. Any thread.
 *
 * Safety:
 * `response` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_http_response_new(rolesanywhere_http_response **response,
                                                     rolesanywhere_error **error);

/**
 * Sets the HTTP status, 100 to 599. Fails with `argument_invalid`.
 *
 * Safety:
 * `response` is NULL or a reply that nobody else uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_http_response_set_status(rolesanywhere_http_response *response,
                                                            uint32_t status,
                                                            rolesanywhere_error **error);

/**
 * Adds a header, its name in any case; both are copied. Bytes that are not UTF-8 are replaced. The
 * reply's `Date`, `Retry-After` and `x-amzn-*` headers are the ones that count.
 *
 * Safety:
 * `response` is NULL or a reply that nobody else uses; `name` and `value` point to as many bytes as
 * their lengths say; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_http_response_add_header(rolesanywhere_http_response *response,
                                                            const char *name,
                                                            size_t name_length,
                                                            const char *value,
                                                            size_t value_length,
                                                            rolesanywhere_error **error);

/**
 * Adds to the body; the bytes are copied. Fails with `response_too_large` beyond 1 MiB.
 *
 * Safety:
 * `response` is NULL or a reply that nobody else uses; `data` points to as many bytes as its length
 * says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_http_response_append_body(rolesanywhere_http_response *response,
                                                             const uint8_t *data,
                                                             size_t data_length,
                                                             rolesanywhere_error **error);

/**
 * Says why there is no reply; it is copied, and becomes part of the error's message. Within the
 * callback, which then returns something else than 0.
 *
 * Safety:
 * `response` is NULL or what the callback got; `message` points to as many bytes as its length says;
 * `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_http_response_set_message(rolesanywhere_http_response *response,
                                                             const char *message,
                                                             size_t message_length,
                                                             rolesanywhere_error **error);

/**
 * Ends a reply that `rolesanywhere_http_response_new` made; not one that a callback got. NULL is fine.
 *
 * Safety:
 * `response` is NULL or a reply that nobody uses any more.
 */
void rolesanywhere_http_response_free(rolesanywhere_http_response *response);

/**
 * Reads the leaf, and any chain, from PEM or DER. One file with everything is fine: keys and other
 * blocks are skipped. `chain` may be NULL.
 *
 * `*identity` is the caller's, to be freed with `rolesanywhere_identity_free`. Any thread. Fails with
 * a code of kind `identity`.
 *
 * Safety:
 * The pointers are NULL or point to as many bytes as their lengths say; `identity` and `error` are
 * NULL or may be written.
 */
rolesanywhere_result rolesanywhere_identity_from_pem(const uint8_t *certificate,
                                                     size_t certificate_length,
                                                     const uint8_t *chain,
                                                     size_t chain_length,
                                                     rolesanywhere_identity **identity,
                                                     rolesanywhere_error **error);

/**
 * Reads an identity and, where there is one, its private key from any mix of PEM, DER and PKCS#12.
 * The leaf is the certificate that the key belongs to; without a key the only one that issued none of
 * the others. `passphrase` may be NULL.
 *
 * `*identity` and `*private_key` are the caller's, to be freed each with its function; `*private_key`
 * becomes NULL where the parts hold no key. Any thread. Fails with a code of kind `identity`.
 *
 * Safety:
 * `parts` points to `part_count` slices; these and `passphrase` point to as many bytes as they say.
 * `identity`, `private_key` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_load_identity(const rolesanywhere_bytes *parts,
                                                 size_t part_count,
                                                 const uint8_t *passphrase,
                                                 size_t passphrase_length,
                                                 rolesanywhere_identity **identity,
                                                 rolesanywhere_private_key **private_key,
                                                 rolesanywhere_error **error);

/**
 * The leaf's serial number in decimal. Borrowed from the identity.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_identity_serial_number(const rolesanywhere_identity *identity);

/**
 * The algorithm of the leaf's key: `rsa`, `p256`, `p384`, `p521`, `ml_dsa_44`, `ml_dsa_65` or
 * `ml_dsa_87`. Borrowed from the identity.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_identity_key_algorithm(const rolesanywhere_identity *identity);

/**
 * The SigV4 algorithm, such as `AWS4-X509-ECDSA-SHA256`. Borrowed from the identity.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_identity_algorithm(const rolesanywhere_identity *identity);

/**
 * The leaf's subject as RFC 4514 prints it. Borrowed from the identity; may hold a NUL inside, so
 * that its length counts.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_identity_subject(const rolesanywhere_identity *identity);

/**
 * The leaf's issuer as RFC 4514 prints it. Borrowed from the identity; may hold a NUL inside, so
 * that its length counts.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_identity_issuer(const rolesanywhere_identity *identity);

/**
 * The first second of the leaf's validity, in Unix seconds; 0 for NULL.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
int64_t rolesanywhere_identity_not_before(const rolesanywhere_identity *identity);

/**
 * The last second of the leaf's validity, in Unix seconds; 0 for NULL.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
int64_t rolesanywhere_identity_not_after(const rolesanywhere_identity *identity);

/**
 * The leaf in DER. Borrowed from the identity.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_identity_certificate_der(const rolesanywhere_identity *identity);

/**
 * How many intermediates there are; 0 for NULL.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
size_t rolesanywhere_identity_chain_count(const rolesanywhere_identity *identity);

/**
 * An intermediate in DER, the leaf's issuer at index 0. Borrowed from the identity; none beyond the
 * last.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_identity_chain_der(const rolesanywhere_identity *identity,
                                                     size_t index);

/**
 * Checks what can be checked without the service: the key (where `private_key` is not NULL), the
 * certificate's usage, version, hash, validity at `now` (Unix seconds), the chain's links. Not checked
 * are the signatures of the certificates.
 *
 * Any thread. Fails with the most specific code of kind `identity`.
 *
 * Safety:
 * `identity` and `private_key` are NULL or handles that are not freed meanwhile; `error` is NULL or
 * may be written.
 */
rolesanywhere_result rolesanywhere_identity_check(const rolesanywhere_identity *identity,
                                                  const rolesanywhere_private_key *private_key,
                                                  int64_t now,
                                                  rolesanywhere_error **error);

/**
 * Everything that can be said against the identity, also what is no error. Arguments as for
 * `rolesanywhere_identity_check`.
 *
 * `*findings` is the caller's, to be freed with `rolesanywhere_findings_free`; it borrows nothing. Any
 * thread. Fails with `null_argument` and `timestamp_malformed` alone.
 *
 * Safety:
 * `identity` and `private_key` are NULL or handles that are not freed meanwhile; `findings` and
 * `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_identity_findings(const rolesanywhere_identity *identity,
                                                     const rolesanywhere_private_key *private_key,
                                                     int64_t now,
                                                     rolesanywhere_findings **findings,
                                                     rolesanywhere_error **error);

/**
 * Verifies a signature over a message with the leaf's public key, for programs that test a signer of
 * theirs. `encoding` is a `ROLESANYWHERE_SIGNATURE_ENCODING_…`.
 *
 * `encoded` may be NULL; `*encoded` becomes the signature as it goes into `Authorization`, the
 * caller's, to be freed with `rolesanywhere_signature_free`. Any thread. Fails with
 * `signature_malformed`, `signature_invalid`.
 *
 * Safety:
 * `identity` is NULL or an identity that is not freed meanwhile; the other pointers are NULL, or point
 * to as many bytes as their lengths say or may be written.
 */
rolesanywhere_result rolesanywhere_identity_verify(const rolesanywhere_identity *identity,
                                                   const uint8_t *message,
                                                   size_t message_length,
                                                   const uint8_t *signature,
                                                   size_t signature_length,
                                                   uint32_t signature_encoding,
                                                   rolesanywhere_signature **encoded,
                                                   rolesanywhere_error **error);

/**
 * Ends an identity and what it lent. NULL is fine.
 *
 * Safety:
 * `identity` is NULL or an identity that nobody uses any more.
 */
void rolesanywhere_identity_free(rolesanywhere_identity *identity);

/**
 * The option of a name as the tables of options write it, such as `trust_anchor_arn`: for hosts that
 * take options from a configuration of their own. `*option` becomes a `ROLESANYWHERE_OPTION_…`.
 *
 * Any thread. Fails with `option_unknown`, whose hint names the nearest option, and
 * `feature_unavailable`.
 *
 * Safety:
 * `name` points to as many bytes as its length says; `option` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_option_from_name(const char *name,
                                                    size_t name_length,
                                                    uint32_t *option,
                                                    rolesanywhere_error **error);

/**
 * Resolves a configuration: what was set, then the profile that was named, the environment, the
 * ambient profile. Providers do this by themselves; this shows what comes of it.
 *
 * `*options` is the caller's, to be freed with `rolesanywhere_options_free`; it borrows nothing. Fails
 * with `option_invalid`, `options_conflict`, `config_file_malformed`.
 *
 * Safety:
 * `config` is NULL or a configuration that is not changed or freed meanwhile; `options` and `error` are
 * NULL or may be written.
 */
rolesanywhere_result rolesanywhere_config_resolve(const rolesanywhere_config *config,
                                                  rolesanywhere_options **options,
                                                  rolesanywhere_error **error);

/**
 * Resolves options that somebody wrote in the vocabulary of another host, such as the flags of a
 * program: for hosts that parse a command line or a configuration of their own. `vocabulary` is a
 * `ROLESANYWHERE_VOCABULARY_…`; the last argument of a name wins, but for `instance_properties`; one
 * whose value is NULL is given, and kept by the host: bytes, or a function. `config_file` is the text of
 * an AWS config file, `ambient_profile` the profile that the host has chosen for other purposes; each
 * may be NULL. Reads nothing else.
 *
 * `*options` is the caller's, to be freed with `rolesanywhere_options_free`; it borrows nothing. Any
 * thread. Fails with `option_unknown`, `option_invalid`, `options_conflict`, `feature_unavailable`,
 * `config_file_malformed`; with `argument_invalid` for the vocabulary and what is not UTF-8.
 *
 * Safety:
 * The arrays point to as many items as their counts say, the texts to as many bytes as their lengths
 * say; `options` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_resolve_options(uint32_t vocabulary,
                                                   const rolesanywhere_name_value *arguments,
                                                   size_t argument_count,
                                                   const rolesanywhere_name_value *environment,
                                                   size_t environment_count,
                                                   const char *config_file,
                                                   size_t config_file_length,
                                                   const char *ambient_profile,
                                                   size_t ambient_profile_length,
                                                   rolesanywhere_options **options,
                                                   rolesanywhere_error **error);

/**
 * Whether something gave the option, as text, bytes or a function.
 *
 * Safety:
 * `options` is NULL or options that are not freed meanwhile.
 */
bool rolesanywhere_options_is_given(const rolesanywhere_options *options, uint32_t option);

/**
 * The option's text. Borrowed from the options; none where it is unset, bytes or a function.
 *
 * Safety:
 * `options` is NULL or options that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_options_text(const rolesanywhere_options *options,
                                              uint32_t option);

/**
 * Where the option's value came from, as messages write it: an option, environment variable or profile
 * key by its name. Borrowed from the options; none where it is unset.
 *
 * Safety:
 * `options` is NULL or options that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_options_origin(const rolesanywhere_options *options,
                                                uint32_t option);

/**
 * How many notes there are about what has no effect; 0 for NULL.
 *
 * Safety:
 * `options` is NULL or options that are not freed meanwhile.
 */
size_t rolesanywhere_options_note_count(const rolesanywhere_options *options);

/**
 * A note about what has no effect: one sentence. Borrowed from the options; none beyond the last.
 *
 * Safety:
 * `options` is NULL or options that are not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_options_note(const rolesanywhere_options *options, size_t index);

/**
 * Ends options and what they lent. NULL is fine.
 *
 * Safety:
 * `options` is NULL or options that nobody uses any more.
 */
void rolesanywhere_options_free(rolesanywhere_options *options);

/**
 * Lists the blocks of a PEM file; DER counts as one block with the label that its PEM would have.
 *
 * `*pem` is the caller's, to be freed with `rolesanywhere_pem_free`; it borrows nothing. Any thread.
 * Fails with `file_empty`, `file_too_large`, `pem_malformed`.
 *
 * Safety:
 * `data` points to as many bytes as its length says; `pem` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_pem_parse(const uint8_t *data,
                                             size_t data_length,
                                             rolesanywhere_pem **pem,
                                             rolesanywhere_error **error);

/**
 * How many blocks there are; 0 for NULL.
 *
 * Safety:
 * `pem` is NULL or a list that is not freed meanwhile.
 */
size_t rolesanywhere_pem_count(const rolesanywhere_pem *pem);

/**
 * A block's label, such as `CERTIFICATE`. Borrowed from the list; none beyond the last.
 *
 * Safety:
 * `pem` is NULL or a list that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_pem_label(const rolesanywhere_pem *pem, size_t index);

/**
 * A block's content, which is DER as a rule and not checked. Borrowed from the list; none beyond the
 * last.
 *
 * Safety:
 * `pem` is NULL or a list that is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_pem_content(const rolesanywhere_pem *pem,
                                              size_t index);

/**
 * Ends a list and what it lent. NULL is fine.
 *
 * Safety:
 * `pem` is NULL or a list that nobody uses any more.
 */
void rolesanywhere_pem_free(rolesanywhere_pem *pem);

/**
 * The canonical request. Borrowed from the pending signature.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_pending_signature_canonical_request(const rolesanywhere_pending_signature *pending);

/**
 * The string to sign. Borrowed from the pending signature.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_pending_signature_string_to_sign(const rolesanywhere_pending_signature *pending);

/**
 * The names of the signed headers, joined by `;`. Borrowed from the pending signature.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_pending_signature_signed_headers(const rolesanywhere_pending_signature *pending);

/**
 * `YYYYMMDD/region/service/aws4_request`. Borrowed from the pending signature.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_pending_signature_credential_scope(const rolesanywhere_pending_signature *pending);

/**
 * What a signer gets: message, digest, scheme, key algorithm, certificate. Borrowed from the pending
 * signature; NULL for NULL.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile.
 */
const rolesanywhere_signing_request *rolesanywhere_pending_signature_request(const rolesanywhere_pending_signature *pending);

/**
 * The request without its signature, for programs that explain it; do not send it. Borrowed from the
 * pending signature; NULL for NULL.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile.
 */
const rolesanywhere_http_request *rolesanywhere_pending_signature_unsigned_request(const rolesanywhere_pending_signature *pending);

/**
 * The signed request, from a signature that somebody made. Its length and encoding are checked, and
 * not whether it holds: `rolesanywhere_pending_signature_verify` does that. The pending signature stays
 * as it is, the caller's.
 *
 * `*http_request` is the caller's, to be freed with `rolesanywhere_http_request_free`. Any thread.
 * Fails with `signature_malformed`.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile; `signature` points to as many
 * bytes as its length says; `http_request` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_pending_signature_finish(const rolesanywhere_pending_signature *pending,
                                                            const uint8_t *signature,
                                                            size_t signature_length,
                                                            uint32_t signature_encoding,
                                                            rolesanywhere_http_request **http_request,
                                                            rolesanywhere_error **error);

/**
 * Verifies a signature with the leaf's public key. Any thread. Fails with `signature_malformed`,
 * `signature_invalid`.
 *
 * Safety:
 * `pending` is NULL or a pending signature that is not freed meanwhile; `signature` points to as many
 * bytes as its length says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_pending_signature_verify(const rolesanywhere_pending_signature *pending,
                                                            const uint8_t *signature,
                                                            size_t signature_length,
                                                            uint32_t signature_encoding,
                                                            rolesanywhere_error **error);

/**
 * Ends a pending signature and what it lent. NULL is fine.
 *
 * Safety:
 * `pending` is NULL or a pending signature that nobody uses any more.
 */
void rolesanywhere_pending_signature_free(rolesanywhere_pending_signature *pending);

/**
 * Credentials that may be used now; NULL where there are none. Borrowed from the poll, not to be freed.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
const rolesanywhere_credentials *rolesanywhere_poll_credentials(const rolesanywhere_poll *poll);

/**
 * The attempt to fetch credentials that this caller is to make, and nobody else; NULL where there is
 * nothing to send. The caller's from now on, to be freed with `rolesanywhere_attempt_free`; a second
 * call gives NULL. An attempt that is not taken is given up with the poll.
 *
 * Safety:
 * `poll` is NULL or a poll that nobody else uses.
 */
rolesanywhere_attempt *rolesanywhere_poll_take_attempt(rolesanywhere_poll *poll);

/**
 * How long, in milliseconds, until another poll may say something else: until the attempt's deadline,
 * the end of a pause, or the next refresh. 0 for NULL.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
uint64_t rolesanywhere_poll_wait_millis(const rolesanywhere_poll *poll);

/**
 * Why the last fetch failed, until one succeeds; NULL where none did. Borrowed from the poll, not to be
 * freed.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
const rolesanywhere_error *rolesanywhere_poll_error(const rolesanywhere_poll *poll);

/**
 * Ends a poll and what it lent; an attempt that was not taken is given up. NULL is fine.
 *
 * Safety:
 * `poll` is NULL or a poll that nobody uses any more.
 */
void rolesanywhere_poll_free(rolesanywhere_poll *poll);

/**
 * Reads one private key from PEM or DER: PKCS#8, SEC1, PKCS#1, PKCS#8 under a passphrase, PKCS#12.
 * `passphrase` may be NULL.
 *
 * `*private_key` is the caller's, to be freed with `rolesanywhere_private_key_free`. Any thread. Fails
 * with a code of kind `identity`.
 *
 * Safety:
 * The pointers are NULL or point to as many bytes as their lengths say; `private_key` and `error` are
 * NULL or may be written.
 */
rolesanywhere_result rolesanywhere_private_key_from_pem(const uint8_t *data,
                                                        size_t data_length,
                                                        const uint8_t *passphrase,
                                                        size_t passphrase_length,
                                                        rolesanywhere_private_key **private_key,
                                                        rolesanywhere_error **error);

/**
 * The key's algorithm: `rsa`, `p256`, … Borrowed from the key.
 *
 * Safety:
 * `private_key` is NULL or a key that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_private_key_algorithm(const rolesanywhere_private_key *private_key);

/**
 * Whether the key belongs to the identity's leaf; false for NULL.
 *
 * Safety:
 * The handles are NULL or not freed meanwhile.
 */
bool rolesanywhere_private_key_matches(const rolesanywhere_private_key *private_key,
                                       const rolesanywhere_identity *identity);

/**
 * Signs a message, which for SigV4 is the string to sign: RSASSA-PKCS1-v1_5 or ECDSA with SHA-256
 * (ASN.1 DER), or ML-DSA.
 *
 * `*signature` is the caller's, to be freed with `rolesanywhere_signature_free`. Any thread. Fails
 * with `signing_failed`.
 *
 * Safety:
 * `private_key` is NULL or a key that is not freed meanwhile; `message` points to as many bytes as its
 * length says; `signature` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_private_key_sign(const rolesanywhere_private_key *private_key,
                                                    const uint8_t *message,
                                                    size_t message_length,
                                                    rolesanywhere_signature **signature,
                                                    rolesanywhere_error **error);

/**
 * Verifies a signature over a message with the key's public half. `signature_encoding` is a
 * `ROLESANYWHERE_SIGNATURE_ENCODING_…`. Any thread. Fails with `signature_malformed`,
 * `signature_invalid`.
 *
 * Safety:
 * `private_key` is NULL or a key that is not freed meanwhile; `message` and `signature` point to as
 * many bytes as their lengths say; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_private_key_verify(const rolesanywhere_private_key *private_key,
                                                      const uint8_t *message,
                                                      size_t message_length,
                                                      const uint8_t *signature,
                                                      size_t signature_length,
                                                      uint32_t signature_encoding,
                                                      rolesanywhere_error **error);

/**
 * Ends a key; it is wiped. NULL is fine.
 *
 * Safety:
 * `private_key` is NULL or a key that nobody uses any more.
 */
void rolesanywhere_private_key_free(rolesanywhere_private_key *private_key);

/**
 * The provider that a configuration describes. `transport` NULL is the built-in one. Nothing is read
 * or sent before it is asked. Configuration and transport stay the caller's, who may free them at once.
 *
 * `*provider` is the caller's, to be freed with `rolesanywhere_provider_free`. Fails with a code of
 * kind `input`, naming the option; with `feature_unavailable` where the built-in transport is asked for
 * and not built in.
 *
 * Safety:
 * `config` and `transport` are NULL or not changed or freed meanwhile; `provider` and `error` are NULL
 * or may be written.
 */
rolesanywhere_result rolesanywhere_provider_new(const rolesanywhere_config *config,
                                                const rolesanywhere_transport *transport,
                                                rolesanywhere_provider **provider,
                                                rolesanywhere_error **error);

/**
 * Valid credentials: from memory, or fetched now on this thread. May take up to 30 seconds, and with
 * valid credentials at hand up to 5. One request is made however many threads ask. With no transport:
 * those at hand, else `feature_unavailable`.
 *
 * `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`, also after the
 * provider. Any thread. Fails with a code of any kind, that of the last attempt; `provider_closed`.
 *
 * Safety:
 * `provider` is NULL or a provider that is not freed meanwhile; `credentials` and `error` are NULL or
 * may be written.
 */
rolesanywhere_result rolesanywhere_provider_credentials(const rolesanywhere_provider *provider,
                                                        rolesanywhere_credentials **credentials,
                                                        rolesanywhere_error **error);

/**
 * Credentials that are newer than those at hand, fetched now on this thread; others are served the old
 * ones meanwhile. After a failure the minimum interval between requests holds here too.
 *
 * `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`. Any thread. Fails
 * as `rolesanywhere_provider_credentials`; the old credentials stay at hand.
 *
 * Safety:
 * `provider` is NULL or a provider that is not freed meanwhile; `credentials` and `error` are NULL or
 * may be written.
 */
rolesanywhere_result rolesanywhere_provider_refresh(const rolesanywhere_provider *provider,
                                                    rolesanywhere_credentials **credentials,
                                                    rolesanywhere_error **error);

/**
 * What may be served now, and what to do next: for programs with an event loop, which send by
 * themselves. Does not block, but for reading the clock. Works with any transport; with some thread
 * blocked in `rolesanywhere_provider_credentials` too.
 *
 * `*poll` is the caller's, to be freed with `rolesanywhere_poll_free`. Any thread. Fails with
 * `provider_closed`; why a fetch failed says `rolesanywhere_poll_error`.
 *
 * Safety:
 * `provider` is NULL or a provider that is not freed meanwhile; `poll` and `error` are NULL or may be
 * written.
 */
rolesanywhere_result rolesanywhere_provider_poll(const rolesanywhere_provider *provider,
                                                 rolesanywhere_poll **poll,
                                                 rolesanywhere_error **error);

/**
 * Stops serving the credentials: somebody knows that they no longer work. Any thread. Fails with
 * `null_argument` alone.
 *
 * Safety:
 * `provider` is NULL or a provider that is not freed meanwhile; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_provider_invalidate(const rolesanywhere_provider *provider,
                                                       rolesanywhere_error **error);

/**
 * When the next refresh is due, in Unix seconds by this machine's clock; `ROLESANYWHERE_NO_TIME`
 * without credentials. Any thread.
 *
 * Safety:
 * `provider` is NULL or a provider that is not freed meanwhile.
 */
int64_t rolesanywhere_provider_next_refresh(const rolesanywhere_provider *provider);

/**
 * Forgets the credentials. Every call from now on, and every caller who waits, gets
 * `provider_closed`; a request that is under way is not recalled, and its caller returns when it ends.
 * The provider is to be freed all the same. Any thread. Fails with `null_argument` alone.
 *
 * Safety:
 * `provider` is NULL or a provider that is not freed meanwhile; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_provider_close(const rolesanywhere_provider *provider,
                                                  rolesanywhere_error **error);

/**
 * Ends a provider. Credentials that it gave live on; attempts too, and bring their result to nobody.
 * NULL is fine.
 *
 * Safety:
 * `provider` is NULL or a provider that nobody uses any more: no call on it is running.
 */
void rolesanywhere_provider_free(rolesanywhere_provider *provider);

/**
 * A machine without credentials.
 *
 * `*refresh` is the caller's, to be freed with `rolesanywhere_refresh_free`. Any thread.
 *
 * Safety:
 * `refresh` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_new(rolesanywhere_refresh **refresh,
                                               rolesanywhere_error **error);

/**
 * What may be served now, and what the asking caller does next.
 *
 * `*poll` is the caller's, to be freed with `rolesanywhere_refresh_poll_free`.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses; `poll` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_poll(rolesanywhere_refresh *refresh,
                                                uint64_t unix_millis,
                                                uint64_t monotonic_millis,
                                                rolesanywhere_refresh_poll_answer **poll,
                                                rolesanywhere_error **error);

/**
 * Reports that the fetch `id` brought credentials, which stay the caller's. `identity_not_after` is the
 * end of the certificate they were fetched with and `server_date` the reply's date, both in Unix
 * seconds or `ROLESANYWHERE_NO_TIME`; `jitter` is a random fraction between 0 and 1. A stale id is
 * ignored.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses, `credentials` NULL or not freed meanwhile;
 * `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_on_success(rolesanywhere_refresh *refresh,
                                                      uint64_t id,
                                                      const rolesanywhere_credentials *credentials,
                                                      int64_t identity_not_after,
                                                      int64_t server_date,
                                                      uint64_t unix_millis,
                                                      uint64_t monotonic_millis,
                                                      double jitter,
                                                      rolesanywhere_error **error);

/**
 * Reports that the fetch `id` failed with an error of a call, which stays the caller's. A stale id is
 * ignored.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses, `failure` NULL or not freed meanwhile; `error`
 * is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_on_error(rolesanywhere_refresh *refresh,
                                                    uint64_t id,
                                                    const rolesanywhere_error *failure,
                                                    uint64_t unix_millis,
                                                    uint64_t monotonic_millis,
                                                    double jitter,
                                                    rolesanywhere_error **error);

/**
 * Reports that the fetch `id` failed for a reason of the host's: an error code, whether it is worth
 * retrying, `Retry-After` in seconds or -1, the reply's date in Unix seconds or
 * `ROLESANYWHERE_NO_TIME`. A stale id is ignored.
 *
 * Fails with `argument_invalid` for a number that is no code.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_on_failure(rolesanywhere_refresh *refresh,
                                                      uint64_t id,
                                                      rolesanywhere_result code,
                                                      bool retryable,
                                                      int64_t retry_after,
                                                      int64_t server_date,
                                                      uint64_t unix_millis,
                                                      uint64_t monotonic_millis,
                                                      double jitter,
                                                      rolesanywhere_error **error);

/**
 * Reports that whoever was fetching `id` gave up. The request may have been sent, so it counts. A stale
 * id is ignored.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_cancel(rolesanywhere_refresh *refresh,
                                                  uint64_t id,
                                                  uint64_t unix_millis,
                                                  uint64_t monotonic_millis,
                                                  rolesanywhere_error **error);

/**
 * Stops serving the credentials: somebody knows that they no longer work.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_invalidate(rolesanywhere_refresh *refresh,
                                                      rolesanywhere_error **error);

/**
 * Makes a refresh due now; the credentials are served meanwhile.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_request_refresh(rolesanywhere_refresh *refresh,
                                                           rolesanywhere_error **error);

/**
 * When the next refresh is due, in monotonic milliseconds; `ROLESANYWHERE_NO_MONOTONIC_TIME` without
 * credentials.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody changes or frees meanwhile.
 */
uint64_t rolesanywhere_refresh_next_refresh(const rolesanywhere_refresh *refresh);

/**
 * The next thing that happened; at most the latest 32 are kept.
 *
 * `*event` is the caller's, to be freed with `rolesanywhere_event_free`; it becomes NULL where nothing
 * more happened.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody else uses; `event` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_refresh_next_event(rolesanywhere_refresh *refresh,
                                                      rolesanywhere_event **event,
                                                      rolesanywhere_error **error);

/**
 * Ends a machine. NULL is fine.
 *
 * Safety:
 * `refresh` is NULL or a machine that nobody uses any more.
 */
void rolesanywhere_refresh_free(rolesanywhere_refresh *refresh);

/**
 * What to do: a `ROLESANYWHERE_NEXT_…`; 0 for NULL.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
uint32_t rolesanywhere_refresh_poll_next(const rolesanywhere_refresh_poll_answer *poll);

/**
 * By which name the fetch is reported; 0 where there is none.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
uint64_t rolesanywhere_refresh_poll_fetch_id(const rolesanywhere_refresh_poll_answer *poll);

/**
 * What to sign the fetch with, in Unix seconds; `ROLESANYWHERE_NO_TIME` where there is none.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
int64_t rolesanywhere_refresh_poll_signing_time(const rolesanywhere_refresh_poll_answer *poll);

/**
 * In monotonic milliseconds: of a fetch, when it is forfeit; of a wait, when it is over;
 * `ROLESANYWHERE_NO_MONOTONIC_TIME` where there is neither.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
uint64_t rolesanywhere_refresh_poll_until(const rolesanywhere_refresh_poll_answer *poll);

/**
 * Credentials that may be used now; NULL where there are none. Borrowed from the poll, not to be freed.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
const rolesanywhere_credentials *rolesanywhere_refresh_poll_credentials(const rolesanywhere_refresh_poll_answer *poll);

/**
 * The code with which the last fetch failed, or 0: with no credentials, it is what the caller gets.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
rolesanywhere_result rolesanywhere_refresh_poll_error_code(const rolesanywhere_refresh_poll_answer *poll);

/**
 * The error with which the last fetch failed; NULL where none did. Borrowed from the poll, not to be
 * freed.
 *
 * Safety:
 * `poll` is NULL or a poll that is not freed meanwhile.
 */
const rolesanywhere_error *rolesanywhere_refresh_poll_error(const rolesanywhere_refresh_poll_answer *poll);

/**
 * Ends a poll and what it lent. NULL is fine.
 *
 * Safety:
 * `poll` is NULL or a poll that nobody uses any more.
 */
void rolesanywhere_refresh_poll_free(rolesanywhere_refresh_poll_answer *poll);

/**
 * A request to be signed: method in upper case, absolute URL, region and service of the credential
 * scope (`rolesanywhere`). All are copied; they are checked when the request is prepared.
 *
 * `*request` is the caller's, to be freed with `rolesanywhere_signable_request_free`. Any thread. Fails
 * with `argument_invalid` for what is not UTF-8.
 *
 * Safety:
 * The texts point to as many bytes as their lengths say; `request` and `error` are NULL or may be
 * written.
 */
rolesanywhere_result rolesanywhere_signable_request_new(const char *method,
                                                        size_t method_length,
                                                        const char *url,
                                                        size_t url_length,
                                                        const char *region,
                                                        size_t region_length,
                                                        const char *service,
                                                        size_t service_length,
                                                        rolesanywhere_signable_request **request,
                                                        rolesanywhere_error **error);

/**
 * Adds a header; both are copied. `host`, `x-amz-date`, `x-amz-x509` and `x-amz-x509-chain` are added
 * by signing.
 *
 * Safety:
 * `request` is NULL or a request that nobody else uses; the texts point to as many bytes as their
 * lengths say; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_signable_request_add_header(rolesanywhere_signable_request *request,
                                                               const char *name,
                                                               size_t name_length,
                                                               const char *value,
                                                               size_t value_length,
                                                               rolesanywhere_error **error);

/**
 * Sets the body, which is empty before; it is copied.
 *
 * Safety:
 * `request` is NULL or a request that nobody else uses; `body` points to as many bytes as its length
 * says; `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_signable_request_set_body(rolesanywhere_signable_request *request,
                                                             const uint8_t *body,
                                                             size_t body_length,
                                                             rolesanywhere_error **error);

/**
 * Everything up to the signature. `now` is in Unix seconds and becomes the request's date.
 *
 * `*pending` is the caller's, to be freed with `rolesanywhere_pending_signature_free`; it borrows
 * nothing. Fails with `request_malformed`, `timestamp_malformed`.
 *
 * Safety:
 * The handles are NULL or not changed or freed meanwhile; `pending` and `error` are NULL or may be
 * written.
 */
rolesanywhere_result rolesanywhere_signable_request_prepare(const rolesanywhere_signable_request *request,
                                                            const rolesanywhere_identity *identity,
                                                            int64_t now,
                                                            rolesanywhere_pending_signature **pending,
                                                            rolesanywhere_error **error);

/**
 * `rolesanywhere_signable_request_prepare`, the key's signature, and
 * `rolesanywhere_pending_signature_finish` in one.
 *
 * `*http_request` is the caller's, to be freed with `rolesanywhere_http_request_free`. Fails with
 * `request_malformed`, `timestamp_malformed`, `key_mismatch`, `signing_failed`.
 *
 * Safety:
 * The handles are NULL or not changed or freed meanwhile; `http_request` and `error` are NULL or may
 * be written.
 */
rolesanywhere_result rolesanywhere_signable_request_sign(const rolesanywhere_signable_request *request,
                                                         const rolesanywhere_identity *identity,
                                                         const rolesanywhere_private_key *private_key,
                                                         int64_t now,
                                                         rolesanywhere_http_request **http_request,
                                                         rolesanywhere_error **error);

/**
 * Ends a request. NULL is fine.
 *
 * Safety:
 * `request` is NULL or a request that nobody uses any more.
 */
void rolesanywhere_signable_request_free(rolesanywhere_signable_request *request);

/**
 * Puts a signature in; it is copied. For a signer of the host's, within its callback and on its
 * thread. `signature_encoding` is a `ROLESANYWHERE_SIGNATURE_ENCODING_…`.
 *
 * Safety:
 * `signature` is NULL or what the callback got; `data` points to as many bytes as its length says;
 * `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_signature_set(rolesanywhere_signature *signature,
                                                 const uint8_t *data,
                                                 size_t data_length,
                                                 uint32_t signature_encoding,
                                                 rolesanywhere_error **error);

/**
 * Says why there is no signature; it is copied, and becomes part of the error's message. Within the
 * callback, which then returns something else than 0.
 *
 * Safety:
 * `signature` is NULL or what the callback got; `message` points to as many bytes as its length says;
 * `error` is NULL or may be written.
 */
rolesanywhere_result rolesanywhere_signature_set_message(rolesanywhere_signature *signature,
                                                         const char *message,
                                                         size_t message_length,
                                                         rolesanywhere_error **error);

/**
 * The signature's bytes. Borrowed from the signature.
 *
 * Safety:
 * `signature` is NULL or a signature that is neither changed nor freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_signature_bytes(const rolesanywhere_signature *signature);

/**
 * Ends a signature that a call made; not one that a callback got. NULL is fine.
 *
 * Safety:
 * `signature` is NULL or a signature that nobody uses any more.
 */
void rolesanywhere_signature_free(rolesanywhere_signature *signature);

/**
 * The string to sign: hashed by the signer for RSA and ECDSA, signed as it is for ML-DSA. Borrowed
 * from the request.
 *
 * Safety:
 * `request` is NULL or a request whose owner is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_signing_request_message(const rolesanywhere_signing_request *request);

/**
 * The message's SHA-256, for signers that take a digest; none for ML-DSA. Borrowed from the request.
 *
 * Safety:
 * `request` is NULL or a request whose owner is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_signing_request_digest(const rolesanywhere_signing_request *request);

/**
 * What to compute: a `ROLESANYWHERE_SCHEME_…`; 0 for NULL.
 *
 * Safety:
 * `request` is NULL or a request whose owner is not freed meanwhile.
 */
uint32_t rolesanywhere_signing_request_scheme(const rolesanywhere_signing_request *request);

/**
 * The leaf's key algorithm: `rsa`, `p256`, … Borrowed from the request.
 *
 * Safety:
 * `request` is NULL or a request whose owner is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_signing_request_key_algorithm(const rolesanywhere_signing_request *request);

/**
 * The leaf in DER, to find the key by. Borrowed from the request.
 *
 * Safety:
 * `request` is NULL or a request whose owner is not freed meanwhile.
 */
rolesanywhere_bytes rolesanywhere_signing_request_certificate_der(const rolesanywhere_signing_request *request);

/**
 * Puts an identity and its key in. Both stay the caller's, who may free them at once: what is needed of
 * them is shared.
 *
 * Fails with `null_argument`.
 *
 * Safety:
 * `snapshot` is NULL or what the callback got, the handles NULL or not freed meanwhile; `error` is NULL
 * or may be written.
 */
rolesanywhere_result rolesanywhere_snapshot_set(rolesanywhere_snapshot *snapshot,
                                                const rolesanywhere_identity *identity,
                                                const rolesanywhere_private_key *private_key,
                                                rolesanywhere_error **error);

/**
 * The text. Borrowed from the string.
 *
 * Safety:
 * `string` is NULL or a string that is not freed meanwhile.
 */
rolesanywhere_text rolesanywhere_string_text(const rolesanywhere_string *string);

/**
 * Ends a string. NULL is fine.
 *
 * Safety:
 * `string` is NULL or a string that nobody uses any more.
 */
void rolesanywhere_string_free(rolesanywhere_string *string);

/**
 * The credential scope: `YYYYMMDD/region/service/aws4_request`. `now` is in Unix seconds. Region and
 * service are not checked.
 *
 * `*credential_scope` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails
 * with `timestamp_malformed`; with `argument_invalid` for what is not UTF-8.
 *
 * Safety:
 * The texts point to as many bytes as their lengths say; `credential_scope` and `error` are NULL or may
 * be written.
 */
rolesanywhere_result rolesanywhere_credential_scope(int64_t now,
                                                    const char *region,
                                                    size_t region_length,
                                                    const char *service,
                                                    size_t service_length,
                                                    rolesanywhere_string **credential_scope,
                                                    rolesanywhere_error **error);

/**
 * The string to sign: `algorithm` is what `rolesanywhere_identity_algorithm` says, `now` in Unix seconds
 * the request's date, `canonical_request` what `rolesanywhere_canonical_request_text` says. Nothing of
 * them is checked.
 *
 * `*string_to_sign` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails
 * with `timestamp_malformed`; with `argument_invalid` for what is not UTF-8.
 *
 * Safety:
 * The texts point to as many bytes as their lengths say; `string_to_sign` and `error` are NULL or may be
 * written.
 */
rolesanywhere_result rolesanywhere_string_to_sign(const char *algorithm,
                                                  size_t algorithm_length,
                                                  int64_t now,
                                                  const char *region,
                                                  size_t region_length,
                                                  const char *service,
                                                  size_t service_length,
                                                  const char *canonical_request,
                                                  size_t canonical_request_length,
                                                  rolesanywhere_string **string_to_sign,
                                                  rolesanywhere_error **error);

/**
 * A transport of the host's own, such as its libcurl handles.
 *
 * `user_data` is handed to each call; `destroy`, which may be NULL, is called once with it when the
 * transport and every provider made with it are gone. Both may happen on any thread. `*transport` is
 * the caller's, to be freed with `rolesanywhere_transport_free`, also right after a provider was made
 * with it. Fails with `null_argument`.
 *
 * Safety:
 * `send` and `destroy` keep what `rolesanywhere_send_callback` says; `transport` and `error` are NULL
 * or may be written.
 */
rolesanywhere_result rolesanywhere_transport_new(rolesanywhere_send_callback send,
                                                 void *user_data,
                                                 rolesanywhere_destroy_callback destroy,
                                                 rolesanywhere_transport **transport,
                                                 rolesanywhere_error **error);

/**
 * No transport: the host sends by itself, with `rolesanywhere_provider_poll`.
 *
 * `*transport` is the caller's, to be freed with `rolesanywhere_transport_free`. Any thread.
 *
 * Safety:
 * `transport` and `error` are NULL or may be written.
 */
rolesanywhere_result rolesanywhere_transport_none(rolesanywhere_transport **transport,
                                                  rolesanywhere_error **error);

/**
 * Ends a transport. Providers made with it go on. NULL is fine.
 *
 * Safety:
 * `transport` is NULL or a transport that nobody uses any more.
 */
void rolesanywhere_transport_free(rolesanywhere_transport *transport);

/**
 * The `ROLESANYWHERE_ABI_VERSION` that the library was built with, to be compared with the header's
 * where the library is loaded at run time. Any thread; never fails.
 */
uint32_t rolesanywhere_abi_version(void);

/**
 * The library's version, such as `0.1.0`. The text lives as long as the library is loaded. Any
 * thread; never fails.
 */
rolesanywhere_text rolesanywhere_version(void);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* ROLESANYWHERE_H */
