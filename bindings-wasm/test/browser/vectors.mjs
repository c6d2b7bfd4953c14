// The vectors and their fixtures as one object, which whoever starts the run has put in place.
import { Buffer } from "./buffer.mjs";

let known;

export function put(vectors) {
  known = vectors;
}

export function cases() {
  return known.cases;
}

export function data({ text, hex, fixture, fixtures }) {
  if (text !== undefined) return Buffer.from(text);
  if (hex !== undefined) return Buffer.from(hex, "hex");
  const bytes = (name) => Buffer.from(known.fixtures[name], "hex");
  return Buffer.concat((fixtures ?? [fixture]).map(bytes));
}

export function optional(given) {
  return given === undefined ? undefined : data(given);
}
