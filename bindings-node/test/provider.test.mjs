// `fromRolesAnywhere` against the emulator.
import assert from 'node:assert/strict';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { fromRolesAnywhere, RolesAnywhereError } from 'rolesanywhere';
import { emulator } from './support/emulator.mjs';

let world;
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

before(async () => {
  world = await emulator();
});

after(async () => {
  await world.close();
  assert.deepEqual(unhandled, []);
});

/** How many CreateSession a piece of work makes. */
async function sessionsDuring(work) {
  const earlier = (await world.sessions()).length;
  await work();
  return (await world.sessions()).length - earlier;
}

/** A clock that the test moves, in seconds since it began. */
function movable() {
  const start = Date.now();
  const clock = () => ({ unixMillis: start + clock.seconds * 1000, monotonicMillis: clock.seconds * 1000 });
  clock.seconds = 0;
  return clock;
}

const file = (name) => readFileSync(world.path(name));

test('200 callers on a cold provider make one CreateSession, and so do later ones', async () => {
  const provider = fromRolesAnywhere(world.options);
  const made = await sessionsDuring(async () => {
    const all = await Promise.all(Array.from({ length: 200 }, () => provider()));
    assert.equal(new Set(all.map(({ accessKeyId }) => accessKeyId)).size, 1);
    await provider();
  });
  assert.equal(made, 1);
});

test('credentials are what the SDK takes, and print without secrets', async () => {
  const identity = await fromRolesAnywhere(world.options)();
  assert.match(identity.accessKeyId, /^ASIA/);
  assert.ok(identity.expiration instanceof Date);
  assert.equal(identity.accountId, '111122223333');
  assert.deepEqual({ ...identity }.secretAccessKey, identity.secretAccessKey);
  const shown = inspect({ identity });
  assert.ok(shown.includes(identity.accessKeyId));
  assert.ok(!shown.includes(identity.secretAccessKey) && !shown.includes(identity.sessionToken));
  const without = await fromRolesAnywhere({ ...world.options, accountId: false })();
  assert.equal('accountId' in without, false);
});

test('the SDK asks again when a refresh is due: 5 minutes before the date that it gets', async () => {
  const clock = movable();
  const { expiration } = await fromRolesAnywhere({ ...world.options, clock, jitter: () => 0.5 })();
  const minutes = (expiration.getTime() - clock().unixMillis) / 60_000;
  // An hour's session is refreshed with 20 minutes left.
  assert.ok(Math.abs(minutes - 45) < 1, String(minutes));
});

test('certificate and key in every form', async () => {
  const pem = file('leaf-key.pem').toString();
  const forms = [
    { certificate: file('leaf.pem'), privateKey: file('leaf-key.pem') },
    { certificate: new Uint8Array(file('leaf.pem')), privateKey: new Uint8Array(file('leaf-key.pem')) },
    { certificate: file('leaf.pem').toString(), privateKey: pem },
    { certificate: new X509Certificate(file('leaf.pem')), privateKey: createPrivateKey(pem) },
    { certificate: `file:${world.path('leaf.pem')}`, privateKey: `file:${world.path('leaf-key.pem')}` },
    { certificate: Buffer.concat([file('leaf.pem'), file('leaf-key.pem')]), privateKey: undefined },
  ];
  for (const form of forms) {
    const { accessKeyId } = await fromRolesAnywhere({ ...world.options, ...form })();
    assert.match(accessKeyId, /^ASIA/);
  }
});

test('a signer in place of the key, and a function in place of both', async () => {
  const { privateKey: _, ...options } = world.options;
  const key = createPrivateKey(file('leaf-key.pem'));
  const signer = async ({ message, digest, scheme, keyAlgorithm, certificateDer }) => {
    assert.equal(digest.length, 32);
    assert.deepEqual([scheme, keyAlgorithm], ['ecdsa_sha256', 'p256']);
    assert.deepEqual(Buffer.from(certificateDer), new X509Certificate(file('leaf.pem')).raw);
    return { signature: sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }), encoding: 'raw' };
  };
  assert.match((await fromRolesAnywhere({ ...options, sign: signer })()).accessKeyId, /^ASIA/);
  const der = ({ message }) => sign('sha256', message, key);
  assert.match((await fromRolesAnywhere({ ...options, sign: der })()).accessKeyId, /^ASIA/);

  const { certificate: __, ...bare } = options;
  const identity = async () => ({ certificate: file('leaf.pem'), privateKey: key });
  assert.match((await fromRolesAnywhere({ ...bare, identity })()).accessKeyId, /^ASIA/);
  const external = () => ({ certificate: file('leaf.pem').toString(), sign: der });
  assert.match((await fromRolesAnywhere({ ...bare, identity: external })()).accessKeyId, /^ASIA/);
});

test('an identity that cannot be had is told with its reason', async () => {
  const { certificate: _, privateKey: __, ...bare } = world.options;
  const failing = () => {
    throw new Error('the vault is sealed');
  };
  for (const identity of [failing, async () => failing()]) {
    await assert.rejects(fromRolesAnywhere({ ...bare, identity })(), {
      code: 'identity_unavailable',
      message: /the vault is sealed/,
    });
  }
});

test('a signer that fails, and one with another key, are told by their codes', async () => {
  const { privateKey: _, ...options } = world.options;
  const cause = new Error('the token is gone');
  const failing = fromRolesAnywhere({
    ...options,
    sign() {
      throw cause;
    },
  });
  await assert.rejects(failing(), { code: 'signing_failed', kind: 'signing', cause });
  world.issue('--name', 'other', '--key-type', 'p256');
  const other = createPrivateKey(file('other-key.pem'));
  const wrong = fromRolesAnywhere({ ...options, sign: ({ message }) => sign('sha256', message, other) });
  await assert.rejects(wrong(), { code: 'signature_invalid' });
  const nonsense = fromRolesAnywhere({ ...options, sign: () => 'not bytes' });
  await assert.rejects(nonsense(), { code: 'signing_failed' });
});

test('credentials that are still valid are served when a refresh fails', async () => {
  const clock = movable();
  const events = [];
  const onEvent = ({ name }) => events.push(name);
  const provider = fromRolesAnywhere({ ...world.options, clock, onEvent, jitter: () => 0.5 });
  const first = await provider();
  clock.seconds = 45 * 60;
  await world.fault({ status: 503, count: 1, operation: 'CreateSession' });
  assert.equal((await provider()).accessKeyId, first.accessKeyId);
  assert.deepEqual(events, ['refreshed', 'refresh_failed']);
  // The minimum interval: nothing is asked so soon.
  assert.equal(await sessionsDuring(() => provider()), 0);
});

test('a certificate that is replaced is used at the next refresh', async () => {
  const [certificate, privateKey] = [world.path('rotating.pem'), world.path('rotating-key.pem')];
  const put = (name) => {
    copyFileSync(world.path(`${name}.pem`), certificate);
    copyFileSync(world.path(`${name}-key.pem`), privateKey);
  };
  put('leaf');
  const events = [];
  const provider = fromRolesAnywhere({ ...world.options, certificate, privateKey, onEvent: (it) => events.push(it) });
  const first = await provider();
  world.issue('--name', 'renewed', '--key-type', 'rsa2048');
  put('renewed');
  const second = await provider.refresh();
  assert.notEqual(first.accessKeyId, second.accessKeyId);
  const changed = events.find(({ name }) => name === 'identity_changed');
  assert.equal(BigInt(changed.serialNumber), BigInt(`0x${new X509Certificate(file('renewed.pem')).serialNumber}`));
});

test('of the client that asks, the handler, the profile and the logger are borrowed, nothing else', async () => {
  const [asked, agents] = [[], []];
  const handler = (handlerProtocol) => ({
    metadata: { handlerProtocol },
    async handle(request) {
      asked.push(handlerProtocol);
      agents.push(request.headers['User-Agent']);
      const { protocol, hostname, port, path, method, headers, body } = request;
      const { host: _, ...rest } = headers;
      const response = await fetch(`${protocol}//${hostname}:${port}${path}`, { method, headers: rest, body });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { response: { statusCode: response.status, headers: Object.fromEntries(response.headers), body: bytes } };
    },
  });
  const never = {
    get credentials() {
      throw new Error('recursion');
    },
    get region() {
      throw new Error('an S3 client is elsewhere than the trust anchor');
    },
  };
  const withHandler = (requestHandler) => Object.defineProperties({ requestHandler }, Object.getOwnPropertyDescriptors(never));
  await fromRolesAnywhere(world.options)({ callerClientConfig: withHandler(handler('http/1.1')) });
  assert.deepEqual(asked, ['http/1.1']);
  await fromRolesAnywhere(world.options)({ callerClientConfig: withHandler(handler('h2')) });
  assert.deepEqual(asked, ['http/1.1']);
  const own = { ...world.options, requestHandler: handler('HTTP/1.1') };
  await fromRolesAnywhere(own)({ callerClientConfig: withHandler(handler('http/1.1')) });
  assert.deepEqual(asked, ['http/1.1', 'HTTP/1.1']);
  const userAgentAppId = async () => 'my app';
  await fromRolesAnywhere(own)({ callerClientConfig: { userAgentAppId } });
  assert.match(agents[0], /^rolesanywhere\/\d+\.\d+\.\d+ \(\w+; \w+\) node\/[\d.]+$/);
  assert.equal(agents[2], `${agents[0]} app/my-app`);

  const lines = [];
  const logger = { debug: (...content) => lines.push(content), warn: (...content) => lines.push(content) };
  await fromRolesAnywhere(world.options)({ callerClientConfig: { logger } });
  assert.match(lines[0][0], /refreshed/);
});

test('options come from a profile of the config file too', async () => {
  const { certificate, privateKey, trustAnchorArn, profileArn, roleArn, endpoint } = world.options;
  const lines = [
    '[profile box]',
    `rolesanywhere_certificate = ${certificate}`,
    `rolesanywhere_private_key = ${privateKey}`,
    `rolesanywhere_trust_anchor_arn = ${trustAnchorArn}`,
    `rolesanywhere_profile_arn = ${profileArn}`,
    `rolesanywhere_role_arn = ${roleArn}`,
    `rolesanywhere_endpoint = ${endpoint}`,
  ];
  writeFileSync(world.path('config'), lines.join('\n'));
  process.env.AWS_CONFIG_FILE = world.path('config');
  try {
    assert.match((await fromRolesAnywhere({ configProfile: 'box' })()).accessKeyId, /^ASIA/);
    const chosen = await fromRolesAnywhere()({ callerClientConfig: { profile: 'box' } });
    assert.match(chosen.accessKeyId, /^ASIA/);
    const unknown = fromRolesAnywhere({ configProfile: 'bax' });
    await assert.rejects(unknown(), { code: 'option_invalid', tryNextLink: false });
  } finally {
    delete process.env.AWS_CONFIG_FILE;
  }
});

test('a chain goes on where nothing is configured, and stops where something is', async () => {
  await assert.rejects(fromRolesAnywhere()(), (error) => {
    assert.ok(error instanceof RolesAnywhereError);
    assert.equal(error.name, 'CredentialsProviderError');
    assert.deepEqual([error.code, error.tryNextLink], ['option_missing', true]);
    return true;
  });
  await assert.rejects(fromRolesAnywhere({ roleArn: world.options.roleArn })(), { code: 'option_missing', tryNextLink: false });
  world.issue('--name', 'stranger', '--other-ca');
  const refused = { ...world.options, certificate: world.path('stranger.pem'), privateKey: world.path('stranger-key.pem') };
  await assert.rejects(fromRolesAnywhere(refused)(), {
    code: 'access_denied',
    number: 400,
    kind: 'service',
    status: 403,
    serviceCode: 'AccessDeniedException',
    tryNextLink: false,
  });
});

test('a closed provider says so', async () => {
  const provider = fromRolesAnywhere(world.options);
  await provider();
  provider.close();
  await assert.rejects(provider(), { code: 'provider_closed' });
});

test('values of wrong types are TypeErrors that name the option, at once', () => {
  const wrong = {
    trustAnchorArn: 5,
    certificate: 7,
    privateKey: {},
    durationSeconds: '900',
    allowHttp: 'yes',
    identity: {},
    jitter: 0.5,
    logger: 'console',
  };
  for (const [name, value] of Object.entries(wrong)) {
    assert.throws(() => fromRolesAnywhere({ ...world.options, [name]: value }), (error) => {
      assert.ok(error instanceof TypeError);
      assert.ok(error.message.includes(`\`${name}\``), error.message);
      return true;
    });
  }
  assert.throws(() => fromRolesAnywhere('options'), TypeError);
});

test('an option that does not exist names the nearest one', async () => {
  const provider = fromRolesAnywhere({ ...world.options, durationSecond: 900 });
  await assert.rejects(provider(), { code: 'option_unknown', hint: 'did you mean `durationSeconds`?' });
});
