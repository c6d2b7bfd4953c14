import type { ErrorFields, ProviderEvent } from "./native.js";
import type { RequestHandler } from "./send.js";
import type { Sign } from "./sign.js";

/** Certificate, chain and key, or a signer, as they are at one moment. */
export interface IdentitySnapshot {
  /** PEM, or bytes of PEM, DER or PKCS#12; the chain and the key may be in it too. */
  certificate: string | Uint8Array;
  /** More certificates of the chain: PEM or DER. */
  intermediates?: string | Uint8Array;
  /** PEM or DER: PKCS#8, SEC1, PKCS#1; or PKCS#12. Default: the key in `certificate`. */
  privateKey?: string | Uint8Array;
  /** Opens the key or the PKCS#12 file; taken as it is. */
  privateKeyPassphrase?: string | Uint8Array;
  /** Signs in place of `privateKey`. */
  sign?: Sign;
}

/** The options of the core, in camelCase; each has the meaning it has everywhere. */
export interface CoreOptions extends Partial<IdentitySnapshot> {
  /** Id or alias ARN. */
  trustAnchorArn?: string;
  /** Id or alias ARN. */
  profileArn?: string;
  /** The role to assume. */
  roleArn?: string;
  /** Default: the trust anchor's, always: neither a client's region nor `AWS_REGION` counts. */
  region?: string;
  /** Full base URL. Default: the region's. */
  endpoint?: string;
  /** Permits plain http beyond the loopback interface. */
  allowHttp?: boolean;
  /** How long the session is to last: 900 to 43200 seconds. Default: the profile's own. */
  durationSeconds?: number;
  /** 2 to 64 of `[\w+=,.@-]`; the profile must accept custom names. Default: the leaf's serial number. */
  roleSessionName?: string;
  /** Sent when given; the service accepts and ignores them. */
  instanceProperties?: Record<string, string>;
  /** Asks the region's FIPS endpoint; not together with `endpoint`. */
  useFipsEndpoint?: boolean;
  /** Asks the region's endpoint for IPv4 and IPv6; not together with `endpoint`. */
  useDualstackEndpoint?: boolean;
  /** False leaves `accountId` out of the credentials. */
  accountId?: boolean;
  /** Asked at each refresh, in place of certificate and key. */
  identity?: () => IdentitySnapshot | Promise<IdentitySnapshot>;
}

/** Both clocks, in milliseconds. */
export interface Now {
  /** Since 1970: what expiry is measured with. */
  unixMillis: number;
  /** Of a clock that never goes back: what intervals are measured with. */
  monotonicMillis: number;
}

/** The SDK's logger, or any with these methods. */
export interface Logger {
  /** Is told of refreshes and new certificates. */
  debug?(...content: unknown[]): void;
  /** Is told of refreshes that failed. */
  warn?(...content: unknown[]): void;
}

/** What is borrowed of a client's configuration: never its region or its credentials. */
export interface BorrowedConfig {
  /** Sends the request if it speaks HTTP/1.1. */
  requestHandler?: unknown;
  /** Goes into the `User-Agent` where the host sends one: text, or a function that gives it. */
  userAgentAppId?: unknown;
}

/** What only this side of the border looks at. */
export interface HostOptions {
  /** Sends the request in place of the host's own `fetch`. */
  fetch?: typeof fetch;
  /** Sends the request in place of `fetch`; default: the HTTP/1.1 one of the client that asks. */
  requestHandler?: RequestHandler;
  /** As AWS's providers have it: of it these are used and nothing else. */
  clientConfig?: BorrowedConfig;
  /** @deprecated as in AWS's providers; of it these are used and nothing else. */
  parentClientConfig?: BorrowedConfig;
  /** Is told of what happens. Default: that of the client that asks. */
  logger?: Logger;
  /** Told of what happens; what it throws is ignored. */
  onEvent?: (event: ProviderEvent) => void;
  /** Other clocks than the system's, for tests. */
  clock?: () => Now;
  /** Other randomness than the system's, for tests: fractions between 0 and 1. */
  jitter?: () => number;
}

/** Everything that `fromRolesAnywhere` takes. */
export type RolesAnywhereOptions = CoreOptions & HostOptions;

/** Credentials as the SDK takes them. Printing them shows the access key id and the expiry. */
export interface AwsCredentialIdentity {
  /** No secret. */
  readonly accessKeyId: string;
  /** Secret. */
  readonly secretAccessKey: string;
  /** Secret. */
  readonly sessionToken: string;
  /** At the latest when they end; earlier where that makes the SDK ask in time. */
  readonly expiration: Date;
  /** The role's account: 12 digits. Left out with `accountId: false`. */
  readonly accountId?: string;
}

/** What the SDK's clients hand to a provider. */
export interface ProviderProperties {
  /** The configuration of the client that asks. Of it these are used, and nothing else. */
  callerClientConfig?: BorrowedConfig & {
    /** The profile of the shared config file that the client has chosen. */
    profile?: string;
    /** Is told of what happens. */
    logger?: Logger;
  };
}

/** Pass it as `credentials`, or call it. One request however many clients ask. */
export interface RolesAnywhereProvider {
  (properties?: ProviderProperties): Promise<AwsCredentialIdentity>;
  /** Newer credentials than those at hand; others are served the old ones meanwhile. */
  refresh(): Promise<AwsCredentialIdentity>;
  /** Stops serving the credentials: somebody knows that they no longer work. */
  invalidate(): void;
  /** When the next refresh is due; `undefined` without credentials. */
  readonly nextRefresh: Date | undefined;
  /** Forgets the credentials; every call from now on gets `provider_closed`. */
  close(): void;
}

/** The errors of the core as data, for whoever logs events. */
export type { ErrorFields, ProviderEvent };

const HOST_OPTIONS: readonly (keyof HostOptions)[] = [
  "fetch",
  "requestHandler",
  "clientConfig",
  "parentClientConfig",
  "logger",
  "onEvent",
  "clock",
  "jitter",
];

/** Takes the options apart: what the core resolves, and what only the host looks at. */
export function split(options: RolesAnywhereOptions): [Record<string, unknown>, HostOptions] {
  const host: Record<string, unknown> = {};
  const core: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const side = (HOST_OPTIONS as readonly string[]).includes(name) ? host : core;
    if (value !== undefined) side[name] = value;
  }
  return [core, host];
}
