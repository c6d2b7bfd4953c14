// Reads the vectors and their fixtures.
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../../conformance/', import.meta.url);

/** Every case, with its operation. */
export function cases() {
  return ['protocol', 'project'].flatMap((folder) => {
    const directory = new URL(`vectors/${folder}/`, root);
    return readdirSync(directory).sort().flatMap((name) => {
      const { operation, groups } = JSON.parse(readFileSync(new URL(name, directory), 'utf8'));
      return groups.flatMap(({ tests }) => tests.map((test) => ({ operation, ...test })));
    });
  });
}

/** Bytes that go in. */
export function data({ text, hex, fixture, fixtures }) {
  if (text !== undefined) return Buffer.from(text);
  if (hex !== undefined) return Buffer.from(hex, 'hex');
  const names = fixtures ?? [fixture];
  return Buffer.concat(names.map((name) => readFileSync(new URL(`fixtures/${name}`, root))));
}

export function optional(given) {
  return given === undefined ? undefined : data(given);
}
