// node scripts/loads.mjs TARBALL…: whether the packages work in the Node that runs this, natively, with each kind of key.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const KEYS = ['p256', 'p384', 'p521', 'rsa2048', 'mldsa65'];

const directory = mkdtempSync(join(tmpdir(), 'rolesanywhere-loads-'));
try {
  for (const tarball of process.argv.slice(2)) {
    const name = basename(tarball).replace(/-\d+\.\d+\.\d+.*$/, '');
    const target = join(directory, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  }
  const { implementation, loadIdentity } = createRequire(join(directory, 'here.js'))('rolesanywhere');
  for (const key of KEYS) {
    const file = (name) => readFileSync(new URL(`../../conformance/fixtures/pki/${key}/${name}`, import.meta.url));
    const { identity, privateKey } = await loadIdentity([file('leaf.pem'), file('key.pem')]);
    assert.ok(privateKey.matches(identity), key);
    const message = Buffer.from('message');
    const signature = privateKey.sign(message);
    privateKey.verify(message, signature);
    signature[signature.length - 1] ^= 1;
    assert.throws(() => privateKey.verify(message, signature), key);
  }
  assert.equal(implementation(), 'native');
  const { platform, arch, version } = process;
  console.log(`loaded by Node ${version} for ${platform} ${arch}: ${KEYS.join(', ')}`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
