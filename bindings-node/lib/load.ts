import { createRequire } from 'node:module';
import type * as Native from './native.js';

/** What the native module gives. */
export type NativeModule = typeof Native;

let loaded: NativeModule | undefined;

/** The native module, loaded when it is first needed. */
export function native(): NativeModule {
  loaded ??= load();
  return loaded;
}

function load(): NativeModule {
  const require = createRequire(__filename);
  return require(`../rolesanywhere.${platform()}.node`) as NativeModule;
}

/** `linux-x64-gnu`, `darwin-arm64`, … as the packages of native modules are called. */
function platform(): string {
  const { platform, arch } = process;
  return platform === 'linux' ? `${platform}-${arch}-${isMusl() ? 'musl' : 'gnu'}` : `${platform}-${arch}`;
}

/** Node says in its report which libc it runs on. */
function isMusl(): boolean {
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return report?.header?.glibcVersionRuntime === undefined;
}
