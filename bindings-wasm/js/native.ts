import type {
  Action,
  Context,
  ErrorFields,
  HttpRequest,
  Machine,
  Native,
  NativeCredentials,
  Poll,
  ProviderEvent,
} from "../host/native.js";
import { RolesAnywhereError } from "../host/error.js";
import { bytes, object } from "./check.js";
import { camel, fromBase64, type Json, snake } from "./convert.js";
import { core, raised } from "./core.js";
import { handleOf, hold } from "./held.js";
import { errorCodes, optionArguments, optionBytes } from "./options.js";
import { signingRequest } from "./request.js";

/** The module behind the host loop's interface; `ready` is what an entry has to await first. */
export function native(ready: () => Promise<void> | undefined): Native {
  return {
    async machine(options: Record<string, unknown>, context: Context): Promise<Machine> {
      await ready();
      return new WasmMachine({
        vocabulary: "camel_case",
        arguments: optionArguments(options),
        bytes: optionBytes(options),
        ambient_profile: context.profile,
      });
    },
    errorCodes,
  };
}

/** The machine that options describe; `sources` are what the operation `machine` takes. */
export class WasmMachine implements Machine {
  constructor(sources: Json) {
    try {
      hold(this, core().call("machine", sources)["machine"]);
    } catch (error) {
      throw unconfigured(error, sources);
    }
  }

  poll(unixMillis: number, monotonicMillis: number): Poll {
    const poll = this.#call("poll", clocks(unixMillis, monotonicMillis));
    const { credentials, fetch, wait_until: waitUntil, error } = poll;
    return {
      ...(credentials === undefined ? {} : { credentials: held(poll) }),
      ...(fetch === undefined ? {} : { fetch: fetch as { id: number; deadline: number } }),
      ...(waitUntil === undefined ? {} : { waitUntil: waitUntil as number }),
      ...(error === undefined ? {} : { error: raised(error as Json) }),
    };
  }

  identify(id: number, identity: unknown, ...now: [number, number, number]): Action {
    if (identity === undefined) return this.#step("identify", id, {}, now);
    const { sign, ...files } = object(identity, "identity");
    const given = Object.entries(files).filter(([, value]) => value !== undefined);
    const parts = given.map(([name, value]) => [name, bytes(value, name)]);
    const read = { ...snake(Object.fromEntries(parts)), sign: sign !== undefined };
    return this.#step("identify", id, { identity: read }, now);
  }

  identityFailed(id: number, message: string, ...now: [number, number, number]): Action {
    return this.unread(id, { code: "identity_unavailable", message }, ...now);
  }

  /** The same with the error that the host has met while it read. */
  unread(
    id: number,
    { code, message }: Pick<ErrorFields, "code" | "message">,
    ...now: [number, number, number]
  ): Action {
    return this.#step("identify", id, { code, message }, now);
  }

  signed(
    id: number,
    signature: Uint8Array,
    encoding: string,
    ...now: [number, number, number]
  ): Action {
    return this.#step("signed", id, { signature: bytes(signature, "signature"), encoding }, now);
  }

  signerFailed(id: number, message: string, ...now: [number, number, number]): Action {
    return this.#step("signed", id, { cause: message }, now);
  }

  received(
    id: number,
    status: number,
    headers: [string, string][],
    body: Uint8Array,
    ...now: [number, number, number]
  ): Action {
    return this.#step("received", id, { status, headers, body: bytes(body, "body") }, now);
  }

  failed(id: number, code: string, message: string, ...now: [number, number, number]): Action {
    return this.#step("failed", id, { code, message }, now);
  }

  invalidate(): void {
    this.#call("invalidate");
  }

  requestRefresh(): void {
    this.#call("request_refresh");
  }

  nextRefresh(): number | undefined {
    return this.#call("next_refresh")["next_refresh"] as number | undefined;
  }

  takeEvents(): ProviderEvent[] {
    return (this.#call("events")["events"] as Json[]).map(event);
  }

  #step(step: string, id: number, input: Json, now: [number, number, number]): Action {
    const [unixMillis, monotonicMillis, jitter] = now;
    const at = clocks(unixMillis, monotonicMillis);
    const { sign, send } = this.#call(step, { id, ...input, ...at, jitter });
    return {
      ...(sign === undefined ? {} : { sign: signingRequest(sign as Json) }),
      ...(send === undefined ? {} : { send: httpRequest(send as Json) }),
    };
  }

  #call(operation: string, input: Json = {}): Json {
    return core().call(`machine_${operation}`, { machine: handleOf(this), ...input });
  }
}

function clocks(unixMillis: number, monotonicMillis: number): Json {
  return { unix_millis: unixMillis, monotonic_millis: monotonicMillis };
}

function held(poll: Json): NativeCredentials {
  const credentials = camel(poll["credentials"] as Json) as unknown as NativeCredentials;
  return { ...credentials, cacheableUntil: poll["cacheable_until"] as number };
}

function httpRequest(facts: Json): HttpRequest {
  return { ...facts, body: fromBase64(facts["body"]) } as unknown as HttpRequest;
}

function event(told: Json): ProviderEvent {
  const { error, ...facts } = camel(told);
  const plain = facts as unknown as ProviderEvent;
  return error === undefined ? plain : { ...plain, error: raised(error as Json) };
}

/** A chain goes on where nothing at all was configured. */
function unconfigured(error: unknown, sources: Json): unknown {
  if (!(error instanceof RolesAnywhereError) || error.code !== "option_missing") return error;
  const { is_configured: isConfigured } = core().call("resolve_options", sources);
  return new RolesAnywhereError({ ...fields(error), tryNextLink: !(isConfigured as boolean) });
}

function fields(error: RolesAnywhereError) {
  const { code, number, kind, message, hint, retryable } = error;
  return { code, number, kind, message, hint, retryable };
}
