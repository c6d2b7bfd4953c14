// What a process may do while a refresh is pending.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fromRolesAnywhere } from 'rolesanywhere';
import { emulator } from './support/emulator.mjs';

const passphrase = 'correct horse';
const packageDirectory = fileURLToPath(new URL('..', import.meta.url));
let world;

before(async () => {
  world = await emulator({ keyType: 'rsa4096' });
  // 16 MiB and a tenth of a second of work.
  const scrypt = ['-scrypt', '-scrypt_N', '16384', '-passout', `pass:${passphrase}`];
  execFileSync('openssl', ['pkcs8', '-topk8', ...scrypt, '-in', world.path('leaf-key.pem'), '-out', world.path('encrypted.pem')]);
});

after(() => world.close());

/** A program of its own; ends by itself or is told to. */
function run(program, options) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: packageDirectory,
    env: { ...process.env, OPTIONS: JSON.stringify(options) },
    timeout: 60_000,
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, output })));
}

const head = `
  import { fromRolesAnywhere } from 'rolesanywhere';
  const provider = fromRolesAnywhere(JSON.parse(process.env.OPTIONS));
`;

test('the event loop turns while a key is derived', async () => {
  const options = { ...world.options, privateKey: world.path('encrypted.pem'), privateKeyPassphrase: passphrase };
  let turns = 0;
  let pending = true;
  const count = () => {
    turns += 1;
    if (pending) setImmediate(count);
  };
  setImmediate(count);
  assert.match((await fromRolesAnywhere(options)()).accessKeyId, /^ASIA/);
  pending = false;
  // The loop's own work is a handful of turns; hundreds mean that it did not stand still.
  assert.ok(turns > 50, String(turns));
});

test('a process exits while a reply is awaited', async () => {
  await world.fault({ hang: true, count: 1, operation: 'CreateSession' });
  const { code, output } = await run(`${head}
    provider().catch(() => {});
    setTimeout(() => process.exit(7), 300);`, world.options);
  assert.equal(code, 7, output);
});

test('a process exits while a key is derived', async () => {
  const options = { ...world.options, privateKey: world.path('encrypted.pem'), privateKeyPassphrase: passphrase };
  const { code, output } = await run(`${head}
    provider().catch(() => {});
    setTimeout(() => process.exit(7), 1);`, options);
  assert.equal(code, 7, output);
});

test('a process that has its credentials ends by itself', async () => {
  const { code, output } = await run(`${head} console.log((await provider()).accessKeyId);`, world.options);
  assert.equal(code, 0, output);
  assert.match(output, /^ASIA/);
});

test('a permission model that allows addons and these files is enough', async () => {
  const [major] = process.versions.node.split('.').map(Number);
  const flags = major < 24 ? ['--experimental-permission'] : ['--permission'];
  const child = spawn(
    process.execPath,
    [...flags, '--allow-addons', '--allow-fs-read=*', ...(major < 25 ? [] : ['--allow-net']), '--input-type=module', '-e',
      `${head} console.log((await provider()).accessKeyId);`],
    { cwd: packageDirectory, env: { ...process.env, OPTIONS: JSON.stringify(world.options) } },
  );
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 0, output);
  assert.match(output, /ASIA/);
});

test('worker threads each have a provider, and may be stopped in the middle', async () => {
  const program = `
    import { parentPort, workerData } from 'node:worker_threads';
    import { fromRolesAnywhere } from '${new URL('../dist/index.mjs', import.meta.url)}';
    const provider = fromRolesAnywhere(workerData);
    parentPort.postMessage('begun');
    parentPort.postMessage((await provider()).accessKeyId);
  `;
  const source = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const begin = (options) => new Worker(source, { workerData: options });
  const keys = await Promise.all(
    [1, 2, 3, 4].map(
      () =>
        new Promise((resolve, reject) => {
          const worker = begin(world.options);
          worker.on('message', (message) => message.startsWith('ASIA') && resolve(message));
          worker.on('error', reject);
        }),
    ),
  );
  assert.equal(new Set(keys).size, 4);

  const options = { ...world.options, privateKey: world.path('encrypted.pem'), privateKeyPassphrase: passphrase };
  const worker = begin(options);
  await new Promise((resolve) => worker.once('message', resolve));
  await worker.terminate();
  assert.match((await fromRolesAnywhere(world.options)()).accessKeyId, /^ASIA/);
});
