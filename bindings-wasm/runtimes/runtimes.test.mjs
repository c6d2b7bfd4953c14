// Every case in the real Deno, Bun and workerd, whose npm packages carry the programs.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { bundle, vectors } from "../test/browser/bundle.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const PROGRAMS = {
  deno: path("node_modules/@deno/linux-x64-glibc/deno"),
  bun: path("node_modules/@oven/bun-linux-x64/bin/bun"),
  workerd: path("node_modules/@cloudflare/workerd-linux-64/bin/workerd"),
};
const LARGE = { maxBuffer: 2 ** 28, encoding: "utf8" };

function runtime(name, run) {
  const skip = existsSync(PROGRAMS[name]) ? false : `${name} has no program for this machine in npm`;
  test(`every case in ${name}`, { skip }, async () => {
    await bundle(`vectors-${name}.mjs`, [name]);
    const { results } = JSON.parse(await run());
    const directory = new URL("../../target/conformance/", import.meta.url);
    mkdirSync(directory, { recursive: true });
    const text = JSON.stringify({ version: 1, runner: `wasm-${name}`, results });
    writeFileSync(new URL(`results-wasm-${name}.json`, directory), text);
    const failed = results.filter(({ outcome }) => outcome !== "passed");
    assert.deepEqual(failed.map(({ id }) => id), []);
    assert.ok(results.length > 900, `${results.length} cases`);
  });
}

/** A program that reads the vectors and prints the results. */
function script(name, ...flags) {
  const file = path(`../dist/rsa/run-${name}.mjs`);
  writeFileSync(path(`../dist/rsa/vectors.json`), JSON.stringify(vectors()));
  writeFileSync(
    file,
    `import { readFileSync } from "node:fs";
     import "./vectors-${name}.mjs";
     const asked = JSON.parse(readFileSync(new URL("./vectors.json", import.meta.url), "utf8"));
     console.log(JSON.stringify(await globalThis.run(asked)));`,
  );
  const { stdout, stderr, status } = spawnSync(PROGRAMS[name], [...flags, file], LARGE);
  assert.equal(status, 0, stderr);
  return stdout;
}

runtime("deno", () => script("deno", "run", "--no-config", "--allow-read"));
runtime("bun", () => script("bun", "run"));

runtime("workerd", async () => {
  const directory = path("../dist/rsa");
  writeFileSync(
    `${directory}/worker.mjs`,
    `import "./vectors-workerd.mjs";
     export default { fetch: async (request) => Response.json(await globalThis.run(await request.json())) };`,
  );
  writeFileSync(
    `${directory}/config.capnp`,
    `using Workerd = import "/workerd/workerd.capnp";
     const config :Workerd.Config = (
       services = [(name = "main", worker = .worker)],
       sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
     );
     const worker :Workerd.Worker = (
       compatibilityDate = "2026-11-01",
       modules = [
         (name = "worker.mjs", esModule = embed "worker.mjs"),
         (name = "vectors-workerd.mjs", esModule = embed "vectors-workerd.mjs"),
         (name = "rolesanywhere_core_rsa.wasm", wasm = embed "rolesanywhere_core_rsa.wasm"),
       ]
     );`,
  );
  const flags = ["serve", "config.capnp", "--control-fd=3"];
  const stdio = ["ignore", "inherit", "inherit", "pipe"];
  const worker = spawn(PROGRAMS.workerd, flags, { cwd: directory, stdio });
  try {
    const port = await new Promise((resolve, reject) => {
      worker.on("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
      worker.stdio[3].on("data", (line) => resolve(JSON.parse(line).port));
    });
    const body = JSON.stringify(vectors());
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body });
    return await response.text();
  } finally {
    worker.kill();
  }
});
