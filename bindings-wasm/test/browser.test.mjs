// The same cases in a real browser, in a page and in a worker.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { CHROMIUM, launch } from "./browser/launch.mjs";
import { bundle, serve, vectors } from "./browser/bundle.mjs";

const skip = existsSync(CHROMIUM) ? false : "there is no /usr/bin/chromium (Debian's `chromium`)";

test("every case in Chromium, in a page and in a worker", { skip }, async () => {
  await bundle("vectors.mjs", ["browser"]);
  const server = await serve();
  const browser = await launch(chromium);
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const asked = vectors();
    write("wasm-chromium", await page.evaluate(inPage, asked));
    write("wasm-chromium-worker", await page.evaluate(inWorker, asked));
  } finally {
    await browser.close();
    server.close();
  }
});

async function inPage(asked) {
  await import("/vectors.mjs");
  return globalThis.run(asked);
}

function inWorker(asked) {
  const worker = new Worker("/vectors.mjs", { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(asked);
  });
}

function write(runner, { results }) {
  const directory = new URL("../../target/conformance/", import.meta.url);
  mkdirSync(directory, { recursive: true });
  const text = JSON.stringify({ version: 1, runner, results });
  writeFileSync(new URL(`results-${runner}.json`, directory), text);
  const failed = results.filter(({ outcome }) => outcome !== "passed");
  assert.deepEqual(failed.map(({ id }) => id), []);
  assert.ok(results.length > 900, `${results.length} cases`);
}
