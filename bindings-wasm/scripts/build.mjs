// From TypeScript and the two modules to what the npm package holds, under dist/.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const [modules] = process.argv.slice(2);
const FLAVOURS = { "": "rolesanywhere_core", "rsa/": "rolesanywhere_core_rsa" };

rmSync("dist", { recursive: true, force: true });
for (const [folder, name] of Object.entries(FLAVOURS)) {
  mkdirSync(`dist/${folder}`, { recursive: true });
  const file = `./${name}.wasm`;
  copyFileSync(`${modules}/${name}.wasm`, `dist/${folder}${file}`);
  const common = {
    bundle: true,
    target: "es2022",
    legalComments: "none",
    keepNames: true,
    define: { WASM_FILE: JSON.stringify(file), HERE: "import.meta.url" },
  };
  const entry = (source, outfile, more = {}) =>
    build({
      ...common,
      entryPoints: [`js/${source}.ts`],
      outfile: `dist/${folder}${outfile}`,
      format: "esm",
      ...more,
    });
  await entry("node", "node.mjs", { platform: "node" });
  await entry("node", "node.cjs", {
    platform: "node",
    format: "cjs",
    define: { ...common.define, HERE: "HERE_URL" },
    banner: { js: 'const HERE_URL = require("node:url").pathToFileURL(__filename);' },
  });
  await entry("web", "web.mjs");
  await entry("workerd", "workerd.mjs", { external: ["*.wasm"], plugins: [moduleImport(file)] });
}
writeFileSync("dist/node.d.cts", 'export * from "./types/js/node.js";\n');

/** The import of the module stays an import, of this flavour's file. */
function moduleImport(file) {
  return {
    name: "module",
    setup(builder) {
      builder.onResolve({ filter: /^rolesanywhere-wasm-module$/ }, () => ({
        path: file,
        external: true,
      }));
    },
  };
}
