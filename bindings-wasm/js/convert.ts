/** A JSON object of the core, with its snake_case names. */
export type Json = { [name: string]: unknown };

/** camelCase names for those of an object; what is below keeps its own. */
export function camel(object: Json): Json {
  return renamed(object, (name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
}

/** snake_case names for those of an object. */
export function snake(object: Json): Json {
  return renamed(object, (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function renamed(object: Json, rename: (name: string) => string): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), value]));
}

export function fromBase64(text: unknown): Uint8Array {
  const octets = atob(text as string);
  const bytes = new Uint8Array(octets.length);
  for (let at = 0; at < octets.length; at++) bytes[at] = octets.charCodeAt(at);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    // Six times as fast as spreading them.
    text += String.fromCharCode.apply(null, bytes.subarray(start, start + 0x8000) as unknown as number[]);
  }
  return btoa(text);
}
