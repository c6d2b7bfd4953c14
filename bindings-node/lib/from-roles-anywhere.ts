import type { KeyObject, X509Certificate } from 'node:crypto';
import { object } from './check.js';
import { checkTypes } from './given.js';
import { fromRolesAnywhere as withCore, type IdentitySnapshot, type RolesAnywhereOptions } from './host/index.js';
import type { RolesAnywhereProvider, Sign } from './host/index.js';
import { core } from './machine.js';

/** PEM, or bytes of PEM, DER or PKCS#12. */
export type Content = string | Uint8Array;

/** Certificate, chain and key, or a signer, as they are at one moment: contents, no paths. */
export interface NodeIdentity extends Omit<IdentitySnapshot, 'certificate' | 'intermediates' | 'privateKey'> {
  /** The leaf; the chain and the key may be in it too. */
  certificate: Content | X509Certificate;
  /** More certificates of the chain. */
  intermediates?: Content;
  /** Default: the key in `certificate`. */
  privateKey?: Content | KeyObject;
}

/** What {@link fromRolesAnywhere} takes. Everything may also come from the environment or a profile. */
export interface FromRolesAnywhereOptions
  extends Omit<RolesAnywhereOptions, 'certificate' | 'intermediates' | 'privateKey' | 'identity' | 'sign'> {
  /**
   * The leaf, with or without its chain and key: a path (or `file:PATH`), PEM text, `env:NAME`, or
   * the content as bytes. Files are read again at each refresh, so that they may be replaced.
   */
  certificate?: Content | X509Certificate;
  /** More certificates of the chain, given as the certificate is. */
  intermediates?: Content;
  /** The key, given as the certificate is. Default: looked for in `certificate`. */
  privateKey?: Content | KeyObject;
  /** Where to read the passphrase of the key or the PKCS#12 file from: a path or `env:NAME`. */
  privateKeyPassphraseSource?: string;
  /**
   * Signs in place of `privateKey`: for a KMS, an HSM, an agent; or a WebCrypto key. Each signature
   * is verified with the certificate before it is sent.
   */
  sign?: Sign;
  /** Asked at each refresh, in place of certificate and key. */
  identity?: () => NodeIdentity | Promise<NodeIdentity>;
  /** Reads options from this profile of the shared config file (`rolesanywhere_…` keys). */
  configProfile?: string;
}

/**
 * Credentials for AWS's SDK for JavaScript v3 from an X.509 certificate: pass it as `credentials`,
 * or call it.
 *
 * It is its own cache: one CreateSession however many clients and calls, a refresh well before the
 * end, and credentials that are still valid are served on when a refresh fails. Nothing is read or
 * sent before it is first asked. Reading, deriving keys and signing happen off the event loop.
 *
 * The request goes through `fetch` or the HTTP/1.1 `requestHandler` that is given, else through that
 * of the client that asks, else through the global `fetch`, which knows no proxy. Of the client that
 * asks, the profile, the logger, the request handler and `userAgentAppId` are taken, never its region or
 * credentials.
 *
 * @throws TypeError at once, naming the option, for a value of a wrong type. What the returned
 * function throws is a {@link RolesAnywhereError}; its `tryNextLink` is true where nothing at all is
 * configured, so that a credentials chain goes on.
 *
 * @example
 * ```ts
 * import { S3Client } from '@aws-sdk/client-s3';
 * import { fromRolesAnywhere } from 'rolesanywhere';
 *
 * const s3 = new S3Client({
 *   region: 'eu-central-1',
 *   credentials: fromRolesAnywhere({
 *     trustAnchorArn: 'arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/TA',
 *     profileArn: 'arn:aws:rolesanywhere:eu-central-1:111122223333:profile/P',
 *     roleArn: 'arn:aws:iam::111122223333:role/app',
 *     certificate: '/etc/pki/fullchain.pem',
 *     privateKey: '/etc/pki/key.pem',
 *   }),
 * });
 * ```
 */
export function fromRolesAnywhere(options: FromRolesAnywhereOptions = {}): RolesAnywhereProvider {
  checkTypes(object(options, 'options'));
  return withCore(core, options as RolesAnywhereOptions);
}
