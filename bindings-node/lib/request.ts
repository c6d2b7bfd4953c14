import { inspect } from 'node:util';
import type * as Native from './native.js';
import { type Bytes, bytes, instance, object, pairs, text, timeOrNow, wrong } from './check.js';
import { call } from './error.js';
import { hide } from './hide.js';
import type { SigningRequest } from './host/index.js';
import { Identity, PrivateKey } from './identity.js';
import { native } from './load.js';

/** How a signer encodes an ECDSA signature: ASN.1 DER, or r and s of the curve's length. */
export type SignatureEncoding = 'der' | 'raw';

/** A signed request: send it as it is. A bearer credential while its date is fresh. */
export class HttpRequest {
  /** In upper case. */
  readonly method: string;
  /** Absolute. It carries the host, and `host` is not among the headers. */
  readonly url: string;
  /** Names and values in wire order. */
  readonly headers: [string, string][];
  /** To be sent as it is; may be empty. */
  readonly body: Uint8Array;

  /** @internal */
  constructor(request: Native.HttpRequest) {
    this.method = request.method;
    this.url = request.url;
    this.headers = request.headers;
    this.body = request.body;
  }

  /** @internal */
  [inspect.custom](): string {
    return `HttpRequest(${this.method} ${this.url}, ${this.headers.length} headers, ${this.body.length} bytes)`;
  }
}

/** A request that lacks only its signature. */
export class PendingSignature {
  /** @internal */
  declare readonly handle: Native.PendingSignature;

  private constructor() {}

  /** @internal */
  static of(handle: Native.PendingSignature): PendingSignature {
    const pending = new PendingSignature();
    hide(pending, handle);
    return pending;
  }

  /** The canonical request of SigV4. */
  get canonicalRequest(): string {
    return this.handle.canonicalRequest;
  }

  /** The string to sign. */
  get stringToSign(): Uint8Array {
    return this.handle.stringToSign;
  }

  /** The names of the signed headers, joined by `;`. */
  get signedHeaders(): string {
    return this.handle.signedHeaders;
  }

  /** `YYYYMMDD/region/service/aws4_request` */
  get credentialScope(): string {
    return this.handle.credentialScope;
  }

  /** The request's body. */
  get body(): Uint8Array {
    return this.handle.unsignedBody;
  }

  /** What an external signer gets. */
  get request(): SigningRequest {
    const { digest, ...rest } = this.handle.request;
    return { ...rest, ...(digest == null ? {} : { digest }) } as SigningRequest;
  }

  /**
   * The signed request. Checks the signature's length and encoding only.
   *
   * @throws {@link RolesAnywhereError} `signature_malformed`
   */
  finish(signature: Uint8Array, encoding: SignatureEncoding = 'der'): HttpRequest {
    const [given, form] = [bytes(signature, 'signature'), encodingOf(encoding)];
    return new HttpRequest(call(() => this.handle.finish(given, form)));
  }

  /**
   * Signs with a key at hand.
   *
   * @throws {@link RolesAnywhereError} `key_mismatch`, `signing_failed`
   */
  sign(privateKey: PrivateKey): HttpRequest {
    const key = instance(privateKey, PrivateKey, 'privateKey').handle;
    return new HttpRequest(call(() => this.handle.sign(key)));
  }

  /**
   * Verifies a signature with the leaf's public key.
   *
   * @throws {@link RolesAnywhereError} `signature_malformed`, `signature_invalid`
   */
  verify(signature: Uint8Array, encoding: SignatureEncoding = 'der'): void {
    const [given, form] = [bytes(signature, 'signature'), encodingOf(encoding)];
    call(() => this.handle.verify(given, form));
  }
}

/** Any request, to be signed with exactly these headers plus those that signing adds. */
export interface SignableRequestOptions {
  /** In upper case. */
  method: string;
  /** Absolute, percent-encoded as it is to be sent. */
  url: string;
  /** Names and values; a name that repeats is joined when signing. */
  headers?: Record<string, string> | [string, string][];
  /** Default: none. */
  body?: Bytes;
  /** The region of the credential scope. */
  region: string;
  /** Default: `rolesanywhere`. */
  service?: string;
}

/**
 * SigV4 with X.509 for any request (IAM Roles Anywhere user guide, "Signing process"). Sends nothing.
 *
 * Signed are exactly the headers given, and `host`, `x-amz-date`, `x-amz-x509` and `x-amz-x509-chain`.
 */
export class SignableRequest {
  readonly #parts: Native.RequestParts;

  /** Takes the request as it is; {@link SignableRequest.prepare} reads it. */
  constructor(options: SignableRequestOptions) {
    const given = object(options, 'options');
    this.#parts = {
      method: text(given['method'], 'method'),
      url: text(given['url'], 'url'),
      headers: pairs(given['headers'], 'headers'),
      body: bytes(given['body'] ?? '', 'body'),
      region: text(given['region'], 'region'),
      service: text(given['service'] ?? 'rolesanywhere', 'service'),
    };
  }

  /**
   * Everything up to the signature.
   *
   * @param now - Unix seconds or a `Date`; default: this machine's clock
   * @throws {@link RolesAnywhereError} `request_malformed`
   */
  prepare(identity: Identity, now?: number | Date): PendingSignature {
    const [leaf, seconds] = [instance(identity, Identity, 'identity').handle, timeOrNow(now, 'now')];
    return PendingSignature.of(call(() => native().prepareRequest(this.#parts, leaf, seconds)));
  }

  /**
   * {@link SignableRequest.prepare} and {@link PendingSignature.sign}.
   *
   * @throws {@link RolesAnywhereError} `request_malformed`, `key_mismatch`, `signing_failed`
   */
  sign(identity: Identity, privateKey: PrivateKey, now?: number | Date): HttpRequest {
    return this.prepare(identity, now).sign(privateKey);
  }
}

export function encodingOf(encoding: unknown): SignatureEncoding {
  if (encoding !== 'der' && encoding !== 'raw') {
    throw wrong('encoding', '`der` or `raw`', encoding);
  }
  return encoding;
}
