// node test/runtimes/runtimes.mjs NAME PROGRAM [ARGUMENT…]: runs the package under another runtime.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emulator } from '../support/emulator.mjs';

const [name, program, ...args] = process.argv.slice(2);
const script = fileURLToPath(new URL('credentials.mjs', import.meta.url));

test(`${name} gets credentials with one CreateSession`, async () => {
  const world = await emulator();
  try {
    const child = spawn(program, [...args, script], { env: { ...process.env, OPTIONS: JSON.stringify(world.options) } });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0, output);
    assert.match(output, /^\d+\.\d+\.\d+ ASIA/m);
    assert.equal((await world.sessions()).length, 1);
  } finally {
    await world.close();
  }
});
