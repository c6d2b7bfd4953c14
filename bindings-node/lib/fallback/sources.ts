/** Where certificate and key come from, read by this side: WebAssembly has no files. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Native from '../native.js';
import { RolesAnywhereError } from '../host/index.js';
import { own } from '../wasm/core.js';
import { loadIdentity } from '../wasm/identity.js';

/** Bytes of the largest file or variable that is read. */
const SIZE_LIMIT = 1 << 20;

/** How often a rotation that was caught half way is read anew, and after how many milliseconds. */
const READS = 5;
const PAUSE = 20;

/** What somebody who replaces files one after the other explains. */
const IN_ROTATION = new Set([
  'file_not_found',
  'file_empty',
  'pem_malformed',
  'certificate_missing',
  'certificate_malformed',
  'leaf_ambiguous',
  'private_key_missing',
  'private_key_malformed',
  'private_key_ambiguous',
  'key_mismatch',
]);

/** A resolved option: its text, and how the user wrote its name. */
export interface Resolved {
  value: string | null;
  name: string;
}

/** The option that names a source, and how its content is had. */
interface Source {
  option: string;
  /** Two of the same place are one source. */
  place: string | undefined;
  read(): Promise<Buffer>;
}

/** Certificate, key and chain, read anew each time. */
export class Sources {
  readonly #certificate: Source;
  readonly #privateKey: Source | undefined;
  readonly #intermediates: Source | undefined;
  readonly #passphrase: Source | undefined;
  /** SHA-256 of what was found to be an identity before. */
  #accepted: string | undefined;

  /**
   * @param options - the resolved options, by their snake_case names
   * @param bytes - the values of those that have no text
   * @throws {@link RolesAnywhereError} `option_missing`, `feature_unavailable`
   */
  constructor(
    options: Record<string, Resolved>,
    bytes: [string, Uint8Array][],
    readonly awaited: boolean,
  ) {
    const given = (name: string) => {
      const content = bytes.find(([known]) => known === name)?.[1];
      const { value, name: option = name } = options[name] ?? { value: null };
      if (content !== undefined) return held(Buffer.from(content), option);
      return value === null ? undefined : parsed(value, option);
    };
    const certificate = given('certificate');
    if (certificate === undefined) throw own('option_missing', 'no certificate is given as text or path');
    this.#certificate = certificate;
    const key = given('private_key');
    const isOwn = key?.place !== undefined && key.place === certificate.place;
    this.#privateKey = isOwn ? undefined : key;
    this.#intermediates = given('intermediates');
    this.#passphrase = passphrase(options, bytes) ?? given('private_key_passphrase_source');
  }

  /** The contents as they are now. Certificate and key belong together. */
  async read(): Promise<Native.IdentityParts> {
    for (let reads = 1; ; reads++) {
      try {
        return await this.#once();
      } catch (error) {
        const isTransient = error instanceof RolesAnywhereError && IN_ROTATION.has(error.code);
        if (!isTransient || reads === READS) throw error;
        await sleep(PAUSE);
      }
    }
  }

  async #once(): Promise<Native.IdentityParts> {
    const contents = await this.#contents();
    const digest = digestOf(contents);
    if (digest === this.#accepted) return contents;
    if (digest !== digestOf(await this.#contents())) {
      throw own('key_mismatch', 'certificate and key were being replaced while they were read');
    }
    this.#check(contents);
    this.#accepted = digest;
    return contents;
  }

  async #contents(): Promise<Native.IdentityParts> {
    const content = async (source: Source | undefined) => (source === undefined ? undefined : filled(source));
    return {
      certificate: await filled(this.#certificate),
      privateKey: await content(this.#privateKey),
      intermediates: await content(this.#intermediates),
      privateKeyPassphrase: await this.#passphrase?.read(),
      awaited: this.awaited,
    };
  }

  #check({ certificate, privateKey, intermediates, privateKeyPassphrase }: Native.IdentityParts): void {
    // To derive a key takes long, and the machine does it anyway.
    if (privateKeyPassphrase !== undefined) return;
    const parts = [certificate, privateKey, intermediates].filter((part) => part !== undefined);
    const loaded = loadIdentity(parts);
    loaded.identity.free();
    loaded.privateKey?.free();
    if (loaded.privateKey !== undefined || this.awaited) return;
    const key = this.#privateKey?.option;
    const message =
      key === undefined
        ? `no private key is given, and what \`${this.#certificate.option}\` names holds none`
        : `there is no private key in what \`${key}\` names`;
    throw own('private_key_missing', message);
  }
}

function digestOf(contents: Native.IdentityParts): string {
  const hash = createHash('sha256');
  for (const part of Object.values(contents)) {
    const bytes = part instanceof Uint8Array ? part : Buffer.alloc(0);
    hash.update(`${bytes.length},`).update(bytes);
  }
  return hash.digest('hex');
}

/** A passphrase that is given itself, and not where it is. */
function passphrase(options: Record<string, Resolved>, bytes: [string, Uint8Array][]): Source | undefined {
  const name = 'private_key_passphrase';
  const content = bytes.find(([known]) => known === name)?.[1] ?? options[name]?.value;
  return content == null ? undefined : held(Buffer.from(content as string), name);
}

function held(content: Buffer, option: string): Source {
  return { option, place: undefined, read: async () => content };
}

/** The text of an option: content that holds `-----BEGIN`, else `env:NAME`, `file:PATH`, or a path. */
function parsed(text: string, option: string): Source {
  if (text === '') throw own('option_missing', `\`${option}\` is empty`);
  if (text.includes('-----BEGIN')) return held(Buffer.from(text), option);
  const scheme = /^(pkcs11|handle|store):/.exec(text)?.[0];
  if (scheme !== undefined) {
    // The rest may hold a PIN.
    throw own('feature_unavailable', `\`${scheme}\`, which \`${option}\` names, is not available in this version`);
  }
  if (text === '-') {
    throw own('feature_unavailable', `\`${option}\` names standard input, which only the command line reads`);
  }
  const isSecret = /passphrase/i.test(option);
  if (text.startsWith('env:')) {
    return { option, place: text, read: async () => variable(text.slice(4), option, isSecret) };
  }
  const path = text.startsWith('file:') ? text.slice(5) : text;
  const read = async () => (isSecret ? withoutLineEnd(await file(path, option)) : file(path, option));
  return { option, place: `file:${path}`, read };
}

/** What editors leave at the end. */
function withoutLineEnd(content: Buffer): Buffer {
  if (content.at(-1) !== 10) return content;
  return content.subarray(0, content.at(-2) === 13 ? -2 : -1);
}

async function filled(source: Source): Promise<Buffer> {
  const content = await source.read();
  if (content.every((byte) => /\s/.test(String.fromCharCode(byte)))) {
    throw own('file_empty', `what \`${source.option}\` names is empty`);
  }
  return content;
}

function variable(name: string, option: string, isSecret: boolean): Buffer {
  const value = process.env[name];
  const what = `the environment variable ${shown(name)}, which \`${option}\` names,`;
  if (value === undefined) throw own('option_invalid', `${what} is not set`);
  if (value.length > SIZE_LIMIT) throw own('file_too_large', `${what} is larger than ${SIZE_LIMIT} bytes`);
  if (isSecret || value.includes('-----BEGIN') || value.trim() === '') return Buffer.from(value);
  const packed = value.replace(/\s/g, '').replace(/={1,2}$/, '');
  const decoded = Buffer.from(packed, 'base64');
  // The decoder passes over what is no base64.
  if (decoded.toString('base64').replace(/=+$/, '') !== packed) {
    throw own('option_invalid', `${what} holds neither PEM nor base64`);
  }
  return decoded;
}

async function file(path: string, option: string): Promise<Buffer> {
  const what = `the file ${shown(path)}, which \`${option}\` names,`;
  try {
    if ((await stat(path)).isDirectory()) throw own('file_is_directory', `${what} is a directory`);
    const chunks: Buffer[] = [];
    // One byte more than may be, and never more: it may be a device.
    for await (const chunk of createReadStream(path, { end: SIZE_LIMIT })) chunks.push(chunk as Buffer);
    const content = Buffer.concat(chunks);
    if (content.length > SIZE_LIMIT) throw own('file_too_large', `${what} is larger than ${SIZE_LIMIT} bytes`);
    return content;
  } catch (error) {
    throw error instanceof RolesAnywhereError ? error : unreadable(error, what);
  }
}

function unreadable(error: unknown, what: string): RolesAnywhereError {
  const { code } = error as NodeJS.ErrnoException;
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(code ?? '')) {
    return own('file_not_found', `${what} does not exist`);
  }
  return own('file_unreadable', `${what} cannot be read (${code})`);
}

/** A value in a message, unless it may be a secret in the wrong place. */
function shown(value: string): string {
  const isOdd = value.length > 255 || /BEGIN|\p{Cc}|[A-Za-z0-9+=]{40}/u.test(value);
  return isOdd ? `(a value of ${Buffer.byteLength(value)} bytes, not shown)` : `\`${value}\``;
}
