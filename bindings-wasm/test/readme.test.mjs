// Runs the snippets of the README, with a service that grants what it is asked.
import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { ARNS, fixture, World } from "./service.mjs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const snippets = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);

const key = createPrivateKey(fixture("pki/p256/key.pem")).export({ format: "der", type: "pkcs8" });
const ecdsa = { name: "ECDSA", namedCurve: "P-256" };

test("every snippet runs", async () => {
  const world = new World();
  // The snippets go by the true time.
  world.seconds = Math.floor(Date.now() / 1000) - 1_795_240_400;
  Object.assign(globalThis, ARNS, {
    certificatePem: fixture("pki/p256/leaf.pem").toString(),
    cryptoKey: await crypto.subtle.importKey("pkcs8", key, ecdsa, false, ["sign"]),
    fetch: (url, request) => world.answer(url, request),
  });
  const directory = mkdtempSync(new URL("../dist/readme-", import.meta.url).pathname);
  try {
    for (const [number, code] of snippets.entries()) {
      writeFileSync(`${directory}/${number}.mjs`, code);
      await import(`${directory}/${number}.mjs`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  assert.equal(snippets.length, 3);
  assert.equal(world.requests.length, 1);
});

test("CommonJS gets the same names", async () => {
  const { createRequire } = await import("node:module");
  const required = createRequire(import.meta.url)("rolesanywhere-wasm");
  const imported = await import("rolesanywhere-wasm");
  assert.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort());
  assert.match(required.version(), /^\d+\.\d+\.\d+$/);
});

test("neither browsers' nor workers' entry imports anything of Node", () => {
  for (const entry of ["web", "workerd", "rsa/web", "rsa/workerd"]) {
    const code = readFileSync(new URL(`../dist/${entry}.mjs`, import.meta.url), "utf8");
    const imports = [...code.matchAll(/(?:from|import|require)\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name);
    const expected = entry.endsWith("workerd") ? [/^\.\/rolesanywhere_core(_rsa)?\.wasm$/] : [];
    assert.equal(imports.length, expected.length, imports.join());
    expected.forEach((pattern, at) => assert.match(imports[at], pattern));
  }
});
