// An emulator with a certificate of its own, for one test file.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../target/debug/rolesanywhere-emulator', import.meta.url));

/** `init`, `serve`; stopped by `close`. */
export async function emulator({ keyType = 'p256', flags = [], serve = [] } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'rolesanywhere-node-'));
  execFileSync(program, ['init', directory, '--key-type', keyType, ...flags]);
  const urlFile = join(directory, 'url');
  const child = spawn(program, ['serve', directory, '--listen', '127.0.0.1:0', '--url-file', urlFile, ...serve], {
    stdio: 'ignore',
  });
  const url = await read(urlFile);
  const config = JSON.parse(readFileSync(join(directory, 'emulator.json'), 'utf8'));
  const path = (name) => join(directory, name);
  const ask = async (method, route, body) => {
    const response = await fetch(new URL(route, url), { method, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    directory,
    url,
    path,
    config,
    /** What `fromRolesAnywhere` needs. */
    options: {
      trustAnchorArn: config.trustAnchors[0].trustAnchorArn,
      profileArn: config.profiles[0].profileArn,
      roleArn: config.roles[0].roleArn,
      certificate: path('leaf.pem'),
      privateKey: path('leaf-key.pem'),
      endpoint: url,
    },
    issue: (...more) => execFileSync(program, ['issue', directory, '--force', ...more]),
    fault: (fault) => ask('POST', '/_emulator/faults', fault),
    /** How many CreateSession it has seen. */
    async sessions() {
      const requests = await ask('GET', '/_emulator/requests');
      const list = Array.isArray(requests) ? requests : requests.requests;
      return list.filter((request) => JSON.stringify(request).includes('CreateSession'));
    },
    async close() {
      child.kill();
      await new Promise((resolve) => (child.exitCode ?? child.signalCode) === null ? child.on('exit', resolve) : resolve());
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function read(file) {
  for (let waited = 0; waited < 30_000; waited += 20) {
    if (existsSync(file)) {
      const text = readFileSync(file, 'utf8').trim();
      if (text !== '') return text;
    }
    await sleep(20);
  }
  throw new Error('the emulator does not listen');
}
