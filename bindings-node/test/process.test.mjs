// What a process may do while a refresh is pending.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fromRolesAnywhere, implementation, PrivateKey } from 'rolesanywhere';
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
function run(program, options, flags = []) {
  const child = spawn(process.execPath, [...flags, '--input-type=module', '-e', program], {
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

/** How often the event loop turns until the work is done. */
async function turnsDuring(work) {
  let turns = 0;
  let pending = true;
  const count = () => {
    turns += 1;
    if (pending) setImmediate(count);
  };
  setImmediate(count);
  await work();
  pending = false;
  return turns;
}

// A blocked loop turns a handful of times; hundreds mean that it did not stand still.
const isNative = implementation() === 'native';
const onlyNative = { skip: isNative ? false : 'WebAssembly derives keys on the event loop' };

test('the event loop turns while a key is derived', onlyNative, async () => {
  const encrypted = readFileSync(world.path('encrypted.pem'));
  const turns = await turnsDuring(() => PrivateKey.load(encrypted, passphrase));
  assert.ok(turns > 50, String(turns));
});

test('the event loop turns while a provider derives its key and signs', onlyNative, async () => {
  const [certificate, privateKey] = ['leaf.pem', 'encrypted.pem'].map((name) => readFileSync(world.path(name)));
  const { certificate: _, privateKey: __, ...bare } = world.options;
  let derived;
  const sent = new Promise((resolve) => (derived = resolve));
  let turns;
  const provider = fromRolesAnywhere({
    ...bare,
    identity() {
      turns = turnsDuring(() => sent);
      return { certificate, privateKey, privateKeyPassphrase: passphrase };
    },
    fetch(...request) {
      derived();
      return fetch(...request);
    },
  });
  assert.match((await provider()).accessKeyId, /^ASIA/);
  assert.ok((await turns) > 50, String(await turns));
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

const hasFallback = existsSync(new URL('../dist/fallback/rolesanywhere_core_rsa.wasm.gz', import.meta.url));
const permissions = [
  ['a permission model that allows addons and these files is enough', ['--allow-addons'], isNative ? 'native' : 'webassembly', false],
  ['one that allows no addons has WebAssembly', [], 'webassembly', hasFallback ? false : 'the module for WebAssembly could not be built'],
];

for (const [name, allowed, expected, skip] of permissions) {
  test(name, { skip }, async () => {
    const [major] = process.versions.node.split('.').map(Number);
    const flags = [major < 24 ? '--experimental-permission' : '--permission', '--allow-fs-read=*', ...allowed];
    if (major >= 25) flags.push('--allow-net');
    const { code, output } = await run(
      `${head}
      import { implementation } from 'rolesanywhere';
      console.log((await provider()).accessKeyId, implementation());`,
      world.options,
      flags,
    );
    assert.equal(code, 0, output);
    assert.match(output, new RegExp(`^ASIA\\w+ ${expected}$`, 'm'));
  });
}

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
