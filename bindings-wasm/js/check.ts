import { own, tooLarge } from "./core.js";
import { type Json, toBase64 } from "./convert.js";

/** PEM as text; PEM, DER or PKCS#12 as bytes. */
export type Bytes = string | Uint8Array | ArrayBuffer;

const LONGEST = 1 << 20;

/** Bytes as the core takes them; their length is checked before they are copied. */
export function bytes(value: unknown, name: string): string | { base64: string } {
  if (typeof value === "string") {
    if (value.length > LONGEST) throw tooLarge(`\`${name}\``, value.length);
    return value;
  }
  if (!(value instanceof ArrayBuffer || ArrayBuffer.isView(value))) {
    throw wrong(name, "text or bytes", value);
  }
  if (value.byteLength > LONGEST) throw tooLarge(`\`${name}\``, value.byteLength);
  return { base64: toBase64(view(value, name)) };
}

export function optionalBytes(value: unknown, name: string): unknown {
  return value === undefined || value === null ? undefined : bytes(value, name);
}

/** A detached buffer looks empty, and is a mistake. */
function view(value: ArrayBuffer | ArrayBufferView, name: string): Uint8Array {
  try {
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    // A detached buffer cannot be looked at again.
    new Uint8Array(value.buffer);
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  } catch {
    throw own("argument_invalid", `\`${name}\` is a detached buffer`);
  }
}

/** Unix seconds of a number or a `Date`; this machine's clock where nothing is given. */
export function time(value: unknown, name = "now"): number {
  if (value === undefined || value === null) return Math.floor(Date.now() / 1000);
  return exactTime(value, name);
}

export function exactTime(value: unknown, name: string): number {
  const seconds = value instanceof Date ? Math.floor(value.getTime() / 1000) : value;
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) {
    throw wrong(name, "Unix seconds or a Date", value);
  }
  return Math.floor(seconds);
}

export function optionalTime(value: unknown, name: string): number | undefined {
  return value === undefined || value === null ? undefined : exactTime(value, name);
}

/** Pairs of text, from pairs or from an object's members. */
export function pairs(value: unknown, name: string): unknown {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : Object.entries(object(value, name));
}

export function object(value: unknown, name: string): Json {
  if (typeof value !== "object" || value === null) throw wrong(name, "an object", value);
  return value as Json;
}

/** An object of one of this package's classes. */
export function instance<T>(
  value: unknown,
  type: abstract new (...of: never[]) => T,
  name: string,
): T {
  if (value instanceof type) return value;
  throw wrong(name, `an object of class ${type.name}`, value);
}

/** Says the type of what came, never its value. */
export function wrong(name: string, takes: string, value: unknown): Error {
  const got = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
  return own("argument_invalid", `\`${name}\` takes ${takes} and not ${got}`);
}
