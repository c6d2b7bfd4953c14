// Measures in Node: medians of the built package, in milliseconds.
import { readFileSync } from "node:fs";
import * as api from "../dist/rsa/node.mjs";

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
  const key = api.PrivateKey.fromPem(fixture(`pki/${name}/key.pem`));
  const first = performance.now();
  key.sign(message);
  const once = (performance.now() - first).toFixed(3);
  timed(`sign ${name} (first: ${once})`, 60, () => key.sign(message));
}
const identity = api.Identity.fromPem(fixture("pki/p256/leaf.pem"));
const arn = "arn:aws:rolesanywhere:us-east-1:111122223333:";
const session = new api.CreateSession({
  trustAnchorArn: `${arn}trust-anchor/a`,
  profileArn: `${arn}profile/b`,
  roleArn: "arn:aws:iam::111122223333:role/c",
});
timed("prepare a CreateSession", 500, () => session.prepare(identity, NOW));
