// The tarballs: what is in them, installed by npm without network and scripts, used from everywhere.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(here, 'node_modules', '.bin', name);
const [module] = readdirSync(here).filter((name) => name.endsWith('.node'));
const platform = module.split('.')[1];
let [tarballs, consumer] = [];

const hasFallback = existsSync(join(here, 'dist/fallback/rolesanywhere_core_rsa.wasm.gz'));
const withFallback = { skip: hasFallback ? false : 'the module for WebAssembly could not be built' };

/** Runs a program; its output is the message where it fails. */
function run(program, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: here, ...options });
  assert.equal(status, 0, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

before(() => {
  const out = mkdtempSync(join(tmpdir(), 'rolesanywhere-pack-'));
  tarballs = run(process.execPath, ['scripts/pack.mjs', out, platform, module]).trim().split('\n');
  consumer = join(out, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', ...tarballs], { cwd: consumer });
});

after(() => rmSync(join(consumer, '..'), { recursive: true, force: true }));

test('the tarballs hold what is needed and no source, test or secret', () => {
  const [main, native] = tarballs.map((file) => execFileSync('tar', ['tzf', file], { encoding: 'utf8' }).trim().split('\n'));
  const expected = /^package\/(LICENSE|NOTICE|README\.md|package\.json|dist\/(host\/)?[a-z-]+\.(js|mjs|d\.ts|d\.mts)|dist\/(wasm|fallback)\/[a-z_-]+\.(js|wasm\.gz))$/;
  assert.deepEqual(main.filter((name) => !expected.test(name)), []);
  for (const name of ['dist/index.js', 'dist/index.mjs', 'dist/index.d.ts', 'dist/index.d.mts']) {
    assert.ok(main.includes(`package/${name}`), name);
  }
  assert.deepEqual(
    native.sort(),
    ['LICENSE', 'NOTICE', 'README.md', 'package.json', module].map((name) => `package/${name}`).sort(),
  );
});

test('it has no dependencies, and asks for nothing at install time', () => {
  const manifest = JSON.parse(readFileSync(join(consumer, 'node_modules/rolesanywhere/package.json'), 'utf8'));
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts, undefined);
  assert.equal(manifest.sideEffects, false);
  const others = Object.entries(manifest.optionalDependencies);
  assert.ok(others.every(([name, version]) => name.startsWith('rolesanywhere-') && version === manifest.version));
  assert.deepEqual(readdirSync(join(consumer, 'node_modules')).filter((name) => !name.startsWith('.')).sort(), [
    'rolesanywhere',
    `rolesanywhere-${platform}`,
  ]);
});

test('required and imported it is the same', () => {
  const script = `
    const api = require('rolesanywhere');
    import('rolesanywhere').then((module) => {
      const differ = Object.keys(api).filter((name) => api[name] !== module[name]);
      if (differ.length > 0 || module.errorCodes().length < 60) throw new Error(String(differ));
      console.log(module.version());
    });`;
  const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  assert.equal(run(process.execPath, ['-e', script], { cwd: consumer }).trim(), version);
});

/** A directory of its own, with the root package alone. */
function alone(use) {
  const away = mkdtempSync(join(tmpdir(), 'rolesanywhere-away-'));
  try {
    writeFileSync(join(away, 'package.json'), '{ "private": true }');
    run('npm', ['install', '--offline', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', tarballs[0]], { cwd: away });
    return use(away);
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}

test('installed without its native module it does the same work with WebAssembly', withFallback, () => {
  const script = `
    const { CreateSession, implementation, loadIdentitySync } = require('rolesanywhere');
    const { identity, privateKey } = loadIdentitySync(process.argv.slice(1).map((file) => require('fs').readFileSync(file)));
    const arn = 'arn:aws:rolesanywhere:us-east-1:111122223333:';
    const session = new CreateSession({
      trustAnchorArn: arn + 'trust-anchor/a', profileArn: arn + 'profile/b', roleArn: 'arn:aws:iam::111122223333:role/c',
    });
    console.log(implementation(), JSON.stringify(session.sign(identity, privateKey, 1795240399)));`;
  const files = ['leaf.pem', 'key.pem'].map((name) => join(here, '../conformance/fixtures/pki/rsa2048', name));
  const signed = (cwd) => run(process.execPath, ['-e', script, ...files], { cwd });
  const [native, webassembly] = [signed(consumer), alone(signed)];
  assert.match(native, /^native /);
  // PKCS#1 v1.5 signs the same each time.
  assert.equal(webassembly, native.replace('native', 'webassembly'));
});

test('without WebAssembly too it says which package is missing', () => {
  const said = alone((away) => {
    rmSync(join(away, 'node_modules/rolesanywhere/dist/fallback'), { recursive: true });
    const script = "try { require('rolesanywhere').errorCodes(); } catch (error) { console.log(error.message); }";
    return run(process.execPath, ['-e', script], { cwd: away });
  });
  assert.ok(said.includes(`install the package rolesanywhere-${platform}`), said);
});

test('without its native module it takes less than 1 MB', () => {
  const bytes = (file) => (statSync(file).isDirectory() ? readdirSync(file).reduce((sum, name) => sum + bytes(join(file, name)), 0) : statSync(file).size);
  assert.ok(bytes(join(consumer, 'node_modules/rolesanywhere')) < 1_000_000);
});

test('publint finds nothing', () => {
  run(bin('publint'), ['run', '--strict', join(here, '../target/node/stage/rolesanywhere')]);
});

test('the types are right for every kind of importer', () => {
  run(bin('attw'), [tarballs[0], '--profile', 'node16']);
});

const source = (load) => `
${load}
const provider = fromRolesAnywhere({ certificate: new Uint8Array(), durationSeconds: 900, sign: async ({ message }) => message });
export const key: Promise<string> = provider().then(({ accessKeyId, expiration }) => accessKeyId + expiration.toISOString());
export function code(error: unknown): string | undefined {
  return error instanceof RolesAnywhereError ? error.code : undefined;
}
export const serial: string = Identity.fromPem('').serialNumber;
// @ts-expect-error a number is no ARN
fromRolesAnywhere({ trustAnchorArn: 5 });
// @ts-expect-error there is no such option
fromRolesAnywhere({ trustAnchor: '' });
`;

for (const [name, file, load, options] of [
  ['ESM, node16', 'esm.mts', "import { fromRolesAnywhere, Identity, RolesAnywhereError } from 'rolesanywhere';", ['node16', 'node16']],
  ['CommonJS, node16', 'cjs.cts', "import rolesanywhere = require('rolesanywhere');\nconst { fromRolesAnywhere, Identity, RolesAnywhereError } = rolesanywhere;", ['node16', 'node16']],
  ['bundler', 'bundled.ts', "import { fromRolesAnywhere, Identity, RolesAnywhereError } from 'rolesanywhere';", ['esnext', 'bundler']],
]) {
  test(`strict TypeScript: ${name}`, () => {
    const types = join(consumer, 'node_modules/@types');
    mkdirSync(types, { recursive: true });
    for (const [from, to] of [['@types/node', join(types, 'node')], ['undici-types', join(consumer, 'node_modules/undici-types')]]) {
      try {
        symlinkSync(join(here, 'node_modules', from), to);
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
    }
    writeFileSync(join(consumer, file), source(load));
    const [module, resolution] = options;
    run(
      bin('tsc'),
      ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--target', 'es2022', '--types', 'node',
        '--module', module, '--moduleResolution', resolution, file],
      { cwd: consumer },
    );
  });
}

test('everything is documented, and the documentation builds without warnings', () => {
  const out = join(consumer, 'docs');
  // `typedoc.json` has every export and every member documented.
  run(bin('typedoc'), ['--out', out]);
  assert.ok(statSync(join(out, 'index.html')).size > 0);
});

for (const [format, file, load] of [
  ['cjs', 'handler.js', "Promise.resolve(require('./handler.js'))"],
  ['esm', 'handler.mjs', "import('./handler.mjs')"],
]) {
  test(`bundled by esbuild for a function (${format}), with the native module beside it`, () => bundled(format, file, load));
}

/** What esbuild needs where ES modules are to hold packages that are none. */
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

function bundled(format, file, load) {
  writeFileSync(join(consumer, 'handler.mjs'), `
    import { errorCodes, fromRolesAnywhere } from 'rolesanywhere';
    export const handler = () => [errorCodes().length, typeof fromRolesAnywhere()].join();
  `);
  const out = join(consumer, `../function-${format}`);
  run(bin('esbuild'), ['handler.mjs', '--bundle', '--platform=node', `--format=${format}`, '--log-level=warning',
    ...(format === 'esm' ? [`--banner:js=${BANNER}`] : []), `--external:rolesanywhere-${platform}`, `--outfile=${join(out, file)}`], { cwd: consumer });
  // What a deployment carries besides the bundle.
  mkdirSync(join(out, 'node_modules'), { recursive: true });
  symlinkSync(join(consumer, 'node_modules', `rolesanywhere-${platform}`), join(out, 'node_modules', `rolesanywhere-${platform}`));
  const said = run(process.execPath, ['-e', `${load}.then(({ handler }) => console.log(handler()))`], { cwd: out });
  assert.match(said, /^\d+,function/);
}
