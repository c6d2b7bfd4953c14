// Writes `dist/index.mjs`: the same objects as `dist/index.js`, so that a program that uses both
// module systems has each class once.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';

const names = Object.keys(createRequire(import.meta.url)('../dist/index.js')).sort();
const list = names.map((name) => `  ${name},\n`).join('');
const module = `import module from './index.js';\n\nexport const {\n${list}} = module;\n`;
writeFileSync(new URL('../dist/index.mjs', import.meta.url), module);
writeFileSync(new URL('../dist/index.d.mts', import.meta.url), "export * from './index.js';\n");
