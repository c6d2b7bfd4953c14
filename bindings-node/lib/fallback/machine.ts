/** The machine of the WebAssembly module, with this side's files, environment and config file. */
import type * as Native from '../native.js';
import type { Action, ErrorFields } from '../host/index.js';
import { RolesAnywhereError } from '../host/index.js';
import { core } from '../wasm/core.js';
import type { Json } from '../wasm/convert.js';
import { WasmMachine } from '../wasm/native.js';
import { type Resolved, Sources } from './sources.js';

type Now = [unixMillis: number, monotonicMillis: number, jitter: number];

/** What the operations of options take. */
export function optionSources(sources: Native.OptionSources): Json {
  return {
    vocabulary: sources.vocabulary,
    arguments: sources.arguments.map(([name, value]) => [name, value ?? null]),
    environment: Object.fromEntries(sources.environment),
    config_file: sources.configFile,
    ambient_profile: sources.ambientProfile,
  };
}

/** An error as the native module throws it. */
export function json(error: ErrorFields): string {
  return JSON.stringify({ ...error, message: error.message });
}

/** Its contents are brought at each attempt: what the machine is made with only says that there are some. */
const ELSEWHERE: Json = { certificate: '', private_key: '', intermediates: '', private_key_passphrase: '' };

export class FallbackMachine implements Native.Machine {
  readonly #machine: WasmMachine;
  /** `undefined` where the user's function brings the identity. */
  readonly #sources: Sources | undefined;

  constructor(given: Native.OptionSources, bytes: [string, Uint8Array][]) {
    const sources = optionSources(given);
    const options = core().call('resolve_options', sources)['options'] as Record<string, Resolved>;
    // What is wrong with the request is told before what is wrong with the identity.
    this.#machine = new WasmMachine({ ...sources, bytes: ELSEWHERE });
    this.#sources = 'identity' in options ? undefined : new Sources(options, bytes, 'sign' in options);
  }

  poll(unixMillis: number, monotonicMillis: number): Native.MachinePoll {
    const { error, ...poll } = this.#machine.poll(unixMillis, monotonicMillis);
    return { ...poll, error: error && json(error) };
  }

  async identify(id: number, identity: Native.IdentityParts | null | undefined, ...now: Now): Promise<Action> {
    let contents: Native.IdentityParts | undefined;
    try {
      contents = identity ?? (await this.#sources?.read());
    } catch (error) {
      if (error instanceof RolesAnywhereError) return this.#machine.unread(id, error, ...now);
      throw error;
    }
    if (contents === undefined) return this.#machine.identify(id, undefined, ...now);
    const { awaited, ...parts } = contents;
    return this.#machine.identify(id, { ...parts, sign: awaited ? true : undefined }, ...now);
  }

  identityFailed(id: number, error: Native.HostError, ...now: Now): Action {
    return this.#machine.unread(id, error, ...now);
  }

  signed(id: number, signature: Uint8Array, encoding: string, ...now: Now): Action {
    return this.#machine.signed(id, signature, encoding, ...now);
  }

  signerFailed(id: number, message: string, ...now: Now): Action {
    return this.#machine.signerFailed(id, message, ...now);
  }

  received(id: number, { status, headers, body }: Native.Reply, ...now: Now): Action {
    return this.#machine.received(id, status, headers, body, ...now);
  }

  failed(id: number, { code, message }: Native.HostError, ...now: Now): Action {
    return this.#machine.failed(id, code, message, ...now);
  }

  invalidate(): void {
    this.#machine.invalidate();
  }

  requestRefresh(): void {
    this.#machine.requestRefresh();
  }

  nextRefresh(): number | null {
    return this.#machine.nextRefresh() ?? null;
  }

  takeEvents(): Native.MachineEvent[] {
    return this.#machine.takeEvents().map(({ error, ...event }) => ({ ...event, error: error && json(error) }));
  }
}
