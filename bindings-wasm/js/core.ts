import { RolesAnywhereError } from "../host/error.js";
import type { ErrorFields } from "../host/native.js";
import { camel, type Json, toBase64 } from "./convert.js";

/** What `raw/README.md` describes. */
interface Exports {
  memory: WebAssembly.Memory;
  rolesanywhere_alloc(length: number): number;
  rolesanywhere_free(pointer: number, length: number): void;
  rolesanywhere_call(
    operation: number,
    operationLength: number,
    input: number,
    inputLength: number,
  ): bigint;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

let loaded: Core | undefined;

/** The core, which an entry of the package has put in place. */
export function core(): Core {
  if (loaded === undefined) {
    throw new Error("rolesanywhere-wasm is not initialised: `await init()` first");
  }
  return loaded;
}

export function isLoaded(): boolean {
  return loaded !== undefined;
}

/** Compiles nothing and fetches nothing: the entries do, each in its runtime's way. */
export function load(module: WebAssembly.Module): void {
  loaded = new Core(module);
}

/** The module, and how to call it. */
export class Core {
  #exports!: Exports;
  readonly #names = new Map<string, [number, number]>();
  /** Counts instances: a trap ends one, and what it held is gone. */
  generation = 0;
  /** Later than instantiated: workers draw random numbers only while they answer a request. */
  #isSeeded = false;

  constructor(readonly module: WebAssembly.Module) {
    this.#instantiate();
  }

  /** Calls an operation; what it refuses is thrown with its code. */
  call(operation: string, input: Json = {}): Json {
    if (!this.#isSeeded) this.#seed();
    const answer = JSON.parse(this.#exchange(operation, JSON.stringify(input))) as {
      ok?: Json;
      error?: Json;
    };
    if (answer.error !== undefined) throw raised(answer.error);
    return answer.ok as Json;
  }

  #exchange(operation: string, input: string): string {
    const bytes = encoder.encode(input);
    const [name, nameLength] = this.#name(operation);
    const place = this.#write(bytes);
    bytes.fill(0);
    try {
      const answer = this.#exports.rolesanywhere_call(name, nameLength, place, bytes.length);
      const [pointer, length] = [Number(answer & 0xffffffffn), Number(answer >> 32n)];
      const text = decoder.decode(new Uint8Array(this.#exports.memory.buffer, pointer, length));
      this.#exports.rolesanywhere_free(pointer, length);
      this.#exports.rolesanywhere_free(place, bytes.length);
      return text;
    } catch (cause) {
      throw this.#trapped(cause);
    }
  }

  #name(operation: string): [number, number] {
    const known = this.#names.get(operation);
    if (known !== undefined) return known;
    const bytes = encoder.encode(operation);
    const place: [number, number] = [this.#write(bytes), bytes.length];
    this.#names.set(operation, place);
    return place;
  }

  #write(bytes: Uint8Array): number {
    const pointer = this.#exports.rolesanywhere_alloc(bytes.length);
    if (pointer === 0) throw tooLarge("the input", bytes.length);
    new Uint8Array(this.#exports.memory.buffer, pointer, bytes.length).set(bytes);
    return pointer;
  }

  #instantiate(): void {
    const instance = new WebAssembly.Instance(this.module, {});
    this.#exports = instance.exports as unknown as Exports;
    this.#names.clear();
    this.generation += 1;
    this.#isSeeded = false;
  }

  #seed(): void {
    this.#isSeeded = true;
    const seed = crypto.getRandomValues(new Uint8Array(32));
    this.call("seed", { seed: { base64: toBase64(seed) } });
  }

  /** A panic has left the instance in the middle of something: the next call gets a new one. */
  #trapped(cause: unknown): unknown {
    if (!(cause instanceof WebAssembly.RuntimeError)) return cause;
    this.#instantiate();
    const message = "the core panicked, and everything that it held is gone";
    return own("panic", message, cause);
  }
}

/** An error of this side, with the number and the hint that its code has in the table. */
export function own(code: string, message: string, cause?: unknown): RolesAnywhereError {
  const { error_codes: codes } = core().call("error_codes");
  const rows = codes as (ErrorFields & { hint: string })[];
  const row = rows.find((known) => known.code === code) as ErrorFields;
  return new RolesAnywhereError({ ...row, message }, cause);
}

export function tooLarge(what: string, length: number): RolesAnywhereError {
  return own("input_too_large", `${what} has ${length} bytes, over ${1 << 20}`);
}

export function raised(error: Json): RolesAnywhereError {
  const { cause, ...fields } = camel(error) as unknown as ErrorFields & { cause?: string };
  return new RolesAnywhereError(fields, cause === undefined ? undefined : new Error(cause));
}
