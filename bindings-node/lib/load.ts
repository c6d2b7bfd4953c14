import { createRequire } from 'node:module';
import type * as Native from './native.js';

/** What the native module gives. */
export type NativeModule = typeof Native;

let loaded: NativeModule | undefined;

/** The native module, loaded when it is first needed: importing this package loads none. */
export function native(): NativeModule {
  loaded ??= load();
  return loaded;
}

/** The module beside this package, where it was built; else the package of this platform. */
function load(): NativeModule {
  const require = createRequire(__filename);
  const name = platform();
  const reasons: unknown[] = [];
  for (const place of [`../rolesanywhere.${name}.node`, `rolesanywhere-${name}`]) {
    try {
      return require(place) as NativeModule;
    } catch (error) {
      reasons.push(error);
    }
  }
  const message =
    `rolesanywhere has no native module for ${name} here: ` +
    `install the package rolesanywhere-${name}, which npm leaves out with --omit=optional`;
  throw new Error(message, { cause: reasons.at(-1) });
}

/** `linux-x64-gnu`, `darwin-arm64`, … as the packages of native modules are called. */
function platform(): string {
  const { platform, arch } = process;
  const abi = platform === 'linux' ? (isMusl() ? '-musl' : '-gnu') : platform === 'win32' ? '-msvc' : '';
  return `${platform}-${arch}${abi}`;
}

/** Node says in its report which libc it runs on. */
function isMusl(): boolean {
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return report !== undefined && report.header?.glibcVersionRuntime === undefined;
}
