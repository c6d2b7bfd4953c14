// Writes `lib/native.d.ts` from what napi-derive tells while the module is compiled, or compares it:
// node scripts/native-types.mjs TYPEDEFS [--check]
import { readFileSync, writeFileSync } from 'node:fs';

const HEAD = '// Written by scripts/native-types.mjs from native/src; do not edit.\n';
const target = new URL('../lib/native.d.ts', import.meta.url);

const [source, mode] = process.argv.slice(2);
const text = HEAD + declarations(readFileSync(source, 'utf8')).join('\n');
if (mode !== '--check') {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('lib/native.d.ts is not what native/src says: `cargo xtask node-types` writes it');
  process.exit(1);
}

function declarations(lines) {
  const items = lines.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const members = new Map(items.filter(({ kind }) => kind === 'impl').map(({ name, def }) => [name, def]));
  return items
    .filter(({ kind }) => kind !== 'impl')
    .map(({ kind, name, js_doc, def }) => js_doc + declaration(kind, name, kind === 'struct' ? members.get(name) : def))
    .sort((one, other) => order(one).localeCompare(order(other), 'en'));
}

function declaration(kind, name, def = '') {
  switch (kind) {
    case 'fn':
      return `export declare ${def}\n`;
    case 'interface':
      return `export interface ${name} {\n${block(def.replace(/^(\w+\?: .*)$/gm, '$1 | undefined'))}}\n`;
    case 'struct':
      return `export declare class ${name} {\n${block(def)}}\n`;
    default:
      throw new Error(`a declaration of kind ${kind} is not known`);
  }
}

function block(def) {
  return def.split('\n').filter(Boolean).map((line) => `  ${line.trim()}\n`).join('');
}

/** By name, since the compiler's order is that of the files. */
function order(text) {
  return text.match(/^export .*/m)[0].replace(/^export (declare )?/, '');
}
