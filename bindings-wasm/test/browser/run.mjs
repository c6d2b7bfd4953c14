// Every case, wherever this is run: a page, a worker, another runtime.
import init, * as api from "rolesanywhere-wasm/rsa";
import { judge } from "../../../bindings-node/test/conformance/judge.mjs";
import { operations } from "../../../bindings-node/test/conformance/operations.mjs";
import { subject } from "../subject.mjs";
import { cases, put } from "./vectors.mjs";

export async function run(vectors) {
  put(vectors);
  await init();
  const asked = operations(subject(api));
  const started = performance.now();
  const results = cases().map((vector) => judge(vector, asked[vector.operation]));
  return { results, millis: performance.now() - started };
}

globalThis.run = run;
// In a browser's worker: asked by a message.
if (typeof WorkerGlobalScope !== "undefined" && typeof globalThis.importScripts === "function") {
  globalThis.onmessage = async ({ data }) => globalThis.postMessage(await run(data));
}
