// One file that runs every case without Node, and what it asks for.
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { cases } from "../../../bindings-node/test/conformance/vectors.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Writes the bundle beside the package's files, from which it gets its module. */
export async function bundle(outfile, conditions) {
  const { metafile } = await build({
    entryPoints: [here("run.mjs")],
    bundle: true,
    format: "esm",
    target: "es2022",
    outfile: here(`../../dist/rsa/${outfile}`),
    conditions,
    metafile: true,
    external: ["*.wasm", "node:fs"],
    inject: [here("buffer.mjs")],
    alias: { "node:crypto": here("buffer.mjs"), "node:util": here("buffer.mjs") },
    plugins: [{ name: "vectors", setup: vectorsOfTheBrowser }],
  });
  return metafile;
}

function vectorsOfTheBrowser({ onResolve }) {
  onResolve({ filter: /\/vectors\.mjs$/ }, () => ({ path: here("vectors.mjs") }));
}

/** All cases, and the fixtures in hex. */
export function vectors() {
  const root = new URL("../../../conformance/fixtures/", import.meta.url);
  const files = readdirSync(root, { recursive: true, withFileTypes: true });
  const names = files
    .filter((file) => file.isFile())
    .map((file) => `${file.parentPath ?? file.path}/${file.name}`);
  const prefix = fileURLToPath(root);
  const fixtures = names.map((name) => [name.slice(prefix.length).replace(/^\//, ""), readFileSync(name, "hex")]);
  return { cases: cases(), fixtures: Object.fromEntries(fixtures) };
}

const TYPES = { html: "text/html", mjs: "text/javascript", wasm: "application/wasm" };

/** Serves the bundle, the module and an empty page. */
export async function serve() {
  const server = createServer(({ url }, response) => {
    if (url === "/") {
      response.setHeader("content-type", "text/html").end("<!doctype html><title>vectors</title>");
      return;
    }
    const file = createReadStream(here(`../../dist/rsa${url}`));
    file.on("error", () => response.writeHead(404).end());
    response.setHeader("content-type", TYPES[url.split(".").pop()] ?? "application/octet-stream");
    file.pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
