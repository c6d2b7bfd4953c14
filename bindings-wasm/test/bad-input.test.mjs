// Whatever comes in: an error with a code, and an instance that is as good as before.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as api from "rolesanywhere-wasm";
import { ARNS, fixture } from "./service.mjs";

const leaf = fixture("pki/p256/leaf.pem");

test("more than 1 MiB is refused, as text and as bytes", () => {
  for (const large of ["x".repeat(2 ** 20 + 1), new Uint8Array(2 ** 20 + 1)]) {
    assert.throws(() => api.pemBlocks(large), { code: "input_too_large" });
    assert.throws(() => api.Identity.fromPem(large), { code: "input_too_large" });
    assert.throws(() => api.loadIdentity([leaf, large]), { code: "input_too_large" });
  }
  assert.deepEqual(api.pemBlocks(new Uint8Array(2 ** 20)), []);
  const text = `${"€".repeat(2 ** 19)}`;
  assert.throws(() => api.pemBlocks(text), { code: "input_too_large" });
});

test("a detached buffer is told from an empty one", () => {
  const bytes = new Uint8Array(leaf);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  const detached = { code: "argument_invalid", message: /detached/ };
  assert.throws(() => api.Identity.fromPem(bytes), detached);
  assert.throws(() => api.Identity.fromPem(bytes.buffer), detached);
});

test("an object is of its class, and is not used when it was freed", () => {
  const identity = api.Identity.fromPem(leaf);
  const session = new api.CreateSession(ARNS);
  for (const other of [undefined, null, {}, session, "identity"]) {
    assert.throws(() => session.prepare(other, 0), { code: "argument_invalid" });
  }
  identity.free();
  assert.throws(() => session.prepare(identity, 0), { code: "argument_invalid" });
});

/** A generator of numbers that are always the same. */
function random(seed) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

test("ten thousand bad calls, then a good one", () => {
  const next = random(7);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const noise = () => Uint8Array.from({ length: Math.floor(next() * 200) }, () => next() * 256);
  const values = () =>
    pick([undefined, null, 0, -1, 1.5, NaN, Infinity, 2 ** 60, true, "", "x", "\ud800", [], {}, noise(),
      [["a", 1]], { base64: "!" }, () => {}, new Date(NaN), Symbol.iterator, new Map(), leaf]);
  const identity = api.Identity.fromPem(leaf);
  const session = new api.CreateSession(ARNS);
  const refresh = new api.Refresh();
  const calls = [
    () => api.Identity.fromPem(values(), values()),
    () => api.PrivateKey.fromPem(values(), values()),
    () => api.loadIdentity(values(), values()),
    () => api.pemBlocks(values()),
    () => api.parseArn(values(), values()),
    () => api.endpointUrl({ partition: values(), region: values(), endpoint: values() }),
    () => new api.CreateSession({ ...ARNS, [pick(["region", "endpoint", "durationSeconds"])]: values() }),
    () => new api.SignableRequest({ method: values(), url: values(), headers: values() }).prepare(identity, values()),
    () => api.canonicalRequest({ method: values(), path: values(), headers: values() }),
    () => api.stringToSign({ algorithm: values(), now: values() }),
    () => session.prepare(identity, values()).finish(values(), values()),
    () => session.parseResponse(values(), values(), values(), values()),
    () => identity.findings(values(), values()),
    () => api.verifySignature(identity, values(), values(), values()),
    () => api.resolveOptions({ arguments: values(), environment: values() }),
    () => refresh.poll(values()),
    () => refresh.onFailure(values(), { code: values() }, { unixMillis: values(), monotonicMillis: 0 }, values()),
  ];
  const codes = new Set(api.errorCodes().map(({ code }) => code));
  let refused = 0;
  for (let round = 0; round < 10_000; round++) {
    try {
      pick(calls)();
    } catch (error) {
      refused++;
      assert.ok(error instanceof api.RolesAnywhereError, String(error?.stack ?? error));
      assert.ok(codes.has(error.code) && error.code !== "panic", error.stack);
    }
  }
  assert.ok(refused > 5000, `${refused} refused`);
  assert.equal(session.prepare(identity, 1_795_240_400).signedHeaders, "content-type;host;x-amz-date;x-amz-x509");
});
