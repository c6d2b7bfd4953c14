/** Checks of types, which TypeScript makes and JavaScript does not. */

/** `Uint8Array` or text; a `Buffer` is a `Uint8Array`. */
export type Bytes = Uint8Array | string;

export function bytes(value: unknown, name: string): Uint8Array {
  if (typeof value === 'string') {
    return new TextEncoder().encode(value);
  }
  if (value instanceof Uint8Array) {
    return value;
  }
  throw wrong(name, 'a Uint8Array or a string', value);
}

export function optionalBytes(value: unknown, name: string): Uint8Array | undefined {
  return value === undefined || value === null ? undefined : bytes(value, name);
}

export function text(value: unknown, name: string): string {
  if (typeof value !== 'string') {
    throw wrong(name, 'a string', value);
  }
  return value;
}

export function optionalText(value: unknown, name: string): string | undefined {
  return value === undefined || value === null ? undefined : text(value, name);
}

export function flag(value: unknown, name: string): boolean {
  if (value !== undefined && value !== null && typeof value !== 'boolean') {
    throw wrong(name, 'a boolean', value);
  }
  return value === true;
}

export function integer(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw wrong(name, 'an integer', value);
  }
  return value;
}

export function optionalInteger(value: unknown, name: string): number | undefined {
  return value === undefined || value === null ? undefined : integer(value, name);
}

/** A number that fits where the native module keeps 32 bits without a sign. */
export function optionalCount(value: unknown, name: string): number | undefined {
  const count = optionalInteger(value, name);
  if (count !== undefined && (count < 0 || count > 0xffff_ffff)) {
    throw wrong(name, 'an integer from 0 to 4294967295', value);
  }
  return count;
}

/** Unix seconds; a `Date` will do, and its milliseconds are cut off. */
export function time(value: unknown, name: string): number {
  if (value instanceof Date) {
    return integer(Math.floor(value.getTime() / 1000), name);
  }
  return integer(value, name);
}

/** The clock at the outermost call, where the caller gave no time. */
export function timeOrNow(value: unknown, name: string): number {
  return value === undefined || value === null ? Math.floor(Date.now() / 1000) : time(value, name);
}

export function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    throw wrong(name, 'an object', value);
  }
  return value as Record<string, unknown>;
}

/** Pairs of text, from pairs or from an object's members. */
export function pairs(value: unknown, name: string): [string, string][] {
  if (value === undefined || value === null) {
    return [];
  }
  const list: unknown[] = Array.isArray(value) ? value : Object.entries(object(value, name));
  return Array.from(list, (pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw wrong(name, 'pairs of strings', pair);
    }
    return [text(pair[0], name), text(pair[1], name)];
  });
}

/** An object of one of this package's classes, some of which nobody else can make. */
export function instance<T>(value: unknown, type: Function & { prototype: T }, name: string): T {
  if (!(value instanceof type)) {
    throw wrong(name, `of class ${type.name}`, value);
  }
  return value as T;
}

/** Says the type of what came, never its value. */
export function wrong(name: string, expected: string, value: unknown): TypeError {
  const got = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
  return new TypeError(`\`${name}\` is ${got}, and has to be ${expected}`);
}
