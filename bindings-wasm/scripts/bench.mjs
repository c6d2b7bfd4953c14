// Measures in Node: medians of the built package, in milliseconds.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as api from "../dist/node.mjs";
import * as withRsa from "../dist/rsa/node.mjs";

const fixture = (name) => readFileSync(new URL(`../../conformance/fixtures/${name}`, import.meta.url));
const NOW = 1_795_240_400;

function median(times) {
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
}

function timed(name, runs, run) {
  const times = [];
  for (let at = 0; at < runs; at++) {
    const started = performance.now();
    run();
    times.push(performance.now() - started);
  }
  console.log(`| ${name} | ${median(times).toFixed(3)} | ${Math.min(...times).toFixed(3)} |`);
}

console.log("| Node, ms | median | least |\n|---|---|---|");
for (const name of ["rolesanywhere_core", "rsa/rolesanywhere_core_rsa"]) {
  const bytes = readFileSync(new URL(`../dist/${name}.wasm`, import.meta.url));
  timed(`compile and instantiate ${name}`, 20, () => new WebAssembly.Instance(new WebAssembly.Module(bytes), {}));
}
timed("a call that does nothing: version", 2000, () => api.version());
const message = new Uint8Array(200).fill(97);
for (const name of ["p256", "p384", "p521", "mldsa65", "rsa2048"]) {
  // Tables are built and code is compiled at first use, by loading the key already.
  const first = performance.now();
  const { PrivateKey } = name === "rsa2048" ? withRsa : api;
  const key = PrivateKey.fromPem(fixture(`pki/${name}/key.pem`));
  key.sign(message);
  const once = (performance.now() - first).toFixed(3);
  timed(`sign ${name} (loaded and signed for the first time: ${once})`, 60, () => {
    // How often ML-DSA tries follows from the message.
    message[0]++;
    key.sign(message);
  });
}
const identity = api.Identity.fromPem(fixture("pki/p256/leaf.pem"));
const arn = "arn:aws:rolesanywhere:us-east-1:111122223333:";
const session = new api.CreateSession({
  trustAnchorArn: `${arn}trust-anchor/a`,
  profileArn: `${arn}profile/b`,
  roleArn: "arn:aws:iam::111122223333:role/c",
});
timed("prepare a CreateSession", 500, () => session.prepare(identity, NOW));
const signFunction = await providersSignFunction();
await byWebCrypto("rsa2048", { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, "der");
await byWebCrypto("p256", { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }, "raw");

/** The bare signature, the same as a provider asks a key for it, and a signed CreateSession, in turns. */
async function byWebCrypto(name, algorithm, encoding) {
  const { privateKey } = await crypto.subtle.generateKey(
    { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    false,
    ["sign"],
  );
  const identity = api.Identity.fromPem(fixture(`pki/${name}/leaf.pem`));
  const { request } = session.prepare(identity, NOW);
  const asked = signFunction({}, privateKey);
  const signed = async () => {
    const pending = session.prepare(identity, NOW);
    const signature = await crypto.subtle.sign(algorithm, privateKey, pending.request.message);
    return pending.finish(new Uint8Array(signature), encoding);
  };
  const times = [[], [], []];
  for (let round = 0; round < 300; round++) {
    times[0].push(await lasting(() => crypto.subtle.sign(algorithm, privateKey, request.message)));
    times[1].push(await lasting(() => asked(request)));
    times[2].push(await lasting(signed));
  }
  const [bare, provider, whole] = times.map(median);
  const told = [provider, whole].map((time) => `${time.toFixed(3)} (${(time / bare).toFixed(2)})`);
  const title = `${name} by WebCrypto: bare / a provider's / a whole CreateSession`;
  console.log(`| ${title} | ${bare.toFixed(3)} / ${told.join(" / ")} | |`);
}

/** `host/sign.ts`, which the package keeps to itself. */
async function providersSignFunction() {
  const entryPoints = [fileURLToPath(new URL("../host/sign.ts", import.meta.url))];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", write: false });
  const { signFunction } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return signFunction;
}

async function lasting(run) {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
