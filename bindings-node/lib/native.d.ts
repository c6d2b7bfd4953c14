// Written by scripts/native-types.mjs from native/src; do not edit.
/** A checked CreateSession. */
export declare class CreateSession {
  constructor(options: CreateSessionOptions)
  get url(): string
  get region(): string
  /** `now` in Unix seconds. */
  prepare(identity: Identity, now: number): PendingSignature
  /** `now` in Unix seconds. */
  sign(identity: Identity, privateKey: PrivateKey, now: number): HttpRequest
  /** `now` in Unix seconds. */
  parseResponse(status: number, headers: Array<[string, string]>, body: Uint8Array, now?: number | undefined | null): Credentials
}

/** Temporary credentials, wiped when the object is collected. */
export declare class Credentials {
  constructor(parts: CredentialsParts)
  get accessKeyId(): string
  get secretAccessKey(): string
  get sessionToken(): string
  /** Unix seconds. */
  get expiration(): number
  get accountId(): string | null
  get roleArn(): string | null
  toCredentialProcessJson(): string
  toContainerJson(): string
  /** `last_updated` in Unix seconds. */
  toImdsJson(lastUpdated: number): string
}

/** An end-entity certificate and its chain. */
export declare class Identity {
  static fromPem(certificate: Uint8Array, chain?: Uint8Array | undefined | null): Identity
  get serialNumber(): string
  get keyAlgorithm(): string
  get algorithm(): string
  get subject(): string
  get issuer(): string
  /** Unix seconds. */
  get notBefore(): number
  /** Unix seconds. */
  get notAfter(): number
  get certificateDer(): Uint8Array
  get chainDer(): Array<Uint8Array>
  /** `now` in Unix seconds. */
  findings(now: number, privateKey?: PrivateKey | undefined | null): Array<Finding>
  /** `now` in Unix seconds. */
  check(now: number, privateKey?: PrivateKey | undefined | null): void
}

/** The machine. It answers at once. */
export declare class Machine {
  poll(unixMillis: number, monotonicMillis: number): MachinePoll
  /** Reads, derives and signs on another thread. `null` where the attempt is not there. */
  identify(id: number, identity: IdentityParts | undefined | null, unixMillis: number, monotonicMillis: number, jitter: number): Promise<Action> | null
  /** The user's function for the identity failed. */
  identityFailed(id: number, error: HostError, unixMillis: number, monotonicMillis: number, jitter: number): Action
  signed(id: number, signature: Uint8Array, encoding: string, unixMillis: number, monotonicMillis: number, jitter: number): Action
  signerFailed(id: number, message: string, unixMillis: number, monotonicMillis: number, jitter: number): Action
  received(id: number, reply: Reply, unixMillis: number, monotonicMillis: number, jitter: number): Action
  /** Ends the attempt with an error of the host's. */
  failed(id: number, error: HostError, unixMillis: number, monotonicMillis: number, jitter: number): Action
  invalidate(): void
  requestRefresh(): void
  /** Monotonic milliseconds. */
  nextRefresh(): number | null
  takeEvents(): Array<MachineEvent>
}

/** Resolved options. */
export declare class Options {
  /** The names of those that were given, in snake_case. */
  get names(): Array<string>
  /** `name` in snake_case. */
  text(name: string): string | null
  /** `name` in snake_case. */
  flag(name: string): boolean
  /** `name` in snake_case. */
  origin(name: string): OptionOrigin | null
  get notes(): Array<string>
  createSession(): CreateSession
}

/** A request that lacks only its signature. */
export declare class PendingSignature {
  get canonicalRequest(): string
  get stringToSign(): Uint8Array
  get signedHeaders(): string
  get credentialScope(): string
  get unsignedBody(): Uint8Array
  get request(): SigningRequest
  finish(signature: Uint8Array, encoding: string): HttpRequest
  sign(privateKey: PrivateKey): HttpRequest
  verify(signature: Uint8Array, encoding: string): void
}

/** A private key that signs and is never exported. */
export declare class PrivateKey {
  static fromPem(data: Uint8Array, passphrase?: Uint8Array | undefined | null): PrivateKey
  get keyAlgorithm(): string
  matches(identity: Identity): boolean
  /** ECDSA signatures are ASN.1 DER. */
  sign(message: Uint8Array): Uint8Array
  verify(message: Uint8Array, signature: Uint8Array): void
}

/** The state machine. */
export declare class Refresh {
  constructor()
  poll(now: Clocks): Poll
  /** Times in Unix seconds; `jitter` from 0 to 1. */
  onSuccess(id: number, credentials: Credentials, identityNotAfter: number | undefined | null, serverDate: number | undefined | null, now: Clocks, jitter: number): void
  onFailure(id: number, error: HostError, now: Clocks, jitter: number): void
  cancel(id: number, now: Clocks): void
  invalidate(): void
  requestRefresh(): void
  /** Monotonic milliseconds. */
  get nextRefresh(): number | null
  credentials(now: Clocks): Credentials | null
  takeEvents(): Array<RefreshEvent>
}

export declare function canonicalRequest(parts: CanonicalParts): Canonical

/** The URL of CreateSession, without its query. */
export declare function endpointUrl(parts: EndpointParts): string

/** The whole table, in the order of the numbers. */
export declare function errorCodes(): Array<ErrorCodeRow>

/** Any mix of certificates, chain and key; on another thread. */
export declare function loadIdentity(parts: Array<Uint8Array>, passphrase?: Uint8Array | undefined | null): Promise<LoadedIdentity>

/** The same on this thread. */
export declare function loadIdentitySync(parts: Array<Uint8Array>, passphrase?: Uint8Array | undefined | null): LoadedIdentity

/** Deriving a key from a passphrase takes up to seconds: this is for another thread. */
export declare function loadPrivateKey(data: Uint8Array, passphrase?: Uint8Array | undefined | null): Promise<PrivateKey>

/** The machine that options describe; `bytes` are those that have no text, by their snake_case names. */
export declare function machine(sources: OptionSources, bytes: Array<[string, Uint8Array]>): Machine

/** `kind`: `trust_anchor`, `profile` or `role`. */
export declare function parseArn(kind: string, arn: string): Arn

export declare function pemBlocks(data: Uint8Array): Array<PemBlock>

/** `now` in Unix seconds. */
export declare function prepareRequest(request: RequestParts, identity: Identity, now: number): PendingSignature

export declare function resolveOptions(sources: OptionSources): Options

/** `now` in Unix seconds. */
export declare function stringToSign(algorithm: string, now: number, region: string, service: string, canonicalRequest: string): ToSign

/** Verifies a signature with the leaf's public key, and returns it as it goes on the wire. */
export declare function verifySignature(identity: Identity, message: Uint8Array, signature: Uint8Array, encoding: string): Uint8Array

/** The package's version. */
export declare function version(): string

/** One of the two, or neither: then the attempt is over. */
export interface Action {
  sign?: SigningRequest | undefined
  send?: HttpRequest | undefined
}

/** The parts of an ARN. */
export interface Arn {
  partition: string
  region?: string | undefined
  accountId: string
  roleName?: string | undefined
}

/** A canonical request, and the names in it. */
export interface Canonical {
  canonicalRequest: string
  signedHeaders: string
}

/** A request's parts, for any SigV4. */
export interface CanonicalParts {
  method: string
  path: string
  query: string
  headers: Array<[string, string]>
  body: Uint8Array
  normalize: boolean
  /** 1 or 2. */
  pathEncodings: number
}

/** Both clocks at one moment, in milliseconds. */
export interface Clocks {
  /** Wall time since 1970. */
  unixMillis: number
  /** A clock that never goes back. */
  monotonicMillis: number
}

/** The options of a CreateSession. */
export interface CreateSessionOptions {
  trustAnchorArn: string
  profileArn: string
  roleArn: string
  region?: string | undefined
  endpoint?: string | undefined
  allowHttp?: boolean | undefined
  durationSeconds?: number | undefined
  roleSessionName?: string | undefined
  instanceProperties?: Array<[string, string]> | undefined
  useFipsEndpoint?: boolean | undefined
  useDualstackEndpoint?: boolean | undefined
}

/** What credentials are made of. */
export interface CredentialsParts {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  /** Unix seconds. */
  expiration: number
  accountId?: string | undefined
  roleArn?: string | undefined
}

/** Where CreateSession is asked. */
export interface EndpointParts {
  partition?: string | undefined
  region?: string | undefined
  endpoint?: string | undefined
  allowHttp: boolean
  useFipsEndpoint: boolean
  useDualstackEndpoint: boolean
}

/** One row of the table of codes. */
export interface ErrorCodeRow {
  code: string
  number: number
  kind: string
  retryable: boolean
  hint: string
}

/** One attempt to fetch. */
export interface Fetch {
  id: number
  /** Unix seconds. */
  signingTime: number
  /** Monotonic milliseconds. */
  deadline: number
}

/** What is found about an identity. */
export interface Finding {
  code: string
  severity: string
  fact: string
  hint: string
}

/** An error that the host found: a transport's, a signer's. */
export interface HostError {
  code: string
  message: string
  hint?: string | undefined
  retryable?: boolean | undefined
  /** Seconds. */
  retryAfter?: number | undefined
  /** The reply's `Date`, in Unix seconds. */
  serverDate?: number | undefined
}

/** A request as it goes on the wire. */
export interface HttpRequest {
  method: string
  url: string
  headers: Array<[string, string]>
  body: Uint8Array
}

/** What a user's function says of an identity: the contents, not the places. */
export interface IdentityParts {
  certificate: Uint8Array
  privateKey?: Uint8Array | undefined
  intermediates?: Uint8Array | undefined
  privateKeyPassphrase?: Uint8Array | undefined
  /** Whether the host brings the signatures. */
  awaited: boolean
}

/** An identity, and its key where one was given. */
export interface LoadedIdentity {
  identity: Identity
  privateKey?: PrivateKey | undefined
}

/** Credentials, and what a cache that asks 5 minutes early is told of their end. */
export interface MachineCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  accountId?: string | undefined
  /** Unix seconds. */
  expiration: number
  /** Unix seconds. */
  cacheableUntil: number
}

/** An event of the provider's. */
export interface MachineEvent {
  name: string
  /** Unix seconds: the credentials' end. */
  expiration?: number | undefined
  /** Unix seconds: the leaf's end. */
  notAfter?: number | undefined
  offsetSeconds?: number | undefined
  serialNumber?: string | undefined
  subject?: string | undefined
  /** JSON, as errors are thrown. */
  error?: string | undefined
}

/** An attempt, and its end in monotonic milliseconds. */
export interface MachineFetch {
  id: number
  deadline: number
}

/** What the asking caller does: fetch, or wait until then, or (neither) nothing. */
export interface MachinePoll {
  credentials?: MachineCredentials | undefined
  fetch?: MachineFetch | undefined
  /** Monotonic milliseconds. */
  waitUntil?: number | undefined
  /** JSON, as errors are thrown. */
  error?: string | undefined
}

/** Where a value came from. */
export interface OptionOrigin {
  /** `argument`, `environment`, `profile` or `services`. */
  from: string
  /** As the user wrote it. */
  name: string
  /** The profile, or the services section. */
  section?: string | undefined
}

/** Everything that options may come from. */
export interface OptionSources {
  /** Names and values; without a value where the host keeps it. */
  arguments: Array<[string, string | undefined | null]>
  environment: Array<[string, string]>
  configFile?: string | undefined
  ambientProfile?: string | undefined
  /** `camel_case`, `snake_case` or `flags`. */
  vocabulary: string
}

/** A PEM block, or a DER value with the label that it would have. */
export interface PemBlock {
  label: string
  content: Uint8Array
}

/** The answer to a caller. With neither `fetch` nor `wait` there is nothing to do. */
export interface Poll {
  credentials?: Credentials | undefined
  fetch?: Fetch | undefined
  /** Monotonic milliseconds. */
  wait?: number | undefined
  /** JSON, as errors are thrown. */
  error?: string | undefined
}

/** Something that happened. */
export interface RefreshEvent {
  name: string
  /** Unix seconds: the credentials' end. */
  expiration?: number | undefined
  /** JSON, as errors are thrown. */
  error?: string | undefined
  offsetSeconds?: number | undefined
  /** Unix seconds: the leaf's end. */
  notAfter?: number | undefined
}

/** What the transport brought. */
export interface Reply {
  status: number
  headers: Array<[string, string]>
  body: Uint8Array
}

/** Any request that is to be signed. */
export interface RequestParts {
  method: string
  url: string
  headers: Array<[string, string]>
  body: Uint8Array
  region: string
  service: string
}

/** What somebody has to sign. */
export interface SigningRequest {
  message: Uint8Array
  digest?: Uint8Array | undefined
  scheme: string
  keyAlgorithm: string
  certificateDer: Uint8Array
}

/** A string to sign, and its scope. */
export interface ToSign {
  stringToSign: string
  credentialScope: string
}
