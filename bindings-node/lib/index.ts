/**
 * AWS credentials from an X.509 certificate: IAM Roles Anywhere for Node.js.
 *
 * @packageDocumentation
 */
export * from './building-blocks.js';
export type { Bytes } from './check.js';
export { Credentials, type CredentialsParts } from './credentials.js';
export * from './from-roles-anywhere.js';
export type { AwsCredentialIdentity, BorrowedConfig, CoreOptions, ErrorFields, HostOptions } from './host/index.js';
export type { IdentitySnapshot, Logger, Now } from './host/index.js';
export type { ProviderEvent, ProviderProperties, RequestHandler, RolesAnywhereOptions } from './host/index.js';
export type { RolesAnywhereProvider, Sign, SigningRequest, SignatureResult, SignFunction } from './host/index.js';
export { RolesAnywhereError } from './host/index.js';
export * from './identity.js';
export { implementation, type Implementation } from './load.js';
export { Options, type OptionOrigin, type OptionSources, resolveOptions, type Vocabulary } from './options.js';
export { type Fetch, type FetchFailure, type FetchSuccess, type Poll } from './refresh.js';
export { Refresh, type RefreshEvent } from './refresh.js';
export { HttpRequest, PendingSignature, SignableRequest, type SignableRequestOptions } from './request.js';
export type { SignatureEncoding } from './request.js';
export { CreateSession, type CreateSessionOptions } from './session.js';
export { verifySignature } from './verify.js';
