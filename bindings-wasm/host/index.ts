export { RolesAnywhereError } from "./error.js";
export type * from "./native.js";
export type * from "./options.js";
export { fromRolesAnywhere } from "./provider.js";
export type { RequestHandler } from "./send.js";
export { type Sign, type SignatureResult, type SignFunction, signFunction } from "./sign.js";
