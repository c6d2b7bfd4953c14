import { type Bytes, bytes, instance, optionalBytes, time } from "./check.js";
import { core } from "./core.js";
import { camel, fromBase64, type Json } from "./convert.js";
import { handleOf, Held, hold } from "./held.js";
import type { SigningRequest } from "../host/native.js";

export type KeyAlgorithm = SigningRequest["keyAlgorithm"];
export type SigningAlgorithm =
  | "AWS4-X509-RSA-SHA256"
  | "AWS4-X509-ECDSA-SHA256"
  | "AWS4-X509-MLDSA";

/** One thing found about an identity. */
export interface Finding {
  /** The code of the error that it would be. */
  code: string;
  /** `error`: will be refused; `warning`: may fail, or will soon; `note`: worth knowing. */
  severity: "error" | "warning" | "note";
  fact: string;
  hint: string;
  /** Whether a wrong clock may be its cause. */
  dependsOnClock: boolean;
}

/** The end-entity certificate and its intermediates, ordered as `X-Amz-X509-Chain` wants them. */
export class Identity extends Held {
  /** The leaf's serial number in decimal, however long. */
  readonly serialNumber: string;
  readonly keyAlgorithm: KeyAlgorithm;
  /** The SigV4 token, from the leaf's public key. */
  readonly algorithm: SigningAlgorithm;
  /** As RFC 4514 prints it. */
  readonly subject: string;
  /** As RFC 4514 prints it. */
  readonly issuer: string;
  /** Unix seconds. */
  readonly notBefore: number;
  /** Unix seconds. */
  readonly notAfter: number;
  readonly certificateDer: Uint8Array;
  /** The leaf's issuer first. */
  readonly chainDer: Uint8Array[];

  /** @internal */
  constructor(facts: Json) {
    super();
    hold(this, facts["identity"]);
    this.serialNumber = facts["serial_number"] as string;
    this.keyAlgorithm = facts["key_algorithm"] as KeyAlgorithm;
    this.algorithm = facts["algorithm"] as SigningAlgorithm;
    this.subject = facts["subject"] as string;
    this.issuer = facts["issuer"] as string;
    this.notBefore = facts["not_before"] as number;
    this.notAfter = facts["not_after"] as number;
    this.certificateDer = fromBase64(facts["certificate_der"]);
    this.chainDer = (facts["chain_der"] as string[]).map(fromBase64);
  }

  /** Reads the leaf (and any chain) from PEM or DER; one file with everything is fine. */
  static fromPem(certificate: Bytes, chain?: Bytes): Identity {
    const input = {
      certificate: bytes(certificate, "certificate"),
      chain: optionalBytes(chain, "chain"),
    };
    return new Identity(core().call("identity_from_pem", input));
  }

  /**
   * Everything that the clock, the key or the service's documented rules say against it, the most
   * specific first. Signatures of certificates are not checked.
   */
  findings(now?: number | Date, privateKey?: PrivateKey): Finding[] {
    const { findings } = core().call("identity_findings", this.#question(now, privateKey));
    return (findings as Json[]).map(camel) as unknown as Finding[];
  }

  /** Throws the most specific error among the findings. */
  check(now?: number | Date, privateKey?: PrivateKey): void {
    core().call("identity_check", this.#question(now, privateKey));
  }

  #question(now: unknown, key: unknown): Json {
    const privateKey = key === undefined ? undefined : handleOf(instance(key, PrivateKey, "privateKey"));
    return { identity: handleOf(this), now: time(now), private_key: privateKey };
  }
}

/** A private key that signs. It is never exported and never printed. */
export class PrivateKey extends Held {
  readonly keyAlgorithm: KeyAlgorithm;

  /** @internal */
  constructor(handle: unknown, keyAlgorithm: unknown) {
    super();
    hold(this, handle);
    this.keyAlgorithm = keyAlgorithm as KeyAlgorithm;
  }

  /** PKCS#8, SEC1, PKCS#1, PKCS#8 under a passphrase, PKCS#12; PEM or DER. */
  static fromPem(data: Bytes, passphrase?: Bytes): PrivateKey {
    const key = core().call("private_key_from_pem", {
      data: bytes(data, "data"),
      passphrase: optionalBytes(passphrase, "passphrase"),
    });
    return new PrivateKey(key["private_key"], key["key_algorithm"]);
  }

  /** Whether this is the key that the identity's leaf was issued for. */
  matches(identity: Identity): boolean {
    const leaf = handleOf(instance(identity, Identity, "identity"));
    const input = { private_key: handleOf(this), identity: leaf };
    return core().call("private_key_matches", input)["matches"] as boolean;
  }

  /** RSA PKCS#1 v1.5 or ECDSA (ASN.1 DER), both with SHA-256, or pure ML-DSA. */
  sign(message: Bytes): Uint8Array {
    const input = { private_key: handleOf(this), message: bytes(message, "message") };
    return fromBase64(core().call("sign", input)["signature"]);
  }

  /** Verifies a signature of {@link PrivateKey.sign} with the key's public half. */
  verify(message: Bytes, signature: Bytes): void {
    core().call("verify", {
      private_key: handleOf(this),
      message: bytes(message, "message"),
      signature: bytes(signature, "signature"),
    });
  }
}

/** An identity, and its key where one was given. */
export interface LoadedIdentity {
  identity: Identity;
  privateKey: PrivateKey | undefined;
}

/**
 * Reads an identity and, where there is one, its private key from any mix of PEM, DER and PKCS#12. The
 * leaf is the certificate that matches the key.
 */
export function loadIdentity(data: Bytes | Bytes[], passphrase?: Bytes): LoadedIdentity {
  const parts = Array.isArray(data) ? data : [data];
  const facts = core().call("load_identity", {
    parts: parts.map((part) => bytes(part, "data")),
    passphrase: optionalBytes(passphrase, "passphrase"),
  });
  const identity = new Identity(facts);
  const key = facts["private_key"];
  const privateKey = key === undefined ? undefined : new PrivateKey(key, identity.keyAlgorithm);
  return { identity, privateKey };
}

/**
 * Verifies a signature over a message with the leaf's public key, where the build can.
 *
 * @returns the signature as it goes on the wire: ECDSA in ASN.1 DER
 */
export function verifySignature(
  identity: Identity,
  message: Bytes,
  signature: Bytes,
  encoding: "der" | "raw" = "der",
): Uint8Array {
  const verified = core().call("verify", {
    identity: handleOf(instance(identity, Identity, "identity")),
    message: bytes(message, "message"),
    signature: bytes(signature, "signature"),
    encoding,
  });
  return fromBase64(verified["signature"]);
}
