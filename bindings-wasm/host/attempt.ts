import type { Action, Machine, Native, SigningRequest } from "./native.js";
import type { HostOptions, IdentitySnapshot, Now, ProviderProperties } from "./options.js";
import { fetchSend, handlerSend, type RequestHandler, type Send, SendError } from "./send.js";
import { signFunction } from "./sign.js";
import { named } from "./user-agent.js";

/** Both clocks and a random fraction, as every report needs them. */
export interface Turn extends Now {
  jitter: number;
}

/** One attempt: identify, sign, send, one after the other as the machine says. */
export class Attempt {
  #cause: unknown;

  constructor(
    readonly native: Native,
    readonly machine: Machine,
    readonly id: number,
    readonly turn: () => Turn,
  ) {}

  /** Never throws: what went wrong is reported, and what was thrown is returned. */
  async run(
    core: Record<string, unknown>,
    host: HostOptions,
    properties: ProviderProperties,
    millisLeft: number,
  ): Promise<unknown> {
    const deadline = new Deadline(millisLeft);
    try {
      const { action, sign } = await this.#identify(core, deadline);
      const signed = action.sign === undefined ? action : await this.#sign(action.sign, sign, deadline);
      if (signed.send !== undefined) {
        const send = chooseSend(host, properties);
        const request = await deadline.bound(named(signed.send, this.native, host, properties));
        const reply = await deadline.bound(send(request, deadline.signal));
        this.#report((...now) =>
          this.machine.received(this.id, reply.status, reply.headers, reply.body, ...now),
        );
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      deadline.clear();
    }
    return this.#cause;
  }

  async #identify(
    core: Record<string, unknown>,
    deadline: Deadline,
  ): Promise<{ action: Action; sign: unknown }> {
    const callable = core["identity"] as (() => IdentitySnapshot) | undefined;
    let identity: IdentitySnapshot | undefined;
    try {
      if (callable !== undefined) identity = await deadline.bound(callable());
    } catch (error) {
      if (error instanceof SendError) throw error;
      this.#cause = error;
      return this.#report((...now) => ({
        action: this.machine.identityFailed(this.id, text(error), ...now),
        sign: undefined,
      }));
    }
    const sign = callable === undefined ? core["sign"] : identity?.sign;
    const action = this.#report((...now) => this.machine.identify(this.id, identity, ...now));
    return { action: await deadline.bound(action), sign };
  }

  async #sign(request: SigningRequest, sign: unknown, deadline: Deadline): Promise<Action> {
    try {
      const result = await deadline.bound(signFunction(this.native, sign)(request));
      const bare = result instanceof Uint8Array;
      const signature = bare ? result : result.signature;
      const encoding = (bare ? undefined : result.encoding) ?? "der";
      return this.#report((...now) => this.machine.signed(this.id, signature, encoding, ...now));
    } catch (error) {
      if (error instanceof SendError) throw error;
      this.#cause = error;
      return this.#report((...now) => this.machine.signerFailed(this.id, text(error), ...now));
    }
  }

  #fail(error: unknown): void {
    const isOurs = error instanceof SendError;
    this.#cause = isOurs ? error.cause : error;
    const code = isOurs ? error.code : "internal";
    this.#report((...now) => this.machine.failed(this.id, code, text(error), ...now));
  }

  #report<T>(report: (unixMillis: number, monotonicMillis: number, jitter: number) => T): T {
    const { unixMillis, monotonicMillis, jitter } = this.turn();
    return report(unixMillis, monotonicMillis, jitter);
  }
}

/** A point in time after which nobody waits any more; what is under way is told to stop. */
class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #passed: Promise<never>;

  constructor(millisLeft: number) {
    const { signal } = this.#controller;
    this.#passed = new Promise((_, reject) => {
      signal.addEventListener("abort", () =>
        reject(new SendError("timeout", "the refresh took longer than it may")),
      );
    });
    // Where everything else is in time nobody looks at it.
    this.#passed.catch(() => {});
    this.#timer = setTimeout(() => this.#controller.abort(), Math.max(0, millisLeft));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  bound<T>(work: T | Promise<T>): Promise<T> {
    return Promise.race([work, this.#passed]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The caller's own way first, then that of the client that asks, then the host's `fetch`. */
function chooseSend(host: HostOptions, { callerClientConfig }: ProviderProperties): Send {
  if (host.fetch !== undefined) return fetchSend(host.fetch);
  const given = [
    host.requestHandler,
    host.clientConfig?.requestHandler,
    host.parentClientConfig?.requestHandler,
    callerClientConfig?.requestHandler,
  ];
  // HTTP/2 is not what the service speaks; the SDK's own fetch handler does what `fetch` does.
  const handler = given.find(speaksHttp1);
  return handler === undefined ? fetchSend(globalThis.fetch.bind(globalThis)) : handlerSend(handler);
}

function speaksHttp1(handler: unknown): handler is RequestHandler {
  const { metadata } = (handler ?? {}) as Partial<RequestHandler>;
  return metadata?.handlerProtocol?.toLowerCase().startsWith("http/1") ?? false;
}
