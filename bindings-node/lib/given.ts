/** What `fromRolesAnywhere` takes in Node besides text: keys and certificates as objects and bytes. */
import { KeyObject, X509Certificate } from 'node:crypto';
import type * as Native from './native.js';
import { bytes, object, wrong } from './check.js';

/** The contents of an identity. */
export type Contents = Native.IdentityParts;

/** Options whose values may be bytes, and how the core calls them. */
const BYTES: Record<string, string> = {
  certificate: 'certificate',
  privateKey: 'private_key',
  intermediates: 'intermediates',
  privateKeyPassphrase: 'private_key_passphrase',
};

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  function: (value) => typeof value === 'function',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** The types of the other options; what is not here is the core's to refuse. */
const EXPECTED: Record<string, string> = {
  trustAnchorArn: 'string',
  profileArn: 'string',
  roleArn: 'string',
  region: 'string',
  endpoint: 'string',
  roleSessionName: 'string',
  configProfile: 'string',
  privateKeyPassphraseSource: 'string',
  durationSeconds: 'number',
  allowHttp: 'boolean',
  useFipsEndpoint: 'boolean',
  useDualstackEndpoint: 'boolean',
  accountId: 'boolean',
  instanceProperties: 'object',
  identity: 'function',
  fetch: 'function',
  onEvent: 'function',
  clock: 'function',
  jitter: 'function',
  requestHandler: 'object',
  clientConfig: 'object',
  parentClientConfig: 'object',
  logger: 'object',
};

/** Throws a `TypeError` that names the first option of a wrong type. */
export function checkTypes(options: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(options)) {
    const expected = EXPECTED[name];
    if (value === undefined || value === null) continue;
    if (expected !== undefined && TYPES[expected]?.(value) === false) {
      throw wrong(name, expected === 'object' ? 'an object' : `a ${expected}`, value);
    }
    if (name in BYTES && typeof value !== 'string') contentOf(value, name);
  }
}

/** The options that are bytes, by the names that the core has for them. */
export function optionBytes(options: Record<string, unknown>): [string, Uint8Array][] {
  return Object.entries(BYTES).flatMap(([name, known]): [string, Uint8Array][] => {
    const value = options[name];
    return value == null || typeof value === 'string' ? [] : [[known, contentOf(value, name)]];
  });
}

/** A text stays one; an object that holds bytes only counts as given. */
export function textOf(value: unknown): unknown {
  return value instanceof KeyObject || value instanceof X509Certificate ? new Uint8Array() : value;
}

/** What the user's `identity` function returned: contents, where text is PEM and no path. */
export function identityContents(identity: unknown): Contents {
  const given = object(identity, 'identity');
  const optional = (name: string) => (given[name] == null ? undefined : contentOf(given[name], name));
  return {
    certificate: contentOf(given['certificate'], 'certificate'),
    privateKey: optional('privateKey'),
    intermediates: optional('intermediates'),
    privateKeyPassphrase: optional('privateKeyPassphrase'),
    awaited: given['sign'] != null,
  };
}

function contentOf(value: unknown, name: string): Uint8Array {
  if (value instanceof X509Certificate) {
    return value.raw;
  }
  if (!(value instanceof KeyObject)) {
    return bytes(value, name);
  }
  if (value.type !== 'private') {
    throw wrong(name, 'a private key', value);
  }
  return value.export({ format: 'der', type: 'pkcs8' });
}
