import type { SigningRequest } from "../host/native.js";
import { type Bytes, bytes, instance, object, pairs, time } from "./check.js";
import { fromBase64, type Json } from "./convert.js";
import { core } from "./core.js";
import { handleOf, Held, hold } from "./held.js";
import { Identity, PrivateKey } from "./identity.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A signed request: send it as it is. A bearer credential while its date is fresh. */
export class HttpRequest {
  readonly method: string;
  /** Absolute. It carries the host, and `host` is not among the headers. */
  readonly url: string;
  /** Names and values in wire order. */
  readonly headers: [string, string][];
  readonly body: Uint8Array;

  /** @internal */
  constructor(facts: Json) {
    this.method = facts["method"] as string;
    this.url = facts["url"] as string;
    // Not enumerable: printed and logged, a request shows no signature.
    this.headers = [];
    const headers = { value: facts["headers"], enumerable: false };
    Object.defineProperty(this, "headers", headers);
    this.body = fromBase64(facts["body"]);
  }
}

/** A request that lacks only its signature. */
export class PendingSignature extends Held {
  readonly canonicalRequest: string;
  /** The names, joined by `;`. */
  readonly signedHeaders: string;
  /** `YYYYMMDD/region/service/aws4_request` */
  readonly credentialScope: string;
  /** What an external signer gets. */
  readonly request: SigningRequest;
  readonly #body: unknown;

  /** @internal */
  constructor(facts: Json) {
    super();
    hold(this, facts["pending_signature"]);
    this.canonicalRequest = facts["canonical_request"] as string;
    this.signedHeaders = facts["signed_headers"] as string;
    this.credentialScope = facts["credential_scope"] as string;
    this.request = signingRequest(facts["request"] as Json);
    this.#body = facts["body"];
  }

  get stringToSign(): Uint8Array {
    return this.request.message.slice();
  }

  /** The request's body. */
  get body(): Uint8Array {
    return fromBase64(this.#body);
  }

  /** The signed request. Checks the signature's length and encoding only. */
  finish(signature: Bytes, encoding: "der" | "raw" = "der"): HttpRequest {
    return new HttpRequest(core().call("pending_finish", this.#given(signature, encoding)));
  }

  /** Signs with a key at hand, which has to be the leaf's. */
  sign(privateKey: PrivateKey): HttpRequest {
    const key = handleOf(instance(privateKey, PrivateKey, "privateKey"));
    const input = { pending_signature: handleOf(this), private_key: key };
    return new HttpRequest(core().call("pending_sign", input));
  }

  /** Verifies a signature over the string to sign, where the build can. */
  verify(signature: Bytes, encoding: "der" | "raw" = "der"): void {
    core().call("pending_verify", this.#given(signature, encoding));
  }

  #given(signature: Bytes, encoding: string): Json {
    const pending = handleOf(this);
    return { pending_signature: pending, signature: bytes(signature, "signature"), encoding };
  }
}

export function signingRequest(facts: Json): SigningRequest {
  const { message, scheme, digest } = facts;
  return {
    message: fromBase64(message),
    scheme,
    keyAlgorithm: facts["key_algorithm"],
    certificateDer: fromBase64(facts["certificate_der"]),
    ...(digest === undefined ? {} : { digest: fromBase64(digest) }),
  } as SigningRequest;
}

/** Any request, to be signed with exactly these headers plus those that signing adds. */
export interface SignableRequestOptions {
  /** In upper case. */
  method: string;
  /** Absolute, percent-encoded as it is to be sent. */
  url: string;
  headers?: Record<string, string> | [string, string][];
  body?: Bytes;
  region: string;
  /** Default: `rolesanywhere`. */
  service?: string;
}

/** SigV4 with X.509 for any request. */
export class SignableRequest {
  readonly #parts: Json;

  constructor(options: SignableRequestOptions) {
    const { method, url, headers, body, region, service } = object(options, "options");
    this.#parts = {
      method,
      url,
      headers: pairs(headers, "headers"),
      body: bytes(body ?? "", "body"),
      region,
      service,
    };
  }

  prepare(identity: Identity, now?: number | Date): PendingSignature {
    const leaf = handleOf(instance(identity, Identity, "identity"));
    const input = { ...this.#parts, identity: leaf, now: time(now) };
    return new PendingSignature(core().call("prepare", input));
  }

  sign(identity: Identity, privateKey: PrivateKey, now?: number | Date): HttpRequest {
    return this.prepare(identity, now).sign(privateKey);
  }
}

Object.defineProperty(HttpRequest.prototype, INSPECT, {
  value(this: HttpRequest) {
    return `HttpRequest(${this.method} ${this.url}, ${this.headers.length} headers, ${this.body.length} bytes)`;
  },
});
