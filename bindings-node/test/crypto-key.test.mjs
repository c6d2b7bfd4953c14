// WebCrypto keys that cannot be exported, in place of a private key.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fromRolesAnywhere, RolesAnywhereError } from 'rolesanywhere';
import { emulator } from './support/emulator.mjs';

const ALGORITHMS = {
  p256: { name: 'ECDSA', namedCurve: 'P-256' },
  p384: { name: 'ECDSA', namedCurve: 'P-384' },
  p521: { name: 'ECDSA', namedCurve: 'P-521' },
  rsa2048: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
};

const worlds = Object.fromEntries(await Promise.all(Object.keys(ALGORITHMS).map(async (keyType) => [keyType, await emulator({ keyType })])));
after(() => Promise.all(Object.values(worlds).map((world) => world.close())));

const imported = (keyType, algorithm = ALGORITHMS[keyType], usages = ['sign']) => {
  const key = createPrivateKey(readFileSync(worlds[keyType].path('leaf-key.pem')));
  return crypto.subtle.importKey('pkcs8', key.export({ format: 'der', type: 'pkcs8' }), algorithm, false, usages);
};

const provider = (keyType, sign, more = {}) => {
  const { privateKey: _, ...options } = worlds[keyType].options;
  return fromRolesAnywhere({ ...options, sign, ...more });
};

for (const keyType of Object.keys(ALGORITHMS)) {
  test(`a CryptoKey of ${keyType} signs what the service accepts`, async () => {
    const key = await imported(keyType);
    assert.equal(key.extractable, false);
    assert.match((await provider(keyType, key)()).accessKeyId, /^ASIA/);
  });
}

test('an identity that is asked for may bring a CryptoKey', async () => {
  const key = await imported('p256');
  const { certificate, privateKey: _, ...options } = worlds.p256.options;
  const identity = async () => ({ certificate: readFileSync(certificate), sign: key });
  assert.match((await fromRolesAnywhere({ ...options, identity })()).accessKeyId, /^ASIA/);
});

test('keys for something else are refused by name, and nothing is sent', async () => {
  const { publicKey } = await crypto.subtle.generateKey(ALGORITHMS.p256, false, ['sign', 'verify']);
  const refused = [
    ['rsa2048', await imported('rsa2048', { name: 'RSA-PSS', hash: 'SHA-256' }), /RSA-PSS/],
    ['rsa2048', await imported('rsa2048', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' }), /SHA-512/],
    ['p256', await imported('p256', { name: 'ECDH', namedCurve: 'P-256' }, ['deriveBits']), /without the usage `sign`/],
    ['p256', publicKey, /a public CryptoKey/],
    ['p256', 'leaf.key', /`sign`/],
  ];
  for (const [keyType, sign, message] of refused) {
    const earlier = (await worlds[keyType].sessions()).length;
    await assert.rejects(provider(keyType, sign)(), { code: 'option_invalid', message });
    assert.equal((await worlds[keyType].sessions()).length, earlier);
  }
});

test('a key of another curve than the certificate\'s is the cause', async () => {
  await assert.rejects(provider('p256', await imported('p384'))(), (error) => {
    assert.ok(error instanceof RolesAnywhereError);
    assert.equal(error.code, 'signing_failed');
    assert.equal(error.cause.code, 'key_mismatch');
    return true;
  });
});
