// moto's server (PyPI `moto[server]`), which `cargo xtask test node` installs: an S3 to talk to.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../target/node/moto/bin/moto_server', import.meta.url));

/** Why a test that needs it is skipped; false where it is there. */
export const withoutMoto = existsSync(program) ? false : 'PyPI `moto[server]` is not installed';

/** Serves on a port of its own; stopped by `close`. */
export async function moto() {
  const child = spawn(program, ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  for (let waited = 0; waited < 60_000 && child.exitCode === null; waited += 50) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
    if (url !== undefined) {
      return { url, close: () => new Promise((resolve) => child.on('exit', resolve) && child.kill()) };
    }
    await sleep(50);
  }
  child.kill();
  throw new Error(`moto does not listen: ${said}`);
}
