// node bench/bench.mjs: figures of one run on one machine, as ratios where there is a peer.
import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { CreateSession, Identity, PrivateKey } from 'rolesanywhere';

const here = fileURLToPath(new URL('..', import.meta.url));
const fixture = (name) => readFileSync(new URL(`../../conformance/fixtures/${name}`, import.meta.url));
const arn = 'arn:aws:rolesanywhere:us-east-1:111122223333:';
const session = new CreateSession({
  trustAnchorArn: `${arn}trust-anchor/a`,
  profileArn: `${arn}profile/b`,
  roleArn: 'arn:aws:iam::111122223333:role/c',
});

/** Microseconds: of rounds that take turns, the one that a fifth are faster than. Other work on the machine only adds. */
function measured(...works) {
  const rounds = works.map(() => []);
  for (let round = 0; round < 101; round++) {
    for (const [index, work] of works.entries()) {
      const begun = process.hrtime.bigint();
      for (let time = 0; time < 50; time++) work();
      rounds[index].push(Number(process.hrtime.bigint() - begun) / 50_000);
    }
  }
  return rounds.map((times) => times.sort((one, other) => one - other)[20]);
}

console.log('| one signed request, key loaded | ours, µs | node:crypto sign alone, µs | ratio |\n|---|---|---|---|');
for (const name of ['p256', 'p384', 'rsa2048']) {
  const identity = Identity.fromPem(fixture(`pki/${name}/leaf.pem`));
  const pem = fixture(`pki/${name}/key.pem`);
  const [own, theirs] = [PrivateKey.fromPem(pem), createPrivateKey(pem)];
  const message = session.prepare(identity, 1_795_240_399).stringToSign;
  const times = measured(() => session.sign(identity, own, 1_795_240_399), () => sign('sha256', message, theirs));
  console.log(`| ${name} | ${times[0].toFixed(0)} | ${times[1].toFixed(0)} | ${(times[0] / times[1]).toFixed(2)} |`);
}

console.log('\n| require | ms | resident memory, MB more |\n|---|---|---|');
const cost = (code) =>
  execFileSync(process.execPath, ['-e', `
    const before = process.memoryUsage.rss(), begun = process.hrtime.bigint();
    ${code};
    console.log([Number(process.hrtime.bigint() - begun) / 1e6, (process.memoryUsage.rss() - before) / 1e6].join());`], { cwd: here })
    .toString().split(',').map(Number);
for (const [name, code] of [
  ['rolesanywhere', "require('rolesanywhere')"],
  ['rolesanywhere, native module loaded', "require('rolesanywhere').version()"],
  ['@aws-sdk/credential-providers', "require('@aws-sdk/credential-providers').fromIni()"],
]) {
  const runs = Array.from({ length: 11 }, () => cost(code));
  const median = (index) => runs.map((run) => run[index]).sort((one, other) => one - other)[5].toFixed(1);
  console.log(`| ${name} | ${median(0)} | ${median(1)} |`);
}

const delay = monitorEventLoopDelay({ resolution: 1 });
const { privateKey: input } = generateKeyPairSync('rsa', {
  modulusLength: 4096,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const scrypt = execFileSync('openssl', ['pkcs8', '-topk8', '-scrypt', '-scrypt_N', '16384', '-passout', 'pass:secret'], { input });
delay.enable();
const begun = performance.now();
await PrivateKey.load(scrypt, 'secret');
const took = performance.now() - begun;
delay.disable();
console.log(`\nan RSA-4096 key under scrypt (16 MiB) loads in ${took.toFixed(0)} ms; the event loop waits ${(delay.max / 1e6).toFixed(1)} ms at most`);
