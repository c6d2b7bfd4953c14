import { bytes, type Bytes, instance } from './check.js';
import { call } from './error.js';
import { Identity } from './identity.js';
import { native } from './load.js';
import { encodingOf, type SignatureEncoding } from './request.js';

/**
 * Verifies a signature over a message with the leaf's public key.
 *
 * @returns the signature as it goes on the wire: ECDSA in ASN.1 DER
 * @throws {@link RolesAnywhereError} `signature_malformed`, `signature_invalid`
 */
export function verifySignature(
  identity: Identity,
  message: Bytes,
  signature: Uint8Array,
  encoding: SignatureEncoding = 'der',
): Uint8Array {
  const [leaf, content] = [instance(identity, Identity, 'identity').handle, bytes(message, 'message')];
  const [given, form] = [bytes(signature, 'signature'), encodingOf(encoding)];
  return call(() => native().verifySignature(leaf, content, given, form));
}
