/**
 * AWS credentials from an X.509 certificate: IAM Roles Anywhere for Node.js.
 *
 * @packageDocumentation
 */
export * from './building-blocks.js';
export type { Bytes } from './check.js';
export { Credentials, type CredentialsParts } from './credentials.js';
export { type ErrorKind, RolesAnywhereError } from './error.js';
export * from './identity.js';
export { Options, type OptionOrigin, type OptionSources, resolveOptions, type Vocabulary } from './options.js';
export { type Fetch, type FetchFailure, type FetchSuccess, type Now, type Poll } from './refresh.js';
export { Refresh, type RefreshEvent } from './refresh.js';
export { HttpRequest, PendingSignature, SignableRequest, type SignableRequestOptions } from './request.js';
export { type SignatureEncoding, type SignatureScheme, type SigningRequest } from './request.js';
export { CreateSession, type CreateSessionOptions } from './session.js';
export { verifySignature } from './verify.js';
