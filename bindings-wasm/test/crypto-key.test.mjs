// WebCrypto keys that cannot be exported, in place of a private key.
import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { test } from "node:test";
import { fromRolesAnywhere, Identity, verifySignature } from "rolesanywhere-wasm/rsa";
import { fixture, World } from "./service.mjs";

const pkcs8 = (name) =>
  createPrivateKey(fixture(`pki/${name}/key.pem`)).export({ format: "der", type: "pkcs8" });

const imported = (name, algorithm, usages = ["sign"]) =>
  crypto.subtle.importKey("pkcs8", pkcs8(name), algorithm, false, usages);

const ALGORITHMS = {
  p256: { name: "ECDSA", namedCurve: "P-256" },
  p384: { name: "ECDSA", namedCurve: "P-384" },
  p521: { name: "ECDSA", namedCurve: "P-521" },
  rsa2048: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
};

const provider = (world, name, sign) =>
  fromRolesAnywhere(
    world.options({ certificate: fixture(`pki/${name}/leaf.pem`), privateKey: undefined, sign }),
  );

for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
  test(`${name} signs, and its signature is in the request`, async () => {
    const world = new World();
    const key = await imported(name, algorithm);
    assert.equal(key.extractable, false);
    await provider(world, name, key)();
    const [, authorization] = world.requests[0].headers.find(([it]) => it === "Authorization");
    assert.match(authorization, /^AWS4-X509-(RSA|ECDSA)-SHA256 Credential=\d+\/.*, Signature=[0-9a-f]+$/);
  });
}

test("what WebCrypto signs, the core verifies", async () => {
  for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
    const key = await imported(name, algorithm);
    const how = algorithm.namedCurve ? { name: "ECDSA", hash: "SHA-256" } : algorithm.name;
    const message = new TextEncoder().encode("message");
    const signature = new Uint8Array(await crypto.subtle.sign(how, key, message));
    const leaf = Identity.fromPem(fixture(`pki/${name}/leaf.pem`));
    verifySignature(leaf, message, signature, algorithm.namedCurve ? "raw" : "der");
    signature[20] ^= 1;
    assert.throws(() => verifySignature(leaf, message, signature, algorithm.namedCurve ? "raw" : "der"), {
      code: "signature_invalid",
    });
  }
});

test("keys for something else are refused by name, and nothing is sent", async () => {
  const refused = [
    [await imported("rsa2048", { name: "RSA-PSS", hash: "SHA-256" }), "option_invalid", /RSA-PSS/],
    [
      await imported("rsa2048", { name: "RSASSA-PKCS1-v1_5", hash: "SHA-512" }),
      "option_invalid",
      /RSASSA-PKCS1-v1_5 with SHA-512/,
    ],
    [
      await imported("p256", { name: "ECDH", namedCurve: "P-256" }, ["deriveBits"]),
      "option_invalid",
      /without the usage `sign`/,
    ],
    [
      (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]))
        .publicKey,
      "option_invalid",
      /a public CryptoKey/,
    ],
    ["leaf.key", "option_invalid", /sign/],
    [42, "option_invalid", /sign/],
  ];
  for (const [key, code, message] of refused) {
    const world = new World();
    await assert.rejects(provider(world, "p256", key)(), { code, message });
    assert.equal(world.requests.length, 0);
  }
});

test("a key of another curve than the certificate's is the cause", async () => {
  const key = await imported("p384", ALGORITHMS.p384);
  await assert.rejects(provider(new World(), "p256", key)(), (error) => {
    assert.equal(error.code, "signing_failed");
    assert.equal(error.cause.code, "key_mismatch");
    return true;
  });
});
