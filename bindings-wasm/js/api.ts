/** Everything but the way in which a runtime gets at the module. */
import type { RolesAnywhereOptions, RolesAnywhereProvider } from "../host/options.js";
import { fromRolesAnywhere as loop } from "../host/provider.js";
import { isLoaded } from "./core.js";
import { native } from "./native.js";

export { RolesAnywhereError } from "../host/error.js";
export type {
  AwsCredentialIdentity,
  HostOptions,
  IdentitySnapshot,
  Logger,
  Now,
  ProviderProperties,
  RolesAnywhereOptions,
  RolesAnywhereProvider,
} from "../host/options.js";
export type { ErrorFields, ProviderEvent, SigningRequest } from "../host/native.js";
export type { Sign, SignatureResult, SignFunction } from "../host/sign.js";
export type { Bytes } from "./check.js";
export {
  type Finding,
  Identity,
  type KeyAlgorithm,
  type LoadedIdentity,
  loadIdentity,
  PrivateKey,
  type SigningAlgorithm,
  verifySignature,
} from "./identity.js";
export * from "./options.js";
export * from "./refresh.js";
export {
  HttpRequest,
  PendingSignature,
  SignableRequest,
  type SignableRequestOptions,
} from "./request.js";
export * from "./session.js";

let ready: () => Promise<void> | undefined = () => undefined;

/** What `fromRolesAnywhere` awaits before its first request. */
export function beforeUse(init: () => Promise<void>): void {
  ready = () => (isLoaded() ? undefined : init());
}

/**
 * Credentials that stay fresh: pass it as `credentials` to the AWS SDK for JavaScript, or call it.
 * Certificates and keys are PEM text or bytes; there are no files, and no environment is read.
 */
export function fromRolesAnywhere(options: RolesAnywhereOptions = {}): RolesAnywhereProvider {
  return loop(native(ready), options);
}
