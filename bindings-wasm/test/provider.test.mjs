// The host loop with a service that is told what to answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { fromRolesAnywhere, PrivateKey, RolesAnywhereError } from "rolesanywhere-wasm";
import { fixture, World } from "./service.mjs";

const refusal = () => Response.json({ message: "no" }, { status: 403 });

test("one request however many ask, and none while they are fresh", async () => {
  const world = new World();
  const provider = fromRolesAnywhere(world.options());
  const all = await Promise.all(Array.from({ length: 50 }, () => provider()));
  assert.equal(world.requests.length, 1);
  assert.ok(all.every(({ accessKeyId }) => accessKeyId === "ASIA1"));
  world.seconds = 2000;
  assert.equal((await provider()).accessKeyId, "ASIA1");
  assert.equal(world.requests.length, 1);
});

test("the SDK is told to ask when a refresh is due", async () => {
  const world = new World();
  const provider = fromRolesAnywhere(world.options());
  const { expiration, accountId } = await provider();
  assert.equal(world.secondsUntil(expiration), 2400 + 300);
  assert.equal(world.secondsUntil(provider.nextRefresh), 2400);
  assert.equal(accountId, "111122223333");
  world.seconds = 2401;
  assert.equal((await provider()).accessKeyId, "ASIA2");
});

test("valid credentials are served when a refresh fails", async () => {
  const world = new World();
  const events = [];
  const provider = fromRolesAnywhere(world.options({ onEvent: ({ name }) => events.push(name) }));
  await provider();
  world.seconds = 3000;
  world.replies = [new TypeError("fetch failed")];
  assert.equal((await provider()).accessKeyId, "ASIA1");
  assert.deepEqual(events, ["refreshed", "refresh_failed"]);
  world.seconds = 3599;
  world.replies = [refusal()];
  assert.equal((await provider()).accessKeyId, "ASIA1");
  world.seconds = 3700;
  world.replies = [refusal()];
  await assert.rejects(provider(), { code: "service_refused", status: 403, tryNextLink: false });
});

test("refresh, invalidate and close", async () => {
  const world = new World();
  const provider = fromRolesAnywhere(world.options());
  await provider();
  assert.equal((await provider.refresh()).accessKeyId, "ASIA2");
  provider.invalidate();
  assert.equal((await provider()).accessKeyId, "ASIA3");
  provider.close();
  await assert.rejects(provider(), { code: "provider_closed" });
});

test("a chain goes on only where nothing is configured", async () => {
  await assert.rejects(fromRolesAnywhere({})(), { code: "option_missing", tryNextLink: true });
  const half = fromRolesAnywhere({ roleArn: "arn:aws:iam::111122223333:role/app" });
  await assert.rejects(half(), { code: "option_missing", tryNextLink: false });
  const typo = fromRolesAnywhere({ ...new World().options(), rolArn: "x" });
  await assert.rejects(typo(), { code: "option_unknown" });
});

test("a function signs, and what it throws is the cause", async () => {
  const world = new World();
  const cause = new Error("the user said no");
  const provider = fromRolesAnywhere(
    world.options({
      privateKey: undefined,
      sign: () => {
        throw cause;
      },
    }),
  );
  await assert.rejects(provider(), (error) => {
    assert.ok(error instanceof RolesAnywhereError);
    assert.equal(error.code, "signing_failed");
    assert.equal(error.cause, cause);
    return true;
  });
  assert.equal(world.requests.length, 0);
});

test("a signature that does not verify is not sent", async () => {
  const world = new World();
  const sign = () => ({ signature: new Uint8Array(64).fill(1), encoding: "raw" });
  const provider = fromRolesAnywhere(world.options({ privateKey: undefined, sign }));
  await assert.rejects(provider(), { code: "signature_invalid" });
  assert.equal(world.requests.length, 0);
});

test("an identity is asked for at each refresh", async () => {
  const world = new World();
  let curve = "p256";
  const identity = async () => ({
    certificate: fixture(`pki/${curve}/leaf.pem`),
    privateKey: fixture(`pki/${curve}/key.pem`),
  });
  const names = [];
  const more = { certificate: undefined, privateKey: undefined, identity };
  const provider = fromRolesAnywhere(
    world.options({ ...more, onEvent: ({ name }) => names.push(name) }),
  );
  await provider();
  curve = "p384";
  await provider.refresh();
  assert.deepEqual(names, ["refreshed", "identity_changed", "refreshed"]);
});

test("a signer that does not answer is given up after five seconds while credentials are valid", async () => {
  const world = new World();
  const events = [];
  const key = PrivateKey.fromPem(fixture("pki/p256/key.pem"));
  let sign = ({ message }) => key.sign(message);
  const provider = fromRolesAnywhere(
    world.options({
      privateKey: undefined,
      sign: (request) => sign(request),
      onEvent: ({ error }) => events.push(error?.code),
    }),
  );
  await provider();
  world.seconds = 3000;
  sign = () => new Promise(() => {});
  assert.equal((await provider()).accessKeyId, "ASIA1");
  assert.deepEqual(events, [undefined, "timeout"]);
});

test("credentials print without secrets", async () => {
  const printed = inspect(await fromRolesAnywhere(new World().options())());
  assert.match(printed, /ASIA1/);
  assert.doesNotMatch(printed, /secret|token/);
});
