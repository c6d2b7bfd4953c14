// Arbitrary values at every function: an answer, a `TypeError` or one of the package's own errors, and
// never a panic or the end of the process. `FUZZ_SECONDS` makes it longer.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import * as api from 'rolesanywhere';

const seconds = Number(process.env.FUZZ_SECONDS ?? 4);
const here = new URL('..', import.meta.url);
/** What is below the checks of types: nothing where WebAssembly stands in, which trusts them. */
const native = api.implementation() === 'native' ? nativeModule() : undefined;
const fixture = (name) => readFileSync(new URL(`../../conformance/fixtures/${name}`, import.meta.url));
const [leaf, key] = [fixture('pki/p256/leaf.pem'), fixture('pki/p256/key.pem')];
const identity = api.Identity.fromPem(leaf);
const privateKey = api.PrivateKey.fromPem(key);

function nativeModule() {
  const [module] = readdirSync(here).filter((name) => name.endsWith('.node'));
  return createRequire(import.meta.url)(`../${module}`);
}

/** Damaged files get further than noise. */
const damaged = fc
  .tuple(fc.constantFrom(leaf, key), fc.nat(), fc.nat(255))
  .map(([file, at, byte]) => Buffer.from(file).fill(byte, at % file.length, (at % file.length) + 1));
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, withSparseArray: true }),
  fc.uint8Array({ maxLength: 300 }),
  fc.string(),
  fc.double(),
  damaged,
  fc.constantFrom(identity, privateKey, leaf, key, 'der', 'raw', 'role', 'camel_case'),
);

/** A call that may refuse, in one of the two ways. */
function holds(call, isExpected) {
  try {
    const result = call();
    if (result instanceof Promise) result.catch((error) => assert.ok(isExpected(error), String(error)));
  } catch (error) {
    assert.ok(isExpected(error), error?.stack ?? String(error));
  }
}

const isOurs = (error) => error instanceof TypeError || (error instanceof api.RolesAnywhereError && error.kind !== 'internal');
/** Below the checks of types: napi's own refusals too, and never a panic. */
const isRefusal = (error) => error instanceof Error && !error.message.includes('"panic"');

function check(name, property, options = {}) {
  test(name, options, (t) => {
    const limit = { interruptAfterTimeLimit: (seconds * 1000) / 2, markInterruptAsFailure: false };
    const details = fc.check(property, { numRuns: Number.MAX_SAFE_INTEGER, ...limit });
    t.diagnostic(`${name}: ${details.numRuns} calls`);
    assert.equal(details.failed, false, fc.defaultReportMessage(details));
    assert.ok(details.numRuns > 0);
  });
}

const functions = {
  ...Object.fromEntries(['parseArn', 'endpointUrl', 'pemBlocks', 'canonicalRequest', 'stringToSign', 'verifySignature'].map((name) => [name, api[name]])),
  resolveOptions: api.resolveOptions,
  loadIdentitySync: api.loadIdentitySync,
  fromRolesAnywhere: api.fromRolesAnywhere,
  identity: (...args) => api.Identity.fromPem(...args),
  privateKey: (...args) => api.PrivateKey.fromPem(...args),
  sign: (...args) => privateKey.sign(...args),
  verify: (...args) => privateKey.verify(...args),
  findings: (...args) => identity.findings(...args),
  credentials: (...args) => new api.Credentials(...args),
  session: (...args) => new api.CreateSession(...args),
  request: (...args) => new api.SignableRequest(...args).prepare(identity, args[1]),
  poll: (...args) => new api.Refresh().poll(...args),
  failure: (...args) => new api.Refresh().onFailure(...args),
  success: (...args) => new api.Refresh().onSuccess(...args),
};

check(
  'the public API refuses in its own words',
  fc.property(fc.constantFrom(...Object.keys(functions)), fc.array(anything, { maxLength: 5 }), (name, args) =>
    holds(() => functions[name](...args), isOurs)),
);

const handles = () => [
  native,
  native.Identity,
  native.PrivateKey,
  native.Identity.fromPem(leaf),
  native.PrivateKey.fromPem(key),
  new native.Refresh(),
  native.resolveOptions({ arguments: [], environment: [], vocabulary: 'camel_case' }),
];

check(
  'the native module stands whatever it is given',
  fc.property(fc.nat(), fc.nat(), fc.array(anything, { maxLength: 8 }), (which, member, args) => {
    const all = handles();
    const target = all[which % all.length];
    const names = [...Object.getOwnPropertyNames(target), ...Object.getOwnPropertyNames(Object.getPrototypeOf(target))];
    const name = names[member % names.length];
    if (['constructor', 'caller', 'callee', 'arguments'].includes(name) || typeof target[name] !== 'function') return;
    if (Object.prototype[name] === target[name] || Function.prototype[name] === target[name]) return;
    holds(() => target[name](...args), isRefusal);
  }),
  { skip: native === undefined ? 'there is no native module here' : false },
);
