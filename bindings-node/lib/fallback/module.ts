/** The WebAssembly module in place of a native one: the same functions and classes, less speed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type * as Native from '../native.js';
import type { NativeModule } from '../load.js';
import { load } from '../wasm/core.js';
import * as identity from '../wasm/identity.js';
import * as options from '../wasm/options.js';
import * as refresh from '../wasm/refresh.js';
import * as request from '../wasm/request.js';
import * as session from '../wasm/session.js';
import { FallbackMachine, json, optionSources } from './machine.js';

/** Unpacks and compiles the module. What it gives has the shape of the native one, and is used as such. */
export function fallback(): NativeModule {
  const packed = readFileSync(join(__dirname, 'rolesanywhere_core_rsa.wasm.gz'));
  load(new WebAssembly.Module(gunzipSync(packed)));
  const own = {
    CreateSession,
    Credentials,
    Identity: identity.Identity,
    Machine: FallbackMachine,
    Options,
    PendingSignature,
    PrivateKey: identity.PrivateKey,
    Refresh,
    canonicalRequest: options.canonicalRequest,
    endpointUrl: options.endpointUrl,
    errorCodes: options.errorCodes,
    loadIdentity: async (...data: Parameters<typeof Native.loadIdentity>) => loadIdentity(...data),
    loadIdentitySync: loadIdentity,
    loadPrivateKey: async (data: Uint8Array, passphrase?: Uint8Array) => identity.PrivateKey.fromPem(data, passphrase),
    machine: (...given: ConstructorParameters<typeof FallbackMachine>) => new FallbackMachine(...given),
    parseArn: options.parseArn,
    pemBlocks: options.pemBlocks,
    prepareRequest: ({ headers, ...parts }: Native.RequestParts, leaf: Identity, now: number) =>
      new PendingSignature(new request.SignableRequest({ ...parts, headers }).prepare(leaf, now)),
    resolveOptions: (sources: Native.OptionSources) => new Options(sources),
    stringToSign: (algorithm: string, now: number, region: string, service: string, canonicalRequest: string) =>
      options.stringToSign({ algorithm, now, region, service, canonicalRequest }),
    verifySignature: identity.verifySignature,
    version: options.version,
  };
  return own as unknown as NativeModule;
}

type Identity = identity.Identity;
type PrivateKey = identity.PrivateKey;
type Encoding = 'der' | 'raw';

function loadIdentity(parts: Uint8Array[], passphrase?: Uint8Array | null): identity.LoadedIdentity {
  return identity.loadIdentity(parts, passphrase ?? undefined);
}

class CreateSession {
  readonly #session: session.CreateSession;

  constructor(given: Native.CreateSessionOptions | session.CreateSession) {
    if (given instanceof session.CreateSession) {
      this.#session = given;
      return;
    }
    const instanceProperties = Object.fromEntries(given.instanceProperties ?? []);
    this.#session = new session.CreateSession({ ...given, instanceProperties } as session.CreateSessionOptions);
  }

  get url(): string {
    return this.#session.url;
  }

  get region(): string {
    return this.#session.region;
  }

  prepare(leaf: Identity, now: number): PendingSignature {
    return new PendingSignature(this.#session.prepare(leaf, now));
  }

  sign(leaf: Identity, privateKey: PrivateKey, now: number): Native.HttpRequest {
    return this.#session.sign(leaf, privateKey, now);
  }

  parseResponse(status: number, headers: [string, string][], body: Uint8Array, now?: number): Credentials {
    return new Credentials(this.#session.parseResponse(status, headers, body, now));
  }
}

class Credentials {
  readonly inner: session.Credentials;

  constructor(parts: Native.CredentialsParts | session.Credentials) {
    this.inner = parts instanceof session.Credentials ? parts : new session.Credentials(parts as session.CredentialsParts);
  }

  get accessKeyId(): string {
    return this.inner.accessKeyId;
  }

  get secretAccessKey(): string {
    return this.inner.secretAccessKey;
  }

  get sessionToken(): string {
    return this.inner.sessionToken;
  }

  get expiration(): number {
    return seconds(this.inner.expiration);
  }

  get accountId(): string | null {
    return this.inner.accountId ?? null;
  }

  get roleArn(): string | null {
    return this.inner.roleArn ?? null;
  }

  toCredentialProcessJson(): string {
    return this.inner.toCredentialProcessJson();
  }

  toContainerJson(): string {
    return this.inner.toContainerJson();
  }

  toImdsJson(lastUpdated: number): string {
    return this.inner.toImdsJson(lastUpdated);
  }
}

class Options {
  readonly #options: options.Options;

  constructor(sources: Native.OptionSources) {
    this.#options = new options.Options(optionSources(sources));
  }

  get names(): string[] {
    return this.#options.names;
  }

  get notes(): string[] {
    return this.#options.notes;
  }

  text(name: string): string | null {
    return this.#options.text(name) ?? null;
  }

  flag(name: string): boolean {
    const isOnByItself = name === 'account_id' || name === 'verify';
    return (this.#options.text(name) ?? String(isOnByItself)) === 'true';
  }

  origin(name: string): Native.OptionOrigin | null {
    return this.#options.origin(name) ?? null;
  }

  createSession(): CreateSession {
    return new CreateSession(this.#options.createSession());
  }
}

class PendingSignature {
  readonly #pending: request.PendingSignature;

  constructor(pending: request.PendingSignature) {
    this.#pending = pending;
  }

  get canonicalRequest(): string {
    return this.#pending.canonicalRequest;
  }

  get stringToSign(): Uint8Array {
    return this.#pending.stringToSign;
  }

  get signedHeaders(): string {
    return this.#pending.signedHeaders;
  }

  get credentialScope(): string {
    return this.#pending.credentialScope;
  }

  get unsignedBody(): Uint8Array {
    return this.#pending.body;
  }

  get request(): Native.SigningRequest {
    return this.#pending.request;
  }

  finish(signature: Uint8Array, encoding: Encoding): Native.HttpRequest {
    return this.#pending.finish(signature, encoding);
  }

  sign(privateKey: PrivateKey): Native.HttpRequest {
    return this.#pending.sign(privateKey);
  }

  verify(signature: Uint8Array, encoding: Encoding): void {
    this.#pending.verify(signature, encoding);
  }
}

class Refresh {
  readonly #refresh = new refresh.Refresh();
  #events: refresh.RefreshEvent[] = [];
  /** Those of the latest fetch that the machine took. */
  #held: Credentials | undefined;

  poll(now: Native.Clocks): object {
    const { credentials, error, ...poll } = this.#refresh.poll(now);
    return { ...poll, credentials: credentials && new Credentials(credentials), error: error && json(error) };
  }

  onSuccess(
    id: number,
    credentials: Credentials,
    identityNotAfter: number | undefined,
    serverDate: number | undefined,
    now: Native.Clocks,
    jitter: number,
  ): void {
    const { inner } = credentials;
    const success = { credentials: inner, identityNotAfter, serverDate } as refresh.FetchSuccess;
    this.#refresh.onSuccess(id, success, now, jitter);
    const told = this.#refresh.takeEvents();
    this.#events.push(...told);
    if (told.some(({ name }) => name === 'refreshed')) this.#held = credentials;
  }

  onFailure(id: number, error: Native.HostError, now: Native.Clocks, jitter: number): void {
    this.#refresh.onFailure(id, error as refresh.FetchFailure, now, jitter);
  }

  cancel(id: number, now: Native.Clocks): void {
    this.#refresh.cancel(id, now);
  }

  invalidate(): void {
    this.#refresh.invalidate();
  }

  requestRefresh(): void {
    this.#refresh.requestRefresh();
  }

  get nextRefresh(): number | null {
    return this.#refresh.nextRefresh ?? null;
  }

  /** The module has no question that changes nothing: without credentials it has no next refresh. */
  credentials({ unixMillis }: Native.Clocks): Credentials | null {
    const held = this.#refresh.nextRefresh === undefined ? undefined : this.#held;
    return held !== undefined && unixMillis < held.expiration * 1000 ? held : null;
  }

  takeEvents(): object[] {
    const told = [...this.#events.splice(0), ...this.#refresh.takeEvents()];
    return told.map((event) => ({
      ...event,
      expiration: 'expiration' in event ? seconds(event.expiration) : undefined,
      notAfter: 'notAfter' in event ? seconds(event.notAfter) : undefined,
      error: 'error' in event ? json(event.error) : undefined,
    }));
  }
}

function seconds(date: Date): number {
  return date.getTime() / 1000;
}
