// Runs every snippet of the README. What asks AWS is not asked: a snippet makes its objects and ends.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emulator } from './support/emulator.mjs';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const snippets = [...readme.matchAll(/^```(js|cjs)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
const directory = fileURLToPath(new URL('../.readme/', import.meta.url));
let world;

before(async () => {
  world = await emulator();
  mkdirSync(directory, { recursive: true });
  for (const name of ['leaf.pem', 'leaf-key.pem']) copyFileSync(world.path(name), `${directory}${name}`);
});

after(async () => {
  rmSync(directory, { recursive: true, force: true });
  await world.close();
});

test('the README has snippets', () => assert.ok(snippets.length >= 8, String(snippets.length)));

for (const [index, { language, code }] of snippets.entries()) {
  const [title] = /(?:import|require).*'rolesanywhere'/.exec(code) ?? [`snippet ${index}`];
  test(`README ${index + 1}: ${title}`, () => {
    const file = `${directory}snippet-${index}.${language === 'js' ? 'mjs' : 'cjs'}`;
    // Its files are somebody else's: the emulator's stand in for them.
    const own = code.replace(/\/etc\/pki\/(fullchain|leaf|chain)\.pem/g, world.path('leaf.pem')).replaceAll('/etc/pki/key.pem', world.path('leaf-key.pem'));
    writeFileSync(file, own);
    const env = { PATH: process.env.PATH, HOME: directory, AWS_EC2_METADATA_DISABLED: 'true' };
    const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', env, cwd: directory });
    assert.equal(status, 0, stderr);
  });
}
