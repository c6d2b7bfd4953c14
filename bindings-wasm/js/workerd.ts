/** Cloudflare's runtime: the module is an import, compiled before the worker starts. */
// @ts-expect-error: bundlers and the runtime know what this is.
import module from "rolesanywhere-wasm-module";
import { load } from "./core.js";

export * from "./api.js";

load(module as WebAssembly.Module);

/** Does nothing here: for programs that run in browsers too. */
export default async function init(): Promise<void> {}
