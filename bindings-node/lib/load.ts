import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import type * as Native from './native.js';

/** What the native module gives. @internal */
export type NativeModule = typeof Native;

/** What does the work: the native module of this platform, or WebAssembly in its place. */
export type Implementation = 'native' | 'webassembly';

let loaded: { module: NativeModule; implementation: Implementation } | undefined;

/**
 * The native module, or what stands in for it, loaded when first needed: importing this package loads none.
 *
 * @internal
 */
export function native(): NativeModule {
  loaded ??= load();
  return loaded.module;
}

/**
 * What does the work in this process: the native module, or WebAssembly where there is none, where it
 * does not load (another libc) or may not (`--no-addons`, the permission model). WebAssembly gives the
 * same answers; it takes longer, and derives keys and signs on the event loop.
 *
 * @throws Error where neither is there
 */
export function implementation(): Implementation {
  native();
  return loaded?.implementation ?? 'native';
}

/** The module beside this package, where it was built; else the package of this platform; else WebAssembly. */
function load(): { module: NativeModule; implementation: Implementation } {
  // Bundled as an ES module this has no file name of its own; a function's directory is where it runs.
  const hasName = typeof __filename === 'string' && isAbsolute(__filename);
  const require = createRequire(hasName ? __filename : join(process.cwd(), 'index.js'));
  const names = platforms();
  const reasons: unknown[] = [];
  for (const place of names.flatMap((name) => [`../rolesanywhere.${name}.node`, `rolesanywhere-${name}`])) {
    try {
      return { module: require(place) as NativeModule, implementation: 'native' };
    } catch (error) {
      reasons.push(error);
    }
  }
  try {
    const { fallback } = require('./fallback/module.js') as typeof import('./fallback/module.js');
    return { module: fallback(), implementation: 'webassembly' };
  } catch {
    // In a bundle it is left out; the package of the platform is what to add there.
  }
  const message =
    `rolesanywhere has no native module for ${process.platform} ${process.arch} here, and no WebAssembly ` +
    `in its place: install the package ${names.map((name) => `rolesanywhere-${name}`).join(' or ')}`;
  throw new Error(message, { cause: reasons });
}

/**
 * `linux-x64-gnu`, `darwin-arm64`, … as the packages of native modules are called. On Linux npm installs
 * the one for the libc at hand, and the other one does not load; to ask Node which it is takes 20 ms.
 */
function platforms(): string[] {
  const { platform, arch } = process;
  if (platform === 'linux') return [`linux-${arch}-gnu`, `linux-${arch}-musl`];
  return [platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`];
}
