/**
 * What the host loop asks of the Rust core, whichever way it is built in: the wasm-bindgen module and
 * the napi module both implement {@link Native}. The Rust side is `rolesanywhere_core::provider::Machine`.
 *
 * Times are numbers: `unixMillis` since 1970 and `monotonicMillis` of a clock that never goes back.
 * `jitter` is a random fraction between 0 and 1.
 */

/** An error's facts as plain data; `docs/errors.md` lists the codes. */
export interface ErrorFields {
  /** Stable, in snake_case: `access_denied`. */
  code: string;
  /** The code as a number; the hundreds are the kind's. */
  number: number;
  /** `input`: options; `identity`: certificates, keys, files; `service`: it refused; `transport`: no reply. */
  kind: "input" | "identity" | "signing" | "service" | "transport" | "internal";
  /** What is wrong, without a secret. */
  message: string;
  /** One sentence: what to do. */
  hint: string;
  /** Whether the same may succeed later without anyone changing anything. */
  retryable: boolean;
  /** The HTTP status of a refusal. */
  status?: number;
  /** The service's error type, such as `AccessDeniedException`. */
  serviceCode?: string;
  /** What the service said: at most 400 characters, control characters stripped. */
  serviceMessage?: string;
  /** The service's request id, for AWS's support. */
  requestId?: string;
  /** The reply's `Retry-After`, in seconds. */
  retryAfter?: number;
  /** True where nothing at all is configured, so that a credentials chain goes on. */
  tryNextLink?: boolean;
}

/** One line of the table of error codes. */
export interface ErrorCodeRow {
  /** Stable, in snake_case. */
  code: string;
  /** The code as a number. */
  number: number;
  /** What it is about. */
  kind: ErrorFields["kind"];
  /** What `retryable` is unless the error says otherwise. */
  retryable: boolean;
  /** What an error of this code usually recommends. */
  hint: string;
}

/** What an external signer gets. */
export interface SigningRequest {
  /** The string to sign: hashed by the signer for RSA and ECDSA, signed as it is for ML-DSA. */
  message: Uint8Array;
  /** SHA-256 of the message, for signers that take a digest; not for ML-DSA. */
  digest?: Uint8Array;
  /** RSA with PKCS#1 v1.5 padding, ECDSA, or pure ML-DSA (FIPS 204). */
  scheme: "rsa_pkcs1_sha256" | "ecdsa_sha256" | "ml_dsa_44" | "ml_dsa_65" | "ml_dsa_87";
  /** The algorithm of the leaf's public key. */
  keyAlgorithm: "rsa" | "p256" | "p384" | "p521" | "ml_dsa_44" | "ml_dsa_65" | "ml_dsa_87";
  /** The leaf, to find the key by. */
  certificateDer: Uint8Array;
}

/** A request to be sent as it is: names and values in wire order, the host in the URL alone. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: [string, string][];
  readonly body: Uint8Array;
}

/** What the asking caller does next: fetch, or wait until then, or (neither) nothing. */
export interface Poll {
  credentials?: NativeCredentials;
  /** The deadline is in monotonic milliseconds. */
  fetch?: { id: number; deadline: number };
  /** Monotonic milliseconds. */
  waitUntil?: number;
  /** Why the last fetch failed. */
  error?: ErrorFields;
}

export interface NativeCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  accountId?: string;
  /** Unix seconds. */
  expiration: number;
  /** Unix seconds: what a cache that asks again 5 minutes early is told (`Refresh::cacheable_until`). */
  cacheableUntil: number;
}

/** One of the two, or neither: then the attempt is over. */
export interface Action {
  sign?: SigningRequest;
  send?: HttpRequest;
}

/** Something that happened inside, for logs; none holds a secret. */
export interface ProviderEvent {
  /** What happened. */
  name:
    | "refreshed"
    | "refresh_failed"
    | "clock_corrected"
    | "certificate_expiring"
    | "identity_changed"
    | "identity_failed";
  /** Unix seconds: of the credentials when refreshed. */
  expiration?: number;
  /** Unix seconds: the end of the leaf. */
  notAfter?: number;
  /** How far the service's clock is ahead of this one, in seconds. */
  offsetSeconds?: number;
  /** The new leaf's, in decimal. */
  serialNumber?: string;
  /** The new leaf's, as RFC 4514 prints it. */
  subject?: string;
  /** Why, where something failed. */
  error?: ErrorFields;
}

/** Everything is decided in here; the loop does what it says. */
export interface Machine {
  poll(unixMillis: number, monotonicMillis: number): Poll;
  /**
   * Begins an attempt. `identity` is what the user's `identity` callable returned, and `undefined`
   * where there is none: then the options' own certificate and key are read.
   * Whatever is wrong with it ends the attempt and is not thrown.
   */
  identify(
    id: number,
    identity: unknown,
    unixMillis: number,
    monotonicMillis: number,
    jitter: number,
  ): Action | Promise<Action>;
  /** The user's `identity` callable threw: the identity from before is used, if there is one. */
  identityFailed(
    id: number,
    message: string,
    unixMillis: number,
    monotonicMillis: number,
    jitter: number,
  ): Action;
  /** `encoding` counts for ECDSA: ASN.1 `der`, or `raw` r and s. */
  signed(
    id: number,
    signature: Uint8Array,
    encoding: string,
    unixMillis: number,
    monotonicMillis: number,
    jitter: number,
  ): Action;
  /** The attempt becomes `signing_failed`; `message` is what the signer raised. */
  signerFailed(
    id: number,
    message: string,
    unixMillis: number,
    monotonicMillis: number,
    jitter: number,
  ): Action;
  received(
    id: number,
    status: number,
    headers: [string, string][],
    body: Uint8Array,
    unixMillis: number,
    monotonicMillis: number,
    jitter: number,
  ): Action;
  /** Ends the attempt with an error of the host's. */
  failed(
    id: number,
    code: string,
    message: string,
    unixMillis: number,
    monotonicMillis: number,
    jitter: number,
  ): Action;
  invalidate(): void;
  requestRefresh(): void;
  /** Monotonic milliseconds. */
  nextRefresh(): number | undefined;
  takeEvents(): ProviderEvent[];
}

/** What is known when credentials are first asked for. */
export interface Context {
  /** The profile that the SDK's client has chosen. */
  profile?: string;
}

export interface Native {
  /**
   * The machine that the options describe, in camelCase as the user wrote them; a function or
   * `CryptoKey` under `sign` and a function under `identity` only count as given.
   *
   * @throws an error with {@link ErrorFields}
   */
  machine(options: Record<string, unknown>, context: Context): Machine | Promise<Machine>;
  errorCodes(): readonly ErrorCodeRow[];
  /** What requests say of who sends them; without it they say nothing. */
  readonly userAgent?: string;
}
