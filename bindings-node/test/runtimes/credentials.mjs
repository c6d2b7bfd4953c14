// For Deno and Bun: the package by its built files, against the emulator whose options are given.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { Identity, fromRolesAnywhere, version } from '../../dist/index.mjs';

const provider = fromRolesAnywhere(JSON.parse(process.env.OPTIONS));
const all = await Promise.all(Array.from({ length: 20 }, () => provider()));
if (new Set(all.map(({ accessKeyId }) => accessKeyId)).size !== 1) throw new Error('more than one session');
try {
  Identity.fromPem(Buffer.from('no certificate'));
  throw new Error('it was accepted');
} catch (error) {
  if (error.code !== 'certificate_missing') throw error;
}
console.log(`${version()} ${all[0].accessKeyId}`);
