/** Browsers and everybody else: the module is fetched, once. */
import { beforeUse } from "./api.js";
import { load } from "./core.js";

export * from "./api.js";

declare const WASM_FILE: string;

let loading: Promise<void> | undefined;

/**
 * Fetches and compiles the module; the low-level classes need that first, `fromRolesAnywhere` does it
 * by itself.
 *
 * @param source - where the module is, or the module; default: beside this file
 */
export default function init(
  source?: URL | string | Response | BufferSource | WebAssembly.Module,
): Promise<void> {
  loading ??= compile(source ?? new URL(WASM_FILE, import.meta.url)).then(load);
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

beforeUse(init);

async function compile(
  source: URL | string | Response | BufferSource | WebAssembly.Module,
): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return WebAssembly.compile(source as BufferSource);
  }
  const response = source instanceof Response ? source : await fetch(source);
  return WebAssembly.compile(await response.arrayBuffer());
}
