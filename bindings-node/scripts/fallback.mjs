// node scripts/fallback.mjs MODULE: puts the WebAssembly module beside the JavaScript that loads it, packed:
// most installations never need it.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const packed = gzipSync(readFileSync(process.argv[2]), { level: 9 });
writeFileSync(new URL('../dist/fallback/rolesanywhere_core_rsa.wasm.gz', import.meta.url), packed);
