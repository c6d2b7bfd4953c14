// AWS's SDK for JavaScript v3 with credentials from the emulator.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createCredentialChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { fromRolesAnywhere } from 'rolesanywhere';
import { emulator } from './support/emulator.mjs';
import { moto, withoutMoto } from './support/moto.mjs';

// The region of a client is not the trust anchor's.
const region = 'ap-southeast-2';
let world;

before(async () => {
  // The SDK looks at these by itself.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) delete process.env[name];
  }
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  world = await emulator({ keyType: 'rsa2048' });
});

after(() => world.close());

const callerOf = async (client) => (await client.send(new GetCallerIdentityCommand({}))).Arn;
const sts = (options) => new STSClient({ region, endpoint: world.url, ...options });
const expected = /^arn:aws:sts::111122223333:assumed-role\/EmulatorRole\//;

test('STS knows the caller; two clients with one provider make one CreateSession', async () => {
  const credentials = fromRolesAnywhere(world.options);
  const earlier = (await world.sessions()).length;
  assert.match(await callerOf(sts({ credentials })), expected);
  assert.match(await callerOf(sts({ credentials })), expected);
  assert.equal((await world.sessions()).length - earlier, 1);
});

test('S3 is asked with the session and its token, in the client\'s own region', async () => {
  const asked = [];
  const server = createServer((incoming, reply) => {
    asked.push(incoming.headers);
    reply.setHeader('content-type', 'application/xml');
    reply.end('<ListAllMyBucketsResult><Buckets><Bucket><Name>one</Name></Bucket></Buckets></ListAllMyBucketsResult>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  try {
    const provider = fromRolesAnywhere(world.options);
    const s3 = new S3Client({ region, endpoint, forcePathStyle: true, credentials: provider });
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    assert.deepEqual(Buckets.map(({ Name }) => Name), ['one']);
    const { accessKeyId, sessionToken } = await provider();
    assert.ok(asked[0].authorization.includes(`Credential=${accessKeyId}/`));
    assert.ok(asked[0].authorization.includes(`/${region}/s3/`));
    assert.equal(asked[0]['x-amz-security-token'], sessionToken);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('S3 stores an object and gives it back (moto)', { skip: withoutMoto }, async () => {
  const server = await moto();
  try {
    const credentials = fromRolesAnywhere(world.options);
    const s3 = new S3Client({ region, endpoint: server.url, forcePathStyle: true, credentials });
    const earlier = (await world.sessions()).length;
    await s3.send(new CreateBucketCommand({ Bucket: 'one', CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutObjectCommand({ Bucket: 'one', Key: 'greeting', Body: 'hello' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'one', Key: 'greeting' }));
    assert.equal(await Body.transformToString(), 'hello');
    assert.equal((await world.sessions()).length - earlier, 1);
    s3.destroy();
  } finally {
    await server.close();
  }
});

test('a chain passes over what is not configured and stops at what is refused', async () => {
  const chain = createCredentialChain(fromRolesAnywhere(), fromRolesAnywhere(world.options));
  assert.match(await callerOf(sts({ credentials: chain })), expected);
  world.issue('--name', 'stranger', '--other-ca');
  const refused = { ...world.options, certificate: world.path('stranger.pem'), privateKey: world.path('stranger-key.pem') };
  let reached = false;
  const stopped = createCredentialChain(fromRolesAnywhere(refused), async () => {
    reached = true;
    throw new Error('not to be reached');
  });
  await assert.rejects(stopped(), { code: 'access_denied' });
  assert.equal(reached, false);
});

test('another role is assumed from it', async () => {
  const { roleArn } = world.options;
  const [role] = world.config.roles;
  const second = {
    ...role,
    roleArn: `${roleArn}Second`,
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: roleArn }, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }],
    },
  };
  writeFileSync(world.path('emulator.json'), JSON.stringify({ ...world.config, roles: [role, second] }));
  const credentials = fromTemporaryCredentials({
    masterCredentials: fromRolesAnywhere(world.options),
    params: { RoleArn: second.roleArn, RoleSessionName: 'second' },
    clientConfig: { region, endpoint: world.url },
  });
  assert.match(await callerOf(sts({ credentials })), /:assumed-role\/EmulatorRoleSecond\/second$/);
});

test('through the proxy of the client\'s request handler, with TLS', async () => {
  const secure = await emulator({ keyType: 'p256', serve: ['--tls'] }).catch((error) => error);
  assert.ok(!(secure instanceof Error), String(secure));
  const tunnels = [];
  const proxy = createServer();
  proxy.on('connect', ({ url }, socket, head) => {
    tunnels.push(url);
    const [hostname, port] = url.split(':');
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => {});
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    const ca = readFileSync(secure.path('ca.pem'));
    const httpsAgent = new HttpsProxyAgent(`http://127.0.0.1:${proxy.address().port}`, { ca });
    // The SDK's handler gives the agent no options of the connection, and the agent keeps its own apart.
    httpsAgent.options = { ...httpsAgent.options, ca };
    const requestHandler = new NodeHttpHandler({ httpsAgent });
    const client = new STSClient({
      region,
      endpoint: secure.url,
      credentials: fromRolesAnywhere(secure.options),
      requestHandler,
    });
    assert.match(await callerOf(client), expected);
    assert.equal(tunnels.length >= 1, true);
    httpsAgent.destroy();
  } finally {
    proxy.closeAllConnections();
    proxy.close();
    await secure.close();
  }
});
