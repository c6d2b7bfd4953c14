import { RolesAnywhereError } from "./error.js";
import { Attempt, type Turn } from "./attempt.js";
import type { Machine, Native, NativeCredentials } from "./native.js";
import {
  type AwsCredentialIdentity,
  type HostOptions,
  type Now,
  type ProviderProperties,
  type RolesAnywhereOptions,
  type RolesAnywhereProvider,
  split,
} from "./options.js";
import { signFunction } from "./sign.js";

/**
 * How long a caller who waits for another's request sleeps before it looks at the clock again: an
 * injected one moves as it likes, and a machine that was suspended has missed the end of the wait.
 */
const LONGEST_SLEEP = 100;

/**
 * Credentials that stay fresh, for AWS's SDK for JavaScript and everybody else. Nothing is read or
 * sent before it is asked. When to fetch, what to sign and what a reply means is decided in the core:
 * this waits, fetches and calls.
 *
 * What it throws is a {@link RolesAnywhereError} by the name of `CredentialsProviderError`, and only
 * without valid credentials.
 */
export function fromRolesAnywhere(
  native: Native,
  options: RolesAnywhereOptions = {},
): RolesAnywhereProvider {
  const loop = new Loop(native, options);
  const provider = (properties?: ProviderProperties) =>
    loop.obtain(properties ?? {}, "valid").catch(raised);
  Object.defineProperties(provider, {
    refresh: { value: () => loop.refresh().catch(raised) },
    invalidate: { value: () => loop.invalidate() },
    nextRefresh: { get: () => loop.nextRefresh },
    close: { value: () => loop.close() },
  });
  return provider as RolesAnywhereProvider;
}

/** AWS's own providers raise errors of this name, and some code that logs them asks for it. */
function raised(error: unknown): never {
  if (error instanceof RolesAnywhereError) {
    Object.defineProperty(error, "name", { value: "CredentialsProviderError" });
  }
  throw error;
}

type Want = "valid" | "new";

class Loop {
  readonly #core: Record<string, unknown>;
  readonly #host: HostOptions;
  /** Once it is there; a failure to make it is not kept, since the environment may change. */
  #machine: Machine | undefined;
  #opening: Promise<Machine> | undefined;
  #sleepers = new Set<() => void>();
  #closed = false;
  /** What a callback or the network threw in the last attempt. */
  #cause: unknown;

  constructor(
    readonly native: Native,
    options: RolesAnywhereOptions,
  ) {
    [this.#core, this.#host] = split(options);
  }

  async obtain(properties: ProviderProperties, want: Want): Promise<AwsCredentialIdentity> {
    this.#checkOpen();
    const machine = await this.#open(properties);
    for (;;) {
      this.#checkOpen();
      const now = this.#now();
      const { credentials, fetch, waitUntil, error } = machine.poll(
        now.unixMillis,
        now.monotonicMillis,
      );
      if (fetch !== undefined) {
        await this.#fetch(machine, fetch, properties);
      } else if (credentials !== undefined && (want === "valid" || idle(waitUntil, error))) {
        return identity(credentials);
      } else if (error !== undefined) {
        throw new RolesAnywhereError(error, this.#cause);
      } else {
        await this.#sleep((waitUntil ?? 0) - now.monotonicMillis);
      }
    }
  }

  async refresh(): Promise<AwsCredentialIdentity> {
    this.#checkOpen();
    (await this.#open({})).requestRefresh();
    return this.obtain({}, "new");
  }

  invalidate(): void {
    this.#machine?.invalidate();
  }

  get nextRefresh(): Date | undefined {
    const due = this.#machine?.nextRefresh();
    if (due === undefined) return undefined;
    const { unixMillis, monotonicMillis } = this.#now();
    return new Date(unixMillis + Math.max(0, due - monotonicMillis));
  }

  close(): void {
    this.#closed = true;
    this.#machine?.invalidate();
    this.#wake();
  }

  /** Callers who come at the same time share one opening. */
  async #open({ callerClientConfig }: ProviderProperties): Promise<Machine> {
    if (this.#machine !== undefined) return this.#machine;
    const profile = callerClientConfig?.profile;
    this.#opening ??= this.#make(profile).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #make(profile: string | undefined): Promise<Machine> {
    try {
      const context = profile === undefined ? {} : { profile };
      const machine = await this.native.machine(this.#core, context);
      if (this.#core["sign"] !== undefined) signFunction(this.native, this.#core["sign"]);
      this.#machine = machine;
      return machine;
    } catch (error) {
      throw RolesAnywhereError.from(error);
    }
  }

  /** One attempt, to its end or its deadline. */
  async #fetch(
    machine: Machine,
    fetch: { id: number; deadline: number },
    properties: ProviderProperties,
  ): Promise<void> {
    const turn = (): Turn => ({ ...this.#now(), jitter: (this.#host.jitter ?? Math.random)() });
    const attempt = new Attempt(this.native, machine, fetch.id, turn);
    const left = fetch.deadline - this.#now().monotonicMillis;
    this.#cause = await attempt.run(this.#core, this.#host, properties, left);
    this.#tell(machine, properties);
    this.#wake();
  }

  #tell(machine: Machine, { callerClientConfig }: ProviderProperties): void {
    const logger = this.#host.logger ?? callerClientConfig?.logger;
    for (const event of machine.takeEvents()) {
      try {
        const level = event.name.endsWith("_failed") ? "warn" : "debug";
        logger?.[level]?.(`rolesanywhere: ${event.name}`, event);
        this.#host.onEvent?.(event);
      } catch {
        // The credentials are none the worse for it.
      }
    }
  }

  async #sleep(millis: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(Math.max(millis, 1), LONGEST_SLEEP));
      this.#sleepers.add(wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#sleepers]) wake();
  }

  #now(): Now {
    return this.#host.clock?.() ?? systemClock();
  }

  #checkOpen(): void {
    if (this.#closed) {
      throw RolesAnywhereError.of(this.native, "provider_closed", "the provider is closed");
    }
  }
}

/** A refresh that somebody else has made answers who asked for one. */
function idle(waitUntil: number | undefined, error: unknown): boolean {
  return waitUntil === undefined && error === undefined;
}

function systemClock(): Now {
  return { unixMillis: Date.now(), monotonicMillis: performance.now() };
}

/** A plain object, since the SDK copies its members; only its printed form leaves the secrets out. */
function identity(credentials: NativeCredentials): AwsCredentialIdentity {
  const { accessKeyId, secretAccessKey, sessionToken, accountId, cacheableUntil } = credentials;
  const expiration = new Date(cacheableUntil * 1000);
  const plain = {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration,
    ...(accountId === undefined ? {} : { accountId }),
  };
  const shown = () => `Credentials { accessKeyId: '${accessKeyId}', expiration: ${expiration.toISOString()} }`;
  return Object.defineProperty(plain, Symbol.for("nodejs.util.inspect.custom"), { value: shown });
}
