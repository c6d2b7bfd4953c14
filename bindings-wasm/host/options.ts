import type { ErrorFields, ProviderEvent } from "./native.js";
import type { RequestHandler } from "./send.js";
import type { Sign } from "./sign.js";

/** Certificate, chain and key, or a signer, as they are at one moment. */
export interface IdentitySnapshot {
  /** PEM, or bytes of PEM, DER or PKCS#12; the chain and the key may be in it too. */
  certificate: string | Uint8Array;
  intermediates?: string | Uint8Array;
  privateKey?: string | Uint8Array;
  privateKeyPassphrase?: string | Uint8Array;
  sign?: Sign;
}

/** The options of the core, in camelCase; each has the meaning it has everywhere. */
export interface CoreOptions extends Partial<IdentitySnapshot> {
  /** Id or alias ARN. */
  trustAnchorArn?: string;
  /** Id or alias ARN. */
  profileArn?: string;
  roleArn?: string;
  /** Default: the trust anchor's. */
  region?: string;
  /** Full base URL. Default: the region's. */
  endpoint?: string;
  /** Permits plain http beyond the loopback interface. */
  allowHttp?: boolean;
  /** 900 to 43200. Default: the profile's own. */
  durationSeconds?: number;
  roleSessionName?: string;
  instanceProperties?: Record<string, string>;
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
  /** False leaves `accountId` out of the credentials. */
  accountId?: boolean;
  /** Asked at each refresh, in place of certificate and key. */
  identity?: () => IdentitySnapshot | Promise<IdentitySnapshot>;
}

/** Both clocks, in milliseconds. */
export interface Now {
  unixMillis: number;
  monotonicMillis: number;
}

/** The SDK's logger, or any with these methods. */
export interface Logger {
  debug?(...content: unknown[]): void;
  warn?(...content: unknown[]): void;
}

/** What only this side of the border looks at. */
export interface HostOptions {
  /** Sends the request in place of the host's own `fetch`. */
  fetch?: typeof fetch;
  /** Sends the request in place of `fetch`; default: the HTTP/1.1 one of the client that asks. */
  requestHandler?: RequestHandler;
  /** As AWS's providers have it: its `requestHandler` is used and nothing else. */
  clientConfig?: { requestHandler?: unknown };
  /** @deprecated as in AWS's providers; its `requestHandler` is used and nothing else. */
  parentClientConfig?: { requestHandler?: unknown };
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
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** At the latest when they end; earlier where that makes the SDK ask in time. */
  readonly expiration: Date;
  readonly accountId?: string;
}

/** What the SDK's clients hand to a provider. */
export interface ProviderProperties {
  callerClientConfig?: {
    profile?: string;
    logger?: Logger;
    requestHandler?: unknown;
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
