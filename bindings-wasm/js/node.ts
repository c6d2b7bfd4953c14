/** Node, Deno and Bun: the module is a file beside this one, ready when it is imported. */
import { readFileSync } from "node:fs";
import { load } from "./core.js";

export * from "./api.js";

declare const WASM_FILE: string;
declare const HERE: string;

load(new WebAssembly.Module(readFileSync(new URL(WASM_FILE, HERE))));

/** Does nothing here: for programs that run in browsers too. */
export default async function init(): Promise<void> {}
