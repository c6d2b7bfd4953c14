import { inspect } from 'node:util';
import type * as Native from './native.js';
import { type Bytes, bytes, instance, optionalBytes, timeOrNow } from './check.js';
import { call, callAsync } from './error.js';
import { hide } from './hide.js';
import { native } from './load.js';

/** An algorithm of a public key that the service takes. */
export type KeyAlgorithm = 'rsa' | 'p256' | 'p384' | 'p521' | 'ml_dsa_44' | 'ml_dsa_65' | 'ml_dsa_87';

/** The first line of the string to sign. */
export type SigningAlgorithm = 'AWS4-X509-RSA-SHA256' | 'AWS4-X509-ECDSA-SHA256' | 'AWS4-X509-MLDSA';

/** One thing found about an identity. */
export interface Finding {
  /** The code of the error that it would be. */
  code: string;
  /** `error`: will be refused; `warning`: may fail, or will soon; `note`: worth knowing. */
  severity: 'error' | 'warning' | 'note';
  /** One sentence: what is so. */
  fact: string;
  /** One sentence: what to do about it. */
  hint: string;
}

/**
 * The end-entity certificate and its intermediates, ordered as `X-Amz-X509-Chain` wants them.
 *
 * Self-signed roots and duplicates are left out of the chain.
 */
export class Identity {
  /** @internal */
  declare readonly handle: Native.Identity;

  private constructor(handle: Native.Identity) {
    hide(this, handle);
  }

  /** @internal */
  static of(handle: Native.Identity): Identity {
    return new Identity(handle);
  }

  /**
   * Reads the leaf (and any chain) from PEM or DER. The leaf is the only certificate of the first
   * input that issued none of the others in it. Private keys and other blocks are skipped.
   *
   * @param certificate - PEM text, or PEM or DER bytes
   * @param chain - more certificates of the chain
   * @throws {@link RolesAnywhereError} `certificate_missing`, `certificate_malformed`,
   * `pem_malformed`, `leaf_ambiguous`, `chain_too_long`, `key_algorithm_unsupported`, `key_too_small`
   */
  static fromPem(certificate: Bytes, chain?: Bytes): Identity {
    const [leaf, rest] = [bytes(certificate, 'certificate'), optionalBytes(chain, 'chain')];
    return new Identity(call(() => native().Identity.fromPem(leaf, rest)));
  }

  /** The leaf's serial number in decimal, however long. */
  get serialNumber(): string {
    return this.handle.serialNumber;
  }

  /** The algorithm of the leaf's public key. */
  get keyAlgorithm(): KeyAlgorithm {
    return this.handle.keyAlgorithm as KeyAlgorithm;
  }

  /** The SigV4 token, from the leaf's public key. */
  get algorithm(): SigningAlgorithm {
    return this.handle.algorithm as SigningAlgorithm;
  }

  /** The leaf's subject as RFC 4514 prints it. */
  get subject(): string {
    return this.handle.subject;
  }

  /** The leaf's issuer as RFC 4514 prints it. */
  get issuer(): string {
    return this.handle.issuer;
  }

  /** The first second of the leaf's validity, in Unix seconds. */
  get notBefore(): number {
    return this.handle.notBefore;
  }

  /** The last second of the leaf's validity, in Unix seconds. */
  get notAfter(): number {
    return this.handle.notAfter;
  }

  /** The leaf's DER. */
  get certificateDer(): Uint8Array {
    return this.handle.certificateDer;
  }

  /** The DER of each intermediate, the leaf's issuer first. */
  get chainDer(): Uint8Array[] {
    return this.handle.chainDer;
  }

  /**
   * Everything that the clock, the key or the service's documented rules say against the identity,
   * the most specific first (IAM Roles Anywhere user guide, "Trust model").
   *
   * Signatures of certificates are not checked, nor whether a trust anchor would accept them.
   *
   * @param now - Unix seconds or a `Date`; default: this machine's clock
   * @param privateKey - to be compared with the leaf
   */
  findings(now?: number | Date, privateKey?: PrivateKey): Finding[] {
    const [seconds, key] = [timeOrNow(now, 'now'), handleOf(privateKey)];
    return call(() => this.handle.findings(seconds, key)) as Finding[];
  }

  /**
   * Throws the most specific error among the {@link Identity.findings | findings}.
   *
   * @param now - Unix seconds or a `Date`; default: this machine's clock
   * @param privateKey - to be compared with the leaf
   * @throws {@link RolesAnywhereError} `certificate_is_ca`, `key_mismatch`, `certificate_version`,
   * `certificate_signature_weak`, `certificate_key_usage`, `certificate_subject_empty`,
   * `chain_unlinked`, `certificate_expired`, `certificate_not_yet_valid`
   */
  check(now?: number | Date, privateKey?: PrivateKey): void {
    const [seconds, key] = [timeOrNow(now, 'now'), handleOf(privateKey)];
    call(() => this.handle.check(seconds, key));
  }

  /** @internal */
  [inspect.custom](): string {
    return `Identity(${this.subject}, ${this.serialNumber})`;
  }
}

/** A private key that signs. It is never exported, and never printed. */
export class PrivateKey {
  /** @internal */
  declare readonly handle: Native.PrivateKey;

  private constructor(handle: Native.PrivateKey) {
    hide(this, handle);
  }

  /** @internal */
  static of(handle: Native.PrivateKey): PrivateKey {
    return new PrivateKey(handle);
  }

  /**
   * Reads one private key: PKCS#8, SEC1, PKCS#1, PKCS#8 under a passphrase, PKCS#12; PEM or DER.
   *
   * A key under a passphrase takes up to seconds to derive; {@link PrivateKey.load} does that
   * without blocking the event loop.
   *
   * @param data - PEM text, or PEM or DER bytes
   * @param passphrase - taken as it is
   * @throws {@link RolesAnywhereError} `private_key_missing`, `private_key_ambiguous`,
   * `private_key_encrypted`, `passphrase_incorrect`, `key_encryption_unsupported`,
   * `key_derivation_too_costly`, `private_key_malformed`, `key_algorithm_unsupported`,
   * `key_too_small`, `feature_unavailable`, `pem_malformed`
   */
  static fromPem(data: Bytes, passphrase?: Bytes): PrivateKey {
    const [content, secret] = [bytes(data, 'data'), optionalBytes(passphrase, 'passphrase')];
    return new PrivateKey(call(() => native().PrivateKey.fromPem(content, secret)));
  }

  /** {@link PrivateKey.fromPem} on another thread. */
  static async load(data: Bytes, passphrase?: Bytes): Promise<PrivateKey> {
    const [content, secret] = [bytes(data, 'data'), optionalBytes(passphrase, 'passphrase')];
    return new PrivateKey(await callAsync(() => native().loadPrivateKey(content, secret)));
  }

  /** The key's algorithm. */
  get keyAlgorithm(): KeyAlgorithm {
    return this.handle.keyAlgorithm as KeyAlgorithm;
  }

  /** Whether this is the key that the identity's leaf was issued for. */
  matches(identity: Identity): boolean {
    return this.handle.matches(instance(identity, Identity, 'identity').handle);
  }

  /**
   * Signs a message (not its digest): RSA PKCS#1 v1.5 or ECDSA (ASN.1 DER), both with SHA-256, or
   * pure ML-DSA.
   *
   * @throws {@link RolesAnywhereError} `signing_failed`
   */
  sign(message: Bytes): Uint8Array {
    const content = bytes(message, 'message');
    return call(() => this.handle.sign(content));
  }

  /**
   * Verifies a signature in the form of {@link PrivateKey.sign} with the key's public half.
   *
   * @throws {@link RolesAnywhereError} `signature_invalid`
   */
  verify(message: Bytes, signature: Uint8Array): void {
    const [content, given] = [bytes(message, 'message'), bytes(signature, 'signature')];
    call(() => this.handle.verify(content, given));
  }

  /** @internal */
  [inspect.custom](): string {
    return `PrivateKey(${this.keyAlgorithm}, redacted)`;
  }
}

/** An identity, and its key where one was given. */
export interface LoadedIdentity {
  /** The leaf and its chain. */
  identity: Identity;
  /** `undefined` where none of the contents held a key. */
  privateKey: PrivateKey | undefined;
}

/**
 * Reads an identity and, where there is one, its private key from any mix of PEM, DER and PKCS#12,
 * on another thread.
 *
 * The leaf is the certificate that matches the key; without a key the only one that issued none of
 * the others.
 *
 * @param data - the contents of one or more files
 * @param passphrase - opens encrypted keys and PKCS#12
 * @throws {@link RolesAnywhereError} the codes of kind `identity`, such as `key_mismatch`
 */
export async function loadIdentity(data: Bytes | Bytes[], passphrase?: Bytes): Promise<LoadedIdentity> {
  const [parts, secret] = [contents(data), optionalBytes(passphrase, 'passphrase')];
  return loaded(await callAsync(() => native().loadIdentity(parts, secret)));
}

/** {@link loadIdentity} on this thread: a key under a passphrase blocks it for up to seconds. */
export function loadIdentitySync(data: Bytes | Bytes[], passphrase?: Bytes): LoadedIdentity {
  const [parts, secret] = [contents(data), optionalBytes(passphrase, 'passphrase')];
  return loaded(call(() => native().loadIdentitySync(parts, secret)));
}

function loaded({ identity, privateKey: key }: Native.LoadedIdentity): LoadedIdentity {
  return { identity: Identity.of(identity), privateKey: key == null ? undefined : PrivateKey.of(key) };
}

function contents(data: unknown): Uint8Array[] {
  // Holes in an array are values too.
  return Array.from(Array.isArray(data) ? (data as unknown[]) : [data], (part) => bytes(part, 'data'));
}

function handleOf(key: PrivateKey | undefined | null): Native.PrivateKey | undefined {
  return key == null ? undefined : instance(key, PrivateKey, 'privateKey').handle;
}
